"""A counter with the term book of a carrier that does not exist, and wishes put to it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from megler.quoting.rules.books import Book
from megler.quoting.rules.tools.counter import Counter
from megler.underwriting.rules.facts import Facts, read_facts
from tests.quoting.books import term_book
from tests.underwriting.guides import KNOWN, ON, guide

TERM = ("fjordlife", "term")
WISH = {"line": "term_life", "face_amount": "240000", "term_years": 20, "mode": "monthly"}


def counter(books: Sequence[Book] | None = None, on: date = ON) -> Counter:
    return Counter([term_book()] if books is None else books, {"fjordlife": [guide()]}, on)


def second_book() -> Book:
    """The same book of another carrier, with no guide: its class must be asked for."""
    return term_book({'"fjordlife"': '"bergliv"', '"Fjord Life"': '"Bergliv"', '"65"': '"35"'})


def facts(wants: dict[str, Any] | None = None, **known: Any) -> Facts:
    """The healthy woman of 47 who wishes; `...` makes a fact unknown."""
    document = {**KNOWN, **known, "wants": WISH | (wants or {})}
    read, problems = read_facts({k: v for k, v in document.items() if v is not ...}, ON)
    assert read is not None, problems
    return read
