"""What is in force already, as the answers tell of it, and whether they agree on a replacement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from megler.vocabulary.problems import Problem

ENDS_OR_USES = frozenset({"surrender", "lapse", "loan", "withdrawal", "reduce", "exchange"})
"""What is done with an existing policy that makes a replacement of it, whatever else is said."""
USES_VALUES = frozenset({"loan", "withdrawal", "surrender", "exchange"})
"""What makes the purchase a financed one: values of the old policy pay for the new."""


@dataclass(frozen=True, slots=True)
class ExistingPolicy:
    """A policy in force. `kind` is `life`, `annuity`, `endowment` or `ltc`, empty while unknown.

    `how` says what becomes of it; amounts are dollars, None while unknown. `same_group` is whether
    its insurer and the new one are the same or affiliated.
    """

    company: str
    number: str = ""
    kind: str = ""
    replaced: bool = False
    how: str = ""
    amount: Decimal | None = None
    year_issued: int | None = None
    premium: Decimal | None = None
    cash_value: Decimal | None = None
    surrender_charge: Decimal | None = None
    loan: Decimal | None = None
    same_group: bool | None = None

    @property
    def gives_way(self) -> bool:
        """Whether it is replaced: marked so, or ended, reduced or drawn upon for the new policy."""
        return self.replaced or self.how in ENDS_OR_USES

    @property
    def name(self) -> str:
        return f"{self.company} {self.number}".strip()


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered to the trigger questions; None while not answered."""

    has_existing: bool | None = None
    replacing: bool | None = None
    agent_replacing: bool | None = None
    funds: bool | None = None
    exchanges: int = 0
    """Exchanges under section 1035 that are under way with this application."""


def answers_agree(existing: Sequence[ExistingPolicy], told: Told) -> list[Problem]:
    """Where the answers on replacement contradict each other.

    Who says that nothing is replaced, while a policy is marked replaced or drawn upon, an exchange
    is under way or funds of existing cover pay, is asked to look again; so are applicant and agent
    when their answers differ.
    """
    problems = []
    for question, said in (
        ("replacing", told.replacing),
        ("report_replacing", told.agent_replacing),
    ):
        if said is not False:
            continue
        problems += [
            Problem("replacement_by_policy", question, policy.name, policy.how or "replaced")
            for policy in existing
            if policy.gives_way
        ]
        if told.funds:
            problems.append(Problem("replacement_by_funds", question, "no", "yes"))
        if told.exchanges:
            problems.append(Problem("replacement_by_exchange", question, "no", str(told.exchanges)))
    used = [policy for policy in existing if policy.how in USES_VALUES]
    if told.funds is False:
        problems += [Problem("funds_used", "replacing_funds", p.name, p.how) for p in used]
    both = (told.replacing, told.agent_replacing)
    if None not in both and both[0] != both[1]:
        applicant, agent = ("yes" if one else "no" for one in both)
        problems.append(Problem("answers_disagree", "report_replacing", agent, applicant))
    return problems


def existing_from(values: Mapping[str, Any]) -> list[ExistingPolicy]:
    """The policies in force as the questionnaire lists them."""
    return [_policy(item) for item in values.get("existing_cover") or []]


def _policy(item: Mapping[str, Any]) -> ExistingPolicy:
    def dollars(key: str) -> Decimal | None:
        return Decimal(item[key]) if item.get(key) is not None else None

    year = item.get("year_issued")
    return ExistingPolicy(
        company=item.get("company") or "",
        number=item.get("policy_number") or "",
        kind=item.get("kind") or "",
        replaced=item.get("replace") == "yes",
        how=item.get("how") or "",
        amount=dollars("amount"),
        year_issued=None if year is None else int(year),
        premium=dollars("premium"),
        cash_value=dollars("cash_value"),
        surrender_charge=dollars("surrender_charge"),
        loan=dollars("loan"),
        same_group={"yes": True, "no": False}.get(item.get("same_group") or ""),
    )


def told_from(values: Mapping[str, Any], exchanges: int = 0) -> Told:
    """The answers to the trigger questions, by the questionnaire's keys."""

    def said(key: str) -> bool | None:
        return {"yes": True, "no": False}.get(str(values.get(key)))

    return Told(
        has_existing=said("has_existing"),
        replacing=said("replacing"),
        agent_replacing=said("report_replacing"),
        funds=said("replacing_funds"),
        exchanges=exchanges,
    )


def state_of(values: Mapping[str, Any]) -> str:
    """The state whose rule applies: where it is signed when told, else the owner's residence."""
    if values.get("signed_in"):
        return str(values["signed_in"])
    who = "owner" if values.get("owner_is_insured") == "no" else "insured"
    address = values.get(f"{who}_address") or values.get("insured_address") or {}
    return str(address.get("state") or "")
