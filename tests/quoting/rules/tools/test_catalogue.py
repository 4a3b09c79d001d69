from megler.quoting.rules.tools.catalogue import catalogue
from megler.vocabulary.codes import Line
from tests.quoting.books import group_book, health_book, term_book
from tests.quoting.rules.test_offering import whole_book
from tests.quoting.rules.tools.market import counter


def test_each_line_lists_what_its_products_sell() -> None:
    sold = catalogue(counter([term_book(), whole_book(), health_book(), group_book()]).products())
    assert set(sold) == {Line.TERM_LIFE, Line.WHOLE_LIFE, Line.HEALTH, Line.GROUP_TERM_LIFE}
    assert sold[Line.TERM_LIFE].terms == (10, 20)
    assert "standard_tobacco" in sold[Line.TERM_LIFE].classes
    assert sold[Line.WHOLE_LIFE].plans == ("ordinary", "twenty-pay")
    assert sold[Line.HEALTH].terms == ()


def test_what_is_not_sold_is_not_listed() -> None:
    assert catalogue([]) == {}


def test_lines_come_in_the_fields_order() -> None:
    sold = catalogue(counter([health_book(), term_book()]).products())
    assert list(sold) == [Line.TERM_LIFE, Line.HEALTH]
