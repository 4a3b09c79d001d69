"""What the journal tells of a case, as sentences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases import names
from megler.cases.models import Case
from megler.journal.models import Entry
from megler.journal.words import timeline_words, verb_words
from megler.work.models import in_words

PART_SIZE = 15

TIMELINE: dict[str, "str | Promise"] = {
    "case.opened": _("opened the case"),
    "case.review_started": _("started the review"),
    "case.in_good_order": _("found the application in good order"),
    "case.returned": _("returned the application to the agent"),
    "case.resubmitted": _("answered and submitted the application again"),
    "case.sent_to_carrier": _("sent the application to the carrier"),
    "case.received_by_carrier": _("recorded that the carrier has received the application"),
    "case.in_underwriting": _("recorded that the carrier is underwriting"),
    "case.decided": _("recorded the decision: %(decision)s"),
    "case.offer_accepted": _("recorded that the counter-offer was accepted"),
    "case.offer_refused": _("recorded that the counter-offer was refused"),
    "case.issued": _("recorded the issue of policy %(policy_number)s"),
    "case.delivered": _("recorded that the policy was delivered on %(on)s"),
    "case.first_premium": _("recorded the first premium of %(on)s"),
    "case.in_force": _("put the policy in force"),
    "case.closed": _("closed the case: %(closing)s"),
    "case.reopened": _("reopened the case"),
    "case.carrier_said": _("told something new about the case"),
    "case.policy_numbered": _("gave it the policy number %(policy_number)s"),
    "case.terms_changed": _("changed what is approved"),
    "case.set_back": _("undid a change that came from the carrier"),
    "case.linked": _("linked it with %(other)s"),
    "case.unlinked": _("noted that it does not belong to %(other)s"),
    "case.changed": _("changed: %(change)s"),
    "case.change_told": _("told the carrier of the change: %(change)s"),
    "case.split": _("settled how the agents share the case: %(split)s"),
    "case.insured_added": _("added another insured: %(name)s"),
    "case.alert_raised": _("raised an alert"),
    "case.alert_ended": _("ended an alert"),
    "case.policy_received": _("recorded policy %(policy_number)s as it came from the carrier"),
    "case.difference_accepted": _("accepted a difference in the policy: %(part)s"),
    "case.difference_returned": _("sent the policy back to be corrected: %(part)s"),
    "case.policy_sent": _("sent the policy to %(name)s"),
    "case.policy_opened": _("opened the policy"),
    "case.policy_receipt": _("signed for the policy"),
    "case.reinstatement_asked": _("recorded that reinstatement was asked for"),
    "case.reinstated": _("recorded that the policy is in force again"),
    "requirement.added": _("added a requirement: %(kind)s"),
    "requirement.set_added": _("added the requirements of %(name)s"),
    "requirement.ordered": _("ordered: %(kind)s"),
    "requirement.scheduled": _("recorded an appointment: %(kind)s"),
    "requirement.received": _("recorded the arrival: %(kind)s"),
    "requirement.sent_to_carrier": _("sent to the carrier: %(kind)s"),
    "requirement.accepted": _("recorded as accepted: %(kind)s"),
    "requirement.rejected": _("rejected: %(kind)s"),
    "requirement.waived": _("waived: %(kind)s"),
    "requirement.cancelled": _("cancelled: %(kind)s"),
    "requirement.expired": _("found too old: %(kind)s"),
    "requirement.given_back": _("taken back from its vendor: %(kind)s"),
    "requirement.papers_added": _("added papers: %(kind)s"),
    "requirement.asked": _("asked %(whom)s: %(kind)s"),
    "requirement.followed_up": _("put up a follow-up: %(kind)s"),
    "question.asked": _("asked a question"),
    "question.answered": _("answered a question"),
    "change.asked": _("asked for a change"),
    "change.done": _("made the change that was asked for"),
    "change.refused": _("did not make the change that was asked for"),
    "change.withdrawn": _("withdrew the change that was asked for"),
    "client_link.made": _("let the client follow the case"),
    "client_link.closed": _("closed the client's link"),
    "note.added": _("wrote a note"),
    "document.added": _("added the document %(name)s"),
    "document.changed": _("changed the pages of %(name)s"),
    "hold.placed": _("placed a legal hold: nothing of it is destroyed"),
    "hold.lifted": _("lifted a legal hold"),
    "task.added": _("put up a task: %(title)s"),
    "task.finished": _("finished a task: %(title)s"),
    "task.reassigned": _("handed on a task: %(title)s"),
    "task.due_changed": _("set another day for a task: %(title)s"),
    "task.snoozed": _("put off a task: %(title)s"),
    "task.woken": _("took up again a task: %(title)s"),
}
"""What each verb says after the name of who did it."""

ICONS = {
    "case": "folders",
    "requirement": "checklist",
    "note": "note",
    "document": "file-text",
    "task": "checkbox",
    "order": "box",
    "work": "user",
}
_WORDS = {
    "kind": names.KIND,
    "decision": names.DECISION,
    "closing": names.CLOSING,
    "channel": names.CHANNEL,
    "change": names.CHANGE,
    "part": names.POLICY_PART,
}


@dataclass(frozen=True)
class Line:
    """One line of the timeline."""

    at: datetime
    who: str
    sentence: str
    icon: str
    is_case: bool


@dataclass(frozen=True)
class Part:
    """Lines, newest first, and where older ones begin (None: there are none)."""

    lines: list[Line]
    older: int | None


def params(data: dict[str, Any]) -> dict[str, str]:
    """What a sentence is filled with: codes as people call them, days as they write them."""
    filled = {}
    for key, value in data.items():
        if key == "told" and isinstance(value, dict):
            filled["title"] = in_words("", value)
        if not isinstance(value, str) or key in filled:
            continue
        filled[key] = str(_WORDS.get(key, {}).get(value, value))
        if key in {"on", "due_on", "signed_on"} and value:
            filled[key] = date_format(datetime.fromisoformat(value).date(), "SHORT_DATE_FORMAT")
    return filled


def line_of(entry: Entry) -> Line:
    """One entry as a line; later rooms bring sentences for their verbs."""
    own = TIMELINE.get(entry.verb)
    text = str(own) if own else timeline_words(entry.verb) or verb_words(entry.verb)
    noun = entry.verb.partition(".")[0]
    said = text % Filled(params(entry.data))
    return Line(entry.at, entry.actor_name, said, ICONS.get(noun, "point"), noun == "case")


class Filled(dict[str, str]):
    """What fills a sentence; what an older entry does not tell is left out."""

    def __missing__(self, _key: str) -> str:
        return ""


def told_entries(case: Case, person: User) -> "QuerySet[Entry]":
    """The journal's entries of a case that this person may read."""
    found = Entry.objects.filter(subject_type="case", subject_id=str(case.pk))
    if not person.is_staff_member:
        found = found.exclude(data__contains={"staff_only": True})
        found = found.exclude(verb__startswith="task.")
    if person.role == Role.CARRIER:
        found = found.filter(Q(verb__startswith="case.") | Q(verb__startswith="requirement."))
    return found


def timeline(case: Case, person: User, before: int | None = None) -> Part:
    """The journal of a case as this person may read it, newest first.

    Agents are not told of notes and documents that are for the agency alone, nor of its tasks; a
    carrier is told of the case and its requirements.
    """
    found = told_entries(case, person)
    if before is not None:
        found = found.filter(pk__lt=before)
    entries = list(found.order_by("-pk")[: PART_SIZE + 1])
    shown = entries[:PART_SIZE]
    older = shown[-1].pk if len(entries) > PART_SIZE else None
    return Part([line_of(entry) for entry in shown], older)
