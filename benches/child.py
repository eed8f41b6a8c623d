"""One name on one database, in a process of its own: prints the figures as JSON.

python -m benches.child NAME DATABASE PAIRS        ANWEI_HOME and ANWEI_DATABASE say where
"""

import importlib
import json
import os
import sys
from typing import Any

import django
from django.core.management import call_command

from benches.timing import PAIRS, measure

SETTINGS = "anwei.portal.settings"
NO_DATABASE = "none"


def figures(name: str, database: str, pairs: int = PAIRS, **size: Any) -> dict[str, dict[str, Any]]:
    """`size` goes to the `cases` of the module; without it the sizes that the goals speak of."""
    module = importlib.import_module(f"benches.{name}")
    return {f"{name}.{case.name}.{database}": measure(case, pairs) for case in module.cases(**size)}


def main(name: str, database: str, pairs: str) -> int:
    if database != NO_DATABASE:
        os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
        django.setup()
        call_command("migrate", verbosity=0)
    print(json.dumps(figures(name, database, int(pairs)), ensure_ascii=False))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
