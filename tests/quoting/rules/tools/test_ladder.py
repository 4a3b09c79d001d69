from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.quoting.rules.tools.counter import Counter
from megler.quoting.rules.tools.ladder import Ladders, Need, check_needs, ladders
from megler.vocabulary.codes import Mode
from tests.quoting.books import term_book
from tests.quoting.rules.tools.market import counter, facts, second_book
from tests.underwriting.guides import ON, guide

FALLING = (Need(Decimal(500_000), 10), Need(Decimal(200_000), 20))


def both() -> Counter:
    guides = {"fjordlife": [guide()], "bergliv": [guide()]}
    return Counter([term_book(), second_book()], guides, ON)


def of(needs: tuple[Need, ...], market: Counter | None = None) -> Ladders:
    (found,) = ladders(market or counter(), facts(), needs)
    return found


def test_a_falling_need_is_covered_in_layers_and_priced_against_one_policy() -> None:
    found = of(FALLING)
    assert found.one is not None
    assert [(int(layer.amount), layer.years) for layer in found.one.layers] == [(500_000, 20)]
    layered = next(ladder for ladder in found.ladders if len(ladder.layers) == 2)
    assert [(int(layer.amount), layer.years) for layer in layered.layers] == [
        (200_000, 20),
        (300_000, 10),
    ]
    (long,) = counter().offers(facts({"face_amount": "200000"}))
    (short,) = counter().offers(facts({"face_amount": "300000", "term_years": 10}))
    monthly = long.premium[Mode.MONTHLY], short.premium[Mode.MONTHLY]
    assert layered.first_year == 12 * sum(monthly)
    assert layered.total == 12 * (20 * monthly[0] + 10 * monthly[1])
    assert layered.by_year == (12 * sum(monthly),) * 10 + (12 * monthly[0],) * 10
    assert list(map(int, layered.cover)) == [500_000] * 10 + [200_000] * 10
    assert found.best.total == min(ladder.total for ladder in found.ladders)
    assert found.saving == found.one.total - found.best.total


def test_each_layer_takes_the_carrier_that_is_cheapest_for_it() -> None:
    found = of(FALLING, both())
    assert {layer.offer.carrier for layer in found.best.layers} == {"bergliv"}
    assert found.best_of_one_carrier is not None
    assert found.best_of_one_carrier.carriers == 1
    assert found.best_of_one_carrier.total >= found.best.total


def test_a_layer_may_run_longer_than_it_is_kept_but_is_paid_only_while_needed() -> None:
    found = of((Need(Decimal(300_000), 7),))
    (layer,) = found.best.layers
    assert layer.offer.term_years == 10
    assert layer.total == 7 * layer.a_year


def test_nothing_covers_a_need_longer_than_every_term() -> None:
    assert ladders(counter(), facts(), (Need(Decimal(300_000), 25),)) == ()


def test_a_layer_below_the_least_amount_is_not_sold_alone() -> None:
    found = of((Need(Decimal(250_000), 10), Need(Decimal(200_000), 20)))
    assert [len(ladder.layers) for ladder in found.ladders] == [1]
    assert found.saving == 0


@settings(max_examples=25, deadline=None)
@given(
    amounts=st.lists(st.integers(100, 1000), min_size=2, max_size=4, unique=True),
    years=st.lists(st.integers(1, 20), min_size=4, max_size=4, unique=True),
)
def test_every_ladder_covers_the_need_in_every_year(amounts: list[int], years: list[int]) -> None:
    steps = zip(sorted(amounts, reverse=True), sorted(years), strict=False)
    needs = tuple(Need(Decimal(amount * 1000), year) for amount, year in steps)
    assert check_needs(needs) == []
    for found in ladders(counter(), facts(), needs):
        for ladder in found.ladders:
            for year, cover in enumerate(ladder.cover):
                assert cover >= next(need.amount for need in needs if need.years > year)
            assert ladder.total == sum(ladder.by_year)
            assert ladder.total >= found.best.total
            assert len(ladder.layers) <= 3


@pytest.mark.parametrize(
    ("needs", "codes"),
    [
        ([], ["ladder_steps"]),
        ([(500, 10), (500, 20)], ["ladder_not_falling"]),
        ([(500, 10), (600, 10)], ["ladder_not_falling", "ladder_not_falling"]),
        ([(0, 10)], ["ladder_nothing"]),
        ([(600 - n, n + 1) for n in range(6)], ["ladder_steps"]),
        ([(500, 10), (300, 20)], []),
    ],
)
def test_steps_that_are_no_falling_need_are_named(
    needs: list[tuple[int, int]], codes: list[str]
) -> None:
    problems = check_needs([Need(Decimal(amount), years) for amount, years in needs])
    assert [problem.code for problem in problems] == codes
