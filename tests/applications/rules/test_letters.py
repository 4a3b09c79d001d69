"""What the letters say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from megler.applications.rules.comparison import comparisons
from megler.applications.rules.existing import ExistingPolicy, Told
from megler.applications.rules.letters import (
    Parties,
    Requested,
    comparison_paper,
    exchange_letter,
    notice_letter,
)
from megler.applications.rules.replacement import replacement_needs

ON = date(2026, 7, 1)
WHO = Parties(
    "Fjell", "Anna Berg, NPN 1", "Fjord Life", "Fjord Term", "Ola Hope", "Kari Hope", "A-1"
)
WHAT = Requested("Polar Mutual", "1 Ice Rd, Nome, AK 99762", "P-1", expected=Decimal(40_000))
OLD = ExistingPolicy("Polar Mutual", "P-1", replaced=True)


def words(letter: dict[str, object]) -> str:
    return str(letter)


def test_the_request_names_policy_owner_and_new_insurer_and_assigns_absolutely() -> None:
    text = words(exchange_letter(WHO, WHAT, ON))
    for part in ("P-1", "Ola Hope", "Kari Hope", "$40,000.00", "July 1, 2026", "AK 99762"):
        assert part in text
    assert "Absolute assignment" in text
    assert "never to the owner" in text
    assert "180 days" not in text


def test_a_part_says_so_and_warns_of_the_180_days() -> None:
    text = words(exchange_letter(WHO, replace(WHAT, is_partial=True), ON))
    assert "a part of the value" in text
    assert "180 days" in text


def test_a_loan_is_carried_over_or_paid_off() -> None:
    loan = replace(WHAT, loan=Decimal(500))
    assert "carried over" in words(exchange_letter(WHO, replace(loan, loan_carried=True), ON))
    assert "paid off" in words(exchange_letter(WHO, replace(loan, loan_carried=False), ON))
    assert "loan of" not in words(exchange_letter(WHO, WHAT, ON))


def test_the_notice_lists_each_policy_and_what_is_enclosed() -> None:
    letter = notice_letter(WHO, [OLD, replace(OLD, number="")], ON, "policy summary")
    assert "number not assigned" in words(letter)
    assert "Enclosed: policy summary." in words(letter)
    assert "Enclosed" not in words(notice_letter(WHO, [OLD], ON))


def test_the_comparison_says_what_is_to_be_asked() -> None:
    needs = replacement_needs("TX", "term_life", [OLD], Told(replacing=True), ON)
    paper = comparison_paper(WHO, comparisons([OLD], {"face_amount": "500000"}, needs, ON), ON)
    (one,) = paper["policies"]
    rows = {row[0]: row[1:] for row in one["rows"]}
    assert rows["Amount"] == ["ask the existing insurer", "$500,000"]
    assert rows["Cash value"] == ["ask the existing insurer", "see the policy"]
