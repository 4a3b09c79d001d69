"""Answers as text: what decides is named by its entry, and only the first of it told."""

from typing import Any

from megler.underwriting.rules.answer_assessments import assessed, assessments_json
from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.standing import Judged
from megler.underwriting.sentences import sentence
from megler.underwriting.telling import MOST_OPEN, assessment_lines
from tests.underwriting.guides import KNOWN, ON
from tests.underwriting.lives import shipped
from tests.underwriting.rated_guides import rated_guide


def lines(judged: Judged, **facts: Any) -> list[str]:
    read, problems = read_facts({**KNOWN, **facts}, ON)
    assert read is not None, problems
    found = assessed(read, [judged], ON)
    answer = assessments_json(read, found, ON, sentence, lambda p: p.code)
    return [line.strip() for line in assessment_lines(answer)]


def test_an_open_answer_is_named_by_its_entry() -> None:
    told = lines(Judged(rated_guide()), conditions=[{"name": "Diabetes type 2"}])
    asked = [line for line in told if "details.a1c" in line]
    assert asked == [
        "open        Diabetes type 2: A1c (conditions[0].details.a1c) – Last A1c?: decline"
    ]


def test_people_are_told_apart() -> None:
    one, other = ({**KNOWN, "id": name, "role": "insured"} for name in ("kari", "ola"))
    people = [one, {**other, "conditions": [{"name": "asthma"}]}]
    document = {"people": people, "wants": {"people": ["ola"], "line": "term_life"}}
    read, problems = read_facts(document, ON)
    assert read is not None, problems
    found = assessed(read, [Judged(rated_guide())], ON)
    answer = assessments_json(read, found, ON, sentence, lambda p: p.code)
    assert any("asthma: severity" in line for line in assessment_lines(answer))


def test_only_the_first_of_many_open_answers_are_told() -> None:
    told = lines(Judged(shipped("lofoten-mutual")), conditions=[{"name": "breast cancer"}])
    places = [line for line in told if "(conditions[0]." in line]
    assert len(places) == MOST_OPEN
    assert any(line.startswith("… ") and "would decide" in line for line in told)


def test_the_likely_flat_extra_is_told_where_the_class_is_certain() -> None:
    told = lines(Judged(shipped("nordhavn-life")), avocations=[{"name": "private pilot"}])
    assert any("per 1,000 a year" in line for line in told if "total_hours" in line)
