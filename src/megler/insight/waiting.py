"""What waits for the agency's hand, read from cases, requirements and tasks.

One query a kind, each bounded: its cost depends on what is open and shown, not on how many cases
there ever were. Encrypted columns are never read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Q
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
from megler.vocabulary.codes import RequirementKind
from megler.work.models import Task

READ_MAX = 100
EXPIRES_WITHIN_DAYS = 14

Row = Mapping[str, Any]


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


_ABOUT = (
    "pk", "number", "client__name", "product__name", "agent__name", "holder", "holder_since",
    "status_since", "next_step", "face_amount_applied", "face_amount_approved",
)  # fmt: skip
_ABOUT_OF_REQUIREMENT = (
    "kind", "state", "holder", "since", "follow_up_on", "expires_on",
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


def things_waiting(person: User, today: date) -> dict[Kind, list[Item]]:
    """What waits, by kind; at most `READ_MAX` of each, those that are due longest."""
    cases = Case.objects.visible_to(person)
    requirements = Requirement.objects.visible_to(person).filter(case__status__in=OPEN)
    return {
        Kind.ANSWER: _answers(cases),
        Kind.EXPIRING: _expiring(requirements, today),
        Kind.REVIEW: _arrived(requirements),
        Kind.GOOD_ORDER: _steps(
            cases, Kind.GOOD_ORDER, [NextStep.REVIEW, NextStep.CONFIRM_GOOD_ORDER]
        ),
        Kind.FINISH: _steps(cases, Kind.FINISH, [NextStep.SEND, NextStep.PLACE, NextStep.CLOSE]),
        Kind.FOLLOW_UP: _follow_ups(requirements, today),
        Kind.TASK: _tasks(person),
        Kind.STALE: _silent(cases, today),
        Kind.REMIND: _to_remind(cases, today),
    }


def _item(row: Row, kind: Kind, what: str, since: date, at: str = "", **more: Any) -> Item:
    """An item about the case in `row`, whose columns begin with `at`."""
    holder = more.pop("holder", None) or row[f"{at}holder"]
    waiting = Waiting(
        kind=kind,
        key=f"{kind}:{row[f'{at}pk']}",
        since=since,
        ours=holder == Holder.AGENCY,
        amount=_amount(row, at),
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
    )


def _amount(row: Row, at: str) -> Decimal | None:
    approved: Decimal | None = row[f"{at}face_amount_approved"]
    applied: Decimal | None = row[f"{at}face_amount_applied"]
    return approved if approved is not None else applied


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _before(today: date, days: int) -> datetime:
    """The end of the day `days` before `today`, in local time."""
    start = datetime.combine(today - timedelta(days=days - 1), datetime.min.time())
    return timezone.make_aware(start)


def _steps(cases: Any, kind: Kind, steps: list[NextStep]) -> list[Item]:
    """Cases whose next step is the agency's own."""
    found = cases.filter(holder=Holder.AGENCY, next_step__in=steps, status__in=OPEN)
    rows = found.order_by("holder_since", "id").values(*_ABOUT)[:READ_MAX]
    return [_item(r, kind, str(STEPS[r["next_step"]]), _day(r["holder_since"])) for r in rows]


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
        next_step__in=steps, status__in=OPEN,
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
    return _by_case(
        found.values(*_ABOUT_OF_REQUIREMENT)[:READ_MAX],
        lambda row, kinds: _item(
            row, Kind.REVIEW, _("Review and send: %(what)s") % {"what": kinds},
            _day(row["since"]), "case__", holder=row["holder"],
        ),
    )  # fmt: skip


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


def _tasks(person: User) -> list[Item]:
    """Open tasks of this person and their role."""
    waiting = Task.objects.visible_to(person).waiting_for(person).annotate(of=F("person__name"))
    return [
        Item(
            waiting=Waiting(Kind.TASK, f"task:{task.pk}", _day(task.created_at), task.due_on),
            what=task.text,
            who=task.of or str(task.get_role_display()),  # type: ignore[attr-defined]
            about=(_("by %(name)s") % {"name": task.created_by},),
            url=task.url or reverse("tasks"),
        )
        for task in waiting.order_by("due_on", "created_at", "id")[:READ_MAX]
    ]
