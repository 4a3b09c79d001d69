"""One product for one wish: its offers by term and plan, or every reason why there is none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import Nicotine
from megler.carriers.rules.products import Product
from megler.carriers.rules.steps import FlatExtraStep, RateStep
from megler.carriers.rules.tables import Fact
from megler.quoting.rules.answer import NotOffered, Offer
from megler.quoting.rules.books import Book, Guides, guide_for
from megler.quoting.rules.classing import (
    Classed,
    Unclassed,
    class_as_asked,
    class_by_guide,
    classes_of,
    without_class,
)
from megler.quoting.rules.eligibility import Applicant, why_not, why_not_term
from megler.quoting.rules.engine import Risk, Unpriced, price
from megler.underwriting.rules.assessment import Assessment
from megler.underwriting.rules.classes import assess
from megler.underwriting.rules.facts import Wants
from megler.underwriting.rules.nicotine import nicotine_statuses
from megler.underwriting.rules.people import Person
from megler.vocabulary.ages import AgeBasis, age_changes_on
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode
from megler.vocabulary.problems import Problem, Reason, Source


@dataclass(frozen=True, slots=True)
class Assessments:
    """A person judged by each guide, and aged by each basis, once for all products."""

    guides: Guides
    person: Person
    on: date
    _done: dict[tuple[str, AgeBasis], Assessment] = field(default_factory=dict)
    _ages: dict[AgeBasis, tuple[tuple[int, int] | None, date | None]] = field(default_factory=dict)

    def by(self, guide: Edition, basis: AgeBasis) -> Assessment:
        """The assessment by a guide."""
        key = (guide.name, basis)
        if key not in self._done:
            self._done[key] = assess(guide, self.person, self.on, basis)
        return self._done[key]

    def ages(self, basis: AgeBasis) -> tuple[tuple[int, int] | None, date | None]:
        """Youngest and oldest age possible by a basis, and when the age will next change."""
        if basis not in self._ages:
            born = self.person.born
            exact = born is not None and born.is_exact
            changes = age_changes_on(born.first, self.on, basis) if born and exact else None
            self._ages[basis] = self.person.ages(self.on, basis), changes
        return self._ages[basis]


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish (the `number`th), whom it is for, and the day."""

    number: int
    wants: Wants
    person: Person
    on: date
    assessments: Assessments


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one product."""

    offers: tuple[Offer, ...] = ()
    not_offered: tuple[NotOffered, ...] = ()
    assumptions: tuple[Reason, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Variant:
    """A term and a plan of a product; None where the product has no such thing."""

    term_years: int | None
    plan: str | None


@dataclass(frozen=True, slots=True)
class _Ready:
    """A product that the person may buy, with the class and age to price it at."""

    book: Book
    product: Product
    asked: Asked
    classed: Classed
    age: int | None


def offers_of(book: Book, product: Product, asked: Asked, refusal: Reason | None) -> Found:
    """Every term and plan of a product priced. `refusal`: the book is not in effect.

    What is wrong with the product as a whole is told once, with every reason; what is wrong with
    a term or plan is told for that one.
    """
    age, reasons = _age(product, asked)
    classed = _classed(book, product, asked)
    variants, wrong = _variants(book, product, asked.wants)
    reasons = [
        *([refusal] if refusal else []),
        *why_not(product, _applicant(book, product, asked, age), book.edition.name),
        *reasons,
        *_unknown_amount(book, product, asked.wants),
        *wrong,
        *(classed.reasons if isinstance(classed, Unclassed) else ()),
    ]
    if reasons or isinstance(classed, Unclassed):
        status = Nicotine.ANY if isinstance(classed, Unclassed) else classed.status
        if asked.wants.term_years is not None and variants:
            years = asked.wants.term_years
            reasons += why_not_term(product, years, age, status, book.edition.name)
        return Found(not_offered=(_not_offered(book, product, asked, None, reasons),))
    found = [_priced(_Ready(book, product, asked, classed, age), one) for one in variants]
    return Found(
        offers=tuple(offer for one in found for offer in one.offers),
        not_offered=tuple(refused for one in found for refused in one.not_offered),
        assumptions=classed.assumptions if any(one.offers for one in found) else (),
        problems=tuple(problem for one in found for problem in one.problems),
    )


def _age(product: Product, asked: Asked) -> tuple[int | None, list[Reason]]:
    """The age at which the product is priced, or why there is not one."""
    ages, _ = asked.assessments.ages(product.age_basis)
    if ages is None:
        return None, [Reason("fact_needed", {"fact": "born"})]
    if ages[0] != ages[1]:
        params = {"youngest": str(ages[0]), "oldest": str(ages[1])}
        return None, [Reason("age_open", params)]
    return ages[0], []


def _applicant(book: Book, product: Product, asked: Asked, age: int | None) -> Applicant:
    return Applicant(
        age=age,
        jurisdiction=asked.person.jurisdiction,
        amount=asked.wants.face_amount,
        needs_amount=needs_amount(book, product),
        line=asked.wants.line,
    )


def needs_amount(book: Book, product: Product) -> bool:
    """Whether the product's premium depends on an amount."""
    steps = any(isinstance(step, RateStep | FlatExtraStep) for step in product.steps)
    return steps or "amount" in book.dimensions_of(product)


def _unknown_amount(book: Book, product: Product, wants: Wants) -> list[Reason]:
    if wants.face_amount is None and needs_amount(book, product):
        return [Reason("fact_needed", {"fact": "wants.face_amount"})]
    return []


def _classed(book: Book, product: Product, asked: Asked) -> Classed | Unclassed:
    available = classes_of(book, product)
    if not available:
        return without_class(book, product, asked.person, asked.on)
    carrier = book.edition.carrier
    guide = guide_for(asked.assessments.guides, carrier, product.code, asked.on)
    statuses = nicotine_statuses(asked.person, asked.on)
    if asked.wants.class_code is not None:
        return class_as_asked(asked.wants.class_code, available, guide, statuses)
    if guide is None:
        return Unclassed((Reason("no_guide", {}, Source(book.edition.name)),))
    assessment = asked.assessments.by(guide, product.age_basis)
    return class_by_guide(assessment, available, guide, product, statuses)


def _variants(book: Book, product: Product, wants: Wants) -> tuple[list[_Variant], list[Reason]]:
    """The terms and plans to price, or why those asked for are not sold."""
    reasons = []
    source = Source(book.edition.name, rule="eligibility")
    terms = sorted({limit.term_years for limit in product.eligibility.terms}) or [
        int(term) for term in book.values_of(product, "term_years")
    ]
    if wants.term_years is not None and wants.term_years not in terms:
        listed = ", ".join(map(str, terms))
        params = {"term_years": str(wants.term_years), "terms": listed}
        code = "term_not_offered" if terms else "no_term"
        reasons.append(Reason(code, params, source))
    plans = product.eligibility.plans or book.values_of(product, "plan")
    fixed = product.fixed.get("plan")
    sold = (fixed,) if fixed is not None else plans
    if wants.plan is not None and wants.plan not in sold:
        params = {"plan": wants.plan, "plans": ", ".join(sold)}
        reasons.append(Reason("plan_not_offered", params, source))
    if reasons:
        return [], reasons
    years: Sequence[int | None] = terms or [None]
    kinds: Sequence[str | None] = sold or [None]
    return [
        _Variant(term, plan)
        for term in (years if wants.term_years is None else [wants.term_years])
        for plan in (kinds if wants.plan is None else [wants.plan])
    ], []


def _priced(ready: _Ready, variant: _Variant) -> Found:
    book, product, asked, classed = ready.book, ready.product, ready.asked, ready.classed
    if variant.term_years is not None:
        years, edition = variant.term_years, book.edition.name
        reasons = why_not_term(product, years, ready.age, classed.status, edition)
        if reasons:
            return Found(not_offered=(_not_offered(book, product, asked, variant, reasons),))
    amount = asked.wants.face_amount if needs_amount(book, product) else None
    risk = Risk(_facts(ready, variant, amount), amount, classed.table)
    priced = price(book, product, risk)
    if isinstance(priced, Unpriced):
        refused = _not_offered(book, product, asked, variant, priced.reasons)
        return Found(not_offered=(refused,), problems=priced.problems)
    offer = Offer(
        carrier=book.edition.carrier,
        carrier_name=book.edition.carrier_name,
        product=product.code,
        product_name=product.name,
        line=product.line,
        edition=book.edition.name,
        currency=book.edition.currency,
        premium=priced.premium,
        mode=_mode(priced.premium, asked.wants.mode),
        age_used=ready.age,
        age_changes_on=asked.assessments.ages(product.age_basis)[1],
        term_years=variant.term_years,
        plan=variant.plan,
        amount=amount,
        class_code=classed.class_code,
        class_name=classed.class_name,
        class_range=classed.class_range,
        table=classed.table,
        steps=priced.steps,
        reasons=classed.reasons,
        improvements=classed.improvements,
        wants=asked.number,
    )
    return Found(offers=(offer,))


def _facts(ready: _Ready, variant: _Variant, amount: Decimal | None) -> Mapping[str, Fact]:
    person, classed = ready.asked.person, ready.classed
    return {
        "age": ready.age,
        "sex": None if person.sex is None else person.sex.value,
        "class": classed.rated_as,
        "nicotine": classed.status.value,
        "term_years": variant.term_years,
        "plan": variant.plan,
        "amount": int(amount) if amount is not None and amount == int(amount) else amount,
        "jurisdiction": person.jurisdiction,
        "zip": person.zip,
        "county": person.county,
    }


def _mode(premium: Mapping[Mode, Decimal], wanted: Mode | None) -> Mode:
    """The mode to order by: as wanted, else annual, else the one that costs least a year."""
    if wanted is not None and wanted in premium:
        return wanted
    if Mode.ANNUAL in premium:
        return Mode.ANNUAL
    return min(premium, key=lambda mode: premium[mode] * PAYMENTS_A_YEAR[mode])


def _not_offered(
    book: Book,
    product: Product,
    asked: Asked,
    variant: _Variant | None,
    reasons: Iterable[Reason],
) -> NotOffered:
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
