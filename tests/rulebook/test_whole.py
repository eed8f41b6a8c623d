import pytest

from anwei.rulebook import problems, profiles
from anwei.rulebook.reading import RulebookError
from anwei.rulebook.unit_classes import _by_key


def test_the_book_as_it_stands_has_no_problem():
    assert problems() == []


def test_a_part_that_cannot_be_read_is_listed_with_its_place(monkeypatch, tmp_path):
    (tmp_path / "profiles.yaml").write_text("- key: 甲\n", encoding="utf-8")
    monkeypatch.setattr("anwei.rulebook.unit_classes.DATA", tmp_path)
    _by_key.cache_clear()
    try:
        (message,) = problems()
        assert "profiles.yaml:1 缺少 label" in message
        with pytest.raises(RulebookError):
            profiles()
    finally:
        _by_key.cache_clear()
