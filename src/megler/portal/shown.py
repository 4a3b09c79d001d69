"""What the portal shows of a case: in plain words for its agent's side, for staff, and for its client."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.models import Case, CaseNoticeChoice, Requirement
from megler.cases.names import HOLDER, HOLDER_ICONS, KIND, NEXT_STEP, STATE, YOUR_STEP
from megler.cases.rules.requirements import State
from megler.cases.rules.words import Decision, Holder, Outcome, Status
from megler.portal import names
from megler.portal.actions import letting
from megler.portal.forms import BecauseForm, ClientLinkForm, WordsForm
from megler.portal.models import ChangeRequest, ClientLink, Question
from megler.portal.rules import client as client_rules
from megler.portal.rules.plain import Missing, Needed, Plain, plainly
from megler.portal.rules.wanted import Wanted, shown
from megler.ui.templatetags.ui import money
from megler.underwriting.models import UsualDays
from megler.vocabulary.codes import RequirementKind

LISTED_MAX = 10
ROWS_MAX = 200


@dataclass(frozen=True)
class MissingLine:
    """One missing thing as the agent reads it; `requirement` where they can bring it."""

    what: str
    state: str
    since: date
    expected_on: date | None
    late: bool
    requirement: Requirement | None = None


@dataclass(frozen=True)
class From:
    """What is missing from one holder."""

    whom: str
    icon: str
    lines: list[MissingLine]


@dataclass(frozen=True)
class InWords:
    """A case in plain words."""

    status: str
    decision: str
    next_step: str
    holder: str
    holder_icon: str
    expected_on: date | None
    missing: list[From]


def needed_of(one: Requirement) -> Needed:
    """A requirement as the rule sees it, its days in the agency's time."""
    return Needed(
        RequirementKind(one.kind),
        State(one.state),
        Holder(one.holder) if one.holder else None,
        timezone.localtime(one.since).date(),
        timezone.localtime(one.scheduled_for).date() if one.scheduled_for else None,
        one.follow_up_on,
    )


def _usual(case: Case) -> dict[RequirementKind, int]:
    rows = UsualDays.objects.filter(carrier=case.carrier_id).values_list("kind", "days")
    return {RequirementKind(kind): days for kind, days in rows}


def in_words(case: Case, person: User) -> InWords:
    """The case as its agent's side reads it."""
    found = list(case.requirements.unsettled()[:ROWS_MAX]) if case.is_open else []
    plain = plainly([needed_of(one) for one in found], _usual(case), timezone.localdate())
    about = {"carrier": case.carrier.name}
    holder = str(HOLDER.get(case.holder, _("Nobody: it is finished")))
    if case.holder == Holder.AGENT and person.is_seller:
        holder = _("You")
    step = YOUR_STEP.get(case.next_step) if person.is_seller else None
    return InWords(
        status=str(names.STATUS.get(case.status, "")) % about,
        decision=str(names.DECISION.get(case.decision, "")) % about,
        next_step=str(step or NEXT_STEP[case.next_step]),
        holder=holder,
        holder_icon=HOLDER_ICONS.get(case.holder, "circle-check"),  # type: ignore[call-overload]
        expected_on=plain.expected_on,
        missing=_missing(plain, found, about),
    )


def _missing(plain: Plain, found: list[Requirement], about: dict[str, str]) -> list[From]:
    by_key = {(one.kind, one.state, timezone.localtime(one.since).date()): one for one in found}
    return [
        From(
            str(names.FROM[holder]) % about,
            HOLDER_ICONS[holder],
            [_line(one, by_key.get((one.kind, one.state, one.since))) for one in mine],
        )
        for holder in Holder
        if (mine := plain.of(holder))
    ]


def _line(one: Missing, requirement: Requirement | None) -> MissingLine:
    can_bring = one.holder in {Holder.AGENT, Holder.CLIENT}
    return MissingLine(
        str(KIND[one.kind]),
        str(STATE[one.state]),
        one.since,
        one.expected_on,
        one.late,
        requirement if can_bring else None,
    )


@dataclass(frozen=True)
class RequestLine:
    """A change request as people read it."""

    request: ChangeRequest
    label: str
    values: list[str]
    tone: str
    by_hand: bool


def _requests(found: Iterable[ChangeRequest]) -> list[RequestLine]:
    return [
        RequestLine(
            one,
            str(names.WANTED[one.kind]),
            [
                str(money(Decimal(text), one.case.currency)) if key == "face_amount" else text
                for key, text in shown(Wanted(one.kind), one.to, _("contingent"))
            ],
            names.REQUEST_TONES[one.state],
            one.kind == Wanted.OTHER,
        )
        for one in found
    ]


def panel(case: Case, person: User) -> dict[str, Any]:
    """Everything that the portal's part of the case page shows this person."""
    questions = Question.objects.visible_to(person).filter(case=case)
    requests = ChangeRequest.objects.visible_to(person).filter(case=case)
    acts = person.may(Can.ADD_TO_CASE) and (
        person.is_staff_member or Case.objects.acted_on_by(person).filter(pk=case.pk).exists()
    )
    link = ClientLink.objects.open_at(timezone.now()).filter(case=case).first()
    chosen = CaseNoticeChoice.objects.filter(case=case, person=person).first()
    related = ("note__written_by", "answer", "asked_by", "answered_by")
    language = person.language or "en"
    return {
        "case": case,
        "is_mine": person.is_seller,
        "acts": acts,
        "works": person.may(Can.WORK_CASES),
        "words": in_words(case, person) if person.is_seller else None,
        "questions": list(questions.select_related(*related).order_by("-asked_at")[:LISTED_MAX]),
        "requests": _requests(
            requests.select_related("asked_by", "settled_by", "case").order_by("-asked_at")[
                :LISTED_MAX
            ]
        ),
        "link": link,
        "address": letting.address_of(link) if link and acts else "",
        "hows": list(names.HOW.items()),
        "how": chosen.how if chosen else "",
        "ask_form": WordsForm(auto_id="ask_%s"),
        "because_form": BecauseForm(auto_id="because_%s"),
        "link_form": ClientLinkForm(auto_id="link_%s", initial={"language": language}),
    }


@dataclass(frozen=True)
class Step:
    """One step of the client's way: done, now, or still to come ("")."""

    label: str
    state: str


def for_client(link: ClientLink) -> dict[str, Any]:
    """What a client reads of the case: nothing of health, nothing the insurer thinks."""
    case = link.case
    status = Status(case.status)
    standing = client_rules.standing_of(
        status,
        Decision(case.decision) if case.decision else None,
        Outcome(case.outcome) if case.outcome else None,
    )
    asked = [
        client_rules.Asked(
            RequirementKind(one.kind),
            State(one.state),
            Holder(one.holder) if one.holder else None,
            timezone.localtime(one.scheduled_for).date() if one.scheduled_for else None,
        )
        for one in case.requirements.unsettled()[:ROWS_MAX]
    ]
    here = list(client_rules.Way).index(client_rules.way_of(status))
    is_done = status is Status.IN_FORCE
    return {
        "case": case,
        "agent": case.agent,
        "said": names.STANDING[standing],
        "is_ended": standing is client_rules.Standing.ENDED,
        "since": case.status_since,
        "to_do": [
            {"text": names.TASK[one.task], "icon": names.TASK_ICONS[one.task], "on": one.on}
            for one in (client_rules.to_do(asked) if case.is_open else ())
        ],
        "steps": [
            Step(
                str(names.WAY[way]),
                "done" if place < here or is_done else "now" if place == here else "",
            )
            for place, way in enumerate(client_rules.Way)
        ],
        "expires_at": link.expires_at,
    }
