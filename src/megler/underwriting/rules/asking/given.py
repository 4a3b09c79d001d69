"""What a question is answered from: the facts it told, the guides that stand, the day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import Impairment
from megler.underwriting.rules.asking.answers import Says
from megler.underwriting.rules.asking.understood import Understood
from megler.underwriting.rules.facts import Facts, read_facts
from megler.underwriting.rules.knowledge import Knowledge, Life
from megler.underwriting.rules.mentions import mentions
from megler.underwriting.rules.nicotine import possible_statuses
from megler.underwriting.rules.requirements import Measured
from megler.underwriting.rules.standing import Judged
from megler.underwriting.rules.verdicts import Subject
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.problems import Reason

MOST_LINES = 14
"""Lines of one carrier that an answer shows; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Given:
    """A question with everything that may answer it."""

    understood: Understood
    facts: Facts
    products: tuple[Judged, ...]
    on: date
    measured: Mapping[str, Measured]
    _lives: dict[str, Life] = field(default_factory=dict, init=False, repr=False, compare=False)

    def guides(self) -> Iterator[Edition]:
        """Every guide that stands once, of the carriers that the question names, else of all."""
        seen: dict[str, Edition] = {}
        for one in self.products:
            seen.setdefault(one.guide.name, one.guide)
        yield from sorted(seen.values(), key=lambda g: (g.carrier_name.casefold(), g.name))

    @property
    def amount(self) -> Decimal | None:
        """The amount asked for."""
        return self.facts.wants[0].face_amount if self.facts.wants else None

    def life(self, guide: Edition) -> Life:
        """The person asked about as a guide sees them."""
        if guide.name not in self._lives:
            self._lives[guide.name] = self._life(guide)
        return self._lives[guide.name]

    def _life(self, guide: Edition) -> Life:
        rules = guide.guide or Guide(classes=())
        person = self.facts.insured
        ages = person.ages(self.on, AgeBasis.NEAREST)
        subject = Subject(guide.name, rules, person, self.on, ages, self.amount)
        statuses = frozenset(possible_statuses(subject))
        return Life(
            rules, person, self.on, ages, self.amount, statuses, tuple(mentions(rules, person))
        )

    def knowledge(self, guide: Edition, impairment: Impairment | None) -> Knowledge:
        """What the question told that the conditions of an impairment ask."""
        life = self.life(guide)
        mention = next((m for m in life.mentions if impairment in m.impairments), None)
        return Knowledge(life, impairment, mention)


def names_of(products: Sequence[Judged]) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The names of carriers by slug, of their products by code, and what guides' own class names mean."""
    carriers = {one.guide.carrier: one.guide.carrier_name for one in products}
    sold = {one.code: one.product.name for one in products if one.product is not None}
    guides = {one.guide.name: one.guide.guide for one in products}
    classes = {
        one.name: one.risk_class.value
        for guide in guides.values()
        if guide is not None
        for one in guide.classes
        if one.risk_class is not None and not _INDUSTRY & set(one.name.lower().split())
    }
    return carriers, sold, classes


_INDUSTRY = {
    "preferred",
    "standard",
    "plus",
    "elite",
    "select",
    "tobacco",
    "smoker",
    "nonsmoker",
    "table",
    "rated",
}
"""Words of class names that the whole industry has."""


def given(
    understood: Understood,
    products: Sequence[Judged],
    on: date,
    measured: Mapping[str, Measured] | None = None,
) -> Given | None:
    """A question beside what may answer it; None where its facts cannot be."""
    facts, _problems = read_facts(dict(understood.facts), on)
    if facts is None:
        return None
    named = understood.topic.carriers
    fitting = tuple(p for p in products if not named or p.guide.carrier in named)
    sold = understood.topic.sold
    fitting = tuple(p for p in fitting if not sold or p.code in sold) or fitting
    return Given(understood, facts, fitting, on, measured or {})


def _is_narrow(guide: Edition) -> bool:
    """Whether a guide is for some products only that have no classes to speak of: simplified, graded."""
    classes = guide.guide.classes if guide.guide else ()
    return bool(guide.products_for) and len(classes) <= _FEW_CLASSES


_FEW_CLASSES = 2


def says(guide: Edition, headline: Reason, lines: Sequence[Reason] = ()) -> Says:
    """What a guide says, the first lines of it; a guide for simple products only is named."""
    return Says(
        carrier=guide.carrier,
        carrier_name=guide.carrier_name,
        product="",
        product_name=guide.title if _is_narrow(guide) else "",
        edition=guide.name,
        headline=headline,
        lines=tuple(lines[:MOST_LINES]),
        rest=tuple(lines[MOST_LINES:]),
    )
