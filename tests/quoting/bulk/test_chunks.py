"""Lives priced together and compiled are priced as each alone, exactly, whatever their rows say."""

from datetime import date
from functools import cache

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from megler.carriers.rules.checks import check_edition
from megler.quoting.bulk.chunks import SCHEMA, Order, _one_by_one, price_rows
from megler.quoting.bulk.market import Market, know, opened
from megler.quoting.bulk.plain import read_plain
from megler.quoting.bulk.reading import Rows
from megler.quoting.rules.books import Book
from megler.quoting.rules.bulk.columns import read_header
from megler.underwriting.rules.figures import Judged
from tests import lines
from tests.quoting.bulk.market import ON, SMOKER, contents

NAMES = tuple(sorted(path.stem for path in lines.PAGES.glob("*.md")))
HEADER = (
    "born", "age", "sex", "jurisdiction", "zip", "county", "height_in", "weight_lb", "nicotine",
    "nicotine_complete", "family", "blood_pressure.systolic", "blood_pressure.diastolic",
    "blood_pressure.treated", "cholesterol.total", "cholesterol.hdl_ratio", "conditions", "occupation", "income_annual",
    "wants.line", "wants.face_amount", "wants.term_years", "wants.plan", "wants.mode",
    "wants.class", "wants.premium_max",
)  # fmt: skip
COLUMNS, _ = read_header(HEADER)
FATHER = '[{"relation": "father", "condition": "coronary artery disease", "death_age": 58}]'
OF_A_CHILD = '[{"product": "pipe", "last_used": "1971-01-01"}]'
LONG_AGO = '[{"product": "cigar", "last_used": "2019-02", "per_week": 1}]'


@cache
def everything() -> Market:
    """The editions that ship and one of every line: in two currencies, and much that is left out."""
    know(contents())
    shipped = opened(tuple(sorted(contents())))
    books = list(shipped.books)
    guides = {carrier: list(own) for carrier, own in shipped.guides.items()}
    for name in NAMES:
        edition, tables, problems = check_edition(lines.page(name).files)
        assert edition is not None, problems
        if edition.guide is None:
            books.append(Book(edition, tables))
        else:
            guides.setdefault(edition.carrier, []).append(edition)
    return Market(tuple(books), guides)


DAYS = st.dates(date(1936, 1, 1), date(2026, 6, 1)).map(date.isoformat)
USUAL = {
    "born": DAYS,
    "age": st.just(""),
    "sex": st.sampled_from(["female", "male", ""]),
    "jurisdiction": st.sampled_from(["TX", "CA", "NY", "OH", ""]),
    "zip": st.sampled_from(["", "75001"]),
    "county": st.sampled_from(["", "Collin"]),
    "height_in": st.sampled_from(["", "64", "70.5"]),
    "weight_lb": st.sampled_from(["", "150", "212.5", "330"]),
    "nicotine": st.sampled_from(["", "[]", SMOKER, LONG_AGO]),
    "nicotine_complete": st.sampled_from(["", "true"]),
    "family": st.sampled_from(["", "[]", FATHER]),
    "blood_pressure.systolic": st.sampled_from(["", "118", "150"]),
    "blood_pressure.diastolic": st.sampled_from(["", "78", "95"]),
    "blood_pressure.treated": st.sampled_from(["", "true", "false"]),
    "cholesterol.total": st.sampled_from(["", "190", "290.55"]),
    "cholesterol.hdl_ratio": st.sampled_from(["", "4.1", "6.25"]),
    "conditions": st.sampled_from(["", "[]"]),
    "occupation": st.sampled_from(["", "electrician"]),
    "income_annual": st.sampled_from(["", "90000"]),
    "wants.line": st.sampled_from(["term_life", "term_life", "group_term_life", "", "annuity"]),
    "wants.face_amount": st.sampled_from(["500000", "250000.00", "123456", "100000", ""]),
    "wants.term_years": st.sampled_from(["", "10", "20", "17"]),
    "wants.plan": st.sampled_from(["", "", "G"]),
    "wants.mode": st.sampled_from(["", "monthly", "annual", "weekly"]),
    "wants.class": st.sampled_from(["", "", "standard", "preferred", "royal"]),
    "wants.premium_max": st.just(""),
}
ODD = {
    "born": ["", "1979-02", "1979-02-30", "1979-2-3", "2027-01-01", "1899-01-01", "1901-01-01"],
    "age": ["45", "130", "forty"],
    "sex": ["f"],
    "jurisdiction": ["Texas"],
    "zip": ["1234"],
    "height_in": ["20", "5 feet", "064"],
    "weight_lb": ["9000", "1e2"],
    "nicotine": ["[{", '[{"product": "hay"}]', "{}", '[{"product": "pipe"}]', OF_A_CHILD],
    "nicotine_complete": ["false", "perhaps"],
    "blood_pressure.systolic": ["118.0", "20", "70"],
    "blood_pressure.diastolic": ["160"],
    "blood_pressure.treated": ["yes", "True"],
    "cholesterol.total": ["10", "190.555"],
    "cholesterol.hdl_ratio": ["4.12345"],
    "conditions": ['[{"name": "asthma"}]'],
    "occupation": ["løytnant", "\x07"],
    "income_annual": ["much"],
    "wants.line": ["disability", "motor"],
    "wants.face_amount": ["100000.50", "0", "99999999999", "1e5"],
    "wants.term_years": ["ten"],
    "wants.mode": ["often"],
    "wants.premium_max": ["60"],
}
ODDITY = st.sampled_from([(key, value) for key, values in ODD.items() for value in values])
ROW = st.builds(
    lambda usual, odd: usual | dict([odd] if odd else []),
    st.fixed_dictionaries(USUAL),
    st.one_of(st.none(), st.none(), ODDITY),
)


def priced_both_ways(rows: list[dict[str, str]], keep: int | None) -> tuple[pl.DataFrame, ...]:
    data = {name: [row[name] or None for row in rows] for name in HEADER}
    cells = pl.DataFrame(data, schema=dict.fromkeys(HEADER, pl.String))
    numbers = pl.int_range(2, len(rows) + 2, dtype=pl.Int64).alias("row")
    frame = cells.select(numbers, pl.lit("x").alias("id"), pl.all())
    market = everything()
    order = Order(HEADER, COLUMNS, (), ON, keep, csv=True, code="")
    together, problems = price_rows(Rows(frame), market, order)
    alone, alone_problems = _one_by_one(frame, market.books, market, order)
    assert problems == alone_problems
    return together, alone


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ROW, min_size=1, max_size=12), st.sampled_from([1, 3, None]))
def test_bulk_equals_single_for_random_facts(rows: list[dict[str, str]], keep: int | None) -> None:
    together, alone = priced_both_ways(rows, keep)
    assert together.rows() == alone.rows()
    assert dict(together.schema) == dict(SCHEMA)


PLAIN = {**dict.fromkeys(HEADER, ""), "born": "1979-02-11", "sex": "female", "jurisdiction": "TX"}


SILENT = Judged(history=False, products=frozenset())
STRICT = Judged(history=True, products=frozenset({"cigar"}))


def is_plain(cells: dict[str, str], judged: Judged = STRICT) -> bool:
    row = {**PLAIN, **cells}
    frame = pl.DataFrame({name: [row[name] or None] for name in HEADER})
    named = frame.select(pl.lit(2).alias("row"), pl.lit(None, pl.String).alias("id"), pl.all())
    return len(read_plain(named, COLUMNS, ON, (), places=True, judged=judged).places) == 1


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"height_in": "64.5", "weight_lb": "150"},
        {"nicotine": SMOKER, "family": FATHER},
        {"nicotine": "[]", "family": "[]", "conditions": "[]"},
        {"wants.line": "term_life", "wants.face_amount": "500000.00", "wants.class": "royal"},
        {"blood_pressure.systolic": "128", "cholesterol.hdl_ratio": "4.1"},
        {"blood_pressure.treated": "true"},
        {"born": "", "age": "45"},
    ],
)
def test_usual_rows_are_priced_compiled(cells: dict[str, str]) -> None:
    assert is_plain(cells)


@pytest.mark.parametrize(
    "cells",
    [
        {"born": "1979-02"},
        {"born": "1979-02-30"},
        {"age": "47"},
        {"height_in": "20"},
        {"height_in": "60", "weight_lb": "900"},
        {"nicotine": "[{"},
        {"nicotine": SMOKER.replace("2026-05-01", "1970-01-01")},
        {"nicotine_complete": "false"},
        {"conditions": '[{"name": "asthma"}]'},
        {"wants.premium_max": "60"},
        {"wants.face_amount": "0"},
        {"wants.line": "motor"},
        {"income_annual": "much"},
        {"occupation": "\x07"},
        {"blood_pressure.systolic": "70", "blood_pressure.diastolic": "78"},
    ],
)
def test_rows_with_a_doubt_are_priced_exactly(cells: dict[str, str]) -> None:
    assert not is_plain(cells)


@pytest.mark.parametrize("cells", [{"occupation": "electrician"}, {"nicotine": LONG_AGO}])
def test_what_guides_judge_beyond_figures_is_priced_exactly_where_any_does(
    cells: dict[str, str],
) -> None:
    assert is_plain(cells, SILENT)
    assert not is_plain(cells, STRICT)
