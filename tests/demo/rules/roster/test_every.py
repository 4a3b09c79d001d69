"""Every edition of the demo passes the checker without a word."""

from datetime import date
from functools import cache
from typing import Any

import pytest

from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.edition import Edition, EditionKind
from megler.demo.actions.editions import edition_files
from megler.demo.rules.roster.every import CARRIERS
from megler.quoting.rules.books import Book
from megler.quoting.rules.quote import quote
from megler.underwriting.rules.facts import read_facts
from megler.vocabulary.codes import Line


@cache
def _books() -> list[Book]:
    """Every edition with its tables; guides have none."""
    found = []
    for files in edition_files():
        edition, tables, problems = check_edition(files)
        assert problems == [], files["edition.toml"].decode()[:200]
        assert edition is not None
        found.append(Book(edition, tables))
    return found


def _checked() -> list[Edition]:
    return [book.edition for book in _books()]


def test_all_pass_and_every_product_with_classes_has_a_guide() -> None:
    editions = _checked()
    products = {(e.carrier, p.code): p for e in editions for p in e.products}
    assert len({e.carrier for e in editions}) == len(CARRIERS) == 10
    assert len(products) >= 65
    assert {p.line for p in products.values()} == set(Line) - {Line.ENDOWMENT}
    guides = [e for e in editions if e.kind is EditionKind.GUIDE]
    for (carrier, code), product in products.items():
        fitting = [
            g
            for g in guides
            if g.carrier == carrier and (not g.products_for or code in g.products_for)
        ]
        assert fitting or not product.eligibility.classes, (carrier, code)
        for guide in fitting if product.eligibility.classes else ():
            assert guide.guide is not None
            rated_as = {one.rated_as for one in guide.guide.classes}
            assert rated_as & set(product.eligibility.classes)


def test_the_same_bytes_are_made_every_time() -> None:
    assert list(edition_files()) == list(edition_files())


ME = {
    "born": "1976-02-11", "sex": "male", "jurisdiction": "TX", "zip": "75001", "nicotine": [],
    "occupation": "Electrician", "income_annual": "90000", "part_b_date": "2026-07-01",
}  # fmt: skip
OLDER, SPOUSE = {**ME, "born": "1961-02-11"}, {**ME, "born": "1963-01-01", "sex": "female"}
TWO = [{**OLDER, "id": "a", "role": "insured"}, {**SPOUSE, "id": "b", "role": "spouse"}]
WISHES: list[tuple[dict[str, Any], dict[str, Any], int]] = [
    (ME, {"line": "term_life", "face_amount": "500000", "term_years": 20, "class": "standard",
          "riders": ["waiver_of_premium", "child_term", "accelerated_benefit"]}, 5),
    (ME, {"line": "universal_life", "face_amount": "500000", "class": "standard"}, 2),
    ({"people": TWO}, {"line": "universal_life", "face_amount": "500000", "people": ["a", "b"]}, 1),
    (OLDER, {"line": "annuity", "premium": "100000"}, 2),
    ({"people": TWO}, {"line": "annuity", "premium": "100000", "people": ["a", "b"]}, 2),
    (ME, {"line": "disability", "benefit_monthly": "2500", "riders": ["residual"]}, 2),
    ({"people": TWO}, {"line": "long_term_care", "benefit_monthly": "5000", "people": ["a", "b"]}, 2),
    (ME, {"line": "critical_illness", "face_amount": "25000"}, 2),
    (OLDER, {"line": "medicare_supplement", "plan": "G"}, 3),
    (ME, {"line": "specialty", "face_amount": "1000000",
          "details": {"event": "wedding", "attendance": 150}}, 1),
]  # fmt: skip
"""Who asks, for what, and of how many carriers at least there are offers."""


@pytest.mark.parametrize(("who", "wants", "carriers"), WISHES)
def test_the_agency_has_offers_in_every_line(
    who: dict[str, Any], wants: dict[str, Any], carriers: int
) -> None:
    on = date(2026, 7, 15)
    facts, problems = read_facts({**who, "wants": wants}, on)
    assert facts is not None, problems
    books = [book for book in _books() if book.edition.kind is EditionKind.RATE_BOOK]
    guides: dict[str, list[Edition]] = {}
    for edition in _checked():
        if edition.kind is EditionKind.GUIDE:
            guides.setdefault(edition.carrier, []).append(edition)
    answer = quote(facts, books, guides, on)
    assert len({offer.carrier for offer in answer.offers}) >= carriers
    codes = {reason.code for one in answer.not_offered for reason in one.reasons}
    assert "no_rate" not in codes
