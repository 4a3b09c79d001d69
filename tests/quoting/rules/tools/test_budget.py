from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.quoting.rules.answer import Offer
from megler.quoting.rules.books import Book
from megler.quoting.rules.tools.amounts import wishing_amount
from megler.quoting.rules.tools.budget import largest_within, quote_within_budgets
from megler.quoting.rules.tools.counter import Counter
from megler.underwriting.rules.facts import Facts, read_facts
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode
from tests.quoting.books import TERM, book, group_book
from tests.quoting.rules.tools.market import counter, facts
from tests.underwriting.guides import KNOWN, ON, guide


def within(budget: str, wants: dict[str, Any] | None = None, **known: Any) -> Any:
    return quote_within_budgets(
        counter(), facts({"face_amount": None, "budget": budget, **(wants or {})}, **known)
    )


def test_the_next_amount_would_cost_more_than_the_budget() -> None:
    (offer,) = within("30").offers
    assert offer.premium[Mode.MONTHLY] <= 30
    (next_,) = counter().offers(facts({"face_amount": str(offer.amount + 1000)}))
    assert next_.premium[Mode.MONTHLY] > 30


def test_every_term_has_its_own_amount_the_largest_first() -> None:
    offers = within("30", {"term_years": None}).offers
    assert [offer.term_years for offer in offers] == [10, 20]
    assert offers[0].amount > offers[1].amount


def test_what_is_assumed_for_a_budget_is_told_once() -> None:
    read, _ = read_facts(
        {"age": 47, "sex": "female", "wants": {"line": "term_life", "budget": "30"}}, ON
    )
    assert read is not None
    told = quote_within_budgets(counter(), read).assumptions
    assert [r.code for r in told].count("age_given") == 1
    assert [r.code for r in told].count("jurisdiction_unknown") == 1


def test_a_budget_too_small_is_told_with_the_least_amount_and_its_premium() -> None:
    answer = within("5")
    assert answer.offers == ()
    (refused,) = answer.not_offered
    (reason,) = refused.reasons
    assert reason.code == "budget_too_small"
    assert reason.params["amount"] == "100000"
    (least,) = counter().offers(facts({"face_amount": "100000"}))
    assert reason.params["premium"] == f"{least.premium[Mode.MONTHLY]}"


def test_a_budget_beyond_all_amounts_buys_the_largest() -> None:
    (offer,) = within("100000").offers
    assert offer.amount == 1_000_000


def test_what_no_amount_makes_possible_keeps_its_reasons() -> None:
    answer = within("30", jurisdiction="NY")
    assert answer.offers == ()
    ((reason,),) = [one.reasons for one in answer.not_offered]
    assert reason.code == "not_sold_in"


def test_the_largest_amount_for_the_age_is_kept() -> None:
    (offer,) = within("100000", {"term_years": 10}, born="1976-11-01").offers
    assert offer.age_used == 49
    assert offer.amount == 500_000


@pytest.mark.parametrize("budget", ["2", "5.01", "40"])
def test_a_product_that_is_not_sold_in_the_mode_may_cost_as_much_a_year(budget: str) -> None:
    wish = {"line": "group_term_life", "face_amount": None, "term_years": None}
    asked = facts({**wish, "budget": budget, "mode": "weekly"})
    (offer,) = quote_within_budgets(counter([group_book()]), asked).offers
    limit = Decimal(budget) * PAYMENTS_A_YEAR[Mode.WEEKLY]
    assert offer.annualised <= limit
    more = {**wish, "face_amount": str((offer.amount or 0) + 1000), "mode": "weekly"}
    assert counter([group_book()]).offers(facts(more))[0].annualised > limit


def test_wishes_with_and_without_a_budget_stand_in_one_answer() -> None:
    wants = [
        {"line": "term_life", "face_amount": "100000", "term_years": 20},
        {"line": "term_life", "budget": "30", "term_years": 20, "mode": "monthly"},
    ]
    read, _ = read_facts(KNOWN | {"wants": wants}, ON)
    assert read is not None
    answer = quote_within_budgets(counter(), read)
    assert [offer.wants for offer in answer.offers] == [0, 1]
    assert answer.offers[0].amount == 100_000
    assert answer.facts == read.document


def random_book(rates: list[int], bounds: list[int], fee: int, to: str) -> Book:
    """A book of one age and class whose bands go up and down as they please."""
    head = TERM.replace('min = "100000", max = "1000000"', 'min = "25000", max = "300000"')
    head = head.replace('step = "1000"', 'step = "5000"').replace('"65"', f'"{fee}"')
    head = head.replace(
        'name = "cents"\ndo = "round"\nto = "0.01"', f'name = "cents"\ndo = "round"\nto = "{to}"'
    )
    starts = sorted({25_000, *bounds})
    rows = [
        "term_years,age,amount_from,amount_to,preferred_plus,preferred,standard,standard_tobacco"
    ]
    for term in (10, 20):
        for age in range(46, 50):
            for i, start in enumerate(starts):
                stop = starts[i + 1] - 1 if i + 1 < len(starts) else ""
                rate = f"{rates[i] // 100}.{rates[i] % 100:02}"
                rows.append(f"{term},{age},{start},{stop}" + f",{rate}" * 4)
    return book({"edition.toml": head, "base.csv": "\n".join(rows) + "\n"})


@settings(max_examples=25, deadline=None)
@given(
    rates=st.lists(st.integers(30, 300), min_size=5, max_size=5),
    bounds=st.lists(st.integers(6, 59).map(lambda n: n * 5000), max_size=4),
    fee=st.sampled_from([1, 65]),
    to=st.sampled_from(["0.01", "1"]),
    budget=st.integers(300, 9000).map(lambda n: Decimal(n) / 100),
)
def test_no_amount_that_the_budget_buys_is_larger(
    rates: list[int], bounds: list[int], fee: int, to: str, budget: Decimal
) -> None:
    given_book = random_book(rates, bounds, fee, to)
    asked = Counter([given_book], {"fjordlife": [guide()]}, ON)
    (product,) = given_book.edition.products
    wish = facts({"face_amount": None, "term_years": 20})
    every = [
        offer
        for amount in range(25_000, 300_001, 5000)
        for offer in asked.offers(wishing_amount(wish, product, Decimal(amount)))
    ]
    expected = [o.amount for o in every if o.premium[Mode.MONTHLY] <= budget]
    found = largest_within(asked, wish, given_book, product, budget).offers
    assert [offer.amount for offer in found] == expected[-1:]


def test_narrowing_asks_few_prices() -> None:
    asked: list[Facts] = []
    market = counter()

    def engine(given: Facts, *rest: Any) -> Any:
        asked.append(given)
        return market.pricing(given, *rest)

    counted = Counter(market.books, market.guides, ON, engine)
    (given_book, product), *_ = counted.products()
    found = largest_within(counted, facts({"face_amount": None}), given_book, product, Decimal(30))
    assert [isinstance(offer, Offer) for offer in found.offers] == [True]
    assert len(asked) <= 20
