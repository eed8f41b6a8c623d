"""The table of rights as a page: `script/permissions > docs/permissions.md`. A test compares the page with the roles.

    python -m tools.permissions     prints the page

Source: anwei/units/roles.yaml for who may, `declare(...)` of each room for what a capability is called.
"""

import os
import sys
import tempfile

import django

SCOPES = (
    ("own", "the post's unit and the committees that it acts for"),
    ("below", "own, and the units under it (a town's villages)"),
    ("led", "what one's own unit gathers or accepts as lead"),
    ("all", "the whole district"),
)
HEAD = """# Permissions

Made by `script/permissions > docs/permissions.md` from `anwei/units/roles.yaml`; not edited by hand, a test compares.
Default deny: an empty cell is a refusal, and a capability without any mark is held by no role (acts lend it to
themselves, see `anwei/errands/lending.py`, or only the system has it). Rows that a right does not cover are 404.
"""


def page() -> str:
    """The whole page as Markdown. The settings must be loaded."""
    # Both need the applications to be ready.
    from anwei.journal.by import capabilities  # noqa: PLC0415
    from anwei.units.rights import roles  # noqa: PLC0415

    table = roles()
    used = {capability for role in table.values() for capability in role.may}
    names = capabilities()
    lines = [HEAD, "## Scopes", "", "| scope | covers |", "|---|---|"]
    lines += [f"| `{scope}` | {words} |" for scope, words in SCOPES]
    lines += ["", "## Roles", "", "| role | name | second factor | may give others the roles |", "|---|---|---|---|"]
    for role in table.values():
        given = "all" if role.gives == frozenset(table) else ", ".join(sorted(f"`{one}`" for one in role.gives)) or "—"
        lines.append(f"| `{role.key}` | {role.label} | {'yes' if role.two_factor else 'no'} | {given} |")
    lines += ["", "## Rights", ""]
    lines.append("| capability | name | " + " | ".join(f"`{key}`" for key in table) + " |")
    lines.append("|---|---|" + "---|" * len(table))
    for capability in sorted({*names, *used}):
        marks = (" + ".join(sorted(role.may.get(capability, ()), key=_place)) for role in table.values())
        lines.append(f"| `{capability}` | {names.get(capability, '')} | " + " | ".join(marks) + " |")
    return "\n".join(lines) + "\n"


def _place(scope: str) -> int:
    return [key for key, _ in SCOPES].index(scope)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anwei.portal.settings")
    with tempfile.TemporaryDirectory() as home:
        # Loading the settings makes keys; they must not land in a real home.
        os.environ["ANWEI_HOME"] = home
        django.setup()
        sys.stdout.write(page())


if __name__ == "__main__":
    main()
