"""Whether money may be taken with this application, for which receipt, and what that insures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from megler.forms.rules.receipt import ReceiptRule, Start
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode
from megler.vocabulary.money import to_cents
from megler.vocabulary.problems import Problem, Reason, Severity

MONTHS_A_YEAR = 12
LEFT_OPEN = "money_left_open"
"""Money was taken, and what nobody is asked or has to answer leaves open whether it may be."""


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What the answer depends on; None is unknown. `health` holds the answers by question key.

    `premium` is that of `mode`; `is_known` says whether the carrier's form set is known at all.
    """

    line: str
    state: str = ""
    amount: Decimal | None = None
    age: int | None = None
    premium: Decimal | None = None
    mode: str = ""
    health: Mapping[str, str | None] = field(default_factory=dict)
    money_taken: bool | None = None
    money: Decimal | None = None
    signed_on: date | None = None
    exam_on: date | None = None
    exam_needed: bool | None = None
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class ReceiptAnswer:
    """Whether money may be taken: yes, no, or None while an answer is missing.

    Unless it is yes, the first premium is cash on delivery. `limit` is the most that is paid under
    the receipt, `least` the least that must be paid in; both in dollars. `starts_on` is None while
    the day it counts from is not known.
    """

    may: bool | None
    reasons: tuple[Reason, ...]
    form: str = ""
    kind: str = ""
    limit: Decimal | None = None
    least: Decimal | None = None
    start: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    ends_after_days: int | None = None

    @property
    def cash_on_delivery(self) -> bool:
        return self.may is not True


def receipt_answer(rule: ReceiptRule | None, facts: ReceiptFacts) -> ReceiptAnswer:
    """Whether money may be taken with the application, with every reason at once.

    Without a rule the carrier takes none, when its form set is known; otherwise nobody can say.
    """
    if rule is None:
        code = "receipt_none" if facts.is_known else "receipt_rule_unknown"
        return ReceiptAnswer(False if facts.is_known else None, (Reason(code),))
    against, unknown = list(_against(rule, facts)), list(_unknown(rule, facts))
    if against or unknown:
        may = False if against else None
        return ReceiptAnswer(may, (*against, *unknown), rule.form, rule.kind.value)
    starts_on = _starts_on(rule, facts)
    ends_on = starts_on + timedelta(days=rule.ends_after_days) if starts_on else None
    return ReceiptAnswer(
        may=True,
        reasons=(Reason("receipt_allowed", {"amount": f"{rule.max_amount:,}"}),),
        form=rule.form,
        kind=rule.kind.value,
        limit=min(rule.limit, facts.amount) if facts.amount is not None else rule.limit,
        least=least_premium(rule, facts),
        start=rule.start.value,
        starts_on=starts_on,
        ends_on=ends_on,
        ends_after_days=rule.ends_after_days,
    )


def _against(rule: ReceiptRule, facts: ReceiptFacts) -> Iterable[Reason]:
    """Why no money may be taken, whatever is still to be answered."""
    if rule.lines and facts.line not in rule.lines:
        yield Reason("receipt_line", {"line": facts.line})
    if facts.state in rule.excluded:
        yield Reason("receipt_state", {"state": facts.state})
    if facts.amount is not None and facts.amount > rule.max_amount:
        yield Reason(
            "receipt_amount", {"amount": f"{facts.amount:,}", "most": f"{rule.max_amount:,}"}
        )
    if facts.age is not None and not rule.min_age <= facts.age <= rule.max_age:
        ages = {"age": str(facts.age), "from": str(rule.min_age), "to": str(rule.max_age)}
        yield Reason("receipt_age", ages)
    for key in rule.questions:
        if facts.health.get(key) == "yes":
            yield Reason("receipt_health", {"question": key})


def _unknown(rule: ReceiptRule, facts: ReceiptFacts) -> Iterable[Reason]:
    """What must be answered before money may be taken."""
    if rule.excluded and not facts.state:
        yield Reason("receipt_state_unknown")
    if facts.amount is None:
        yield Reason("receipt_amount_unknown")
    if facts.age is None:
        yield Reason("receipt_age_unknown")
    for key in rule.questions:
        if facts.health.get(key) is None:
            yield Reason("receipt_health_unknown", {"question": key})


def least_premium(rule: ReceiptRule, facts: ReceiptFacts) -> Decimal | None:
    """The money that must come with the application: so many months of the modal premium, in cents.

    Premium x payments a year / 12 x months, rounded half up; None while the premium is not known.

    >>> rule = ReceiptRule("r", Decimal(1), Decimal(1), 70, premium_months=2)
    >>> least_premium(rule, ReceiptFacts("term_life", premium=Decimal("300"), mode="quarterly"))
    Decimal('200.00')
    """
    if facts.premium is None or facts.mode not in set(Mode):
        return None
    yearly = facts.premium * PAYMENTS_A_YEAR[Mode(facts.mode)]
    return to_cents(yearly * rule.premium_months / MONTHS_A_YEAR)


def _starts_on(rule: ReceiptRule, facts: ReceiptFacts) -> date | None:
    """The first day of insurance under the receipt; None while that day is not known.

    Where no exam is needed, the application's day counts.
    """
    exam = facts.signed_on if facts.exam_needed is False else facts.exam_on
    if rule.start is Start.APPLICATION:
        return facts.signed_on
    if rule.start is Start.EXAM:
        return exam
    return max(exam, facts.signed_on) if exam and facts.signed_on else None


def money_problems(answer: ReceiptAnswer, facts: ReceiptFacts) -> list[Problem]:
    """What is wrong with the money that was taken: not allowed at all, or too little.

    What the rule asks and nobody answered allows none either (`LEFT_OPEN`). Where no rule is known,
    the one who takes money is warned, not stopped.
    """
    if facts.money_taken is not True:
        return []
    if answer.may is False:
        why = ", ".join(reason.code for reason in answer.reasons)
        return [Problem("money_not_allowed", "money_with_application", "yes", why)]
    if answer.may is None:
        where = "money_with_application"
        if facts.is_known:
            why = ", ".join(reason.code for reason in answer.reasons)
            return [Problem(LEFT_OPEN, where, "yes", why)]
        return [Problem("money_rule_unknown", where, "yes", "", Severity.WARNING)]
    if answer.least is not None and facts.money is not None and facts.money < answer.least:
        found, least = f"${facts.money:,.2f}", f"${answer.least:,.2f}"
        return [Problem("money_too_little", "money_amount", found, least)]
    return []
