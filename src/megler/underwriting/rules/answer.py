"""Who of a facts document is judged for which products, for what amount, and whether they are open."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from megler.carriers.rules.guide import Nicotine
from megler.carriers.rules.products import Product
from megler.underwriting.rules.eligibility import Applicant, why_not, why_not_term
from megler.underwriting.rules.nicotine import nicotine_statuses
from megler.underwriting.rules.people import Facts, Person
from megler.underwriting.rules.standing import Judged
from megler.underwriting.rules.wishes import Wants
from megler.vocabulary.codes import Line
from megler.vocabulary.problems import Problem, Reason

Text = Callable[[Reason], str]
ProblemText = Callable[[Problem], str]
_NEVER_JUDGED = frozenset({"owner", "payor"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A person to judge and the wishes that would insure them; none: every product, no amount."""

    person: Person
    wants: tuple[Wants, ...] = ()

    def is_for(self, judged: Judged) -> bool:
        """Whether any wish asks for the product's line; a guide without a product is always asked."""
        lines = {wish.line for wish in self.wants} or {None}
        return judged.product is None or None in lines or judged.product.line in lines

    def wish_for(self, judged: Judged) -> Wants:
        """The wish with the largest amount among those for the product's line."""
        line = judged.product.line if judged.product else None
        fitting = [wish for wish in self.wants if line is None or wish.line in (None, line)]
        return max(fitting, key=lambda wish: amount_of(wish, judged) or 0, default=Wants())


def amount_of(wish: Wants, judged: Judged) -> Decimal | None:
    """What of a wish is the product's amount: the face amount, the monthly benefit or the deposit."""
    if judged.product is None:
        return wish.face_amount
    amount: Decimal | None = getattr(wish, judged.product.amount_of.value)
    return amount


def asked_of(facts: Facts) -> list[Asked]:
    """Everybody whom a wish insures, in the document's order; without wishes the one insured."""
    if not facts.wants:
        return [Asked(facts.insured)]
    found = []
    for person in facts.people:
        wants = tuple(wish for wish in facts.wants if person in facts.lives_of(wish))
        if wants and person.role not in _NEVER_JUDGED:
            found.append(Asked(person, wants))
    return found or [Asked(facts.insured, facts.wants)]


def why_not_open(asked: Asked, judged: Judged, on: date) -> tuple[Reason, ...]:
    """Why the product is not sold to this person for this wish; empty when it is, or may be."""
    product = judged.product
    if product is None:
        return ()
    wish, ages = asked.wish_for(judged), asked.person.ages(on, product.age_basis)
    each_age: Sequence[int | None] = (None,) if ages is None else sorted(set(ages))
    told = [list(_against(asked.person, wish, judged, product, (age, on))) for age in each_age]
    against = [] if [] in told else told[0]
    return (*judged.why_not, *against)


def _against(
    person: Person, wish: Wants, judged: Judged, product: Product, at: tuple[int | None, date]
) -> Iterator[Reason]:
    age, on = at
    needs_income = product.eligibility.income_percent_max is not None
    applicant = Applicant(
        age=age,
        jurisdiction=person.jurisdiction,
        amount=amount_of(wish, judged),
        line=wish.line,
        income_annual=person.income_annual,
        benefits_monthly=_benefits(person) if needs_income else Decimal(0),
    )
    yield from why_not(product, applicant, judged.book)
    statuses = nicotine_statuses(person, on)
    status = statuses.pop() if len(statuses) == 1 else Nicotine.ANY
    terms = sorted({limit.term_years for limit in product.eligibility.terms})
    wanted = terms if wish.term_years is None else [wish.term_years]
    reasons = [why_not_term(product, years, age, status, judged.book) for years in wanted]
    if reasons and [] not in reasons:
        yield from reasons[0]


def _benefits(person: Person) -> Decimal:
    """Monthly disability benefits in force that stay."""
    held = [c for c in person.in_force or () if c.line is Line.DISABILITY and not c.replace]
    return sum((cover.amount or Decimal(0) for cover in held), Decimal(0))


def head_json(facts: Facts, asked: Asked, judged: Judged) -> dict[str, object]:
    """Whom and what an entry is about; `person` only where there are several people."""
    product, guide = judged.product, judged.guide
    who = {"person": asked.person.id} if len(facts.people) > 1 else {}
    return {
        **who,
        "carrier": guide.carrier,
        "carrier_name": guide.carrier_name,
        "product": judged.code or None,
        "product_name": product.name if product else judged.code or None,
        "line": product.line.value if product else None,
        "edition": guide.name,
    }


def problem_json(problem: Problem, text: ProblemText) -> dict[str, str]:
    """A problem as answers publish it."""
    return {
        "code": problem.code,
        "where": problem.where,
        "found": problem.found,
        "expected": problem.expected,
        "severity": problem.severity.value,
        "text": text(problem),
    }
