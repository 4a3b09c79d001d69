"""What an application must bring, from its answers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from megler.applications.rules.demands import (
    Situation,
    demand_problems,
    demanded,
    needs_of,
    receipt_facts,
    receipt_of,
)
from megler.forms.rules.questionnaire import Purpose
from megler.forms.rules.receipt import ReceiptRule

ON = date(2026, 7, 1)
OLD = {"company": "Polar Mutual", "policy_number": "P-1", "amount": "250000", "replace": "yes"}
REPLACING: dict[str, Any] = {
    "insured_address": {"state": "TX"},
    "insured_born": "1985-06-14",
    "has_existing": "yes",
    "existing_cover": [OLD],
    "replacing": "yes",
    "report_replacing": "yes",
    "money_with_application": "no",
}
OFFER = {"face_amount": "500000", "premium": "37.71", "mode": "monthly"}
RULE = ReceiptRule("receipt", Decimal(1_000_000), Decimal(500_000), 70, questions=("med_heart",))


def situation(**change: Any) -> Situation:
    return Situation({**REPLACING, **change}, "term_life", ON, OFFER)


def test_the_state_is_the_insureds_and_the_notice_is_demanded() -> None:
    assert needs_of(situation()).state == "TX"
    assert demanded(situation()) == ["replacement_notice"]


def test_policies_said_not_to_exist_count_for_nothing() -> None:
    nothing = situation(has_existing="no", replacing="no", report_replacing="no")
    assert demanded(nothing) == []
    assert demand_problems(nothing, []) == []


def test_an_exchange_and_money_demand_their_papers() -> None:
    exchanged = {**OLD, "how": "exchange"}
    found = demanded(situation(existing_cover=[exchanged], money_with_application="yes"))
    assert found == ["replacement_notice", "exchange_1035", "conditional_receipt"]


def test_new_york_demands_its_papers_in_order() -> None:
    found = demanded(situation(insured_address={"state": "NY"}))
    assert found == ["replacement_definition", "replacement_notice"]


def test_a_packet_with_what_is_demanded_has_no_problem() -> None:
    assert demand_problems(situation(), [Purpose.REPLACEMENT_NOTICE]) == []
    (problem,) = demand_problems(situation(), [Purpose.APPLICATION])
    assert (problem.code, problem.found) == ("form_not_on_file", "replacement notice")


def test_an_exchange_under_way_contradicts_a_no() -> None:
    said_no = situation(
        replacing="no", report_replacing="no", existing_cover=[{**OLD, "replace": "no"}]
    )
    packet = [Purpose.REPLACEMENT_NOTICE, Purpose.EXCHANGE_1035]
    found = demand_problems(replace(said_no, exchanges=1), packet)
    assert {(p.code, p.where) for p in found} == {
        ("replacement_by_exchange", "replacing"),
        ("replacement_by_exchange", "report_replacing"),
    }


def test_an_exchange_without_its_paper_is_warned_of() -> None:
    exchanged = situation(existing_cover=[{**OLD, "how": "exchange"}])
    (problem,) = demand_problems(exchanged, [Purpose.REPLACEMENT_NOTICE])
    assert (problem.code, problem.severity) == ("exchange_paper_missing", "warning")
    packet = [Purpose.REPLACEMENT_NOTICE, Purpose.EXCHANGE_1035]
    assert demand_problems(exchanged, packet) == []


def test_the_facts_of_the_receipt_come_from_answers_before_the_offer() -> None:
    facts = receipt_facts(replace(situation(cover_face_amount="750000"), receipt=RULE))
    assert facts.amount == Decimal(750_000)
    assert facts.premium == Decimal("37.71")
    assert facts.age == 41
    assert facts.health == {"med_heart": None}
    assert facts.state == "TX"


@pytest.mark.parametrize(
    ("values", "may"), [({}, None), ({"med_heart": "no"}, True), ({"med_heart": "yes"}, False)]
)
def test_the_receipt_follows_the_health_answers(values: dict[str, str], may: bool | None) -> None:
    known = replace(situation(**values), receipt=RULE, is_known=True)
    assert receipt_of(known).may is may


def test_money_taken_against_the_rule_is_a_problem() -> None:
    taken = situation(med_heart="yes", money_with_application="yes", money_amount="37.71")
    found = demand_problems(replace(taken, receipt=RULE, is_known=True), list(Purpose))
    assert [(p.code, p.expected) for p in found] == [("money_not_allowed", "receipt_health")]


@pytest.mark.parametrize("born", ["", "1985", "2090-01-01", None])
def test_a_birth_date_that_cannot_be_read_leaves_the_age_open(born: Any) -> None:
    assert receipt_facts(situation(insured_born=born)).age is None
