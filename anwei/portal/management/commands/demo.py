"""`anwei demo`: the demonstration district in an empty database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from anwei.portal.demo import build_demo
from anwei.units.models import Person, Unit


class Command(BaseCommand):
    help = "建立演示区临江区：单位、人员、要点、一年的工作（只在空库里建立）"

    def handle(self, *args: Any, **options: Any) -> None:
        if Unit.objects.exists() or Person.objects.exists():
            raise CommandError("库里已经有单位或人员，演示区只能建在空库里。换一个 ANWEI_HOME 再试。")
        with transaction.atomic():
            build_demo(lambda words: self.stdout.write(words))
        self.stdout.write("演示区建好了。")
