import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.carriers.rules.checks import check_edition
from megler.quoting.rules.answer import Offer, QuoteAnswer
from megler.quoting.rules.books import Book
from megler.quoting.rules.quote import quote
from megler.underwriting.rules.facts import read_facts
from megler.vocabulary.codes import Mode
from tests import lines
from tests.quoting.books import group_book, health_book, term_book
from tests.underwriting.documents import documents
from tests.underwriting.guides import KNOWN, ON, guide

TERM, HEALTH, GROUP = term_book(), health_book(), group_book()
GUIDES = {"fjordlife": [guide()]}
AMOUNTS = {"face_amount", "benefit_monthly", "premium"}
WANTS = {"line": "term_life", "face_amount": "500000"}


def quoted(
    wants: object = WANTS, books: Any = (TERM, HEALTH, GROUP), on: date = ON, **facts: Any
) -> QuoteAnswer:
    document = {k: v for k, v in (KNOWN | {"wants": wants} | facts).items() if v is not ...}
    read, problems = read_facts(document, on)
    assert read is not None, problems
    return quote(read, books, GUIDES, on)


def codes(answer: QuoteAnswer) -> dict[tuple[str, int | None], list[str]]:
    return {(n.product, n.term_years): [r.code for r in n.reasons] for n in answer.not_offered}


def test_every_term_of_the_line_is_priced_cheapest_first() -> None:
    answer = quoted()
    assert [(o.product, o.term_years, o.premium[Mode.ANNUAL]) for o in answer.offers] == [
        ("term", 10, Decimal("510.00")),
        ("term", 20, Decimal("660.00")),
    ]
    assert answer.not_offered == ()
    assert answer.problems == ()


def test_an_offer_says_on_what_it_stands() -> None:
    offer = quoted(weight_lb=160).offers[0]
    assert (offer.class_code, offer.class_range) == ("preferred", ("preferred", "preferred"))
    assert (offer.age_used, offer.age_changes_on) == (47, date(2026, 8, 11))
    assert (offer.edition, offer.currency) == ("fjordlife/term@2026-01-01", "USD")
    assert [r.code for r in offer.reasons] == ["class_met", "over_weight"]
    assert [r.code for r in offer.improvements] == ["less_weight"]


def test_the_age_by_the_products_basis_turns_at_the_half_birthday() -> None:
    day_before, day = date(2026, 8, 10), date(2026, 8, 11)
    assert [quoted(on=on).offers[0].age_used for on in (day_before, day)] == [47, 48]


def test_without_a_line_every_line_is_asked() -> None:
    answer = quoted({"face_amount": "500000"}, zip="75002")
    assert {o.product for o in answer.offers} == {"term", "silver", "option-b"}


def test_a_term_asked_for_is_the_only_one_priced_and_rules_out_what_has_none() -> None:
    answer = quoted({"face_amount": "500000", "term_years": 20}, zip="75002")
    assert [(o.product, o.term_years) for o in answer.offers] == [("term", 20)]
    assert codes(answer) == {("silver", 20): ["no_term"], ("option-b", 20): ["no_term"]}
    assert codes(quoted(WANTS | {"term_years": 15})) == {("term", 15): ["term_not_offered"]}


def test_a_term_that_is_not_possible_is_told_beside_those_that_are() -> None:
    answer = quoted(born="1977-03-01")
    assert [o.term_years for o in answer.offers] == [10]
    assert codes(answer) == {("term", 20): ["too_old_for_term"]}


def test_every_reason_against_a_product_is_told_at_once() -> None:
    answer = quoted(
        {"line": "term_life", "face_amount": "50500", "term_years": 20},
        born="1960-01-01",
        jurisdiction="NY",
        weight_lb=300,
    )
    assert codes(answer) == {
        ("term", 20): [
            "too_old",
            "not_sold_in",
            "amount_below",
            "amount_off_step",
            "individual_consideration",
            "over_weight",
            "too_old_for_term",
        ]
    }


def test_a_wished_class_is_quoted_as_asked_and_marked_assumed() -> None:
    answer = quoted(WANTS | {"class": "standard"}, weight_lb=300)
    assert {o.class_code for o in answer.offers} == {"standard"}
    assert [r.code for r in answer.assumptions] == ["class_assumed"]
    assert codes(quoted(WANTS | {"class": "gold"})) == {("term", None): ["class_not_sold"]}


def test_unknown_facts_are_told_as_assumptions_each_once() -> None:
    answer = quoted(blood_pressure=..., jurisdiction=...)
    told = [(r.code, r.params.get("fact")) for r in answer.assumptions]
    assert told == [
        ("jurisdiction_unknown", None),
        ("fact_unknown", "blood_pressure.systolic"),
        ("fact_unknown", "blood_pressure.diastolic"),
    ]
    assert answer.offers[0].class_range == ("preferred_plus", "individual_consideration")


def test_an_age_given_for_a_birth_date_is_an_assumption() -> None:
    answer = quoted(born=..., age=47)
    assert [r.code for r in answer.assumptions] == ["age_given"]
    assert {(o.age_used, o.age_changes_on) for o in answer.offers} == {(47, None)}


def test_a_month_of_birth_that_leaves_the_age_open_is_not_priced() -> None:
    assert codes(quoted(born="1978-09")) == {("term", None): ["age_open"]}
    assert {o.age_used for o in quoted(born="1979-02").offers} == {47}


def test_what_the_price_needs_is_asked_for() -> None:
    answer = quoted({}, born=..., zip=...)
    assert codes(answer) == {
        ("silver", None): ["fact_needed"],
        ("option-b", None): ["fact_needed", "fact_needed"],
        ("term", None): ["fact_needed", "fact_needed"],
    }


def test_a_zip_in_several_areas_is_a_problem_that_names_the_counties() -> None:
    answer = quoted({"line": "health"}, zip="75001")
    assert codes(answer) == {("silver", None): ["several_areas"]}
    (problem,) = answer.problems
    assert (problem.code, problem.expected) == ("quote_several_areas", "Collin, Dallas")
    assert quoted({"line": "health"}, zip="75001", county="Dallas").offers


def test_without_a_guide_a_product_with_classes_needs_a_wished_class() -> None:
    read, _ = read_facts(KNOWN | {"wants": WANTS}, ON)
    assert read is not None
    answer = quote(read, [TERM], {}, ON)
    assert codes(answer) == {("term", None): ["no_guide"]}


def test_a_product_without_classes_needs_no_guide() -> None:
    (offer,) = quoted({"line": "group_term_life", "face_amount": "50000"}).offers
    assert (offer.class_code, offer.class_range, offer.mode) == (None, None, Mode.BIWEEKLY)
    assert offer.annualised == Decimal("130.00")


def test_the_wished_mode_orders_and_leaves_out_nothing() -> None:
    wants = {"face_amount": "500000", "mode": "monthly"}
    answer = quoted(wants, zip="75002")
    assert [o.mode for o in answer.offers] == [Mode.MONTHLY] * len(answer.offers)
    assert len(answer.offers) == 4
    biweekly = quoted(wants | {"mode": "biweekly"}, zip="75002")
    assert len(biweekly.offers) == 4


def test_above_the_most_to_be_paid_is_not_offered() -> None:
    answer = quoted(WANTS | {"premium_max": "44.63", "mode": "monthly"})
    assert [o.term_years for o in answer.offers] == [10]
    assert codes(answer) == {("term", 20): ["over_premium_max"]}
    assert answer.not_offered[0].reasons[0].params["premium"] == "57.75"
    assert len(quoted(WANTS | {"premium_max": "44.62", "mode": "monthly"}).offers) == 0


def test_of_several_generations_the_one_in_effect_is_used() -> None:
    books = [group_book(y, "b", cents) for y, cents in ((2022, 10), (2024, 12), (2026, 15))]
    wants = {"line": "group_term_life", "face_amount": "10000"}
    paid = {
        on: quoted(wants, books, on).offers[0].premium[Mode.BIWEEKLY]
        for on in (date(2023, 12, 31), date(2024, 1, 1), date(2026, 1, 1))
    }
    assert list(paid.values()) == [Decimal("1.00"), Decimal("1.20"), Decimal("1.50")]


@given(st.dates(date(2022, 1, 1), date(2028, 12, 31)))
@settings(deadline=None, max_examples=40)
def test_a_quote_never_mixes_editions(on: date) -> None:
    generations = {
        year: group_book(year, "b", cents) for year, cents in ((2022, 10), (2024, 12), (2026, 15))
    }
    wants = {"line": "group_term_life", "face_amount": "10000"}
    answer = quoted(wants, list(generations.values()), on, born="1979-02-11")
    year = max(year for year in generations if year <= on.year)
    assert answer.offers == quoted(wants, [generations[year]], on, born="1979-02-11").offers
    assert {offer.edition for offer in answer.offers} == {f"statskassa/b@{year}-01-01"}


def test_a_book_not_yet_or_no_longer_in_effect_says_so_beside_the_other_reasons() -> None:
    early = quoted(on=date(2025, 12, 31), jurisdiction="NY")
    assert codes(early) == {("term", None): ["not_yet_in_effect", "not_sold_in", "no_guide"]}
    late = quoted({"line": "health"}, on=date(2027, 1, 1), zip="75002", weight_lb=...)
    assert codes(late)["silver", None] == ["no_longer_in_effect"]


def test_currencies_are_never_mixed() -> None:
    kroner = term_book({'currency = "USD"': 'currency = "NOK"', '"term"\ntitle': '"norsk"\ntitle'})
    answer = quoted(books=[TERM, kroner])
    assert [o.currency for o in answer.offers] == ["NOK", "NOK", "USD", "USD"]


def test_several_wishes_are_each_priced_for_their_person() -> None:
    people = [
        {**KNOWN, "id": "kari", "role": "insured"},
        {**KNOWN, "id": "ola", "role": "spouse", "sex": "male", "weight_lb": 160},
    ]
    wants = [
        {**WANTS, "people": ["kari"], "term_years": 10},
        {**WANTS, "people": ["ola"], "term_years": 10},
        {**WANTS, "people": ["kari", "ola"]},
    ]
    read, problems = read_facts({"people": people, "wants": wants}, ON)
    assert read is not None, problems
    answer = quote(read, [TERM], GUIDES, ON)
    assert [(o.wants, o.class_code) for o in answer.offers] == [
        (0, "preferred_plus"),
        (1, "preferred"),
    ]
    (refused,) = answer.not_offered
    assert refused.wants == 2
    assert [r.code for r in refused.reasons] == ["insures_one_life"]


def test_a_rider_that_the_product_has_not_keeps_it_from_being_offered() -> None:
    answer = quoted(WANTS | {"riders": ["waiver_of_premium"]})
    assert codes(answer) == {("term", None): ["no_riders"]}


def test_warnings_of_the_facts_are_kept() -> None:
    answer = quoted(zip="06390")
    assert [p.code for p in answer.problems] == ["facts_zip_elsewhere"]
    assert answer.offers


@given(documents(), st.sampled_from([ON, date(2020, 1, 1), date(2030, 6, 30)]))
@settings(max_examples=150, deadline=None)
def test_any_facts_get_an_answer_in_order(document: dict[str, Any], on: date) -> None:
    read, _ = read_facts(document, on)
    if read is not None:
        answer = quote(read, (TERM, HEALTH, GROUP), GUIDES, on)
        keys = [(o.wants, o.currency, o.annualised) for o in answer.offers]
        assert keys == sorted(keys)
        assert all(n.reasons for n in answer.not_offered)


def _person(document: dict[str, Any], example: dict[str, Any]) -> dict[str, Any]:
    """What the odd document says of a person, where the example is of one."""
    own = {key: value for key, value in document.items() if key not in {"people", "wants"}}
    return {} if "people" in example else own


@cache
def every_line() -> list[Book]:
    """The books of docs/lines."""
    found = []
    for name in lines.names():
        edition, tables, _ = check_edition(lines.page(name).files)
        assert edition is not None
        found.append(Book(edition, tables))
    return found


@given(
    documents(),
    st.sampled_from([trial.facts for n in lines.names() for trial in lines.page(n).trials]),
)
@settings(max_examples=50, deadline=None)
def test_any_facts_get_an_answer_of_every_line(
    document: dict[str, Any], example: dict[str, Any]
) -> None:
    wants, odd = example["wants"], document.get("wants")
    mixed = {**wants, **odd} if isinstance(odd, dict) and isinstance(wants, dict) else wants
    for given_facts in (document, {**example, **_person(document, example), "wants": mixed}):
        read, _ = read_facts(given_facts, date(2026, 6, 1))
        if read is not None:
            answer = quote(read, every_line(), GUIDES, date(2026, 6, 1))
            keys = [(o.wants, o.currency) for o in answer.offers]
            assert keys == sorted(keys)
            assert all(n.reasons for n in answer.not_offered)
            assert all(amount >= 0 for o in answer.offers for amount in o.premium.values())


EXAMPLES = [
    trial.facts
    for name in lines.names()
    for trial in lines.page(name).trials
    if isinstance(trial.facts["wants"], dict) and not AMOUNTS.isdisjoint(trial.facts["wants"])
]


@given(st.sampled_from(EXAMPLES), st.integers(1, 400), st.integers(1, 400))
@settings(deadline=None, max_examples=60)
def test_in_a_band_of_any_line_more_never_costs_or_brings_less(
    example: dict[str, Any], one: int, other: int
) -> None:
    wants = example["wants"]
    (key,) = AMOUNTS & set(wants)
    paid = []
    for share in sorted((one, other)):
        amount = Decimal(wants[key]) * share / 100
        facts = {**example, "wants": {**wants, "riders": [], key: f"{amount:.0f}"}}
        read, problems = read_facts(facts, date(2026, 6, 1))
        assert read is not None, problems
        found = quote(read, every_line(), GUIDES, date(2026, 6, 1)).offers
        paid.append({(o.product, o.term_years, o.plan, *bands_of(o)): o.premium for o in found})
    fewer, more = paid
    for same in fewer.keys() & more.keys():
        assert all(fewer[same][mode] <= more[same][mode] for mode in fewer[same])


def bands_of(offer: Offer) -> Iterator[int]:
    """In which band of each table the amount of an offer lies."""
    for book in every_line():
        if book.edition.name == offer.edition:
            for table in book.tables.values():
                for axis in table.axes:
                    if axis.name == "amount":
                        yield axis.index(offer.amount)


@given(st.integers(100, 1000), st.integers(0, 100), st.sampled_from(["10", "20"]))
@settings(deadline=None, max_examples=50)
def test_a_heavier_person_never_pays_less(amount: int, more: int, term: str) -> None:
    wants = {"line": "term_life", "face_amount": f"{amount}000", "term_years": int(term)}
    light, heavy = quoted(wants), quoted(wants, weight_lb=140 + more)
    if heavy.offers:
        assert light.offers[0].annualised <= heavy.offers[0].annualised


@pytest.mark.parametrize("carriers", [10])
def test_fifty_products_in_four_terms_take_milliseconds(carriers: int) -> None:
    (product,) = TERM.edition.products
    four = tuple(replace(product.eligibility.terms[0], term_years=t) for t in (10, 20, 10, 20))
    products = tuple(
        replace(product, code=f"p{i}", eligibility=replace(product.eligibility, terms=four))
        for i in range(5)
    )
    books, guides = [], {}
    for i in range(carriers):
        edition = replace(TERM.edition, carrier=f"c{i}", products=products)
        books.append(replace(TERM, edition=edition))
        guides[f"c{i}"] = [replace(guide(), carrier=f"c{i}")]
    read, _ = read_facts(KNOWN | {"wants": WANTS}, ON)
    assert read is not None
    fastest = min(_seconds(lambda: quote(read, books, guides, ON)) for _ in range(5))
    assert len(quote(read, books, guides, ON).offers) == 100
    assert fastest < 0.1


def _seconds(run: Any) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
