"""A term and a plan of a product priced: the offer, or why there is none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from megler.carriers.rules.guide import Nicotine
from megler.carriers.rules.products import Lives, Product, Yields
from megler.carriers.rules.steps import CompoundStep
from megler.carriers.rules.tables import Fact
from megler.quoting.rules.answer import Later, NotOffered, Offer
from megler.quoting.rules.asked import Asked
from megler.quoting.rules.books import Book
from megler.quoting.rules.choices import Chosen
from megler.quoting.rules.classing import Classed, Unclassed
from megler.quoting.rules.engine import price, whole
from megler.quoting.rules.lives import (
    Life,
    facts_of,
    joint_facts,
    lives_shown,
    of_life,
)
from megler.quoting.rules.riders import riders_shown
from megler.quoting.rules.risks import ChosenRider, LifeRisk, Priced, Risk, Unpriced
from megler.underwriting.rules.eligibility import health_is_asked, why_not_term
from megler.underwriting.rules.wishes import FlatExtra
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode
from megler.vocabulary.problems import Problem, Reason, Source


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one product."""

    offers: tuple[Offer, ...] = ()
    not_offered: tuple[NotOffered, ...] = ()
    assumptions: tuple[Reason, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """A term and a plan of a product; None where the product has no such thing."""

    term_years: int | None
    plan: str | None


@dataclass(frozen=True, slots=True)
class Ready:
    """A product that the lives may buy, with all that its variants share."""

    book: Book
    product: Product
    asked: Asked
    lives: tuple[Life, ...]
    classed: Classed
    amount: Decimal | None
    chosen: Chosen
    riders: tuple[ChosenRider, ...]

    @property
    def first(self) -> Life:
        """The life whose class and age an offer shows first."""
        return self.lives[0]


def priced(ready: Ready, variant: Variant) -> Found:
    """The offer of a term and plan, or every reason against it."""
    book, product, asked = ready.book, ready.product, ready.asked
    if variant.term_years is not None:
        years, edition = variant.term_years, book.edition.name
        reasons = list(against_term(product, years, ready.lives, edition))
        if reasons:
            return Found(not_offered=(not_offered(book, product, asked, variant, reasons),))
    risk = _risk(ready, variant)
    result = price(book, product, risk)
    if isinstance(result, Unpriced):
        refused = not_offered(book, product, asked, variant, result.reasons)
        return Found(not_offered=(refused,), problems=result.problems)
    return Found(offers=(_offer(ready, variant, risk, result),))


def _risk(ready: Ready, variant: Variant) -> Risk:
    """What the variant is priced on: of one life, of two together, or of each."""
    shared: dict[str, Fact] = {
        **ready.chosen.facts,
        "term_years": variant.term_years,
        "plan": variant.plan,
        "amount": whole(ready.amount),
    }
    first, extra = ready.classed, _per_1000(ready.classed.flat_extra)
    facts = {**facts_of(ready.first), **shared}
    if ready.product.lives is Lives.JOINT:
        facts |= joint_facts(ready.lives)
    lives: tuple[LifeRisk, ...] = ()
    if ready.product.lives is Lives.EACH:
        lives = tuple(_life_risk(life, shared) for life in ready.lives)
    return Risk(facts, ready.amount, first.table, extra, ready.riders, lives)


def _life_risk(life: Life, shared: Mapping[str, Fact]) -> LifeRisk:
    classed, facts = life.classed, {**facts_of(life), **shared}
    if isinstance(classed, Unclassed):
        return LifeRisk(life.person.id, facts, charged=life.charged)
    extra = _per_1000(classed.flat_extra)
    return LifeRisk(life.person.id, facts, classed.table, extra, life.charged)


def _per_1000(extra: FlatExtra | None) -> Decimal | None:
    return None if extra is None else extra.per_1000


def _offer(ready: Ready, variant: Variant, risk: Risk, priced: Priced) -> Offer:
    book, product, asked, classed = ready.book, ready.product, ready.asked, ready.classed
    extra, several = classed.flat_extra, len(ready.lives) > 1
    return Offer(
        carrier=book.edition.carrier,
        carrier_name=book.edition.carrier_name,
        product=product.code,
        product_name=product.name,
        line=product.line,
        edition=book.edition.name,
        currency=book.edition.currency,
        premium=priced.premium,
        mode=_mode(priced.premium, asked.wants.mode, product.yields),
        yields=product.yields,
        years=_years(product, risk),
        age_used=ready.first.age,
        age_changes_on=_age_changes_on(ready),
        term_years=variant.term_years,
        plan=variant.plan,
        amount=ready.amount,
        class_code=classed.class_code,
        class_name=classed.class_name,
        class_range=classed.class_range,
        table=classed.table,
        flat_extra=_per_1000(extra),
        flat_extra_years=None if extra is None else extra.years,
        steps=priced.steps,
        reasons=(*classed.reasons, *ready.chosen.told, *_amount_reasons(ready)),
        improvements=classed.improvements,
        riders=riders_shown(product, ready.riders, priced.steps) if ready.riders else (),
        lives=lives_shown(ready.lives, priced.steps) if several else (),
        later=_later(ready, variant, risk),
        wants=asked.number,
    )


def _age_changes_on(ready: Ready) -> date | None:
    """The first day on which one of the ages changes."""
    days = (life.judged.ages(ready.product.age_basis)[1] for life in ready.lives)
    return min((day for day in days if day is not None), default=None)


def _years(product: Product, risk: Risk) -> int | None:
    """After how many years a value is reached; None for a product that yields none."""
    step = next((step for step in product.steps if isinstance(step, CompoundStep)), None)
    years = risk.facts.get(step.years) if step is not None else None
    return int(years) if years is not None else None


def _amount_reasons(ready: Ready) -> Iterator[Reason]:
    """What the product says of the amount: evidence of health, and a fall that it leaves open."""
    limits = ready.product.eligibility
    source = Source(ready.book.edition.name, rule="eligibility")
    asked = health_is_asked(limits, ready.amount)
    if asked is not None:
        yield Reason(asked.code, asked.params, source)
    for reduction in limits.reductions:
        age = ready.first.age
        if reduction.percent is None and age is not None and age >= reduction.age:
            yield Reason("reduction_not_told", {"age": str(reduction.age)}, source)


def _later(ready: Ready, variant: Variant, risk: Risk) -> tuple[Later, ...]:
    """What is paid once a temporary flat extra has ended, if the policy still runs."""
    extra = ready.classed.flat_extra
    if extra is None or extra.years is None:
        return ()
    if variant.term_years is not None and variant.term_years <= extra.years:
        return ()
    lives = tuple(replace(life, flat_extra=None) for life in risk.lives)
    after = price(ready.book, ready.product, replace(risk, flat_extra=None, lives=lives))
    return (Later(extra.years + 1, after.premium),) if isinstance(after, Priced) else ()


def _mode(paid: Mapping[Mode, Decimal], wanted: Mode | None, yields: Yields) -> Mode:
    """The mode to order by: as wanted, else annual, else the one that is best by the year."""
    if wanted is not None and wanted in paid:
        return wanted
    if Mode.ANNUAL in paid:
        return Mode.ANNUAL
    best = max if yields is Yields.INCOME else min
    return best(paid, key=lambda mode: paid[mode] * PAYMENTS_A_YEAR[mode])


def not_offered(
    book: Book,
    product: Product,
    asked: Asked,
    variant: Variant | None,
    reasons: Iterable[Reason],
) -> NotOffered:
    """A product, or a term and plan of it, that is not possible, with each reason once."""
    told: list[Reason] = []
    for reason in reasons:
        if reason not in told:
            told.append(reason)
    return NotOffered(
        carrier=book.edition.carrier,
        carrier_name=book.edition.carrier_name,
        product=product.code,
        product_name=product.name,
        line=product.line,
        edition=book.edition.name,
        reasons=tuple(told),
        term_years=variant.term_years if variant else asked.wants.term_years,
        plan=variant.plan if variant else asked.wants.plan,
        wants=asked.number,
    )


def against_term(
    product: Product, term_years: int, lives: Sequence[Life], edition: str
) -> Iterator[Reason]:
    """Every reason against a term, of each life that is charged."""
    for life in lives:
        classed = life.classed
        status = Nicotine.ANY if isinstance(classed, Unclassed) else classed.status
        if life.charged:
            told = why_not_term(product, term_years, life.age, status, edition)
            yield from told if len(lives) == 1 else (of_life(r, life) for r in told)
