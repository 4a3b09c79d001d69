"""What the carrier says: received, in underwriting, its decision; and the answer to its offer."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from megler.accounts.rules.roles import Can
from megler.cases.actions.doers import Doer
from megler.cases.actions.holding import carry_out, moment, not_in_future, write_note
from megler.cases.models import Case
from megler.cases.rules.status import Act, Said
from megler.cases.rules.words import Channel, Decision
from megler.vocabulary.codes import Mode
from megler.vocabulary.problems import Problem, Refused

OFFERS = frozenset({Decision.APPROVED, Decision.OTHER_THAN_APPLIED, Decision.COUNTER_OFFER})
"""Decisions that name what the carrier would issue."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the carrier would issue; what it leaves out is as applied for. Premium is of the mode."""

    class_approved: str = ""
    premium_approved: Decimal | None = None
    face_amount_approved: Decimal | None = None
    mode_approved: Mode | None = None
    term_years_approved: int | None = None


def record_received_by_carrier(
    person: Doer, case: Case, version: int | None = None, at: datetime | None = None
) -> Case:
    """The carrier has confirmed that it has the application."""
    with transaction.atomic():
        return carry_out(person, case, Act.RECORD_RECEIVED, version=version, at=moment(at))


def record_in_underwriting(
    person: Doer, case: Case, version: int | None = None, at: datetime | None = None
) -> Case:
    """The carrier has given the application to an underwriter."""
    with transaction.atomic():
        return carry_out(person, case, Act.RECORD_IN_UNDERWRITING, version=version, at=moment(at))


def record_decision(
    person: Doer,
    case: Case,
    decision: Decision,
    *,
    offer: Offer | None = None,
    words: str = "",
    channel: Channel | None = None,
    said_at: datetime | None = None,
    version: int | None = None,
    at: datetime | None = None,
) -> Case:
    """Record what the carrier decided, in its own words, when and by what channel it said so.

    An approval and an offer keep what would be issued: `offer`, and what it leaves out is as applied
    for. Anything offered that differs makes it *other than applied*; then "approved" is refused.
    """
    at = moment(at)
    if said_at is not None and said_at > at:
        found, expected = said_at.isoformat(timespec="minutes"), at.isoformat(timespec="minutes")
        raise Refused(Problem("case_in_the_future", "said_at", found, f"≤ {expected}"))
    kept = offered(case, offer or Offer()) if decision in OFFERS else NOTHING_OFFERED
    if decision is Decision.APPROVED and (differs := _differences(case, kept)):
        raise Refused(
            Problem("case_offer_differs", name, str(kept[f"{name}_approved"]), was)
            for name, was in differs.items()
        )
    changes = {
        **kept,
        "carrier_words": words.strip() or None,
        "carrier_said_at": said_at or at,
        "carrier_channel": channel.value if channel else "",
        "decided_at": at,
        "offer_answered_at": None,
    }
    told = {"decision": decision.value, "channel": channel.value if channel else ""}
    with transaction.atomic():
        return carry_out(
            person,
            case,
            Act.RECORD_DECISION,
            needs=Can.DECIDE_FOR_CARRIER,
            said=Said(decision=decision),
            version=version,
            changes=changes,
            told=told | {k: str(v) for k, v in kept.items() if v not in {None, ""}},
            at=at,
        )


NOTHING_OFFERED: dict[str, Any] = {
    "class_approved": "",
    "premium_approved": None,
    "face_amount_approved": None,
    "mode_approved": "",
    "term_years_approved": None,
}


def offered(case: Case, offer: Offer) -> dict[str, Any]:
    """Every part of the offer, as applied for where the carrier says nothing."""
    kept = {}
    for name, value in asdict(offer).items():
        applied = getattr(case, name.replace("_approved", "_applied"))
        kept[name] = applied if value in {None, ""} else value
    if kept["mode_approved"]:
        kept["mode_approved"] = str(kept["mode_approved"])
    return kept


def _differences(case: Case, kept: dict[str, Any]) -> dict[str, str]:
    """The parts of an offer that are not as applied for, with what was."""
    parts = {name.removesuffix("_approved"): value for name, value in kept.items()}
    applied = {name: getattr(case, f"{name}_applied") for name in parts}
    return {
        name: str(applied[name])
        for name, value in parts.items()
        if applied[name] not in {None, ""} and value != applied[name]
    }


@dataclass(frozen=True, slots=True)
class Answer:
    """How the client answered an offer: who told us, by what channel, on which day."""

    by: str = ""
    channel: Channel | None = None
    on: date | None = None
    words: str = ""


def accept_offer(
    person: Doer,
    case: Case,
    version: int | None = None,
    at: datetime | None = None,
    *,
    answer: Answer | None = None,
) -> Case:
    """The client takes what the carrier offers other than applied for."""
    return _answered(person, case, Act.ACCEPT_OFFER, answer, version, moment(at))


def refuse_offer(
    person: Doer,
    case: Case,
    version: int | None = None,
    at: datetime | None = None,
    *,
    answer: Answer | None = None,
) -> Case:
    """The client does not take what the carrier offers other than applied for."""
    return _answered(person, case, Act.REFUSE_OFFER, answer, version, moment(at))


def _answered(  # noqa: PLR0917 - who, what, how, when
    person: Doer, case: Case, act: Act, answer: Answer | None, version: int | None, at: datetime
) -> Case:
    """Record the client's answer, with what they said as a note for the agency."""
    told: dict[str, Any] = {}
    if answer is not None:
        on = answer.on or timezone.localtime(at).date()
        not_in_future("on", on, at)
        channel = answer.channel.value if answer.channel else ""
        told = {"by": answer.by[:200], "channel": channel, "on": on.isoformat()}
    with transaction.atomic():
        changes = {"offer_answered_at": at}
        held = carry_out(person, case, act, version=version, changes=changes, told=told, at=at)
        if answer is not None and answer.words.strip():
            write_note(held, person, answer.words.strip(), at)
    return held
