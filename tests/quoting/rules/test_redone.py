"""Whatever the steps, whoever reads the answer can redo every premium as docs/facts.md says."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from megler.carriers.rules.products import Eligibility, Lives, Reduction, Rider
from megler.carriers.rules.steps import (
    AddStep,
    AmountStep,
    CellStep,
    FlatExtraStep,
    LimitStep,
    ModeStep,
    MultiplyStep,
    RateStep,
    RidersStep,
    RoundStep,
    ShareStep,
    Step,
    SubtractStep,
    SumLivesStep,
    TableRatingStep,
)
from megler.quoting.rules.answer import quote_json
from megler.quoting.rules.books import Book
from megler.quoting.rules.quote import quote
from megler.underwriting.rules.facts import read_facts
from megler.vocabulary.codes import Line, Mode
from megler.vocabulary.money import Rounding
from tests.quoting.lines import book, figures, product, whole
from tests.underwriting.guides import ON

D = Decimal
AGES = figures("ages", [whole("age", 0, 90)], [f"{age}.25" for age in range(91)])
HOW = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.HALF_EVEN: ROUND_HALF_EVEN,
    Rounding.UP: ROUND_UP,
    Rounding.DOWN: ROUND_DOWN,
}
MONEY = st.decimals(D("0.01"), 500, places=2)
NEAR = D("1e-18")

STARTS = st.sampled_from(
    [RateStep("start", "ages", D(1000)), CellStep("start", "ages"), AmountStep("start")]
)
ROUNDS = st.builds(
    RoundStep,
    st.just("rounded"),
    st.sampled_from([D("0.01"), D("0.05"), D(1), D("0.25")]),
    st.sampled_from(list(Rounding)),
)
MIDDLE = st.one_of(
    ROUNDS,
    st.builds(AddStep, st.just("added"), MONEY),
    st.builds(SubtractStep, st.just("taken off"), MONEY),
    st.builds(MultiplyStep, st.just("times"), st.decimals(D("0.01"), 3, places=4)),
    st.just(MultiplyStep("by age", table="ages", per=D(100))),
    st.builds(LimitStep, st.just("bounded"), st.booleans(), MONEY),
    st.builds(TableRatingStep, st.just("rated"), st.sampled_from([D(20), D(25)])),
    st.just(FlatExtraStep("extra")),
)
OF_RIDER = st.sampled_from(
    [
        ShareStep("start", by=D("0.06")),
        ShareStep("start", table="ages"),
        RateStep("start", "ages", D(1000)),
    ]
)


@st.composite
def books(draw: Callable[[Any], Any]) -> Book:
    """Any product: its start, anything between, riders, several lives, modes."""
    lives = draw(st.sampled_from([Lives.ONE, Lives.EACH]))
    steps: list[Step] = [draw(STARTS), *draw(st.lists(MIDDLE, max_size=4))]
    if lives is Lives.EACH:
        steps.append(SumLivesStep("lives"))
    riders = []
    for code in draw(st.sampled_from(["", "x", "xy"])):
        own = [draw(OF_RIDER), *draw(st.lists(MIDDLE, max_size=2))]
        named = tuple(replace(step, name=f"{code} {i}") for i, step in enumerate(own))
        riders.append(Rider(code, "Rider", Eligibility(), named))
    if riders:
        steps.insert(draw(st.integers(1, len(steps))), RidersStep("riders"))
    modes = {Mode.ANNUAL: D(1), Mode.MONTHLY: D("0.0875"), Mode.BIWEEKLY: D("0.0402")}
    steps += [ModeStep("mode", modes), *draw(st.lists(ROUNDS, max_size=1))]
    steps = [replace(step, name=f"{step.name} {i}") for i, step in enumerate(steps)]
    limits = Eligibility(reductions=(Reduction(45, D(65)),))
    return book(
        product(Line.SPECIALTY, *steps, lives=lives, riders=tuple(riders), eligibility=limits), AGES
    )


PEOPLE = [
    {"id": "a", "born": "1990-01-01", "sex": "female", "jurisdiction": "TX"},
    {"id": "b", "role": "spouse", "born": "1970-01-01", "sex": "male", "jurisdiction": "TX"},
]


@given(
    books(),
    st.integers(1, 10**7),
    st.integers(1, 16) | st.none(),
    st.integers(1, 2),
)
@settings(deadline=None, max_examples=120)
def test_every_premium_can_be_redone_from_the_answer(
    given_book: Book, amount: int, table: int | None, count: int
) -> None:
    (one,) = given_book.edition.products
    kinds = {type(step) for step in one.steps}
    people = PEOPLE[: count if one.lives is Lives.EACH else 1]
    wants: dict[str, Any] = {
        "people": [person["id"] for person in people],
        "face_amount": str(amount),
        "riders": [rider.code for rider in one.riders],
        "table": table if TableRatingStep in kinds else None,
        "flat_extra": {"per_1000": "1.25"} if FlatExtraStep in kinds else None,
    }
    facts, problems = read_facts({"people": people, "wants": wants}, ON)
    assert facts is not None, problems
    answer: Any = quote_json(
        quote(facts, [given_book], {}, ON), lambda reason: reason.code, lambda p: p.code
    )
    assert answer["not_offered"] == []
    (offer,) = answer["offers"]
    assert redone(offer, given_book) == {m: D(paid) for m, paid in offer["premium"].items()}


def redone(offer: Mapping[str, Any], given_book: Book) -> dict[str, Decimal]:
    """Each mode's premium by the steps of the answer alone, and what the edition says per what."""
    (one,) = given_book.edition.products
    steps = [*one.steps, *(step for rider in one.riders for step in rider.steps)]
    told = {step.name: step for step in steps}
    benefits = {"": D(offer["amount"] or 0)}
    running: dict[tuple[str, str], Decimal] = {}
    before_riders: dict[str, Decimal] = {}
    for taken in offer["steps"]:
        life, mode, do = taken.get("life", ""), taken["mode"], taken["do"]
        figure = D(taken["figure"])
        if do == "reduction":
            benefits[life] = figure
            continue
        if do == "riders":
            before_riders.setdefault(life, running[life, mode])
            benefit = benefits.get(life, D(offer["amount"] or 0))
            _redo_rider(offer, taken, before_riders[life], benefit, told)
        of = "" if do == "sum_lives" else life
        start = running.get((of, "annual" if do == "mode" else mode), D(0))
        benefit = benefits.get(life, benefits[""])
        running[of, mode] = _after(taken, start, benefit, told.get(taken["step"]))
        assert abs(running[of, mode] - D(taken["amount"])) <= NEAR * (1 + abs(start)), taken
        assert figure >= 0
    return {mode: amount for (life, mode), amount in running.items() if life == ""}


def _redo_rider(
    offer: Mapping[str, Any],
    added: Mapping[str, Any],
    so_far: Decimal,
    benefit: Decimal,
    told: Mapping[str, Step],
) -> None:
    """A rider's cost by its own steps; a share is of what the product costs before any rider."""
    rider = next(r for r in offer["riders"] if r["code"] == added["rider"])
    running = D(0)
    for taken in rider["steps"]:
        if taken.get("life", "") == added.get("life", ""):
            is_share = taken["do"] == "share"
            running = (
                so_far * D(taken["figure"])
                if is_share
                else _after(taken, running, benefit, told[taken["step"]])
            )
            assert abs(running - D(taken["amount"])) <= NEAR * (1 + running), taken
    assert abs(running - D(added["figure"])) <= NEAR * (1 + running)


def _after(
    taken: Mapping[str, Any], amount: Decimal, benefit: Decimal, step: Step | None
) -> Decimal:
    figure = D(taken["figure"])
    if taken["do"] == "round":
        how = HOW[step.how] if isinstance(step, RoundStep) else ROUND_HALF_UP
        return (amount / figure).quantize(D(1), rounding=how) * figure
    per = step.per if isinstance(step, MultiplyStep) else D(1)
    return {
        "rate": benefit * figure / 1000,
        "cell": figure,
        "amount": figure,
        "table_rating": amount * figure,
        "multiply": amount * figure / per,
        "mode": amount * figure,
        "flat_extra": amount + figure,
        "add": amount + figure,
        "riders": amount + figure,
        "sum_lives": amount + figure,
        "subtract": max(amount - figure, D(0)),
        "at_least": max(amount, figure),
        "at_most": min(amount, figure),
    }[str(taken["do"])]
