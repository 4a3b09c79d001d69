from decimal import Decimal
from typing import Any

import pytest

from megler.carriers.rules.products import Eligibility, Product, Rider
from megler.carriers.rules.steps import RateStep, ShareStep
from megler.quoting.rules.riders import RiderBuyer, riders_chosen, riders_shown
from megler.quoting.rules.risks import ChosenRider, Taken
from megler.underwriting.rules.wishes import RiderWish
from megler.vocabulary.codes import Line, Mode
from tests.quoting.lines import product

D = Decimal
SHARE = (ShareStep("share", by=D("0.05")),)
WAIVER = Rider("waiver", "Waiver", Eligibility(age_min=18, age_max=55), SHARE)
CHILD = Rider(
    "child", "Child", Eligibility(amount_min=D(5000), amount_step=D(1000)), amount=D(10000)
)
DEATH = Rider("death", "Accidental death", Eligibility(classes=("standard",)), percent_max=D(50))
EARLY = Rider("early", "Early benefit", Eligibility(age_max=70), included=True)
LIFE = product(Line.TERM_LIFE, riders=(WAIVER, CHILD, DEATH, EARLY))
BUYER = RiderBuyer(40, "TX", D(500000), frozenset({"standard"}))


def choose(
    *wishes: RiderWish, of: Product = LIFE, buyers: tuple[RiderBuyer, ...] = (BUYER,)
) -> tuple[list[tuple[str, Any]], list[tuple[str, str]]]:
    chosen, reasons = riders_chosen(of, wishes, buyers, "e")
    told = [(r.code, r.params.get("rider", "")) for r in reasons]
    return [(one.code, one.amount and int(one.amount)) for one in chosen], told


def test_those_asked_for_and_those_included_are_priced_in_the_editions_order() -> None:
    chosen, reasons = choose(RiderWish("child"), RiderWish("waiver"))
    assert chosen == [("waiver", 500000), ("child", 10000), ("early", 500000)]
    assert reasons == []


@pytest.mark.parametrize(
    ("wish", "amount"),
    [
        (RiderWish("child", D(20000)), 20000),
        (RiderWish("child"), 10000),
        (RiderWish("death"), 250000),
        (RiderWish("death", D(100000)), 100000),
    ],
)
def test_a_riders_amount_is_the_one_asked_for_or_its_usual_one(
    wish: RiderWish, amount: int
) -> None:
    assert (wish.code, amount) in choose(wish)[0]


def test_cover_of_its_own_goes_with_the_product_as_far_as_it_is_sold() -> None:
    limits = Eligibility(amount_max=D(300000))
    cover = Rider("cover", "Cover", limits, (RateStep("base", "base", D(1000)),))
    share = Rider("share", "Share", limits, SHARE)
    of = product(Line.TERM_LIFE, riders=(cover, share))
    assert choose(RiderWish("cover"), of=of) == ([("cover", 300000)], [])
    assert choose(RiderWish("cover", D(400000)), of=of)[1] == [("amount_above", "Cover")]
    assert choose(RiderWish("share"), of=of)[1] == [("amount_above", "Share")]
    (one,), _ = riders_chosen(of, [RiderWish("cover")], [BUYER], "e")
    assert not one.is_products


def test_a_rider_without_an_amount_of_its_own_goes_with_the_product() -> None:
    chosen, _ = riders_chosen(
        LIFE, [RiderWish(code) for code in ("waiver", "child", "death")], [BUYER], "e"
    )
    own = {"waiver": True, "child": False, "death": False, "early": True}
    assert {one.code: one.is_products for one in chosen} == own


@pytest.mark.parametrize(
    ("wish", "buyer", "code"),
    [
        (RiderWish("waiver"), RiderBuyer(56, "TX", D(500000)), "too_old"),
        (RiderWish("child", D(5500)), BUYER, "amount_off_step"),
        (RiderWish("child", D(4000)), BUYER, "amount_below"),
        (RiderWish("death", D(250001)), BUYER, "rider_above_share"),
        (RiderWish("death"), RiderBuyer(40, "TX", D(9), frozenset({"gold"})), "class_not_sold"),
        (RiderWish("early"), RiderBuyer(71, "TX", D(500000)), "too_old"),
    ],
)
def test_a_rider_that_cannot_be_had_says_why_by_its_name(
    wish: RiderWish, buyer: RiderBuyer, code: str
) -> None:
    _, reasons = choose(wish, buyers=(buyer,))
    names = {rider.code: rider.name for rider in LIFE.riders}
    assert (code, names[wish.code]) in reasons


def test_an_included_rider_that_a_buyer_may_not_have_is_left_out_in_silence() -> None:
    assert choose(buyers=(RiderBuyer(71, "TX", D(500000)),)) == ([], [])


def test_of_two_buyers_both_must_be_able_to_have_it() -> None:
    older = RiderBuyer(60, "TX", D(500000), frozenset({"standard"}))
    assert choose(RiderWish("waiver"), buyers=(BUYER, older))[1] == [("too_old", "Waiver")]


def test_a_rider_that_is_not_sold_is_told_with_those_that_are() -> None:
    (_, reasons), (_, none) = (
        choose(RiderWish("moon")),
        choose(RiderWish("x"), of=product(Line.HEALTH)),
    )
    assert reasons == [("rider_not_offered", "moon")]
    assert none == [("no_riders", "x")]


def test_a_rider_is_shown_with_what_it_adds_and_its_own_steps() -> None:
    own = Taken("share", "share", D("0.05"), D(5), Mode.ANNUAL, "", "waiver")
    added = Taken("riders", "riders", D(5), D(105), Mode.ANNUAL, "", "waiver")
    chosen = (ChosenRider("waiver", D(1)), ChosenRider("early"))
    waiver, early = riders_shown(LIFE, chosen, (own, added))
    assert (waiver.premium, waiver.steps, waiver.included) == ({Mode.ANNUAL: D(5)}, (own,), False)
    assert (early.premium, early.steps, early.included) == ({}, (), True)
