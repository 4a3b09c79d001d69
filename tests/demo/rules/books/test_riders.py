"""The riders of the term books."""

from decimal import Decimal

from megler.carriers.rules.checks import check_edition
from megler.demo.actions.editions import mortality_tables
from megler.demo.rules.books.riders import (
    ACCIDENTAL_AMOUNT,
    WAIVER_LAST_AGE,
    rider_files,
    term_riders,
    waiver_share,
)
from megler.demo.rules.books.term import term_edition
from megler.demo.rules.roster.middle import SOGNE


def test_waiver_costs_a_larger_share_with_every_few_years_of_age() -> None:
    shares = [Decimal(waiver_share(age)) for age in range(18, WAIVER_LAST_AGE + 1)]
    assert shares == sorted(shares)
    assert shares[0] < shares[-1] < Decimal("0.15")


def test_riders_end_with_the_product_where_it_ends_first() -> None:
    for first, last in ((18, 75), (20, 50)):
        waiver = next(r for r in term_riders(first, last) if r["code"] == "waiver_of_premium")
        rows = rider_files(first, last)["waiver.csv"].decode().splitlines()
        assert waiver["eligibility"] == {"age": {"max": min(last, WAIVER_LAST_AGE)}}
        assert rows[1].startswith(f"{first},")
        assert rows[-1].startswith(f"{min(last, WAIVER_LAST_AGE)},")


def test_every_term_policy_has_the_accelerated_benefit_and_may_have_the_others() -> None:
    book = SOGNE.terms[0]
    edition, _, problems = check_edition(
        term_edition(mortality_tables(), SOGNE.house, book, book.editions[0])
    )
    assert problems == []
    assert edition is not None
    riders = {rider.code: rider for rider in edition.products[0].riders}
    assert [code for code, rider in riders.items() if rider.included] == ["accelerated_benefit"]
    assert set(riders) > {"child_term", "accidental_death", "waiver_of_premium"}
    assert riders["accidental_death"].eligibility.amount_max == ACCIDENTAL_AMOUNT[1]
