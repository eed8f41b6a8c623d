"""The subcommands that need the database: Django management commands of the same name."""

import os
import sys

# Only ever imported through anwei.portal.cli, by name and late: this import costs more than reading a plan.
import django
from django.core.management import execute_from_command_line, get_commands

SETTINGS = "anwei.portal.settings"
MISSING = 1


def run(name: str, arguments: list[str]) -> int:
    """Runs `manage NAME …`; Django's own exit codes pass through (1 refused, 2 usage)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()  # until the apps are read, get_commands() knows Django's own only
    if name not in get_commands():
        sys.stderr.write(f"命令“{name}”没有安装（设置 {os.environ['DJANGO_SETTINGS_MODULE']} 中没有提供它的应用）。\n")
        return MISSING
    try:
        execute_from_command_line(["anwei", name, *arguments])
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    return 0
