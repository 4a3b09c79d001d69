"""What waits for the agency's hand, read from cases, requirements and tasks.

One query a kind, each bounded: its cost depends on what is open and shown, not on how many cases
there ever were. Encrypted columns are never read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from megler.accounts.models import User
from megler.cases import names
from megler.cases.models import Case, Requirement
from megler.cases.rules.requirements import State
from megler.cases.rules.standing import NextStep
from megler.cases.rules.words import AT_CARRIER, Decision, Holder, Status
from megler.insight.rules.stages import OPEN
from megler.insight.rules.urgency import DAYS_ALLOWED, Kind, Waiting
from megler.routines.models import Clock
from megler.routines.rules.promises import Step
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode, RequirementKind
from megler.work.models import Assignment, Snooze, Task
from megler.work.names import Outcome

READ_MAX = 100
EXPIRES_WITHIN_DAYS = 14

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual act, done by one key: its name, and the form that does it."""

    label: str
    url: str
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits, as it is shown: what to do, about whom, with whom it is now."""

    waiting: Waiting
    what: str
    who: str
    about: tuple[str, ...]
    url: str
    agent: str = ""
    holder: str = ""
    case: UUID | None = None
    usual: "Usual | None" = None


_ABOUT = (
    "pk", "number", "client__name", "product__name", "agent__name", "holder", "holder_since",
    "status_since", "next_step", "version", "face_amount_applied", "face_amount_approved",
    "premium_applied", "premium_approved", "mode_applied", "mode_approved",
)  # fmt: skip
_ABOUT_OF_REQUIREMENT = (
    "pk", "kind", "state", "holder", "since", "follow_up_on", "expires_on",
    *(f"case__{name}" for name in _ABOUT),
)  # fmt: skip

STEPS: dict[str, Promise] = {
    NextStep.REVIEW: gettext_lazy("Check the application for good order"),
    NextStep.CONFIRM_GOOD_ORDER: gettext_lazy("Finish the check for good order"),
    NextStep.SEND: gettext_lazy("Send the application to the carrier"),
    NextStep.PLACE: gettext_lazy("Put the policy in force"),
    NextStep.CLOSE: gettext_lazy("Close the case"),
    NextStep.CORRECT: gettext_lazy("Remind the agent: the returned application"),
    NextStep.DELIVER: gettext_lazy("Remind the agent: the policy is to be delivered"),
    NextStep.BRING_DELIVERY_REQUIREMENTS: gettext_lazy("Remind the agent: the delivery papers"),
    NextStep.PAY_PREMIUM: gettext_lazy("Remind the agent: the first premium"),
}


def things_waiting(person: User, today: date, *, mine: bool = False) -> dict[Kind, list[Item]]:
    """What waits, by kind; at most `READ_MAX` of each, those that are due longest.

    `mine`: of cases only those that the person looks after or covers, once they look after any.
    What was put off until a later day is left out.
    """
    cases = Case.objects.visible_to(person)
    requirements = Requirement.objects.filter(is_live=True, case__status__in=OPEN)
    theirs = Assignment.objects.with_person("case", person, today)
    if mine and theirs.exists():
        cases = cases.filter(pk__in=theirs.values("subject_id"))
        requirements = requirements.filter(case__in=theirs.values("subject_id"))
    found = {
        Kind.ANSWER: _answers(cases),
        Kind.EXPIRING: _expiring(requirements, today),
        Kind.REVIEW: _arrived(requirements),
        Kind.GOOD_ORDER: _steps(
            cases, Kind.GOOD_ORDER, [NextStep.REVIEW, NextStep.CONFIRM_GOOD_ORDER]
        ),
        Kind.FINISH: _steps(cases, Kind.FINISH, [NextStep.SEND, NextStep.PLACE, NextStep.CLOSE]),
        Kind.FOLLOW_UP: _follow_ups(requirements, today),
        Kind.TASK: _tasks(person, today),
        Kind.STALE: _silent(cases, today),
        Kind.REMIND: _to_remind(cases, today),
    }
    return with_promises(awake(found, today))


def _item(row: Row, kind: Kind, what: str, since: date, at: str = "", **more: Any) -> Item:
    """An item about the case in `row`, whose columns begin with `at`."""
    holder = more.pop("holder", None) or row[f"{at}holder"]
    usual: Usual | None = more.pop("usual", None)
    waiting = Waiting(
        kind=kind,
        key=f"{kind}:{row[f'{at}pk']}",
        since=since,
        ours=holder == Holder.AGENCY,
        amount=_amount(row, at),
        premium=_premium(row, at),
        **more,
    )
    return Item(
        waiting=waiting,
        what=what,
        who=row[f"{at}client__name"],
        about=(row[f"{at}product__name"], f"C-{row[f'{at}number']}"),
        url=reverse("case", args=[row[f"{at}pk"]]),
        agent=row[f"{at}agent__name"],
        holder=str(names.HOLDER.get(holder, "")),
        case=row[f"{at}pk"],
        usual=usual,
    )


def _amount(row: Row, at: str) -> Decimal | None:
    approved: Decimal | None = row[f"{at}face_amount_approved"]
    applied: Decimal | None = row[f"{at}face_amount_applied"]
    return approved if approved is not None else applied


def _premium(row: Row, at: str) -> Decimal | None:
    """A year's premium, as approved where the carrier has said so."""
    approved: Decimal | None = row[f"{at}premium_approved"]
    paid: Decimal | None = approved if approved is not None else row[f"{at}premium_applied"]
    mode = row[f"{at}mode_approved"] or row[f"{at}mode_applied"]
    return paid * PAYMENTS_A_YEAR[Mode(mode)] if paid is not None and mode else None


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _before(today: date, days: int) -> datetime:
    """The end of the day `days` before `today`, in local time."""
    start = datetime.combine(today - timedelta(days=days - 1), datetime.min.time())
    return timezone.make_aware(start)


def _steps(cases: Any, kind: Kind, steps: list[NextStep]) -> list[Item]:
    """Cases whose next step is the agency's own."""
    found = cases.filter(holder=Holder.AGENCY, next_step__in=steps)
    rows = found.order_by("holder_since", "id").values(*_ABOUT)[:READ_MAX]
    return [
        _item(r, kind, str(STEPS[r["next_step"]]), _day(r["holder_since"]), usual=_one_click(r))
        for r in rows
    ]


def _one_click(row: Row) -> Usual | None:
    """Sending an application that is in good order on; the rest wants the case to be seen first."""
    if row["next_step"] != NextStep.SEND:
        return None
    url = reverse("case_act", args=[row["pk"], "send_to_carrier"])
    return Usual(_("Send to the carrier"), url, (("version", str(row["version"])),))


def _to_remind(cases: Any, today: date) -> list[Item]:
    """Cases in which the agent or the client has not moved for a week."""
    steps = [
        NextStep.CORRECT,
        NextStep.DELIVER,
        NextStep.BRING_DELIVERY_REQUIREMENTS,
        NextStep.PAY_PREMIUM,
    ]
    long_ago = _before(today, DAYS_ALLOWED[Kind.REMIND])
    found = cases.filter(
        holder__in=[Holder.AGENT, Holder.CLIENT], holder_since__lt=long_ago,
        next_step__in=steps,
    )  # fmt: skip
    rows = found.order_by("holder_since", "id").values(*_ABOUT)[:READ_MAX]
    return [
        _item(r, Kind.REMIND, str(STEPS[r["next_step"]]), _day(r["holder_since"])) for r in rows
    ]


def _answers(cases: Any) -> list[Item]:
    """Counter-offers to which the client has not answered."""
    found = cases.filter(status=Status.DECIDED, decision=Decision.COUNTER_OFFER)
    rows = found.order_by("status_since", "id").values(*_ABOUT)[:READ_MAX]
    what = _("Get an answer to the counter-offer")
    return [_item(r, Kind.ANSWER, what, _day(r["status_since"])) for r in rows]


def _silent(cases: Any, today: date) -> list[Item]:
    """Cases at the carrier of which it has said nothing for two weeks."""
    heard = Coalesce("carrier_said_at", "sent_at", "status_since")
    found = cases.filter(status__in=AT_CARRIER).annotate(heard=heard)
    long_ago = _before(today, DAYS_ALLOWED[Kind.STALE])
    rows = found.filter(heard__lt=long_ago).order_by("heard", "id")
    shown = []
    for row in rows.values("heard", "carrier__name", *_ABOUT)[:READ_MAX]:
        what = _("Ask %(carrier)s for news") % {"carrier": row["carrier__name"]}
        item = _item(row, Kind.STALE, what, _day(row["heard"]))
        shown.append(replace(item, holder=_("silent for")))
    return shown


def _arrived(requirements: Any) -> list[Item]:
    """Requirements that came in and have not been sent on."""
    found = requirements.filter(state=State.RECEIVED).order_by("since", "id")
    items = _by_case(
        found.values(*_ABOUT_OF_REQUIREMENT)[:READ_MAX],
        lambda row, kinds: _item(
            row, Kind.REVIEW, _("Review and send: %(what)s") % {"what": kinds},
            _day(row["since"]), "case__", holder=row["holder"], usual=_send_on(row),
        ),
    )  # fmt: skip
    return [replace(item, usual=None) if "," in item.what else item for item in items]


def _send_on(row: Row) -> Usual:
    """Sending what came in to the carrier, when it is one thing."""
    url = reverse("requirement_act", args=[row["case__pk"], row["pk"], "send"])
    return Usual(_("Send to the carrier"), url, (("seen", row["state"]),))


def _expiring(requirements: Any, today: date) -> list[Item]:
    """Evidence that will be too old within two weeks, in cases not yet decided."""
    found = requirements.filter(
        state__in=[State.RECEIVED, State.SENT_TO_CARRIER],
        expires_on__lte=today + timedelta(days=EXPIRES_WITHIN_DAYS),
        case__decision="",
    ).order_by("expires_on", "id")
    return _by_case(
        found.values(*_ABOUT_OF_REQUIREMENT)[:READ_MAX],
        lambda row, kinds: _item(
            row, Kind.EXPIRING, _("Use it or renew it: %(what)s") % {"what": kinds},
            _day(row["since"]), "case__", due=row["expires_on"], holder=row["holder"],
        ),
    )  # fmt: skip


_FOLLOW_UPS = {
    State.NEEDED: gettext_lazy("Ask for: %(what)s"),
    State.ORDERED: gettext_lazy("Ask how far it is: %(what)s"),
    State.SCHEDULED: gettext_lazy("Ask whether it took place: %(what)s"),
    State.SENT_TO_CARRIER: gettext_lazy("Ask whether it is accepted: %(what)s"),
    State.REJECTED: gettext_lazy("Get anew what was rejected: %(what)s"),
    State.EXPIRED: gettext_lazy("Get anew what is too old: %(what)s"),
}


def _follow_ups(requirements: Any, today: date) -> list[Item]:
    """Requirements that somebody must ask about by today."""
    found = requirements.filter(
        Q(follow_up_on__lte=today), state__in=[state.value for state in _FOLLOW_UPS]
    ).order_by("follow_up_on", "id")

    def shown(row: Row, kinds: str) -> Item:
        to_order = row["state"] == State.NEEDED and row["holder"] == Holder.AGENCY
        text = _("Order: %(what)s") if to_order else str(_FOLLOW_UPS[State(row["state"])])
        return _item(
            row, Kind.FOLLOW_UP, text % {"what": kinds}, _day(row["since"]), "case__",
            due=row["follow_up_on"], holder=row["holder"],
        )  # fmt: skip

    return _by_case(found.values(*_ABOUT_OF_REQUIREMENT)[:READ_MAX], shown)


def _by_case(rows: Iterable[Row], shown: Callable[[Row, str], Item]) -> list[Item]:
    """One item for each case and state: the first row of it, with the kinds of all."""
    kinds: dict[tuple[Any, str], list[str]] = {}
    first: dict[tuple[Any, str], Row] = {}
    for row in rows:
        place = (row["case__pk"], row["state"])
        first.setdefault(place, row)
        kinds.setdefault(place, []).append(str(names.KIND[RequirementKind(row["kind"])]))
    items = []
    for place, row in first.items():
        item = shown(row, ", ".join(dict.fromkeys(kinds[place])))
        key = f"{item.waiting.key}:{row['state']}"
        items.append(replace(item, waiting=replace(item.waiting, key=key)))
    return items


def _tasks(person: User, today: date) -> list[Item]:
    """Open tasks of this person, their role, and whom they cover, that do not sleep."""
    found = Task.objects.visible_to(person).most_urgent(person, today, READ_MAX)
    return [
        Item(
            waiting=Waiting(
                Kind.TASK, f"task:{task.pk}", _day(task.created_at), task.due_on,
                pressing=task.pressing,
            ),
            what=task.text,
            who=task.person.name if task.person else str(task.get_role_display()),
            about=(_("by %(name)s") % {"name": task.created_by},),
            url=task.url or reverse("tasks"),
            usual=Usual(
                _("Done"), reverse("task_finish", args=[task.pk]),
                (("outcome", Outcome.DONE.value), ("next", reverse("today"))),
            ),
        )
        for task in found
    ]  # fmt: skip


def awake(found: dict[Kind, list[Item]], today: date) -> dict[Kind, list[Item]]:
    """Without what was put off."""
    keys = [item.waiting.key for items in found.values() for item in items]
    asleep = set(Snooze.objects.standing(today).filter(key__in=keys).values_list("key", flat=True))
    return {
        kind: [item for item in items if item.waiting.key not in asleep]
        for kind, items in found.items()
    }


STEPS_OF: dict[Kind, tuple[Step, ...]] = {
    Kind.GOOD_ORDER: (Step.REVIEW,),
    Kind.FINISH: (Step.SEND,),
    Kind.REVIEW: (Step.LOOK, Step.ANSWER),
    Kind.FOLLOW_UP: (Step.ORDER,),
    Kind.REMIND: (Step.FORWARD,),
}
"""Whose promises a thing of each kind keeps."""


def with_promises(found: dict[Kind, list[Item]]) -> dict[Kind, list[Item]]:
    """With how far the promises that each thing keeps are over, or at risk: one query for all."""
    now = timezone.now()
    cases = {item.case for kind in STEPS_OF for item in found[kind] if item.case}
    running = Clock.objects.filter(case__in=cases, ended_at=None, risk_at__lte=now)
    due: dict[tuple[UUID, str], datetime] = {}
    for case, step, due_at in running.order_by("-due_at").values_list("case_id", "step", "due_at"):
        if due_at is not None:
            due[case, step] = due_at
    return {
        kind: [_promised(item, due, STEPS_OF.get(kind, ()), now) for item in items]
        for kind, items in found.items()
    }


def _promised(
    item: Item, due: Mapping[tuple[UUID, str], datetime], steps: Iterable[Step], now: datetime
) -> Item:
    times = [due[item.case, step] for step in steps if item.case and (item.case, step) in due]
    if not times:
        return item
    over = (now - min(times)) // timedelta(hours=1)
    return replace(item, waiting=replace(item.waiting, over_hours=over))
