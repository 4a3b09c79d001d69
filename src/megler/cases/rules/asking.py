"""When to ask again, whom, and how long evidence stays valid: the agency's rules by carrier and kind."""

from collections.abc import Iterable
from dataclasses import dataclass

from megler.cases.rules.kinds import USUAL
from megler.cases.rules.words import Holder
from megler.vocabulary.codes import RequirementKind


@dataclass(frozen=True, slots=True)
class AskingRule:
    """One rule; without carrier or kind it is of all. What it leaves open, a less specific one says."""

    carrier: str = ""
    kind: RequirementKind | None = None
    follow_up_days: int | None = None
    ask: Holder | None = None
    valid_days: int | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """What holds for one requirement: business days to ask again, whom, calendar days of validity.

    `ask` None: whoever has it then.
    """

    follow_up_days: int
    ask: Holder | None = None
    valid_days: int | None = None


def asking_for(
    rules: Iterable[AskingRule],
    carrier: str,
    kind: RequirementKind,
    valid_days: int | None = None,
) -> Asking:
    """What holds for a kind at a carrier; `valid_days` are those of the carrier's guide, if it says.

    Each part is of the most specific rule that says it: carrier and kind, then kind, then carrier,
    then all; then the guide's days, then what is usual.

    >>> rules = [AskingRule(kind=RequirementKind.APS, follow_up_days=7), AskingRule(carrier="nh", follow_up_days=3)]
    >>> asking_for(rules, "nh", RequirementKind.APS).follow_up_days
    7
    """
    mine = sorted(
        (rule for rule in rules if _fits(rule, carrier, kind)),
        key=lambda rule: (rule.kind is None, not rule.carrier),
    )
    usual = USUAL[kind]
    days = next((r.follow_up_days for r in mine if r.follow_up_days), usual.follow_up_days)
    valid = next((r.valid_days for r in mine if r.valid_days), valid_days or usual.valid_days)
    return Asking(days, next((r.ask for r in mine if r.ask), None), valid)


def _fits(rule: AskingRule, carrier: str, kind: RequirementKind) -> bool:
    return rule.carrier in {"", carrier} and rule.kind in {None, kind}
