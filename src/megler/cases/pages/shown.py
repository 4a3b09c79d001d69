"""What the case page shows: one view of a case for whoever looks, in a fixed number of queries."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from megler.accounts.models import User
from megler.accounts.rules.roles import Can, Role
from megler.cases import names
from megler.cases.actions.duties import tasks_about
from megler.cases.actions.holding import facts_of
from megler.cases.forms import DocumentsForm, NoteForm, RequirementForm, TaskForm
from megler.cases.models import Case, CaseDocument, CaseParty, Note, Requirement
from megler.cases.pages.around import around
from megler.cases.pages.deeds import offered
from megler.cases.pages.held import held_shown
from megler.cases.pages.offering import Offered
from megler.cases.pages.requirement_deeds import offered_for
from megler.cases.rules.kinds import Wanter
from megler.cases.rules.parties import PartyRole
from megler.cases.rules.requirements import IN, SETTLED
from megler.cases.rules.words import Holder, Status
from megler.cases.timeline import timeline
from megler.quoting.models import Quote
from megler.work.models import Task

STAGES: list[tuple[Status, "str | Promise", str]] = [
    (Status.SUBMITTED, gettext_lazy("Submitted"), "opened_at"),
    (Status.AGENCY_REVIEW, gettext_lazy("Good order"), "good_order_at"),
    (Status.SENT_TO_CARRIER, gettext_lazy("Sent"), "sent_at"),
    (Status.IN_UNDERWRITING, gettext_lazy("Underwriting"), ""),
    (Status.DECIDED, gettext_lazy("Decision"), "decided_at"),
    (Status.ISSUED, gettext_lazy("Issued"), "issued_at"),
    (Status.DELIVERED, gettext_lazy("Delivered"), "delivered_on"),
    (Status.IN_FORCE, gettext_lazy("In force"), "in_force_on"),
]
"""The picture of the way: each stage with the field that says when it was reached."""

_STAGE_OF = {
    Status.RETURNED: Status.AGENCY_REVIEW,
    Status.RECEIVED_BY_CARRIER: Status.IN_UNDERWRITING,
}


@dataclass(frozen=True)
class Stage:
    """One stage of the picture: done, now, stopped, or still to come ("")."""

    label: "str | Promise"
    state: str
    on: date | datetime | None


def stages(case: Case) -> list[Stage]:
    """The way of the case as a picture; a closed one stopped where it was."""
    status = Status(case.status)
    is_closed = status is Status.CLOSED
    at = Status(case.closed_from) if is_closed and case.closed_from else status
    order = [stage for stage, _label, _field in STAGES]
    here = order.index(_STAGE_OF.get(at, at))
    found = []
    for place, (_status, label, field) in enumerate(STAGES):
        state = "done" if place < here else "now" if place == here else ""
        if place == here and (is_closed or status is Status.RETURNED):
            state = "stopped"
        if status is Status.IN_FORCE:
            state = "done"
        found.append(Stage(label, state, getattr(case, field) if field and state else None))
    return found


@dataclass(frozen=True)
class Row:
    """A requirement as a row: what may be done with it, and how urgent it is."""

    requirement: Requirement
    can: Offered
    documents: list[CaseDocument]
    why: str
    source: str
    on_file: str
    tone: str
    icon: str
    is_settled: bool
    is_late: bool
    wanted: str


def rows(
    case: Case,
    person: User,
    found: list[Requirement],
    papers: list[CaseDocument],
    acts: bool = True,
) -> list[Row]:
    """Requirements as rows: open ones first, the earliest follow-up at the top.

    Whoever only looks (`acts` is false) is offered nothing to do with them.
    """
    seen = {paper.pk: paper for paper in papers}
    today = timezone.localdate()
    made = [
        Row(
            requirement=r,
            can=offered_for(person, r) if acts and _goes_on(case, r) else Offered(),
            documents=[seen[paper.pk] for paper in r.documents.all() if paper.pk in seen],
            why=why(r.raised_by),
            source=source(r.raised_by),
            on_file=on_file(r.raised_by),
            tone=names.STATE_TONES[r.state],  # type: ignore[index]
            icon=names.STATE_ICONS[r.state],  # type: ignore[index]
            is_settled=r.state in SETTLED,
            is_late=r.follow_up_on is not None and r.follow_up_on < today and _goes_on(case, r),
            wanted="" if r.wanted_by == Wanter.CARRIER else str(r.get_wanted_by_display()),
        )
        for r in found
    ]
    last = date.max
    return sorted(
        made, key=lambda row: (row.is_settled, row.requirement.follow_up_on or last, row.why)
    )


def _goes_on(case: Case, requirement: Requirement) -> bool:
    """Whether something still happens with a requirement: what an owner asks goes on in force."""
    return case.is_open or (requirement.is_owner_service and case.status == Status.IN_FORCE)


def why(raised_by: dict[str, Any]) -> str:
    """Why a requirement is here, in a sentence."""
    by = raised_by.get("by")
    if by == "guide":
        if raised_by.get("code") != "age_and_amount":
            return _("by the guide, for what is known of the client")
        text = _("by the guide: age %(ages)s, amount %(amounts)s")
        return text % _span(raised_by.get("params", {}))
    told = {
        "name": raised_by.get("name", ""),
        "what": names.CHANGE.get(raised_by.get("change", ""), ""),
    }
    key = str(raised_by.get("code", "") if by == "rule" else by)
    return str(_WHY.get(key, gettext_lazy("called for when the policy was issued"))) % told


_WHY = {
    "hand": gettext_lazy("asked for by %(name)s"),
    "set": gettext_lazy("of the set %(name)s"),
    "change": gettext_lazy("since a change: %(what)s"),
    "reinstatement": gettext_lazy("called for by the reinstatement"),
}


def on_file(raised_by: dict[str, Any]) -> str:
    """What was on file when it was raised that may serve for it; empty when nothing was."""
    held = raised_by.get("on_file")
    if not held:
        return ""
    told = {
        "what": names.KIND[held["kind"]],
        "on": date_format(date.fromisoformat(held["on"]), "SHORT_DATE_FORMAT"),
    }
    if not held["until"]:
        return _("On file: %(what)s of %(on)s may serve.") % told
    until = date_format(date.fromisoformat(held["until"]), "SHORT_DATE_FORMAT")
    return _("On file: %(what)s of %(on)s may serve until %(until)s.") % {**told, "until": until}


def source(raised_by: dict[str, Any]) -> str:
    """Where the rule stands that raised a requirement: its edition and page; empty by hand."""
    edition, page = raised_by.get("edition", ""), raised_by.get("page")
    return f"{edition}, " + _("page %(page)s") % {"page": page} if page else edition


def _span(params: dict[str, str]) -> dict[str, str]:
    def span(low: str, high: str) -> str:
        return f"{low}–{high}" if high else _("%(low)s and over") % {"low": low}

    def amount(figure: str) -> str:
        return number_format(int(float(figure)), force_grouping=True) if figure else ""

    return {
        "ages": span(params.get("age_from", ""), params.get("age_to", "")),
        "amounts": span(amount(params.get("amount_from", "")), amount(params.get("amount_to", ""))),
    }


def holder_shown(holder: str, person: User) -> str:
    """Who has it, as this person says it: an agent who has it is "you"."""
    if not holder:
        return _("Nobody: it is finished")
    if holder == Holder.AGENT and person.is_seller:
        return _("You")
    if holder == Holder.CARRIER and person.role == Role.CARRIER:
        return _("You")
    return str(names.HOLDER[holder])


def next_step_shown(case: Case, person: User) -> str:
    """What happens next, addressed to the agent when it is theirs to do."""
    if person.is_seller and case.next_step in names.YOUR_STEP:
        return str(names.YOUR_STEP[case.next_step])
    return str(names.NEXT_STEP[case.next_step])


@dataclass(frozen=True)
class Fact:
    """A part of what was applied for, and what the carrier offers instead (None: the same)."""

    label: str
    applied: Any
    approved: Any
    kind: str = "text"

    @property
    def differs(self) -> bool:
        return self.approved not in {None, ""} and self.approved != self.applied


def facts_shown(case: Case) -> list[Fact]:
    """The product as applied for, beside it as approved."""
    premium = _("Premium")
    if case.mode_applied:
        premium = _("Premium, %(mode)s") % {"mode": names.MODE[case.mode_applied]}
    return [
        Fact(_("Class"), case.class_applied, case.class_approved),
        Fact(_("Amount"), case.face_amount_applied, case.face_amount_approved, "money"),
        Fact(premium, case.premium_applied, case.premium_approved, "cents"),
        Fact(_("Term"), _years(case.term_years_applied), _years(case.term_years_approved)),
    ]


def _years(years: int | None) -> str:
    return _("%(n)d years") % {"n": years} if years else ""


def _quoted_facts(case: Case, person: User) -> str:
    """The facts of the quote that led to the case, as JSON, for those who see that quote."""
    quote = case.application.quote_id
    if quote is None or not person.may(Can.QUOTE):
        return ""
    seen = Quote.objects.visible_to(person).defer("answer").filter(pk=quote).first()
    return "" if seen is None else json.dumps(seen.facts)


def case_context(case: Case, person: User, **more: Any) -> dict[str, Any]:
    """Everything that `_case.html` shows this person; `more` overrides, as a form with errors."""
    asked = case.requirements.select_related("party__client").prefetch_related("documents")
    requirements = list(asked)
    papers = list(
        CaseDocument.objects.listed_for(person)
        .filter(case=case)
        .select_related("document")
        .order_by("-added_at", "pk")
    )
    acts = not person.is_seller or Case.objects.acted_on_by(person).filter(pk=case.pk).exists()
    made = rows(case, person, requirements, papers, acts)
    notes = Note.objects.visible_to(person).filter(case=case).select_related("written_by")
    works, adds = person.may(Can.WORK_CASES), acts and person.may(Can.ADD_TO_CASE)
    tasks: list[Task] = list(tasks_about(case).select_related("person")) if works else []
    context = {
        "case": case,
        "can": offered(person, facts_of(case, requirements)) if acts else Offered(),
        "stages": stages(case),
        "tone": names.TONES.get(Status(case.status), "quiet"),
        "holder": holder_shown(case.holder, person),
        "holder_icon": names.HOLDER_ICONS.get(case.holder, "circle-check"),  # type: ignore[call-overload]
        "next_step": next_step_shown(case, person),
        "rows": [row for row in made if not row.is_settled],
        "settled": [row for row in made if row.is_settled],
        "waiting": sum(r.state not in IN for r in requirements) if case.is_open else 0,
        "papers": papers,
        "notes": list(notes.filter(has_own_place=False).order_by("-written_at", "-pk")[:50]),
        "tasks": tasks,
        "timeline": timeline(case, person),
        **held_shown(case),
        "facts": facts_shown(case),
        "parties": [one for one in CaseParty.objects.of(case) if one.role != PartyRole.INSURED],
        "quoted_facts": _quoted_facts(case, person),
        "today": timezone.localdate(),
        "mark": f" ({case.reference})",
        "works": works,
        "adds": adds,
        "is_carrier": person.role == Role.CARRIER,
        "note_form": NoteForm(auto_id="note_%s"),
        "documents_form": DocumentsForm(auto_id="documents_%s"),
        "task_form": TaskForm(auto_id="task_%s", initial={"due_on": timezone.localdate()}),
        "requirement_form": RequirementForm(auto_id="requirement_%s", case=case if works else None),
        **around(case, person, works),
    }
    return context | more
