"""The example district out of its files, through the same actions as every other door."""

from pathlib import Path

import pytest
import yaml
from django.contrib.auth.hashers import make_password

from anwei.units.loading import load_people, load_structure
from anwei.units.models import Competence, Group, GroupMember, Person, Post, Sector, Unit
from anwei.units.register import directory
from anwei.units.rights import by_system
from tests.district import at

LINJIANG = Path(__file__).parent.parent.parent / "examples" / "linjiang"
EXPECTED = yaml.safe_load((LINJIANG / "expected.yaml").read_text(encoding="utf-8"))["units"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def system():
    return by_system(at("2023-09-25"), "command")


def test_the_district_loads_without_a_problem_and_counts_as_written(system):
    assert load_structure(system, LINJIANG) == []
    kinds = {kind: Unit.objects.filter(kind=kind).count() for kind in EXPECTED["by_kind"]}
    assert kinds == EXPECTED["by_kind"]
    assert Unit.objects.filter(kind="village").count() == EXPECTED["villages"]
    register = directory(system.today)
    members = {code: len(register.members_of(code)) for code in EXPECTED["special_committee_members"]}
    assert members == EXPECTED["special_committee_members"]
    assert len(register.members_of("safety_committee")) == EXPECTED["members"]
    assert register.sectors_in("加强加氢站管理") == ("氢能",)
    assert Group.objects.filter(kind="station").count() == 12
    assert Unit.objects.get(code="committee_office").management.startswith("设在区应急局")


def test_loading_twice_changes_nothing(system):
    load_structure(system, LINJIANG)
    tables = (Unit, Group, GroupMember, Competence, Sector)
    before = [list(table.objects.values_list("pk", flat=True)) for table in tables]
    versions = set(Unit.objects.values_list("version", flat=True))
    assert load_structure(system, LINJIANG) == []
    assert [list(table.objects.values_list("pk", flat=True)) for table in tables] == before
    assert set(Unit.objects.values_list("version", flat=True)) == versions == {1}


def test_people_hold_the_posts_of_the_file_and_sign_in_with_the_given_password(system):
    load_structure(system, LINJIANG)
    assert load_people(system, LINJIANG, make_password("Linjiang-2023"), must_change_password=False) == []
    clerk = Person.objects.get(username="47-3")
    assert str(clerk.posts.get()) == "青榆镇·联络员" and clerk.check_password("Linjiang-2023")
    outsider = Person.objects.get(username="9999-1")
    assert not outsider.posts.exists()
    assert Post.objects.count() == Person.objects.count() - 1
    assert all("已有人使用" in one for one in load_people(system, LINJIANG))


def test_a_folder_with_faults_says_what_is_wrong_and_loads_the_rest(system, tmp_path):
    (tmp_path / "units.yaml").write_text(
        "district: {name: 河东区, short: 河东, level: 区}\nsince: 2023-01-01\nunits:\n"
        "- {order: 1, code: a, short: 区甲局, full: 河东区甲局, kind: department}\n"
        "- {order: 1, code: b, short: 区乙局, full: 河东区乙局, kind: department}\n"
        "- {order: 3, code: c, full: 没有简称, kind: department}\n",
        encoding="utf-8",
    )
    said = load_structure(system, tmp_path)
    assert any("缺「short」" in one for one in said) and any("机构序「1」" in one for one in said)
    assert load_structure(system, tmp_path / "nowhere") != []
