"""What section 1035 of the Internal Revenue Code lets be exchanged without tax, and what it does not.

Sources: 26 U.S.C. 1035(a)(1) to (4), (b) and (c); Treas. Reg. 1.1035-1; Rev. Proc. 2011-38 (partial
exchange of an annuity, 180 days); Rev. Rul. 2007-24 (money that passed through the owner's hands),
2002-75 (into an annuity in force), 90-109 (change of insured); 26 U.S.C. 1031(b) and (d) (loans as
boot, basis carried over), 7702A (modified endowment). Not tax advice: an answer that a fact leaves
open says which.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from megler.vocabulary.problems import Problem, Reason, Source

PARTIAL_WAIT_DAYS = 180
"""Days after a partial exchange in which nothing may be taken from either annuity (Rev. Proc. 2011-38)."""


class Contract(StrEnum):
    """What kind of contract it is, as section 1035 speaks of them."""

    LIFE = "life"
    ENDOWMENT = "endowment"
    ANNUITY = "annuity"
    LTC = "ltc"


class Outcome(StrEnum):
    """Whether section 1035 covers the exchange; `open` while a fact is missing."""

    ALLOWED = "allowed"
    REFUSED = "refused"
    OPEN = "open"


class Way(StrEnum):
    """What can be done instead, or to clear a refusal."""

    KEEP_OR_SURRENDER = "keep_or_surrender"
    SAME_OWNER_APPLIES = "same_owner_applies"
    SAME_INSURED = "same_insured"
    ROLLOVER = "rollover"
    ASSIGN_TO_INSURER = "assign_to_insurer"
    WHOLE_POLICY = "whole_policy"
    US_INSURER = "us_insurer"
    EARLIER_PAYMENTS = "earlier_payments"
    WAIT = "wait"
    REPAY_OR_CARRY_LOAN = "repay_or_carry_loan"
    ASK_CARRIER = "ask_carrier"
    ASK_TAX_ADVISER = "ask_tax_adviser"
    TELL = "tell"


@dataclass(frozen=True, slots=True)
class ExchangeFacts:
    """What is known of an exchange; None is unknown. Amounts are dollars.

    `lives` counts the insureds (annuitants) of each contract, and `survivor_only` says that of two
    old insureds one has died. `payments_from` are the days on which an endowment's regular payments
    begin. `taken_on` is a withdrawal from either annuity after the transfer on `transferred_on`.
    """

    is_partial: bool = False
    same_owner: bool | None = None
    same_insured: bool | None = None
    lives_from: int = 1
    lives_to: int = 1
    survivor_only: bool = False
    is_qualified: bool | None = None
    is_direct: bool | None = None
    to_us_insurer: bool | None = True
    in_force: bool | None = True
    in_payout: bool | None = False
    into_several: bool = False
    loan: Decimal | None = None
    loan_carried: bool | None = None
    is_mec: bool | None = None
    cost_basis: Decimal | None = None
    ltc_is_qualified: bool | None = None
    payments_from_old: date | None = None
    payments_from_new: date | None = None
    transferred_on: date | None = None
    taken_on: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know of an exchange: what it does to the outcome, why, and the way out.

    The reason's parameters are named as a problem's parts are: `found` and `expected`.
    """

    outcome: Outcome
    reason: Reason
    way: Way

    @property
    def problem(self) -> Problem:
        """The same as a problem, for an action that is refused over it."""
        params = self.reason.params
        return Problem(
            self.reason.code, "exchange", params.get("found", ""), params.get("expected", "")
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether section 1035 covers an exchange, everything that speaks against it, and what to mind."""

    findings: tuple[Finding, ...]

    @property
    def outcome(self) -> Outcome:
        """Refused beats open, open beats allowed."""
        found = {finding.outcome for finding in self.findings}
        return next(o for o in (Outcome.REFUSED, Outcome.OPEN, Outcome.ALLOWED) if o in found)

    @property
    def is_allowed(self) -> bool:
        return self.outcome is Outcome.ALLOWED

    def of(self, outcome: Outcome) -> list[Finding]:
        """The findings that say `outcome`."""
        return [finding for finding in self.findings if finding.outcome is outcome]


_COVERED = {
    Contract.LIFE: (frozenset(Contract), "26 U.S.C. 1035(a)(1)"),
    Contract.ENDOWMENT: (frozenset(Contract) - {Contract.LIFE}, "26 U.S.C. 1035(a)(2)"),
    Contract.ANNUITY: (frozenset({Contract.ANNUITY, Contract.LTC}), "26 U.S.C. 1035(a)(3)"),
    Contract.LTC: (frozenset({Contract.LTC}), "26 U.S.C. 1035(a)(4)"),
}
"""What each kind may become, and where that stands."""


def exchange_allowed(source: Contract, target: Contract, facts: ExchangeFacts) -> Decision:
    """Whether `source` may become `target` without tax, with every reason.

    >>> exchange_allowed(Contract.ANNUITY, Contract.LIFE, ExchangeFacts()).outcome
    <Outcome.REFUSED: 'refused'>
    """
    return Decision(
        (
            *_kinds(source, target, facts),
            *_persons(source, facts),
            *_money(facts),
            *_state_of_policy(source, facts),
            *_partial(source, target, facts),
            *_loan(facts),
            *_carried(source, target, facts),
        )
    )


def _finding(outcome: Outcome, code: str, where: str, way: Way, **params: str) -> Finding:
    return Finding(outcome, Reason(code, params, Source(rule=where)), way)


def _kinds(source: Contract, target: Contract, facts: ExchangeFacts) -> Iterable[Finding]:
    covered, where = _COVERED[source]
    kinds = {"found": source.value, "expected": target.value}
    if target not in covered:
        code = "exchange_kind_not_covered"
        yield _finding(Outcome.REFUSED, code, where, Way.KEEP_OR_SURRENDER, **kinds)
        return
    yield _finding(Outcome.ALLOWED, "exchange_kind_covered", where, Way.TELL, **kinds)
    if source is target is Contract.ENDOWMENT:
        yield from _payments(facts)
    if target is Contract.LTC and facts.ltc_is_qualified is not True:
        outcome = Outcome.OPEN if facts.ltc_is_qualified is None else Outcome.REFUSED
        yield _finding(outcome, "exchange_ltc_qualified", where, Way.ASK_CARRIER)


def _payments(facts: ExchangeFacts) -> Iterable[Finding]:
    where, old, new = "26 U.S.C. 1035(a)(2)(A)", facts.payments_from_old, facts.payments_from_new
    if old is None or new is None:
        yield _finding(Outcome.OPEN, "exchange_payments_unknown", where, Way.ASK_CARRIER)
    elif new > old:
        yield _finding(
            Outcome.REFUSED,
            "exchange_payments_later",
            where,
            Way.EARLIER_PAYMENTS,
            found=new.isoformat(),
            expected=old.isoformat(),
        )


def _persons(source: Contract, facts: ExchangeFacts) -> Iterable[Finding]:
    where = "Treas. Reg. 1.1035-1"
    if facts.same_owner is not True:
        outcome = Outcome.OPEN if facts.same_owner is None else Outcome.REFUSED
        yield _finding(outcome, "exchange_owner_differs", where, Way.SAME_OWNER_APPLIES)
    if facts.same_insured is not True:
        outcome = Outcome.OPEN if facts.same_insured is None else Outcome.REFUSED
        yield _finding(
            outcome, "exchange_insured_differs", f"{where}; Rev. Rul. 90-109", Way.SAME_INSURED
        )
    if facts.lives_from == facts.lives_to:
        return
    lives = {"found": str(facts.lives_from), "expected": str(facts.lives_to)}
    if facts.lives_from == 2 and facts.lives_to == 1 and facts.survivor_only:
        code = "exchange_survivor"
        yield _finding(Outcome.ALLOWED, code, "PLR 9248013", Way.ASK_TAX_ADVISER, **lives)
    else:
        code = "exchange_lives_differ"
        yield _finding(Outcome.REFUSED, code, "PLR 9542037", Way.SAME_INSURED, **lives)


def _money(facts: ExchangeFacts) -> Iterable[Finding]:
    if facts.is_qualified is not False:
        outcome = Outcome.OPEN if facts.is_qualified is None else Outcome.REFUSED
        where = "26 U.S.C. 402(c), 408(d)(3)"
        yield _finding(outcome, "exchange_qualified_money", where, Way.ROLLOVER)
    if facts.is_direct is not True:
        outcome = Outcome.OPEN if facts.is_direct is None else Outcome.REFUSED
        yield _finding(outcome, "exchange_not_direct", "Rev. Rul. 2007-24", Way.ASSIGN_TO_INSURER)
    if facts.to_us_insurer is not True:
        outcome = Outcome.OPEN if facts.to_us_insurer is None else Outcome.REFUSED
        yield _finding(outcome, "exchange_foreign_insurer", "26 U.S.C. 1035(c)", Way.US_INSURER)


def _state_of_policy(source: Contract, facts: ExchangeFacts) -> Iterable[Finding]:
    where = "26 U.S.C. 1035(a)"
    if facts.in_force is not True:
        outcome = Outcome.OPEN if facts.in_force is None else Outcome.REFUSED
        yield _finding(outcome, "exchange_not_in_force", where, Way.ASK_CARRIER)
    if source is Contract.ANNUITY and facts.in_payout is not False:
        yield _finding(Outcome.OPEN, "exchange_in_payout", where, Way.ASK_CARRIER)
    if facts.into_several and source is Contract.ANNUITY:
        code, where = "exchange_into_several_annuities", "PLR 200243047"
        yield _finding(Outcome.ALLOWED, code, where, Way.ASK_TAX_ADVISER)
    elif facts.into_several:
        yield _finding(Outcome.OPEN, "exchange_into_several", where, Way.ASK_TAX_ADVISER)


def _partial(source: Contract, target: Contract, facts: ExchangeFacts) -> Iterable[Finding]:
    if not facts.is_partial:
        return
    where = "Rev. Proc. 2011-38"
    if source is not Contract.ANNUITY:
        yield _finding(Outcome.REFUSED, "exchange_partial_life", where, Way.WHOLE_POLICY)
        return
    if target is not Contract.ANNUITY:
        where = "Notice 2011-68"
        yield _finding(Outcome.OPEN, "exchange_partial_ltc", where, Way.ASK_TAX_ADVISER)
        return
    until = partial_until(facts.transferred_on) if facts.transferred_on else None
    days = {"found": str(PARTIAL_WAIT_DAYS), "expected": until.isoformat() if until else ""}
    taken, moved = facts.taken_on, facts.transferred_on
    if taken and until and moved and moved <= taken < until:
        days["found"] = taken.isoformat()
        yield _finding(Outcome.REFUSED, "exchange_partial_taken", where, Way.WAIT, **days)
    else:
        code = "exchange_partial_until" if until else "exchange_partial_wait"
        yield _finding(Outcome.ALLOWED, code, where, Way.WAIT, **days)


def partial_until(transferred_on: date) -> date:
    """The first day on which money may be taken again after a partial exchange.

    >>> partial_until(date(2026, 1, 1))
    datetime.date(2026, 6, 30)
    """
    return transferred_on + timedelta(days=PARTIAL_WAIT_DAYS)


def _loan(facts: ExchangeFacts) -> Iterable[Finding]:
    if not facts.loan:
        return
    where, amount = "26 U.S.C. 1035(d), 1031(b) and (d)", {"found": f"{facts.loan:,}"}
    if facts.loan_carried is None:
        yield _finding(Outcome.OPEN, "exchange_loan_open", where, Way.REPAY_OR_CARRY_LOAN, **amount)
    elif facts.loan_carried:
        yield _finding(Outcome.ALLOWED, "exchange_loan_carried", where, Way.ASK_CARRIER, **amount)
    else:
        yield _finding(
            Outcome.ALLOWED, "exchange_loan_boot", where, Way.REPAY_OR_CARRY_LOAN, **amount
        )


def _carried(source: Contract, target: Contract, facts: ExchangeFacts) -> Iterable[Finding]:
    """What the new contract inherits: the basis always, the taint of a modified endowment too."""
    if facts.is_mec and source in (Contract.LIFE, Contract.ENDOWMENT):
        where = "26 U.S.C. 7702A(a)(2)"
        yield _finding(Outcome.ALLOWED, "exchange_mec_stays", where, Way.TELL)
    basis = {"found": "" if facts.cost_basis is None else f"{facts.cost_basis:,}"}
    code = "exchange_basis_carries" if facts.cost_basis is not None else "exchange_basis_unknown"
    where = "26 U.S.C. 1035(d), 1031(d)"
    yield _finding(Outcome.ALLOWED, code, where, Way.TELL, **basis)
