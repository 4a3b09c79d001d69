"""Which step follows which, when somebody asks again, and what was typed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.applications.rules.exchanges import Contract
from megler.applications.rules.exchanges_tracking import (
    CLOSED,
    LEADS_TO,
    What,
    next_follow_up,
    read_dollars,
    read_exchange,
    step_problem,
    target_of,
)

GIVEN: dict[str, Any] = {
    "carrier_name": " Polar   Mutual ",
    "policy_number": "P-1",
    "source_kind": "annuity",
    "expected": "$40,000.50",
    "same_owner": "yes",
    "same_insured": "no",
    "is_partial": "yes",
    "joint_from": "yes",
    "payments_from_old": "2040-01-31",
}
STATES = ("preparing", "request_sent", "acknowledged", *sorted(CLOSED))


def test_what_was_typed_is_read() -> None:
    given_, problems = read_exchange(GIVEN)
    assert problems == []
    assert given_ is not None
    assert given_.carrier_name == "Polar Mutual"
    assert given_.source is Contract.ANNUITY
    assert given_.expected == Decimal("40000.50")
    facts = given_.facts
    assert (facts.same_owner, facts.same_insured, facts.is_direct) == (True, False, None)
    assert (facts.is_partial, facts.into_several) == (True, False)
    assert (facts.lives_from, facts.lives_to) == (2, 1)
    assert facts.payments_from_old == date(2040, 1, 31)


def test_programs_may_send_truths_and_numbers() -> None:
    given_, problems = read_exchange(GIVEN | {"same_owner": True, "loan": 500})
    assert problems == []
    assert given_ is not None
    assert given_.facts.same_owner is True
    assert given_.facts.loan == Decimal(500)


@pytest.mark.parametrize("text", ["0", "-1", "1.001", "NaN", "Infinity", "1e30", "ten", "9" * 30])
def test_what_is_no_amount_is_told(text: str) -> None:
    amount, problems = read_dollars(text, "amount")
    assert amount is None
    assert [(p.code, p.where) for p in problems] == [("exchange_amount", "amount")]


@pytest.mark.parametrize("state", sorted(CLOSED))
def test_nothing_happens_to_what_is_over(state: str) -> None:
    for what in set(What) - {What.STARTED}:
        problem = step_problem(state, what, "Polar P-1")
        assert problem is not None
        assert problem.code == "exchange_closed"
    assert next_follow_up(state, date(2026, 7, 1)) is None


def test_every_open_state_has_somebody_ask_again_later() -> None:
    for state in set(STATES) - CLOSED:
        then = next_follow_up(state, date(2026, 7, 1))
        assert then is not None
        assert then > date(2026, 7, 1)


@given(st.lists(st.sampled_from(sorted(set(What) - {What.STARTED})), max_size=12))
def test_the_money_never_comes_before_the_request(steps: list[What]) -> None:
    state, been = "preparing", ["preparing"]
    for what in steps:
        if step_problem(state, what, "x") is None:
            state = LEADS_TO.get(what, state)
            been.append(state)
    assert state in STATES
    if "money_arrived" in been:
        assert "request_sent" in been
        assert been.index("request_sent") < been.index("money_arrived")
        assert been[-1] == "money_arrived"


def test_lines_without_a_contract_of_section_1035() -> None:
    assert target_of("health") is None
    assert target_of("long_term_care") is Contract.LTC


@given(
    st.dictionaries(
        st.sampled_from([*GIVEN, "loan", "is_mec", "carrier_address"]),
        st.none() | st.booleans() | st.text(max_size=30) | st.integers() | st.lists(st.text()),
    )
)
def test_nothing_sent_breaks_the_reader(raw: dict[str, Any]) -> None:
    found, problems = read_exchange(raw)
    assert (found is None) is bool(problems)
