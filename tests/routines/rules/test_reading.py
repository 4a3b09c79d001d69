"""A routine is read from plain data, with every problem at once."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.routines.rules.reading import read_routine, write_routine
from megler.routines.rules.routines import ASKS, NEEDS, Do, When

WHOLE: dict[str, Any] = {
    "when": {"when": "requirement", "act": "received", "kind": "aps"},
    "if": {"carrier": "nordhavn-life", "amount_from": "250000"},
    "then": [
        {"do": "task", "title": "Read the APS of {client}", "days": "1", "whom": "underwriter"},
        {"do": "mail", "to": "agent", "subject": "{case}", "text": "Dear {agent}"},
    ],
}


def test_what_is_read_is_written_again() -> None:
    routine, problems = read_routine("routine:1", WHOLE)
    assert routine
    assert not problems
    again, problems = read_routine("routine:1", write_routine(routine))
    assert (again, problems) == (routine, [])


def test_every_problem_is_told_at_once() -> None:
    data = {
        "when": {"when": "held", "holder": "nobody", "days": "-1"},
        "if": {"amount_from": "much"},
        "then": [{"do": "mail", "to": "me", "subject": "", "text": "{clint}"}, {"do": "dance"}],
    }
    routine, problems = read_routine("routine:1", data)
    assert routine is None
    assert [(p.code, p.where) for p in problems] == [
        ("wrong_value", "when.holder"),
        ("wrong_value", "when.days"),
        ("wrong_value", "if.amount_from"),
        ("wrong_value", "then.0.to"),
        ("missing", "then.0.subject"),
        ("routine_field_unknown", "then.0.text"),
        ("wrong_value", "then.1"),
    ]


@pytest.mark.parametrize("data", [{}, {"when": {"when": "x"}}, {"then": []}])
def test_nothing_is_no_routine(data: dict[str, Any]) -> None:
    routine, problems = read_routine("routine:1", data)
    assert routine is None
    assert {"routine_does_nothing", "wrong_value"} == {p.code for p in problems}


def test_no_more_than_so_many_things() -> None:
    alert = {"do": "alert", "text": "x"}
    _routine, problems = read_routine("r", {"when": {"when": "other_offer"}, "then": [alert] * 7})
    assert [p.code for p in problems] == ["routine_too_much"]


def test_each_when_and_do_has_its_questions() -> None:
    assert set(ASKS) == set(When)
    assert set(NEEDS) == set(Do)


_values = st.one_of(st.none(), st.text(max_size=6), st.integers(), st.sampled_from(list(When)))


@given(
    st.dictionaries(st.sampled_from(["when", "days", "kind", "holder"]), _values),
    st.dictionaries(st.sampled_from(["carrier", "amount_from"]), _values),
    st.lists(st.dictionaries(st.sampled_from(["do", "text", "to", "days"]), _values), max_size=3),
)
def test_whatever_is_given_is_answered(when: Any, conditions: Any, then: Any) -> None:
    routine, problems = read_routine("r", {"when": when, "if": conditions, "then": then})
    assert (routine is None) == bool(problems)
