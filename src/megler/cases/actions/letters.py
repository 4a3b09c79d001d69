"""What the agent is told by e-mail at each change, in plain words, with the way to the case."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from megler.cases import names
from megler.cases.models import Case
from megler.cases.timeline import params
from megler.post.actions.messages import send

LETTERS: dict[str, "str | Promise"] = {
    "case.in_good_order": gettext_lazy("The application is in good order."),
    "case.returned": gettext_lazy(
        "The application needs something from you before it can go on. The case says what."
    ),
    "case.sent_to_carrier": gettext_lazy("The application was sent to %(carrier)s."),
    "case.received_by_carrier": gettext_lazy("%(carrier)s has received the application."),
    "case.in_underwriting": gettext_lazy("%(carrier)s is underwriting the application."),
    "case.decided": gettext_lazy("%(carrier)s has decided: %(decision)s."),
    "case.offer_accepted": gettext_lazy("The counter-offer was accepted."),
    "case.offer_refused": gettext_lazy("The counter-offer was refused."),
    "case.issued": gettext_lazy("%(carrier)s has issued policy %(policy_number)s."),
    "case.delivered": gettext_lazy("The policy was delivered."),
    "case.first_premium": gettext_lazy("The first premium has come in."),
    "case.in_force": gettext_lazy("Policy %(policy_number)s is in force."),
    "case.closed": gettext_lazy("The case was closed: %(closing)s."),
    "case.reopened": gettext_lazy("The case was opened again."),
    "requirement.added": gettext_lazy("A new requirement: %(kind)s."),
    "requirement.ordered": gettext_lazy("Ordered: %(kind)s."),
    "requirement.scheduled": gettext_lazy("An appointment is made: %(kind)s."),
    "requirement.received": gettext_lazy("Come in: %(kind)s."),
    "requirement.sent_to_carrier": gettext_lazy("Sent to %(carrier)s: %(kind)s."),
    "requirement.accepted": gettext_lazy("Accepted by %(carrier)s: %(kind)s."),
    "requirement.rejected": gettext_lazy("Rejected and needed again: %(kind)s."),
    "requirement.waived": gettext_lazy("No longer needed: %(kind)s."),
    "requirement.cancelled": gettext_lazy("Cancelled: %(kind)s."),
    "requirement.expired": gettext_lazy("Too old now and needed again: %(kind)s."),
    "note.added": gettext_lazy("A new note for you stands in the case."),
    "document.added": gettext_lazy("A new document is in the case: %(name)s."),
}
"""Verbs of the journal upon which the agent is written to, and what is written."""


def case_url(case: Case) -> str:
    """The case's page, as a link that works from anywhere."""
    return settings.PUBLIC_URL + reverse("case", args=[case.pk])


def tell_agent(
    case: Case, verb: str, done_by: UUID | None, told: dict[str, Any] | None, at: datetime
) -> None:
    """Write to the agent about a change that somebody else made."""
    text = LETTERS.get(verb)
    user = case.agent.user
    if text is None or (user is not None and user.pk == done_by):
        return
    language = (user.language if user else "") or settings.LANGUAGE_CODE
    with override(language):
        about = {"carrier": case.carrier.name, "policy_number": case.policy_number}
        said = str(text) % {**params(told or {}), **about}
        send(
            case.agent.email,
            f"{case.reference} {case.client.name}: {said.rstrip('.')}",
            _letter(case, said),
            case.subject,
            to_name=case.agent.name,
            language=language,
            at=at,
        )


def _letter(case: Case, said: str) -> str:
    told = {
        "name": case.agent.name,
        "said": said,
        "case": case.reference,
        "client": case.client.name,
        "product": case.product.name,
        "carrier": case.carrier.name,
        "status": str(names.STATUS[case.status]),
        "holder": str(names.HOLDER.get(case.holder, _("Nobody: it is finished"))),
        "next": str(names.NEXT_STEP[case.next_step]),
        "link": case_url(case),
    }
    return (
        _(
            "Hello %(name)s,\n\n"
            "%(said)s\n\n"
            "Case: %(case)s, %(client)s, %(product)s from %(carrier)s\n"
            "Status: %(status)s\n"
            "Who has it now: %(holder)s\n"
            "What happens next: %(next)s\n\n"
            "See the case: %(link)s\n"
        )
        % told
    )
