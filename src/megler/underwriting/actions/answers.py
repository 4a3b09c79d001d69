"""Assessments and requirements by the published guides. Nothing is saved."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from megler.carriers.actions import open_edition
from megler.carriers.models import Edition
from megler.carriers.rules.edition import Edition as EditionRead
from megler.ui.problems import sentence as problem_sentence
from megler.underwriting.actions.days import measured_days
from megler.underwriting.rules.answer_assessments import assessed, assessments_json
from megler.underwriting.rules.answer_requirements import Called, called_for, requirements_json
from megler.underwriting.rules.document import facts_from_bytes, facts_from_text
from megler.underwriting.rules.facts import Facts, read_facts
from megler.underwriting.rules.standing import Judged, judged_products
from megler.underwriting.sentences import sentence
from megler.vocabulary.problems import Refused, errors


@dataclass(frozen=True)
class Standing:
    """What stands on a day: every product with the guide that judges it, and the editions read."""

    products: tuple[Judged, ...]
    edition_ids: tuple[UUID, ...]


def standing_on(on: date) -> Standing:
    """The guides in effect on a day, with the products that they judge."""
    return _standing(Edition.objects.stamp(), on)


@lru_cache(maxsize=64)
def _standing(_stamp: tuple[int, int], on: date) -> Standing:
    """Kept until another edition is published."""
    return _standing_of(tuple(Edition.objects.standing_ids(on)), on)


@lru_cache(maxsize=64)
def _standing_of(edition_ids: tuple[UUID, ...], on: date) -> Standing:
    books: list[EditionRead] = []
    guides: dict[str, list[EditionRead]] = {}
    for edition_id in edition_ids:
        read = open_edition(edition_id).read
        if read.guide is not None:
            guides.setdefault(read.carrier, []).append(read)
        else:
            books.append(read)
    return Standing(tuple(judged_products(books, guides, on)), edition_ids)


def facts_of(document: object, on: date) -> Facts:
    """The facts in a document: JSON as bytes, as text, or parsed. Raises `Refused`, all at once."""
    if isinstance(document, bytes):
        facts, problems = facts_from_bytes(document, on)
    elif isinstance(document, str):
        facts, problems = facts_from_text(document, on)
    else:
        facts, problems = read_facts(document, on)
    if facts is None or errors(problems):
        raise Refused(problems)
    return facts


def assessments(document: object, on: date) -> dict[str, object]:
    """What every carrier makes of the facts, as published (docs/facts.md). Raises `Refused`."""
    facts = facts_of(document, on)
    found = assessed(facts, standing_on(on).products, on)
    return assessments_json(facts, found, on, sentence, problem_sentence)


def called(document: object, on: date) -> tuple[Facts, list[Called]]:
    """The facts in a document and what every carrier will ask for. Raises `Refused`."""
    facts = facts_of(document, on)
    return facts, called_for(facts, standing_on(on).products, on, measured_days())


def requirements(document: object, on: date) -> dict[str, object]:
    """What every carrier will ask for, as published (docs/facts.md). Raises `Refused`."""
    facts, found = called(document, on)
    return requirements_json(facts, found, on, sentence, problem_sentence)
