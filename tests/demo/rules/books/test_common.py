"""The parts that every rate book shares."""

from datetime import date

from megler.demo.rules.books.common import Dated, band, choice, head, life_steps, whole
from megler.demo.rules.roster.large import LOFOTEN, PRAIRIE


def test_only_rate_books_have_a_currency() -> None:
    book = head(LOFOTEN.house, "rate_book", "anchor-term", "Anchor", date(2026, 6, 1))
    guide = head(LOFOTEN.house, "guide", "full-guide", "Guide", date(2026, 6, 1))
    assert book["currency"] == "USD"
    assert "currency" not in guide
    assert book["title"] == "Anchor, June 2026"


def test_the_band_factor_comes_before_the_table_rating_and_the_fee_after() -> None:
    names = [step["name"] for step in life_steps(LOFOTEN.house, "base", "band")]
    assert names.index("amount band") < names.index("table rating") < names.index("policy fee")
    assert names[-2:] == ["rounded", "mode"]


def test_dimensions_name_their_columns() -> None:
    assert whole("age", 18, 20)["column"] == "age"
    assert band("amount")["columns"] == ["amount_from", "amount_to"]
    assert "column" not in choice("class", ["standard"], across=True)


def test_a_series_begins_at_the_carriers_plan() -> None:
    assert PRAIRIE.terms[0].editions[0] == Dated(date(2025, 1, 1))
