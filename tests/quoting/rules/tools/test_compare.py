from decimal import Decimal

from megler.quoting.rules.tools.compare import Measure, compare
from megler.quoting.rules.tools.counter import Counter
from megler.vocabulary.codes import Mode
from tests.quoting.books import term_book
from tests.quoting.rules.tools.market import counter, facts, second_book
from tests.underwriting.guides import ON, guide


def two() -> list[object]:
    guides = {"fjordlife": [guide()], "bergliv": [guide()]}
    return list(Counter([term_book(), second_book()], guides, ON).offers(facts()))


def test_rows_say_what_differs_and_which_is_least() -> None:
    found = compare(two(), Mode.MONTHLY)  # type: ignore[arg-type]
    rows = {row.name: row for row in found.rows}
    assert [key[0] for key in found.offers] == ["bergliv", "fjordlife"]
    assert not rows["term_years"].differs
    assert rows["edition"].differs
    assert rows["monthly"].best == (0,)
    assert rows["monthly"].measure is Measure.MONEY
    first, second = rows["monthly"].values
    assert isinstance(first, Decimal)
    assert isinstance(second, Decimal)
    assert rows["total"].values == (first * 12 * 20, second * 12 * 20)


def test_what_no_offer_has_is_no_row() -> None:
    names = [row.name for row in compare(counter().offers(facts()), Mode.MONTHLY).rows]
    assert "weekly" not in names
    assert "table" not in names
    assert "worst_class" not in names


def test_an_open_class_is_told() -> None:
    offers = counter().offers(facts(blood_pressure=...))
    rows = {row.name: row.values for row in compare(offers, Mode.MONTHLY).rows}
    assert rows["class"] == ("Preferred Plus",)
    assert rows["worst_class"] != (None,)


def test_currencies_are_not_ranked_against_each_other() -> None:
    crowns = term_book({'"USD"': '"NOK"', '"fjordlife"': '"bergliv"', '"65"': '"35"'})
    guides = {"fjordlife": [guide()], "bergliv": [guide()]}
    offers = Counter([term_book(), crowns], guides, ON).offers(facts())
    found = compare(offers, Mode.MONTHLY)
    assert set(found.currencies) == {"USD", "NOK"}
    assert all(row.best == () for row in found.rows)


def test_at_most_four_are_compared() -> None:
    assert len(compare([*two(), *two(), *two()], Mode.MONTHLY).offers) == 4  # type: ignore[list-item]
