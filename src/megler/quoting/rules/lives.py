"""Whom a product insures: each life aged and classed, who is charged, and what they are together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from megler.carriers.rules.products import Charged, Lives, Product
from megler.carriers.rules.tables import Fact
from megler.quoting.rules.asked import Asked, Assessments
from megler.quoting.rules.books import Book
from megler.quoting.rules.classing import Classed, Unclassed, class_for
from megler.quoting.rules.risks import Taken
from megler.underwriting.rules.people import Person
from megler.vocabulary.codes import Line, Mode
from megler.vocabulary.problems import Reason, Source

_LAST = date.max


@dataclass(frozen=True, slots=True)
class Life:
    """A person at one product: the age and class to price at, and whether it is charged."""

    judged: Assessments
    age: int | None
    reasons: tuple[Reason, ...]
    classed: Classed | Unclassed
    charged: bool = True

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.judged.person


@dataclass(frozen=True, slots=True)
class LifeOffer:
    """A life within an offer for several; `premium` is what it adds, where each has its own steps."""

    id: str
    role: str
    age_used: int | None
    class_code: str | None
    class_name: str
    table: int | None
    charged: bool
    premium: Mapping[Mode, Decimal]


def lives_of(book: Book, product: Product, asked: Asked) -> tuple[Life, ...]:
    """The lives of a wish as a product sees them."""
    lives = tuple(_life(book, product, judged, asked) for judged in asked.everyone)
    for rule in product.charged:
        lives = _charged(rule, lives)
    return lives


def number_of_lives(product: Product, asked: Asked, edition: str) -> list[Reason]:
    """That the product insures one life, or two, and the wish another number."""
    count = len(asked.everyone)
    source = Source(edition, rule="lives")
    if product.lives is Lives.ONE and count > 1:
        return [Reason("insures_one_life", {"lives": str(count)}, source)]
    if product.lives is Lives.JOINT and count != 2:
        return [Reason("insures_two_lives", {"lives": str(count)}, source)]
    return []


def of_life(reason: Reason, life: Life) -> Reason:
    """A reason that names whom of several it is about."""
    return Reason(reason.code, {**reason.params, "life": life.person.id}, reason.source)


def facts_of(life: Life) -> dict[str, Fact]:
    """What of a life addresses cells."""
    classed = life.classed
    if isinstance(classed, Unclassed):
        return {**life.judged.facts(), "age": life.age}
    return {
        **life.judged.facts(),
        "age": life.age,
        "class": classed.rated_as,
        "nicotine": classed.status.value,
    }


def joint_facts(lives: Sequence[Life]) -> dict[str, Fact]:
    """What of two lives together addresses cells."""
    first, second = lives
    other = facts_of(second)
    facts: dict[str, Fact] = {
        f"second_{name}": other.get(name) for name in ("age", "sex", "class", "nicotine")
    }
    if first.age is not None and second.age is not None:
        younger, older = sorted((first.age, second.age))
        facts |= {"younger_age": younger, "older_age": older, "age_difference": older - younger}
    return facts


def lives_shown(lives: Sequence[Life], taken: Sequence[Taken]) -> tuple[LifeOffer, ...]:
    """Each life of an offer for several, with what it adds."""
    shown = []
    for life in lives:
        classed = life.classed
        if isinstance(classed, Unclassed):
            continue
        premium = {
            one.mode: one.used
            for one in taken
            if one.do == "sum_lives" and one.life == life.person.id
            if isinstance(one.used, Decimal)
        }
        shown.append(
            LifeOffer(
                id=life.person.id,
                role=life.person.role,
                age_used=life.age,
                class_code=classed.class_code,
                class_name=classed.class_name,
                table=classed.table,
                charged=life.charged,
                premium=premium,
            )
        )
    return tuple(shown)


def benefits_in_force(person: Person) -> Decimal:
    """Disability benefits a month that a person has and keeps."""
    return sum(
        (
            cover.amount
            for cover in person.in_force or ()
            if cover.line is Line.DISABILITY and cover.amount is not None and not cover.replace
        ),
        Decimal(0),
    )


def _life(book: Book, product: Product, judged: Assessments, asked: Asked) -> Life:
    age, reasons = _age(product, judged, needed=book.once(product, "needs age", needs_age))
    return Life(judged, age, reasons, class_for(book, product, judged, asked.wants))


def needs_age(book: Book, product: Product) -> bool:
    """Whether a product's limits, classes or tables ask for an age at all."""
    limits = [product.eligibility, *(rider.eligibility for rider in product.riders)]
    if any(
        bound is not None
        for one in limits
        for bound in (one.age_min, one.age_max, *(t.age_min or t.age_max for t in one.terms))
    ):
        return True
    if any(one.amounts_by_age or one.reductions for one in limits) or product.charged:
        return True
    steps = [*product.steps, *(step for rider in product.riders for step in rider.steps)]
    names = {name for step in steps if (name := getattr(step, "table", None)) is not None}
    facts = {d.name for name in names for d in book.tables[name].spec.dimensions}
    return not facts.isdisjoint(_OF_AGE) or bool(product.eligibility.classes)


_OF_AGE = {"age", "second_age", "younger_age", "older_age", "age_difference", "class"}


def _age(
    product: Product, judged: Assessments, *, needed: bool
) -> tuple[int | None, tuple[Reason, ...]]:
    """The age at which the product is priced, or why there is not one."""
    ages, _ = judged.ages(product.age_basis)
    if ages is None:
        return None, (Reason("fact_needed", {"fact": "born"}),) if needed else ()
    if ages[0] != ages[1]:
        params = {"youngest": str(ages[0]), "oldest": str(ages[1])}
        return None, (Reason("age_open", params),) if needed else ()
    return ages[0], ()


def _charged(rule: Charged, lives: tuple[Life, ...]) -> tuple[Life, ...]:
    """The lives with those marked that a rule leaves free: beyond the eldest of a role."""
    of_rule = [
        life
        for life in lives
        if life.person.role == rule.role and life.age is not None and life.age < rule.under_age
    ]
    free = sorted(of_rule, key=_eldest_first)[rule.most :]
    return tuple(_free(life) if any(life is one for one in free) else life for life in lives)


def _free(life: Life) -> Life:
    return Life(life.judged, life.age, life.reasons, life.classed, charged=False)


def _eldest_first(life: Life) -> tuple[int, date]:
    born = life.person.born
    return -(life.age or 0), born.first if born else _LAST
