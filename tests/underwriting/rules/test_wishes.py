from decimal import Decimal
from typing import Any

import pytest

from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.wishes import (
    FlatExtra,
    RiderWish,
    Wants,
    read_wants,
    senseless_wants,
)
from megler.vocabulary.codes import Line, Mode
from tests.underwriting.guides import ON


def test_a_wish_is_read_with_its_amounts_exact() -> None:
    raw = {
        "people": ["a", "b"],
        "line": "term_life",
        "face_amount": "500000.50",
        "mode": "monthly",
        "class": "standard",
        "table": 4,
        "flat_extra": {"per_1000": "2.50", "years": 5},
        "riders": ["waiver", {"code": "child_term", "amount": "10000"}],
        "household": True,
        "details": {"occupation_class": "4A"},
    }
    assert read_wants(raw) == Wants(
        people=("a", "b"),
        line=Line.TERM_LIFE,
        face_amount=Decimal("500000.50"),
        mode=Mode.MONTHLY,
        class_code="standard",
        table=4,
        flat_extra=FlatExtra(Decimal("2.50"), 5),
        riders=(RiderWish("waiver"), RiderWish("child_term", Decimal(10000))),
        household=True,
        details={"occupation_class": "4A"},
    )
    assert read_wants({}) == Wants()


@pytest.mark.parametrize(
    ("wants", "told"),
    [
        ({"face_amount": "0.00", "premium_max": "10"}, [("zero_amount", "face_amount")]),
        ({"flat_extra": {"per_1000": "0"}}, [("zero_amount", "flat_extra.per_1000")]),
        ({"riders": [{"code": "a", "amount": "0"}]}, [("zero_amount", "riders[0].amount")]),
        ({"riders": ["a", {"code": "a", "amount": "5"}]}, [("given_twice", "riders[1]")]),
        ({"budget": "80", "face_amount": "500000"}, [("contradicts_budget", "face_amount")]),
        ({"budget": "80", "mode": "monthly", "premium_max": "90"}, []),
    ],
)
def test_wishes_that_cannot_be_priced_are_named(
    wants: dict[str, Any], told: list[tuple[str, str]]
) -> None:
    found = [(p.code, p.where) for p in senseless_wants(wants, "wants.")]
    assert found == [(f"facts_{code}", f"wants.{where}") for code, where in told]


@pytest.mark.parametrize(
    ("wants", "code", "where"),
    [
        ({"table": 17}, "facts_out_of_range", "wants.table"),
        ({"flat_extra": {"years": 5}}, "facts_missing_key", "wants.flat_extra"),
        ({"flat_extra": {"per_1000": 2.5}}, "facts_wrong_type", "wants.flat_extra.per_1000"),
        ({"riders": [{"amount": "5"}]}, "facts_missing_key", "wants.riders[0]"),
        ({"riders": [{"code": "a", "amonut": "5"}]}, "facts_unknown_key", "wants.riders[0].amonut"),
        ({"riders": ["Waiver!"]}, "facts_malformed", "wants.riders[0]"),
        ({"riders": [5]}, "facts_wrong_type", "wants.riders[0]"),
        ({"household": "yes"}, "facts_wrong_type", "wants.household"),
        ({"details": {"Two Words": 1}}, "facts_malformed", "wants.details"),
    ],
)
def test_what_has_not_the_shape_of_a_wish_is_named(
    wants: dict[str, Any], code: str, where: str
) -> None:
    facts, problems = read_facts({"wants": wants}, ON)
    assert facts is None
    assert [(p.code, p.where) for p in problems] == [(code, where)]
