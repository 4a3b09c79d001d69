"""What an answer must say."""

from datetime import date
from decimal import Decimal

import pytest

from megler.enquiries.rules.answers import Answer, Outcome, answer_problems, as_said

ON = date(2026, 3, 2)
CLASSES = ("preferred", "standard")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(Outcome.OFFER, "preferred"), []),
        (Answer(Outcome.OFFER, table=4), []),
        (Answer(Outcome.OFFER, class_name="Preferred Best"), []),
        (Answer(Outcome.OFFER), ["missing class_code"]),
        (Answer(Outcome.OFFER, "golden"), ["enquiry_class class_code"]),
        (Answer(Outcome.OFFER, "standard", table=17), ["wrong_value table"]),
        (Answer(Outcome.OFFER, "standard", flat_extra=Decimal(-1)), ["wrong_value flat_extra"]),
        (Answer(Outcome.OFFER, "standard", flat_years=3), ["missing flat_extra"]),
        (
            Answer(Outcome.OFFER, "standard", valid_until=date(2026, 3, 1)),
            ["enquiry_day_over valid_until"],
        ),
        (Answer(Outcome.OFFER, "standard", valid_until=ON), []),
        (Answer(Outcome.POSTPONE, postponed_until=ON), ["enquiry_day_over postponed_until"]),
        (Answer(Outcome.POSTPONE), []),
        (Answer(Outcome.DECLINE), []),
        (Answer(Outcome.NEEDS_MORE), ["missing conditions"]),
        (Answer(Outcome.NEEDS_MORE, words="APS of Dr. By"), []),
        (Answer(Outcome.DECLINE, words="x" * 4001), ["too_long words"]),
    ],
)
def test_an_answer_says_what_its_kind_needs(answer: Answer, expected: list[str]) -> None:
    assert [f"{p.code} {p.where}" for p in answer_problems(answer, CLASSES, ON)] == expected


def test_a_carrier_whose_classes_are_not_known_names_its_own() -> None:
    assert answer_problems(Answer(Outcome.OFFER, "golden"), (), ON) == []


def test_everything_wrong_is_told_at_once() -> None:
    answer = Answer(Outcome.OFFER, "golden", table=0, flat_extra=Decimal(0))
    assert len(answer_problems(answer, CLASSES, ON)) == 3


@pytest.mark.parametrize("outcome", [Outcome.DECLINE, Outcome.NEEDS_MORE, Outcome.POSTPONE])
def test_who_makes_no_offer_tells_none(outcome: Outcome) -> None:
    later = date(2027, 1, 1)
    told = Answer(outcome, "standard", "Standard", 4, Decimal(5), 3, later, later, "labs", "no")
    kept = later if outcome is Outcome.POSTPONE else None
    expected = Answer(outcome, postponed_until=kept, conditions="labs", words="no")
    assert as_said(told) == expected
