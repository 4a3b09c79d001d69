"""How an exchange goes on: which step follows which, when somebody asks again, what was told of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from megler.applications.rules.exchanges import Contract, ExchangeFacts
from megler.vocabulary.codes import Line
from megler.vocabulary.problems import Problem
from megler.work.rules.calendar import add_business_days

_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,2})?", re.ASCII)
TEXT_MAX, NUMBER_MAX, DOLLARS_MAX = 200, 64, Decimal(10) ** 11
FOLLOW_UP_BUSINESS_DAYS = {"preparing": 2, "request_sent": 7, "acknowledged": 10}
"""Days after which somebody asks again, by state. The house's habit, not a rule of law."""


class What(StrEnum):
    """What can happen with an exchange."""

    STARTED = "started"
    SENT = "sent"
    CHASED = "chased"
    ACKNOWLEDGED = "acknowledged"
    NOTED = "noted"
    ARRIVED = "arrived"
    REFUSED = "refused"
    CANCELLED = "cancelled"


LEADS_TO = {
    What.SENT: "request_sent",
    What.ACKNOWLEDGED: "acknowledged",
    What.ARRIVED: "money_arrived",
    What.REFUSED: "refused",
    What.CANCELLED: "cancelled",
}
"""The state that a step leads to; other steps leave it."""
_FROM = {
    What.SENT: frozenset({"preparing"}),
    What.CHASED: frozenset({"request_sent", "acknowledged"}),
    What.ACKNOWLEDGED: frozenset({"request_sent", "acknowledged"}),
    What.NOTED: frozenset({"preparing", "request_sent", "acknowledged"}),
    What.ARRIVED: frozenset({"request_sent", "acknowledged"}),
    What.REFUSED: frozenset({"request_sent", "acknowledged"}),
    What.CANCELLED: frozenset({"preparing", "request_sent", "acknowledged"}),
}
CLOSED = frozenset({"money_arrived", "refused", "cancelled"})


def step_problem(state: str, what: What, name: str) -> Problem | None:
    """Why `what` cannot happen to the exchange `name` in `state`; None when it can.

    >>> step_problem("preparing", What.ARRIVED, "Polar P-1").code
    'exchange_not_sent'
    """
    if state in _FROM[what]:
        return None
    if state in CLOSED:
        return Problem("exchange_closed", name, state)
    return Problem("exchange_sent" if what is What.SENT else "exchange_not_sent", name)


def next_follow_up(state: str, on: date) -> date | None:
    """The day on which somebody asks next, after something happened on `on`; None when closed."""
    days = FOLLOW_UP_BUSINESS_DAYS.get(state)
    return None if days is None else add_business_days(on, days)


def target_of(line: str) -> Contract | None:
    """What the policy applied for is to section 1035; None for lines it does not speak of.

    >>> target_of("term_life"), target_of("disability")
    (<Contract.LIFE: 'life'>, None)
    """
    return _TARGETS.get(line)


_TARGETS: dict[str, Contract] = {
    Line.TERM_LIFE: Contract.LIFE,
    Line.WHOLE_LIFE: Contract.LIFE,
    Line.UNIVERSAL_LIFE: Contract.LIFE,
    Line.FINAL_EXPENSE: Contract.LIFE,
    Line.ENDOWMENT: Contract.ENDOWMENT,
    Line.ANNUITY: Contract.ANNUITY,
    Line.LONG_TERM_CARE: Contract.LTC,
}


@dataclass(frozen=True, slots=True)
class GivenExchange:
    """An exchange as somebody told of it."""

    carrier_name: str
    carrier_address: str
    policy_number: str
    source: Contract
    expected: Decimal | None
    facts: ExchangeFacts


YES_NO = (
    "is_partial", "same_owner", "same_insured", "is_qualified", "is_direct", "to_us_insurer",
    "in_force", "in_payout", "into_several", "loan_carried", "is_mec", "ltc_is_qualified",
    "survivor_only",
)  # fmt: skip
"""The facts that are answered yes or no; left out they are unknown."""
FACTS = frozenset({*YES_NO, "joint_from", "joint_to", "payments_from_old", "payments_from_new"})
"""Every fact by which an exchange is told of."""
_PLAIN = frozenset({"is_partial", "into_several", "survivor_only"})
_DAYS = ("payments_from_old", "payments_from_new")


def read_exchange(raw: Mapping[str, Any]) -> tuple[GivenExchange | None, list[Problem]]:
    """The exchange in what was typed or sent, and everything wrong with it."""
    reader = _Reader(raw)
    facts: dict[str, Any] = {key: reader.said(key) for key in YES_NO}
    facts |= {key: facts[key] is True for key in _PLAIN}
    facts |= {key: reader.day(key) for key in _DAYS}
    facts |= {"loan": reader.dollars("loan"), "cost_basis": reader.dollars("cost_basis")}
    facts["lives_from"] = 2 if reader.said("joint_from") else 1
    facts["lives_to"] = 2 if reader.said("joint_to") else 1
    kind = reader.text("source_kind", 16)
    if kind not in set(Contract):
        expected = ", ".join(Contract)
        reader.problems.append(Problem("exchange_policy_invalid", "source_kind", kind, expected))
        kind = Contract.LIFE.value
    given = GivenExchange(
        carrier_name=reader.text("carrier_name", TEXT_MAX, needed=True),
        carrier_address=reader.text("carrier_address", 2 * TEXT_MAX),
        policy_number=reader.text("policy_number", NUMBER_MAX, needed=True),
        source=Contract(kind),
        expected=reader.dollars("expected"),
        facts=ExchangeFacts(**facts),
    )
    return (None if reader.problems else given), reader.problems


def clean(text: str) -> str:
    """What was typed, on one line and without characters that cannot be shown."""
    kept = "".join(c for c in text if c.isprintable() or c.isspace())
    return " ".join(kept.split())


def read_dollars(raw: Any, where: str) -> tuple[Decimal | None, list[Problem]]:
    """An amount above 0 with at most two decimals; None when left empty."""
    reader = _Reader({where: raw})
    return reader.dollars(where), reader.problems


class _Reader:
    """Reads raw values and collects what is wrong with them."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw
        self.problems: list[Problem] = []

    def text(self, key: str, most: int, needed: bool = False) -> str:
        text = clean(str(self.raw.get(key) or ""))
        if needed and not text:
            self.problems.append(Problem("exchange_field_missing", key))
        if len(text) > most:
            self.problems.append(Problem("too_long", key, text[:20], str(most)))
        return text[:most]

    def said(self, key: str) -> bool | None:
        found = self.raw.get(key)
        if isinstance(found, bool):
            return found
        return {"yes": True, "no": False}.get(str(found or "").strip().lower())

    def dollars(self, key: str) -> Decimal | None:
        found = self.raw.get(key)
        text = str("" if found is None else found).replace(",", "").replace("$", "").strip()
        if not text:
            return None
        amount = Decimal(text) if _AMOUNT.fullmatch(text) else Decimal(0)
        if not 0 < amount < DOLLARS_MAX:
            self.problems.append(Problem("exchange_amount", key, str(found)[:40]))
            return None
        return amount

    def day(self, key: str) -> date | None:
        found = str(self.raw.get(key) or "").strip()
        if not found:
            return None
        try:
            return date.fromisoformat(found)
        except ValueError:
            self.problems.append(Problem("not_a_date", key, found[:20], "2026-01-31"))
            return None
