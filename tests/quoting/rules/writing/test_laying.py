from megler.quoting.rules.writing.laying import laid_out
from tests.quoting.rules.writing.markets import demo


def test_a_market_is_laid_out_once_and_most_term_plans_have_a_template() -> None:
    _, _, market = demo()
    laid = laid_out(market)
    assert laid_out(market) is laid
    assert (laid.templates.of_plan >= 0).mean() > 0.5


def test_products_that_class_alike_share_a_way_and_others_do_not() -> None:
    _, _, market = demo()
    laid = laid_out(market)
    of_book: dict[int, set[object]] = {}
    for (book, _product), way in zip(laid.products, laid.ways, strict=True):
        of_book.setdefault(way, set()).add(id(book))
    assert all(len(books) == 1 for books in of_book.values())
    assert sum(map(len, laid.plans_of)) == len(market.plans)
