"""Ratings, riders, several lives and what a product yields, from wish to offer."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.carriers.rules.products import (
    AmountOf,
    Eligibility,
    Lives,
    Reduction,
    Rider,
    Yields,
)
from megler.carriers.rules.steps import (
    AmountStep,
    CellStep,
    CompoundStep,
    FlatExtraStep,
    ModeStep,
    MultiplyStep,
    RateStep,
    RidersStep,
    ShareStep,
    SumLivesStep,
    TableRatingStep,
)
from megler.quoting.rules.answer import Offer, QuoteAnswer, quote_json
from megler.quoting.rules.books import Book
from megler.quoting.rules.quote import quote
from megler.underwriting.rules.facts import read_facts
from megler.vocabulary.codes import Line, Mode
from megler.vocabulary.problems import Reason
from tests.quoting.books import term_book
from tests.quoting.lines import book, choice, figures, product, whole
from tests.underwriting.guides import KNOWN, ON, guide

D = Decimal
TERM, GUIDES = term_book(), {"fjordlife": [guide()]}
AGES = figures("ages", [whole("age", 0, 90)], [f"{20 + age}" for age in range(91)])
RATE = RateStep("base", "ages", D(1000))
WIFE = {**KNOWN, "id": "kari", "role": "insured"}
MAN = {**KNOWN, "id": "ola", "role": "spouse", "sex": "male", "born": "1974-02-11"}


def quoted(given: Book, wants: dict[str, Any], *people: dict[str, Any]) -> QuoteAnswer:
    document: dict[str, Any] = {**KNOWN, "wants": wants}
    if people:
        ids = [one["id"] for one in people]
        document = {"people": list(people), "wants": {"people": ids, **wants}}
    read, problems = read_facts(document, ON)
    assert read is not None, problems
    return quote(read, [given], GUIDES, ON)


def offer(given: Book, wants: dict[str, Any], *people: dict[str, Any]) -> Offer:
    answer = quoted(given, wants, *people)
    assert answer.offers, answer.not_offered
    return answer.offers[0]


def refused(given: Book, wants: dict[str, Any], *people: dict[str, Any]) -> list[str]:
    answer = quoted(given, wants, *people)
    assert answer.offers == ()
    return [reason.code for reason in answer.not_offered[0].reasons]


def codes(reasons: tuple[Reason, ...]) -> list[str]:
    return [reason.code for reason in reasons]


LIFE: dict[str, Any] = {"line": "term_life", "face_amount": "500000", "term_years": 20}


def test_a_table_as_asked_rates_the_worst_class_and_is_marked() -> None:
    found = offer(TERM, {**LIFE, "table": 4})
    assert (found.class_code, found.table) == ("standard", 4)
    assert found.premium[Mode.ANNUAL] == D("1755.00")
    assert codes(found.reasons) == ["table_assumed", "class_assumed"]
    chosen = offer(TERM, {**LIFE, "table": 4, "class": "preferred"})
    assert chosen.premium[Mode.ANNUAL] == D("1455.00")


def test_a_permanent_flat_extra_is_paid_for_good() -> None:
    found = offer(TERM, {**LIFE, "flat_extra": {"per_1000": "2.50"}})
    assert (found.flat_extra, found.flat_extra_years, found.later) == (D("2.50"), None, ())
    plain = offer(TERM, LIFE)
    assert found.premium[Mode.ANNUAL] == plain.premium[Mode.ANNUAL] + 1250
    assert codes(quoted(TERM, {**LIFE, "flat_extra": {"per_1000": "2.50"}}).assumptions) == [
        "flat_extra_assumed"
    ]


def test_a_temporary_flat_extra_tells_what_is_paid_when_it_has_ended() -> None:
    found = offer(TERM, {**LIFE, "flat_extra": {"per_1000": "2.50", "years": 5}})
    (later,) = found.later
    assert later.from_year == 6
    assert later.premium == offer(TERM, LIFE).premium
    for_the_term = {"per_1000": "2.50", "years": 20}
    assert offer(TERM, {**LIFE, "flat_extra": for_the_term}).later == ()


def test_a_product_that_rates_nothing_is_not_sold_rated() -> None:
    plain = book(product(Line.TERM_LIFE, RATE), AGES)
    wants = {"face_amount": "1000", "table": 2, "flat_extra": {"per_1000": "1"}}
    assert refused(plain, wants) == ["table_not_sold", "flat_extra_not_sold"]


def with_waiver(**more: Any) -> Book:
    limits = Eligibility(age_max=50)
    waiver = Rider("waiver", "Waiver of premium", limits, (ShareStep("share", by=D("0.1")),))
    steps = (RATE, TableRatingStep("rating", D(25)), RidersStep("riders"))
    return book(product(Line.TERM_LIFE, *steps, riders=(waiver,), **more), AGES)


def test_a_rider_is_priced_and_shown_apart() -> None:
    found = offer(with_waiver(), {"face_amount": "100000", "riders": ["waiver"]})
    assert found.premium == {Mode.ANNUAL: D("7370.00")}
    (rider,) = found.riders
    assert (rider.code, rider.premium) == ("waiver", {Mode.ANNUAL: D(670)})
    shown: Any = quote_json(
        quoted(with_waiver(), {"face_amount": "100000", "riders": ["waiver"]}),
        lambda reason: reason.code,
        lambda problem: problem.code,
    )["offers"]
    assert [step["do"] for step in shown[0]["steps"]] == ["rate", "riders"]
    assert shown[0]["riders"][0]["steps"][0]["figure"] == "0.1"


def test_a_rider_that_cannot_be_had_keeps_the_product_from_being_offered() -> None:
    wants = {"face_amount": "100000", "riders": ["waiver"]}
    assert refused(with_waiver(), wants, {**WIFE, "born": "1970-01-01"}) == ["too_old"]


def test_one_policy_for_one_life_is_not_sold_for_two() -> None:
    assert refused(TERM, LIFE, WIFE, MAN) == ["insures_one_life"]


def joint() -> Book:
    pairs = figures(
        "pairs", [whole("younger_age", 40, 60), whole("older_age", 40, 60)], ["2"] * 441
    )
    limits = Eligibility(age_min=40, age_max=60, amount_min=D(1000))
    one = product(
        Line.UNIVERSAL_LIFE,
        RateStep("base", "pairs", D(1000)),
        lives=Lives.JOINT,
        eligibility=limits,
    )
    return book(one, pairs)


def test_two_lives_are_priced_together_and_both_shown() -> None:
    found = offer(joint(), {"face_amount": "100000"}, WIFE, MAN)
    assert found.premium == {Mode.ANNUAL: D("200.00")}
    assert [(life.id, life.age_used) for life in found.lives] == [("kari", 47), ("ola", 52)]
    assert found.age_changes_on == date(2027, 2, 11)


def test_each_of_two_lives_must_fit_and_the_reason_names_whom() -> None:
    answer = quoted(joint(), {"face_amount": "500"}, WIFE, {**MAN, "born": "1960-01-01"})
    told = [(reason.code, reason.params.get("life")) for reason in answer.not_offered[0].reasons]
    assert told == [("amount_below", None), ("too_old", "ola")]
    assert refused(joint(), {"face_amount": "5000"}) == ["insures_two_lives"]


def family() -> Book:
    steps = (CellStep("age", "ages"), SumLivesStep("family"), MultiplyStep("tax", by=D("1.05")))
    return book(product(Line.HEALTH, *steps, lives=Lives.EACH), AGES)


def test_each_life_adds_its_own_part() -> None:
    found = offer(family(), {}, WIFE, MAN)
    assert found.premium == {Mode.ANNUAL: D("145.95")}
    assert [life.premium for life in found.lives] == [{Mode.ANNUAL: D(67)}, {Mode.ANNUAL: D(72)}]
    alone = offer(family(), {})
    assert (alone.lives, alone.premium) == ((), {Mode.ANNUAL: D("70.35")})


def test_what_is_supposed_of_one_of_several_names_whom() -> None:
    smoking = figures("smoking", [choice("nicotine", "none", "user")], ["1", "1.2"])
    steps = (
        CellStep("age", "ages"),
        MultiplyStep("nicotine", table="smoking"),
        SumLivesStep("all"),
    )
    given = book(product(Line.HEALTH, *steps, lives=Lives.EACH), AGES, smoking)
    answer = quoted(given, {}, WIFE, {**MAN, "nicotine": None})
    told = [(reason.code, reason.params) for reason in answer.assumptions]
    assert told == [("nicotine_assumed_none", {"life": "ola"})]


def test_riders_that_each_life_pays_for_must_be_open_to_each() -> None:
    waiver = Rider(
        "care", "Shared care", Eligibility(age_max=50), (ShareStep("share", by=D("0.1")),)
    )
    before = (CellStep("age", "ages"), RidersStep("riders"), SumLivesStep("both"))
    after = (CellStep("age", "ages"), SumLivesStep("both"), RidersStep("riders"))
    told = {}
    for name, steps in (("before", before), ("after", after)):
        one = product(Line.LONG_TERM_CARE, *steps, lives=Lives.EACH, riders=(waiver,))
        answer = quoted(book(one, AGES), {"riders": ["care"]}, WIFE, MAN)
        told[name] = [r.params.get("life") for n in answer.not_offered for r in n.reasons]
        assert len(answer.offers) == (0 if name == "before" else 1)
    assert told == {"before": ["ola"], "after": []}


def annuity(**more: Any) -> Book:
    paid = figures("paid", [choice("payout", "life", "certain")], ["5.50", "5.00"])
    steps = (
        RateStep("paid", "paid", D(1000)),
        ModeStep("mode", {Mode.MONTHLY: D(1), Mode.ANNUAL: D(12)}),
    )
    told: dict[str, Any] = {
        "premium_period": Mode.MONTHLY,
        "amount_of": AmountOf.PREMIUM,
        "yields": Yields.INCOME,
        **more,
    }
    return book(product(Line.ANNUITY, *steps, **told), paid)


def test_an_income_stands_in_place_of_a_premium_highest_first() -> None:
    low, high = annuity(code="low"), annuity(code="high")
    better = replace(high.edition, series="other", currency="USD")
    tables = {"paid": figures("paid", [choice("payout", "life", "certain")], ["5.60", "5.10"])}
    wants = {"line": "annuity", "premium": "100000", "payout": "life", "premium_max": "1"}
    read, _ = read_facts({**KNOWN, "wants": wants}, ON)
    assert read is not None
    answer = quote(read, [low, Book(better, tables)], GUIDES, ON)
    assert [o.product for o in answer.offers] == ["high", "low"]
    shown: Any = quote_json(answer, lambda r: r.code, lambda p: p.code)["offers"]
    assert shown[0]["income"] == {"monthly": "560.00", "annual": "6720.00"}
    assert "premium" not in shown[0]
    assert (shown[0]["yields"], shown[0]["amount"]) == ("income", "100000")


def test_a_value_tells_its_years_and_its_rate() -> None:
    credited = figures("credited", [choice("term_years", "3", "5")], ["4", "4.5"])
    steps = (AmountStep("deposit"), CompoundStep("interest", "credited"))
    told: dict[str, Any] = {"amount_of": AmountOf.PREMIUM, "yields": Yields.VALUE}
    given = book(product(Line.ANNUITY, *steps, premium_period=None, **told), credited)
    answer = quoted(given, {"premium": "10000"})
    assert [(o.years, o.premium[Mode.ANNUAL]) for o in answer.offers] == [
        (5, D("12461.82")),
        (3, D("11248.64")),
    ]
    shown: Any = quote_json(answer, lambda r: r.code, lambda p: p.code)["offers"]
    assert shown[0]["value"] == {"years": 5, "amount": "12461.82"}
    assert (shown[0]["rate"], shown[0]["mode"], shown[0]["annualised"]) == ("4.500000", None, None)


def test_a_deposit_that_is_not_named_is_asked_for() -> None:
    assert refused(annuity(), {"payout": "life"}) == ["fact_needed"]
    assert refused(annuity(), {"premium": "1000"}) == ["choice_needed"]


def test_evidence_of_health_and_a_fall_that_is_not_told_are_said() -> None:
    limits = Eligibility(guaranteed_issue_max=D(100000), reductions=(Reduction(40),))
    given = book(product(Line.GROUP_TERM_LIFE, RATE, eligibility=limits), AGES)
    found = offer(given, {"face_amount": "150000"})
    assert codes(found.reasons) == ["evidence_of_health_above", "reduction_not_told"]
    assert codes(offer(given, {"face_amount": "100000"}).reasons) == ["reduction_not_told"]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"income_annual": "60000", "in_force": []}, []),
        ({"income_annual": "59999", "in_force": []}, ["benefit_above_income"]),
        ({}, ["fact_needed"]),
        (
            {"income_annual": "60000", "in_force": [{"line": "disability", "amount": "1"}]},
            ["benefit_above_income"],
        ),
    ],
)
def test_a_benefit_is_bounded_by_the_income(facts: dict[str, Any], told: list[str]) -> None:
    limits = Eligibility(income_percent_max=D(60))
    one = product(Line.DISABILITY, RATE, eligibility=limits, amount_of=AmountOf.BENEFIT_MONTHLY)
    answer = quoted(book(one, AGES), {"benefit_monthly": "3000"}, {**WIFE, **facts})
    assert [r.code for n in answer.not_offered for r in n.reasons] == told


def test_benefits_in_force_that_are_not_known_are_supposed_none() -> None:
    limits = Eligibility(income_percent_max=D(60))
    one = product(Line.DISABILITY, RATE, eligibility=limits, amount_of=AmountOf.BENEFIT_MONTHLY)
    known = {**WIFE, "income_annual": "60000"}
    answer = quoted(book(one, AGES), {"benefit_monthly": "3000"}, known)
    assert codes(answer.assumptions) == ["in_force_assumed_none"]


def test_an_answer_that_nobody_asked_for_is_told() -> None:
    answer = quoted(TERM, {**LIFE, "details": {"roof": 5}})
    assert [(p.code, p.where) for p in answer.problems] == [
        ("quote_not_asked", "wants.details.roof")
    ]
    assert answer.offers


def rated() -> Book:
    waiver = Rider("waiver", "Waiver", Eligibility(), (ShareStep("share", by=D("0.1")),))
    steps = (RATE, TableRatingStep("rating", D(25)), FlatExtraStep("extra"), RidersStep("riders"))
    modes = ModeStep("mode", {Mode.ANNUAL: D(1), Mode.MONTHLY: D("0.0875")})
    return book(product(Line.TERM_LIFE, *steps, modes, riders=(waiver,)), AGES)


@given(
    st.integers(1, 1_000_000),
    st.integers(1, 16) | st.none(),
    st.decimals(D("0.01"), 20, places=2) | st.none(),
    st.booleans(),
)
@settings(deadline=None, max_examples=60)
def test_modes_follow_their_factors_and_a_second_quote_is_the_same(
    amount: int, table: int | None, extra: Decimal | None, rider: bool
) -> None:
    wants = {
        "face_amount": f"{amount}",
        "table": table,
        "flat_extra": None if extra is None else {"per_1000": f"{extra}"},
        "riders": ["waiver"] if rider else [],
    }
    first, second = quoted(rated(), wants), quoted(rated(), wants)
    assert first == second
    (one,) = first.offers
    exact = next(t.amount for t in one.steps if t.do == "mode" and t.mode is Mode.ANNUAL)
    assert abs(one.premium[Mode.MONTHLY] - exact * D("0.0875")) <= D("0.005")
    assert {reason.source.edition for reason in one.reasons} <= {"", one.edition}
