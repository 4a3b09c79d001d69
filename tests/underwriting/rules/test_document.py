"""A facts document as it comes: what is wrong with the file is one clear problem."""

import json
from datetime import date

import pytest

from megler.underwriting.rules.document import facts_from_bytes
from megler.underwriting.rules.facts import MOST_PARTS, MOST_TOLD, read_facts

ON = date(2026, 6, 15)


def test_a_byte_order_mark_in_front_is_no_part_of_the_document() -> None:
    facts, problems = facts_from_bytes(b'\xef\xbb\xbf{"age": 40}', ON)
    assert problems == []
    assert facts is not None
    assert facts.document == {"age": 40}


@pytest.mark.parametrize(
    ("content", "where", "found"),
    [
        ('{"age": 40}'.encode("utf-16"), "line 1", "UTF-16"),
        ('{"age": 40,\n"occupation": "café"}'.encode("latin-1"), "line 2", "byte E9"),
    ],
)
def test_another_encoding_is_told_with_its_line(content: bytes, where: str, found: str) -> None:
    facts, (problem,) = facts_from_bytes(content, ON)
    assert facts is None
    assert (problem.code, problem.where, problem.found) == ("facts_wrong_encoding", where, found)


@pytest.mark.parametrize(
    "document",
    [
        {"conditions": [{"name": "x"}] * MOST_PARTS},
        {f"key{i}": i for i in range(MOST_PARTS + 1)},
        {"wants": [[1] * MOST_PARTS, 1]},
    ],
)
def test_a_document_too_large_to_check_is_refused_at_once(document: object) -> None:
    facts, (problem,) = facts_from_bytes(json.dumps(document).encode(), ON)
    assert (facts, problem.code) == (None, "facts_too_large")


def test_of_very_many_problems_the_first_are_told_and_the_rest_counted() -> None:
    _, problems = read_facts({f"key{i}": i for i in range(MOST_TOLD + 50)}, ON)
    assert len(problems) == MOST_TOLD + 1
    assert (problems[-1].code, problems[-1].found) == ("facts_and_more", "50")


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"dob": "1979-02-11"}, "born"),
        ({"smoker": True}, "nicotine"),
        ({"gender": "female"}, "sex"),
        ({"hieght_in": 64}, "height_in"),
        ({"wants": {"amount": "500000"}}, "face_amount"),
        ({"jurisdiction": "Texas"}, "TX"),
        ({"jurisdiction": "tx"}, "TX"),
        ({"wants": {"mode": "yearly"}},
         "annual, semiannual, quarterly, monthly, semimonthly, biweekly, weekly"),
        ({"wants": []}, "at least 1 entry"),
        ({"family": [{}] * 101}, "at most 100 entries"),
    ],
)  # fmt: skip
def test_what_was_probably_meant_is_told(document: object, expected: str) -> None:
    _, (problem,) = read_facts(document, ON)
    assert problem.expected == expected
