"""Who may buy a product: every reason why not, at once.

Limits are the edition's own (docs/editions.md, eligibility); ages are whole years by the product's
age basis, amounts in the edition's currency, both bounds inclusive.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from megler.carriers.rules.guide import Nicotine
from megler.carriers.rules.products import Eligibility, Product, TermLimit
from megler.vocabulary.codes import Line
from megler.vocabulary.problems import Reason, Source

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Applicant:
    """What the limits ask of a person and a wish; None: not known, or not asked for.

    `needs_amount` says whether the product's premium depends on an amount at all. `benefits_monthly`
    are disability benefits in force that stay.
    """

    age: int | None
    jurisdiction: str | None
    amount: Decimal | None
    needs_amount: bool = True
    line: Line | None = None
    income_annual: Decimal | None = None
    benefits_monthly: Decimal = Decimal(0)


def why_not(product: Product, applicant: Applicant, edition: str) -> list[Reason]:
    """Every reason against the product as a whole, whatever the term."""
    limits = product.eligibility
    found = [*_line(product, applicant), *limits_against(limits, applicant)]
    if limits.income_percent_max is not None:
        found += _income(limits.income_percent_max, applicant)
    if not found:
        return []
    source = Source(edition, rule="eligibility")
    return [Reason(reason.code, reason.params, source) for reason in found]


def limits_against(limits: Eligibility, applicant: Applicant) -> Iterator[Reason]:
    """Every reason of age, jurisdiction and amount, of a product or of a rider."""
    yield from _age(limits.age_min, limits.age_max, applicant.age)
    yield from _jurisdiction(limits, applicant.jurisdiction)
    yield from _amount(limits, applicant)


def health_is_asked(limits: Eligibility, amount: Decimal | None) -> Reason | None:
    """That an amount is sold only on evidence of health, where the product has such a limit."""
    most = limits.guaranteed_issue_max
    if most is None or amount is None or amount <= most:
        return None
    return Reason("evidence_of_health_above", {"amount": f"{amount:f}", "limit": f"{most:f}"})


def why_not_term(
    product: Product, term_years: int, age: int | None, status: Nicotine, edition: str
) -> list[Reason]:
    """Every reason against a term: not sold, or not at this age or nicotine status.

    A limit for the person's own `status` comes before one for any; `any` as status leaves it
    undecided, and the most lenient limit holds.
    """
    limits = product.eligibility.terms
    if not limits:
        return []
    source = Source(edition, rule="eligibility.terms")
    of_term = [limit for limit in limits if limit.term_years == term_years]
    if not of_term:
        terms = ", ".join(str(n) for n in sorted({limit.term_years for limit in limits}))
        params = {"term_years": str(term_years), "terms": terms}
        return [Reason("term_not_offered", params, source)]
    own = [limit for limit in of_term if limit.nicotine is status]
    fitting = own or [limit for limit in of_term if Nicotine.ANY in (limit.nicotine, status)]
    if not fitting:
        params = {"term_years": str(term_years), "nicotine": status.value}
        return [Reason("term_not_for_nicotine", params, source)]
    reasons = [list(_term_age(limit, age)) for limit in fitting]
    if [] in reasons:
        return []
    return [Reason(reason.code, reason.params, source) for reason in reasons[0]]


def _term_age(limit: TermLimit, age: int | None) -> Iterator[Reason]:
    for reason in _age(limit.age_min, limit.age_max, age):
        yield Reason(
            f"{reason.code}_for_term", {**reason.params, "term_years": str(limit.term_years)}
        )


def _line(product: Product, applicant: Applicant) -> Iterator[Reason]:
    if applicant.line not in (None, product.line):
        yield Reason("other_line", {"line": product.line.value, "asked": str(applicant.line)})


def _age(low: int | None, high: int | None, age: int | None) -> Iterator[Reason]:
    if age is None:
        return
    if low is not None and age < low:
        yield Reason("too_young", {"age": str(age), "limit": str(low)})
    if high is not None and age > high:
        yield Reason("too_old", {"age": str(age), "limit": str(high)})


def _jurisdiction(limits: Eligibility, jurisdiction: str | None) -> Iterator[Reason]:
    if jurisdiction is None:
        return
    only = limits.jurisdictions_only
    if jurisdiction in limits.jurisdictions_except or (
        only is not None and jurisdiction not in only
    ):
        yield Reason("not_sold_in", {"jurisdiction": jurisdiction})


def _amount(limits: Eligibility, applicant: Applicant) -> Iterator[Reason]:
    amount, age = applicant.amount, applicant.age
    if amount is None or not applicant.needs_amount:
        return
    yield from _bounds(limits.amount_min, limits.amount_max, amount, "", {})
    step = limits.amount_step
    if step:
        start = limits.amount_min or Decimal(0)
        if (amount - (start if start % step else 0)) % step:
            yield Reason("amount_off_step", {"amount": f"{amount:f}", "step": f"{step:f}"})
    for limit in limits.amounts_by_age:
        if age is not None and limit.age_min <= age <= limit.age_max:
            ages = {"age_min": str(limit.age_min), "age_max": str(limit.age_max)}
            yield from _bounds(limit.min, limit.max, amount, "_for_age", ages)


def _income(percent: Decimal, applicant: Applicant) -> Iterator[Reason]:
    """A year's benefit, with what is in force, against the yearly income."""
    if applicant.amount is None:
        return
    if applicant.income_annual is None:
        yield Reason("fact_needed", {"fact": "income_annual"})
        return
    most = applicant.income_annual * percent / 100 / 12 - applicant.benefits_monthly
    if applicant.amount > most:
        params = {
            "amount": f"{applicant.amount:f}",
            "limit": f"{max(most, Decimal(0)).quantize(_CENT, ROUND_DOWN):f}",
            "percent": f"{percent:f}",
        }
        yield Reason("benefit_above_income", params)


def _bounds(
    low: Decimal | None, high: Decimal | None, amount: Decimal, suffix: str, more: dict[str, str]
) -> Iterator[Reason]:
    shown = {"amount": f"{amount:f}", **more}
    if low is not None and amount < low:
        yield Reason(f"amount_below{suffix}", {**shown, "limit": f"{low:f}"})
    if high is not None and amount > high:
        yield Reason(f"amount_above{suffix}", {**shown, "limit": f"{high:f}"})
