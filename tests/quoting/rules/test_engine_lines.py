"""Riders, several lives, reductions and what a product yields instead of a premium."""

import pickle
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.products import Eligibility, Lives, Product, Reduction, Rider, Yields
from megler.carriers.rules.steps import (
    AddStep,
    AmountStep,
    CellStep,
    CompoundStep,
    ModeStep,
    MultiplyStep,
    RateStep,
    RidersStep,
    RoundStep,
    ShareStep,
    SumLivesStep,
)
from megler.quoting.rules.books import Book
from megler.quoting.rules.engine import ChosenRider, LifeRisk, Priced, Risk, Unpriced, price
from megler.vocabulary.codes import Line, Mode
from megler.vocabulary.money import Rounding
from tests.quoting.lines import bands, book, choice, figures, product, whole

D = Decimal
CENTS = RoundStep("cents", D("0.01"), Rounding.HALF_UP)
MONTHLY = ModeStep("mode", {Mode.ANNUAL: D(1), Mode.MONTHLY: D("0.09")})
BASE = figures("base", [whole("age", 40, 70)], [f"{age}.5" for age in range(40, 71)])
CHILD = figures("child", [bands("amount", (1, 10000), (10001, 50000))], ["6", "5.5"])
AGES = figures("ages", [bands("age", (0, 20), (21, 64))], ["0.5", "2"])


def priced(given: Book, risk: Risk) -> Priced:
    (one,) = given.edition.products
    answer = price(given, one, risk)
    assert isinstance(answer, Priced), answer
    return answer


def told(answer: Priced) -> list[tuple[str, str, str, str, str]]:
    return [(t.do, t.figure, f"{t.amount.normalize():f}", t.life, t.rider) for t in answer.steps]


def life_with_riders() -> Book:
    waiver = Rider("waiver", "Waiver", Eligibility(), (ShareStep("share", by=D("0.05")),))
    child = Rider("child", "Child", Eligibility(), (RateStep("units", "child", D(1000)),))
    free = Rider("early", "Early benefit", Eligibility(), included=True)
    steps = (RateStep("base", "base", D(1000)), RidersStep("riders"), AddStep("fee", D(60)), CENTS)
    one = product(Line.TERM_LIFE, *steps, MONTHLY, CENTS, riders=(waiver, child, free))
    return book(one, BASE, CHILD)


def test_each_rider_is_priced_by_its_own_steps_and_added_where_the_edition_says() -> None:
    riders = (ChosenRider("waiver"), ChosenRider("child", D(20000)), ChosenRider("early"))
    answer = priced(
        life_with_riders(), Risk({"age": 40, "amount": 100000}, D(100000), None, None, riders)
    )
    assert told(answer)[:6] == [
        ("rate", "40.500000", "4050", "", ""),
        ("share", "0.05", "202.5", "", "waiver"),
        ("riders", "202.50", "4252.5", "", "waiver"),
        ("rate", "5.500000", "110", "", "child"),
        ("riders", "110.00", "4362.5", "", "child"),
        ("add", "60", "4422.5", "", ""),
    ]
    assert answer.premium == {Mode.ANNUAL: D("4422.50"), Mode.MONTHLY: D("398.03")}


def test_a_share_is_of_the_cost_before_any_rider_whatever_their_order() -> None:
    pair = (ChosenRider("waiver"), ChosenRider("child", D(20000)))
    risk = Risk({"age": 40}, D(100000), riders=pair)
    turned = replace(risk, riders=pair[::-1])
    assert priced(life_with_riders(), risk).premium == priced(life_with_riders(), turned).premium


def test_a_rider_without_a_figure_stops_the_premium_with_the_reason() -> None:
    given = life_with_riders()
    risk = Risk({"age": 40}, D(100000), riders=(ChosenRider("child", D(90000)),))
    answer = price(given, given.edition.products[0], risk)
    assert isinstance(answer, Unpriced)
    assert answer.reasons[0].code == "no_rate"


def family(*after: Any) -> Book:
    steps = (CellStep("age", "ages"), MultiplyStep("rate", by=D("200.10")), CENTS)
    one = product(
        Line.HEALTH,
        *steps,
        SumLivesStep("family"),
        *after,
        lives=Lives.EACH,
        premium_period=Mode.MONTHLY,
    )
    return book(one, AGES)


def family_of(*ages: int, free: tuple[int, ...] = ()) -> Risk:
    lives = (LifeRisk(f"p{i}", {"age": age}, charged=i not in free) for i, age in enumerate(ages))
    return Risk({"age": ages[0]}, lives=tuple(lives))


def test_lives_are_priced_each_and_summed_and_the_rest_runs_once() -> None:
    answer = priced(family(AddStep("fee", D(10))), family_of(40, 8, 5, free=(2,)))
    assert told(answer) == [
        ("cell", "2.000000", "2", "p0", ""),
        ("multiply", "200.10", "400.2", "p0", ""),
        ("round", "0.01", "400.2", "p0", ""),
        ("sum_lives", "400.20", "400.2", "p0", ""),
        ("cell", "0.500000", "0.5", "p1", ""),
        ("multiply", "200.10", "100.05", "p1", ""),
        ("round", "0.01", "100.05", "p1", ""),
        ("sum_lives", "100.05", "500.25", "p1", ""),
        ("sum_lives", "0.00", "500.25", "p2", ""),
        ("add", "10", "510.25", "", ""),
    ]
    assert answer.premium == {Mode.MONTHLY: D("510.25")}


@given(st.lists(st.integers(0, 64), min_size=1, max_size=6))
def test_a_family_costs_what_its_members_cost_alone(ages: list[int]) -> None:
    alone = (priced(family(), family_of(age)).premium[Mode.MONTHLY] for age in ages)
    assert priced(family(), family_of(*ages)).premium[Mode.MONTHLY] == sum(alone)


def reduced(*steps: Any) -> Book:
    limits = Eligibility(reductions=(Reduction(65, D(65)), Reduction(70, D(50)), Reduction(75)))
    return book(product(Line.GROUP_TERM_LIFE, *steps, eligibility=limits), BASE)


def test_the_amount_falls_at_the_ages_that_the_edition_says() -> None:
    given = reduced(RateStep("base", "base", D(1000)))
    paid = {
        age: priced(given, Risk({"age": age}, D(1000))).premium[Mode.ANNUAL] for age in (64, 65, 70)
    }
    assert paid == {64: D("64.50"), 65: D("42.58"), 70: D("35.25")}
    steps = priced(given, Risk({"age": 65}, D(1000))).steps
    assert [(t.do, t.figure) for t in steps][:2] == [("reduction", "650.00"), ("rate", "65.500000")]


def test_a_rider_on_the_products_amount_falls_with_it() -> None:
    limits = Eligibility(reductions=(Reduction(65, D(50)),))
    rider = Rider("death", "Death", Eligibility(), (RateStep("rate", "base", D(1000)),))
    steps = (RateStep("base", "base", D(1000)), RidersStep("riders"))
    given = book(product(Line.GROUP_TERM_LIFE, *steps, eligibility=limits, riders=(rider,)), BASE)
    paid = [
        priced(given, Risk({"age": 65}, D(1000), riders=(chosen,))).premium[Mode.ANNUAL]
        for chosen in (
            ChosenRider("death", D(1000), is_products=True),
            ChosenRider("death", D(1000)),
        )
    ]
    assert paid == [D("65.50"), D("98.25")]


def test_a_deposit_grows_by_what_is_credited() -> None:
    credited = figures("credited", [choice("term_years", "3", "5")], ["4.5", "4.75"])
    steps = (AmountStep("deposit"), CompoundStep("growth", "credited"), CENTS)
    given = book(product(Line.ANNUITY, *steps, yields=Yields.VALUE), credited)
    answer = priced(given, Risk({"term_years": 5}, D(10000)))
    assert answer.premium == {Mode.ANNUAL: D("12611.60")}
    assert answer.steps[1].figure == "4.750000"


def test_a_book_sent_to_another_process_prices_alike() -> None:
    given, risk = family(), family_of(40, 8)
    before = priced(given, risk)
    assert priced(pickle.loads(pickle.dumps(given)), risk) == before  # noqa: S301


def test_products_of_the_same_code_in_copies_of_a_book_are_not_mixed() -> None:
    given = family()
    (one,) = given.edition.products
    dearer: Product = replace(one, steps=(*one.steps, AddStep("fee", D(5))))
    risk = family_of(40)
    cheap, dear = price(given, one, risk), price(given, dearer, risk)
    assert isinstance(cheap, Priced)
    assert isinstance(dear, Priced)
    assert dear.premium[Mode.MONTHLY] == cheap.premium[Mode.MONTHLY] + 5
