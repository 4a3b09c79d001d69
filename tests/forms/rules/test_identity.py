"""Codes: how long, how many, how often."""

from datetime import UTC, datetime, timedelta

import pytest

from megler.forms.rules.identity import (
    CODE_LIFE,
    CODE_TRIES_MAX,
    CODE_WAIT,
    CODES_MAX,
    KNOWN_FOR,
    CodeFacts,
    code_problem,
    is_known,
    may_send_code,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_the_first_code_is_sent_at_once() -> None:
    assert may_send_code(CodeFacts(), NOW) is None


def test_the_next_waits_and_says_how_long() -> None:
    facts = CodeFacts(NOW, sent=1)
    problem = may_send_code(facts, NOW + timedelta(seconds=18))
    assert problem is not None
    assert (problem.code, problem.expected) == ("code_too_soon", "43")
    assert may_send_code(facts, NOW + CODE_WAIT) is None


def test_there_is_an_end_to_codes() -> None:
    problem = may_send_code(CodeFacts(NOW, sent=CODES_MAX), NOW + timedelta(days=1))
    assert problem is not None
    assert problem.code == "code_too_many"


@pytest.mark.parametrize(
    ("facts", "agrees", "later", "code"),
    [
        (CodeFacts(), True, SECOND, "code_not_sent"),
        (CodeFacts(NOW, 1, is_used=True), True, SECOND, "code_not_sent"),
        (CodeFacts(NOW, 1), True, CODE_LIFE, "code_expired"),
        (CodeFacts(NOW, 1), True, CODE_LIFE - SECOND, None),
        (CodeFacts(NOW, 1), False, SECOND, "code_differs"),
        (CodeFacts(NOW, 1, CODE_TRIES_MAX - 1), False, SECOND, "code_dead"),
        (CodeFacts(NOW, 1, CODE_TRIES_MAX - 1), True, SECOND, None),
        (CodeFacts(NOW, 1, CODE_TRIES_MAX), True, SECOND, "code_dead"),
    ],
)
def test_a_code_is_good_or_says_why_not(
    facts: CodeFacts, agrees: bool, later: timedelta, code: str | None
) -> None:
    found = code_problem(facts, agrees, NOW + later)
    assert (found.code if found else None) == code


def test_who_was_checked_is_known_for_a_while() -> None:
    assert is_known(NOW, NOW)
    assert is_known(NOW, NOW + KNOWN_FOR - SECOND)
    assert not is_known(NOW, NOW + KNOWN_FOR)
    assert not is_known(NOW, NOW - SECOND)
    assert not is_known(None, NOW)
