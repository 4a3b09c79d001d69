"""The whole market to ask of: every carrier's guides and books, those that ship and those of the demo."""

from datetime import date
from functools import cache

from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.edition import Edition
from megler.carriers.rules.ratings import Question
from megler.demo.actions.editions import edition_files
from megler.underwriting.rules.asking.answering import answer
from megler.underwriting.rules.asking.answers import Answered
from megler.underwriting.rules.asking.given import names_of
from megler.underwriting.rules.asking.reading import understand
from megler.underwriting.rules.asking.understood import Understood
from megler.underwriting.rules.standing import Judged, judged_products

ON = date(2026, 3, 1)
"""The day on which the questions are asked."""


@cache
def market() -> tuple[Judged, ...]:
    """Every product that is sold on the day, with its guide: of each series the edition in effect."""
    newest: dict[str, Edition] = {}
    for files in edition_files():
        edition, _, _ = check_edition(files)
        if edition is not None and edition.effective_from <= ON:
            series = edition.name.split("@")[0]
            if series not in newest or newest[series].effective_from < edition.effective_from:
                newest[series] = edition
    guides: dict[str, list[Edition]] = {}
    for edition in newest.values():
        if edition.guide is not None:
            guides.setdefault(edition.carrier, []).append(edition)
    books = [one for one in newest.values() if one.guide is None]
    return tuple(judged_products(books, guides, ON))


@cache
def _asked() -> tuple[Question, ...]:
    guides = {one.guide.name: one.guide.guide for one in market()}
    return tuple(q for guide in guides.values() if guide for q in guide.questions)


@cache
def _names() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    return names_of(market())


def read(question: str) -> Understood:
    """A question as it is understood in this market."""
    carriers, products, classes = _names()
    return understand(question, ON, _asked(), carriers, products=products, classes=classes)


def answered(question: str) -> Answered:
    """A question answered in this market."""
    return answer(read(question), market(), ON)
