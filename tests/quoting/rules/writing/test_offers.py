import numpy as np

from megler.quoting.rules.writing.offers import Priced, templates_of, texts_of, written
from megler.vocabulary.codes import Line
from tests.quoting.rules.writing.markets import demo


def test_texts_lie_one_after_the_other() -> None:
    texts = texts_of([b"ab", b"", b"cde"])
    assert texts.pool.tobytes() == b"abcde"
    assert texts.lengths.tolist() == [2, 0, 3]


def test_an_offer_too_large_for_whole_numbers_is_left_out_and_the_next_is_written() -> None:
    _, _, market = demo()
    plans = [plan for plan in market.plans if plan.product.line is Line.TERM_LIFE][:1]
    templates = templates_of(plans)
    cells = np.full((2, templates.operands), 100, np.int64)
    cells[0] = 2**31 - 1
    priced = Priced(
        np.zeros(2, np.int64), cells, np.array([1200, 1200]), np.zeros((2, 5), np.int64)
    )
    found = written(templates, priced, 999_999_999_999, texts_of([b"*"]))
    first, second = found.each()
    assert not found.is_complete
    assert first is None
    assert second is not None
    assert b'"annual"' in bytes(second)


def test_whole_offers_stand_with_commas_between() -> None:
    _, _, market = demo()
    plans = [plan for plan in market.plans if plan.product.line is Line.TERM_LIFE][:1]
    templates = templates_of(plans)
    cells = np.full((3, templates.operands), 100, np.int64)
    nothing = np.zeros((3, 5), np.int64)
    priced = Priced(np.zeros(3, np.int64), cells, np.array([1200] * 3), nothing)
    found = written(templates, priced, 100_000, texts_of([b"*"]))
    assert found.is_complete
    offers = [bytes(offer or b"") for offer in found.each()]
    assert b",".join(offers) == bytes(found.whole)
