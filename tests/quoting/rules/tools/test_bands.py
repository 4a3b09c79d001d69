from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from megler.quoting.rules.tools.bands import band_breaks
from megler.quoting.rules.tools.counter import key_of
from megler.vocabulary.codes import Mode
from tests.quoting.rules.tools.market import counter, facts


def test_a_larger_amount_in_a_better_band_that_costs_less_is_told_with_its_saving() -> None:
    asked = facts({"face_amount": "245000"})
    (offer,) = counter().offers(asked)
    (larger,) = counter().offers(facts({"face_amount": "250000"}))
    (found,) = band_breaks(counter(), asked, [offer])
    assert found.offer == key_of(offer)
    assert (found.amount, found.larger) == (Decimal(245000), Decimal(250000))
    assert found.premium == larger.premium[Mode.MONTHLY] < found.premium_asked
    assert found.saving_a_year == 12 * (found.premium_asked - found.premium)


def test_nothing_is_told_where_the_next_band_costs_more() -> None:
    for amount in ("110000", "250000", "1000000"):
        asked = facts({"face_amount": amount})
        assert band_breaks(counter(), asked, counter().offers(asked)) == ()


@settings(max_examples=30, deadline=None)
@given(amount=st.integers(100, 600).map(lambda n: n * 1000))
def test_no_larger_amount_is_cheaper_than_the_one_told(amount: int) -> None:
    asked = facts({"face_amount": str(amount)})
    (offer,) = counter().offers(asked)
    told = band_breaks(counter(), asked, [offer])
    best = told[0].premium if told else offer.premium[Mode.MONTHLY]
    for other in (250_000, 260_000, 500_000, 2 * amount):
        if amount < other <= min(2 * amount, 1_000_000):
            (larger,) = counter().offers(facts({"face_amount": str(other)}))
            assert larger.premium[Mode.MONTHLY] >= best
