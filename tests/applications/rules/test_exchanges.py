"""What section 1035 covers. Each case names the rule that decides it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.applications.rules.exchanges import (
    Contract,
    ExchangeFacts,
    Outcome,
    Way,
    exchange_allowed,
    partial_until,
)

CLEAN = ExchangeFacts(
    same_owner=True, same_insured=True, is_qualified=False, is_direct=True, ltc_is_qualified=True,
    cost_basis=Decimal(40_000), payments_from_old=date(2040, 1, 1), payments_from_new=date(2040, 1, 1),
)  # fmt: skip
LIFE, ENDOWMENT, ANNUITY, LTC = Contract.LIFE, Contract.ENDOWMENT, Contract.ANNUITY, Contract.LTC
ALLOWED, REFUSED, OPEN = Outcome.ALLOWED, Outcome.REFUSED, Outcome.OPEN


@pytest.mark.parametrize(
    ("source", "allowed"),
    [
        (LIFE, {LIFE, ENDOWMENT, ANNUITY, LTC}),
        (ENDOWMENT, {ENDOWMENT, ANNUITY, LTC}),
        (ANNUITY, {ANNUITY, LTC}),
        (LTC, {LTC}),
    ],
)
def test_what_may_become_what(source: Contract, allowed: set[Contract]) -> None:
    found = {target for target in Contract if exchange_allowed(source, target, CLEAN).is_allowed}
    assert found == allowed


@pytest.mark.parametrize(
    ("source", "target", "change", "outcome", "code", "way"),
    [
        (ANNUITY, LIFE, {}, REFUSED, "exchange_kind_not_covered", Way.KEEP_OR_SURRENDER),
        (LIFE, LIFE, {"same_owner": False}, REFUSED, "exchange_owner_differs", Way.SAME_OWNER_APPLIES),
        (LIFE, LIFE, {"same_owner": None}, OPEN, "exchange_owner_differs", Way.SAME_OWNER_APPLIES),
        (LIFE, LIFE, {"same_insured": False}, REFUSED, "exchange_insured_differs", Way.SAME_INSURED),
        (LIFE, LIFE, {"lives_to": 2}, REFUSED, "exchange_lives_differ", Way.SAME_INSURED),
        (LIFE, LIFE, {"lives_from": 2}, REFUSED, "exchange_lives_differ", Way.SAME_INSURED),
        (
            LIFE, LIFE, {"lives_from": 2, "survivor_only": True}, ALLOWED, "exchange_survivor",
            Way.ASK_TAX_ADVISER,
        ),
        (LIFE, ANNUITY, {"is_qualified": True}, REFUSED, "exchange_qualified_money", Way.ROLLOVER),
        (LIFE, ANNUITY, {"is_direct": False}, REFUSED, "exchange_not_direct", Way.ASSIGN_TO_INSURER),
        (LIFE, LIFE, {"to_us_insurer": False}, REFUSED, "exchange_foreign_insurer", Way.US_INSURER),
        (LIFE, LIFE, {"in_force": False}, REFUSED, "exchange_not_in_force", Way.ASK_CARRIER),
        (LIFE, LIFE, {"is_partial": True}, REFUSED, "exchange_partial_life", Way.WHOLE_POLICY),
        (ANNUITY, LTC, {"is_partial": True}, OPEN, "exchange_partial_ltc", Way.ASK_TAX_ADVISER),
        (ANNUITY, ANNUITY, {"is_partial": True}, ALLOWED, "exchange_partial_wait", Way.WAIT),
        (ANNUITY, ANNUITY, {"in_payout": True}, OPEN, "exchange_in_payout", Way.ASK_CARRIER),
        (LIFE, LIFE, {"into_several": True}, OPEN, "exchange_into_several", Way.ASK_TAX_ADVISER),
        (
            ANNUITY, ANNUITY, {"into_several": True}, ALLOWED, "exchange_into_several_annuities",
            Way.ASK_TAX_ADVISER,
        ),
        (LIFE, LTC, {"ltc_is_qualified": False}, REFUSED, "exchange_ltc_qualified", Way.ASK_CARRIER),
        (
            ENDOWMENT, ENDOWMENT, {"payments_from_new": date(2041, 1, 1)}, REFUSED,
            "exchange_payments_later", Way.EARLIER_PAYMENTS,
        ),
        (
            ENDOWMENT, ENDOWMENT, {"payments_from_new": None}, OPEN, "exchange_payments_unknown",
            Way.ASK_CARRIER,
        ),
        (LIFE, LIFE, {"loan": Decimal(5000)}, OPEN, "exchange_loan_open", Way.REPAY_OR_CARRY_LOAN),
        (
            LIFE, LIFE, {"loan": Decimal(5000), "loan_carried": True}, ALLOWED,
            "exchange_loan_carried", Way.ASK_CARRIER,
        ),
        (
            LIFE, LIFE, {"loan": Decimal(5000), "loan_carried": False}, ALLOWED,
            "exchange_loan_boot", Way.REPAY_OR_CARRY_LOAN,
        ),
        (LIFE, LIFE, {"is_mec": True}, ALLOWED, "exchange_mec_stays", Way.TELL),
        (LIFE, LIFE, {"cost_basis": None}, ALLOWED, "exchange_basis_unknown", Way.TELL),
    ],
)  # fmt: skip
def test_each_reason_and_its_way_out(  # noqa: PLR0917 - the columns of the table above
    source: Contract,
    target: Contract,
    change: dict[str, object],
    outcome: Outcome,
    code: str,
    way: Way,
) -> None:
    decision = exchange_allowed(source, target, replace(CLEAN, **change))  # type: ignore[arg-type]
    assert decision.outcome is outcome
    (finding,) = [one for one in decision.findings if one.reason.code == code]
    assert (finding.outcome, finding.way) == (outcome, way)
    assert finding.reason.source.rule


def test_a_withdrawal_within_180_days_of_a_partial_exchange_undoes_it() -> None:
    moved = date(2026, 1, 1)
    facts = replace(CLEAN, is_partial=True, transferred_on=moved)
    until = partial_until(moved)
    early = replace(facts, taken_on=until - timedelta(days=1))
    assert exchange_allowed(ANNUITY, ANNUITY, early).outcome is REFUSED
    assert exchange_allowed(ANNUITY, ANNUITY, replace(facts, taken_on=until)).is_allowed


def test_every_reason_is_told_at_once() -> None:
    facts = ExchangeFacts(same_owner=False, same_insured=False, is_qualified=True, is_direct=False)
    decision = exchange_allowed(ANNUITY, LIFE, facts)
    assert len(decision.of(REFUSED)) == 5


MAYBE = st.sampled_from([None, True, False])
FACTS = st.builds(
    ExchangeFacts,
    is_partial=st.booleans(),
    same_owner=MAYBE,
    same_insured=MAYBE,
    lives_from=st.integers(1, 2),
    lives_to=st.integers(1, 2),
    survivor_only=st.booleans(),
    is_qualified=MAYBE,
    is_direct=MAYBE,
    to_us_insurer=MAYBE,
    in_force=MAYBE,
    in_payout=MAYBE,
    into_several=st.booleans(),
    loan=st.sampled_from([None, Decimal(0), Decimal(100)]),
    loan_carried=MAYBE,
    is_mec=MAYBE,
    ltc_is_qualified=MAYBE,
    payments_from_old=st.none() | st.dates(),
    payments_from_new=st.none() | st.dates(),
    transferred_on=st.none() | st.dates(max_value=date(2100, 1, 1)),
    taken_on=st.none() | st.dates(max_value=date(2100, 1, 1)),
)
KINDS = st.sampled_from(list(Contract))


@given(FACTS)
def test_an_annuity_never_becomes_life_insurance(facts: ExchangeFacts) -> None:
    assert exchange_allowed(ANNUITY, LIFE, facts).outcome is REFUSED


@given(KINDS, KINDS, FACTS)
def test_another_owner_or_insured_is_never_covered(
    source: Contract, target: Contract, facts: ExchangeFacts
) -> None:
    assert exchange_allowed(source, target, replace(facts, same_owner=False)).outcome is REFUSED
    assert exchange_allowed(source, target, replace(facts, same_insured=False)).outcome is REFUSED


@given(KINDS, KINDS, FACTS)
def test_money_through_the_owners_hands_is_never_covered(
    source: Contract, target: Contract, facts: ExchangeFacts
) -> None:
    assert exchange_allowed(source, target, replace(facts, is_direct=False)).outcome is REFUSED


@given(KINDS, KINDS, FACTS)
def test_what_is_allowed_knows_all_that_matters(
    source: Contract, target: Contract, facts: ExchangeFacts
) -> None:
    if exchange_allowed(source, target, facts).is_allowed:
        assert facts.same_owner
        assert facts.same_insured
        assert facts.is_direct
        assert facts.is_qualified is False
        assert facts.in_force
