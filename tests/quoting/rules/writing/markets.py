"""The demo's editions as a compiled market, and facts of any kind to ask it."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from megler.carriers.rules.checks import open_checked
from megler.carriers.rules.edition import Edition
from megler.demo.actions.editions import edition_files
from megler.quoting.rules.books import Book
from megler.quoting.rules.market.compiling import Market, compile_market

ON = date(2026, 11, 23)


@cache
def demo() -> tuple[tuple[Book, ...], dict[str, list[Edition]], Market]:
    """Books, guides and the compiled market of the demo's carriers."""
    books: list[Book] = []
    guides: dict[str, list[Edition]] = {}
    for files in edition_files():
        read, tables, _ = open_checked(files)
        assert read is not None
        if read.guide is not None:
            guides.setdefault(read.carrier, []).append(read)
        else:
            books.append(Book(read, tables))
    return tuple(books), guides, compile_market(books, guides, ON)


DAYS = st.integers(0, 92 * 365).map(lambda n: (ON - timedelta(days=n)).isoformat())
WANTS = st.fixed_dictionaries(
    {},
    optional={
        "line": st.sampled_from(
            ["term_life", "whole_life", "health", "group_term_life", "annuity"]
        ),
        "face_amount": st.sampled_from(
            ["500000", "100000", "249999", "25000", "10000", "1000000", "100500", "99999.50"]
        ),
        "term_years": st.sampled_from([7, 10, 15, 20, 30]),
        "mode": st.sampled_from(["annual", "monthly", "quarterly", "biweekly"]),
        "class": st.sampled_from(["preferred", "standard", "nobody"]),
        "table": st.sampled_from([2, 16]),
        "premium_max": st.sampled_from(["60"]),
    },
)
FACTS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"wants": st.one_of(WANTS, st.lists(WANTS, min_size=1, max_size=2))},
    optional={
        "born": DAYS,
        "sex": st.sampled_from(["female", "male"]),
        "jurisdiction": st.sampled_from(["TX", "NY", "CA", "IL", "ME"]),
        "zip": st.sampled_from(["75001", "60601", "10001"]),
        "height_in": st.integers(57, 80),
        "weight_lb": st.integers(95, 330),
        "nicotine": st.sampled_from(
            [[], [{"product": "cigarette", "last_used": "2026-05-01"}], [{"product": "cigar"}]]
        ),
        "blood_pressure": st.fixed_dictionaries(
            {"systolic": st.integers(100, 165), "diastolic": st.integers(60, 95)}
        ),
        "family": st.sampled_from(
            [[], [{"relation": "father", "condition": "stroke", "onset_age": 52, "death_age": 58}]]
        ),
        "conditions": st.sampled_from([[], [{"name": "asthma"}]]),
    },
)
"""Facts documents; some ask what only the exact engine answers."""
