"""A term book's cells, as quoted from its files."""

import csv
import io

from megler.carriers.rules.checks import check_edition
from megler.demo.actions.editions import mortality_tables
from megler.demo.rules.books.term import term_cents, term_edition
from megler.demo.rules.roster.middle import SOGNE

BOOK = SOGNE.terms[0]
DATED = BOOK.editions[0]


def test_every_printed_cell_is_found_at_its_address() -> None:
    files = term_edition(mortality_tables(), SOGNE.house, BOOK, DATED)
    _edition, tables, problems = check_edition(files)
    assert problems == []
    cells = 0
    for row in csv.DictReader(io.StringIO(files["base.csv"].decode())):
        facts = {
            "term_years": row["term_years"],
            "sex": row["sex"],
            "age": int(row["age"]),
            "amount": int(row["amount_from"]),
        }
        for one in BOOK.pricing.classes:
            cell = tables["base"].cell({**facts, "class": one.code})
            assert ("" if cell is None else str(cell)) == row[one.code]
            cells += cell is not None
    assert cells > 10_000


def test_a_term_is_not_sold_above_its_age() -> None:
    cents = term_cents(mortality_tables(), SOGNE.house, BOOK, DATED)
    thirty = [term.years for term in BOOK.terms].index(30)
    first, codes = BOOK.ages[0], [one.code for one in BOOK.pricing.classes]
    assert cents[thirty, codes.index("standard"), 0, 0, 50 - first] > 0
    assert cents[thirty, codes.index("standard"), 0, 0, 51 - first] == 0
    assert cents[thirty, codes.index("standard_tobacco"), 0, 0, 46 - first] == 0
