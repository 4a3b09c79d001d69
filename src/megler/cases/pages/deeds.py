"""What can be done on the case page: with which form, by which action, for whom."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases import names
from megler.cases.actions import carrier, policy, reinstating, review
from megler.cases.forms import (
    AnswerForm,
    BecauseForm,
    CloseForm,
    DayForm,
    DecisionForm,
    IssueForm,
    ReinstatementForm,
    ReturnForm,
)
from megler.cases.models import Case
from megler.cases.pages.offering import Given, Offered
from megler.cases.rules.status import Act, CaseFacts, allowed
from megler.cases.rules.words import Decision


@dataclass(frozen=True)
class Deed:
    """Something that can be done with a case. Without a form it is done by one click.

    `run` takes the person, the case, the form's answers and the version that the person saw.
    """

    act: Act
    run: Callable[[User, Case, Given, int | None], Case]
    said: "str | Promise"
    icon: str
    form: type[forms.Form] | None = None
    needs: Can = Can.WORK_CASES
    tone: str = ""

    @property
    def asks(self) -> bool:
        """Whether it has a form. Templates must not ask `form` itself: they would call the class."""
        return self.form is not None

    @property
    def slug(self) -> str:
        return self.act.value

    @property
    def label(self) -> "str | Promise":
        return names.ACT[self.act]


def _decide(person: User, case: Case, given: Given, version: int | None) -> Case:
    offer = carrier.Offer(
        given["class_approved"], given["premium_approved"], given["face_amount_approved"]
    )
    return carrier.record_decision(
        person,
        case,
        given["decision"],
        offer=offer if given["decision"] in carrier.OFFERS else None,
        words=given["words"],
        channel=given["channel"],
        said_at=given["said_at"],
        version=version,
    )


DEEDS: dict[str, Deed] = {
    deed.slug: deed
    for deed in (
        Deed(
            Act.CONFIRM_GOOD_ORDER,
            lambda p, c, g, v: review.confirm_good_order(p, c, v),
            _("The application is in good order."),
            "clipboard-check",
        ),
        Deed(
            Act.SEND_TO_CARRIER,
            lambda p, c, g, v: review.send_to_carrier(p, c, v),
            _("Sent to the carrier."),
            "send",
        ),
        Deed(
            Act.RESUBMIT,
            lambda p, c, g, v: review.resubmit(p, c, v),
            _("Submitted again."),
            "send",
            needs=Can.ADD_TO_CASE,
        ),
        Deed(
            Act.RECORD_RECEIVED,
            lambda p, c, g, v: carrier.record_received_by_carrier(p, c, v),
            _("The carrier has received it."),
            "inbox",
        ),
        Deed(
            Act.RECORD_IN_UNDERWRITING,
            lambda p, c, g, v: carrier.record_in_underwriting(p, c, v),
            _("The case is in underwriting."),
            "zoom-in",
        ),
        Deed(
            Act.ACCEPT_OFFER,
            lambda p, c, g, v: carrier.accept_offer(p, c, v, answer=carrier.Answer(**g)),
            _("The offer is accepted."),
            "check",
            AnswerForm,
        ),
        Deed(
            Act.REFUSE_OFFER,
            lambda p, c, g, v: carrier.refuse_offer(p, c, v, answer=carrier.Answer(**g)),
            _("The offer is refused."),
            "x",
            AnswerForm,
        ),
        Deed(
            Act.RECORD_DECISION,
            _decide,
            _("The decision is recorded."),
            "gavel",
            DecisionForm,
            Can.DECIDE_FOR_CARRIER,
        ),
        Deed(
            Act.RECORD_ISSUE,
            lambda p, c, g, v: policy.record_issue(p, c, g["policy_number"], v),
            _("The policy is issued."),
            "certificate",
            IssueForm,
        ),
        Deed(
            Act.RECORD_DELIVERY,
            lambda p, c, g, v: policy.record_delivery(p, c, g["on"], v),
            _("The delivery is recorded."),
            "package",
            DayForm,
        ),
        Deed(
            Act.RECORD_FIRST_PREMIUM,
            lambda p, c, g, v: policy.record_first_premium(p, c, g["on"], v),
            _("The first premium is recorded."),
            "cash",
            DayForm,
        ),
        Deed(
            Act.PLACE,
            lambda p, c, g, v: policy.place(p, c, v),
            _("The policy is in force."),
            "shield-check",
        ),
        Deed(
            Act.START_REVIEW,
            lambda p, c, g, v: review.start_review(p, c, v),
            _("The review has begun."),
            "eye-check",
        ),
        Deed(
            Act.RETURN_TO_AGENT,
            lambda p, c, g, v: review.return_to_agent(p, c, g["because"], v),
            _("Returned to the agent."),
            "arrow-back-up",
            ReturnForm,
        ),
        Deed(
            Act.REINSTATE,
            lambda p, c, g, v: reinstating.reinstate(p, c, g["on"], v),
            _("The policy is in force again."),
            "shield-check",
            DayForm,
        ),
        Deed(
            Act.ASK_REINSTATEMENT,
            lambda p, c, g, v: reinstating.ask_reinstatement(
                p, c, g["because"], on=g["on"], version=v
            ),
            _("Reinstatement is asked for."),
            "refresh",
            ReinstatementForm,
        ),
        Deed(
            Act.REOPEN,
            lambda p, c, g, v: policy.reopen(p, c, g["because"], version=v),
            _("The case is open again."),
            "folder-open",
            BecauseForm,
        ),
        Deed(
            Act.CLOSE,
            lambda p, c, g, v: policy.close(p, c, g["closing"], g["because"], version=v),
            _("The case is closed."),
            "archive",
            CloseForm,
            tone="danger",
        ),
    )
}
"""By slug, in the order in which they are offered: what leads on first."""

_LEADS_ON = {
    Act.CONFIRM_GOOD_ORDER,
    Act.SEND_TO_CARRIER,
    Act.RESUBMIT,
    Act.RECORD_RECEIVED,
    Act.RECORD_IN_UNDERWRITING,
    Act.RECORD_DECISION,
    Act.ACCEPT_OFFER,
    Act.RECORD_ISSUE,
    Act.RECORD_DELIVERY,
    Act.RECORD_FIRST_PREMIUM,
    Act.PLACE,
    Act.REINSTATE,
    Act.ASK_REINSTATEMENT,
    Act.REOPEN,
}


def offered(person: User, facts: CaseFacts) -> Offered:
    """What this person may do with a case now, what leads on first."""
    can = allowed(facts)
    deeds = [d for d in DEEDS.values() if d.act in can and person.may(d.needs)]
    leading = [d for d in deeds if d.act in _LEADS_ON]
    if facts.decision or facts.underwriting_open:
        leading = [d for d in leading if d.act is not Act.RECORD_DECISION]
    if facts.decision is Decision.OTHER_THAN_APPLIED:
        leading = [d for d in leading if d.act is not Act.ACCEPT_OFFER]
    if not facts.decision:
        leading = [d for d in leading if d.act is not Act.RECORD_FIRST_PREMIUM]
    first = leading[0] if leading else None
    return Offered(first, [d for d in deeds if d is not first])
