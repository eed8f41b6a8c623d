"""Plans of other districts, cities, years and offices: what a person reads in each stands beside its text in unseen/."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.plans.reader.reading import plan

FOLDER = Path(__file__).with_name("unseen")
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
SILENT = {"lead": [], "responsible": [], "deadlines": [], "ongoing": False}
AS_IS = ("number", "title", "chapter", "chapter_path", "lead", "responsible", "deadlines", "ongoing", "relative")


def seen(measure: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """What the reader found of the things that `expected` speaks of, in the same shape."""
    found: dict[str, Any] = {key: measure[key] for key in (*AS_IS, "deadline_text") if key in expected}
    if "cadences" in expected:
        wanted = expected["cadences"]
        pairs = zip(measure["cadences"], [*wanted, *[{}] * len(measure["cadences"])], strict=False)
        found["cadences"] = [{k: v for k, v in c.items() if k in (w or c)} for c, w in pairs]
    if "labels" in expected:
        found["labels"] = [role["role"] for role in measure["roles"]]
    if "open" in expected:
        found["open"] = [role["open"] for role in measure["roles"]]
    if "has_deadlines" in expected:
        found["has_deadlines"] = [day for day in expected["has_deadlines"] if day in measure["deadlines"]]
    if "text_hasnt" in expected:
        found["text_hasnt"] = [word for word in expected["text_hasnt"] if word not in measure["text"]]
    return found


def wanted(expected: dict[str, Any]) -> dict[str, Any]:
    """Silence is an expectation too: no units, no dates, unless the case leaves them open."""
    silent = dict(SILENT)
    if "has_deadlines" in expected:
        del silent["deadlines"]
    if "labels" in expected:
        silent = {key: value for key, value in silent.items() if key not in ("lead", "responsible")}
    full = silent | {key: value for key, value in expected.items() if key != "split"}
    if expected.get("split"):
        full["responsible"] = [unit for joined in full["responsible"] for unit in joined.split("、")]
    return full


def owes(measure: dict[str, Any]) -> bool:
    return bool(measure["lead"] or measure["responsible"])


@pytest.mark.parametrize("case", CASES)
def test_a_plan_is_read_as_a_person_reads_it(case: dict[str, Any]) -> None:
    read = plan(case["text"], case.get("year"))
    measures = read["measures"]
    if case.get("only_with_clause"):
        measures = [measure for measure in measures if owes(measure)]
    expected = [wanted(measure) for measure in case["measures"]]
    assert [seen(m, e) for m, e in zip(measures, expected, strict=False)] == expected
    assert len(measures) == len(expected), [m["title"] for m in measures]
    if "year_found" in case:
        assert read["year"] == case["year_found"]
    for key in ("title", "issuer"):
        assert read[key] == case.get(f"{key}_found", read[key])
    assert read["document_number"] == case.get("document_number", read["document_number"])
    for heading in case.get("chapters_absent", []):
        assert not any(heading in measure["chapter_path"] for measure in read["measures"])
    problems = case.get("problems")
    messages = " / ".join(problem["message"] for problem in read["problems"])
    if isinstance(problems, int):
        assert len(read["problems"]) == problems, messages
    elif problems:
        assert all(fragment in messages for fragment in problems), messages


@pytest.mark.parametrize("case", CASES)
def test_spans_lie_in_the_source_and_days_are_sorted(case: dict[str, Any]) -> None:
    read = plan(case["text"], case.get("year"))
    source = read["source_text"]
    assert source == case["text"]
    last = 0
    for measure in read["measures"]:
        start, end = measure["span"]
        assert last <= start < end <= len(source)
        last = end
        squeezed = "".join(source[start:end].split())
        assert "".join(measure["title"].split())[:4] in squeezed or measure["title"] == ""
        assert measure["deadlines"] == sorted(set(measure["deadlines"]))
    for problem in read["problems"]:
        start, end = problem["span"]
        assert 0 <= start <= end <= len(source)
        assert problem["message"]
