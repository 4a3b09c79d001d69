"""What can be done with a requirement on the case page: with which form, by which action."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases import names
from megler.cases.actions import requirements
from megler.cases.forms import (
    ArrivalForm,
    BecauseForm,
    OrderForm,
    ScheduleForm,
)
from megler.cases.models import Requirement
from megler.cases.pages.offering import Given, Offered
from megler.cases.rules import requirements as requirement_rules
from megler.cases.rules.kinds import USUAL
from megler.cases.rules.requirements import Act as RequirementAct
from megler.cases.rules.words import Holder
from megler.vocabulary.codes import RequirementKind


@dataclass(frozen=True)
class RequirementDeed:
    """Something that can be done with a requirement; `run` takes the state the person saw last."""

    act: RequirementAct
    run: Callable[[User, Requirement, Given, str], Requirement]
    said: "str | Promise"
    icon: str
    form: type[forms.Form] | None = None
    needs: Can = Can.WORK_CASES

    @property
    def asks(self) -> bool:
        """Whether it has a form. Templates must not ask `form` itself: they would call the class."""
        return self.form is not None

    @property
    def slug(self) -> str:
        return self.act.value

    @property
    def label(self) -> "str | Promise":
        return names.REQUIREMENT_ACT[self.act]


REQUIREMENT_DEEDS: dict[str, RequirementDeed] = {
    deed.slug: deed
    for deed in (
        RequirementDeed(
            RequirementAct.SEND,
            lambda p, r, g, s: requirements.send_requirement_to_carrier(p, r, s),
            _("Sent to the carrier."),
            "send",
        ),
        RequirementDeed(
            RequirementAct.ACCEPT,
            lambda p, r, g, s: requirements.accept_requirement(p, r, s),
            _("The carrier has accepted it."),
            "circle-check",
        ),
        RequirementDeed(
            RequirementAct.ORDER,
            lambda p, r, g, s: requirements.order_requirement(p, r, g["vendor"], s),
            _("Ordered."),
            "clipboard-list",
            OrderForm,
        ),
        RequirementDeed(
            RequirementAct.ARRIVE,
            lambda p, r, g, s: requirements.record_arrival(p, r, g["papers"], s),
            _("The arrival is recorded."),
            "inbox",
            ArrivalForm,
            Can.ADD_TO_CASE,
        ),
        RequirementDeed(
            RequirementAct.SCHEDULE,
            lambda p, r, g, s: requirements.schedule_requirement(p, r, g["scheduled_for"], s),
            _("The appointment is recorded."),
            "calendar-event",
            ScheduleForm,
        ),
        RequirementDeed(
            RequirementAct.REJECT,
            lambda p, r, g, s: requirements.reject_requirement(p, r, g["because"], s),
            _("Rejected; it is needed again."),
            "alert-circle",
            BecauseForm,
        ),
        RequirementDeed(
            RequirementAct.WAIVE,
            lambda p, r, g, s: requirements.waive_requirement(p, r, g["because"], s),
            _("Waived."),
            "circle-minus",
            BecauseForm,
        ),
        RequirementDeed(
            RequirementAct.CANCEL,
            lambda p, r, g, s: requirements.cancel_requirement(p, r, g["because"], s),
            _("Cancelled."),
            "circle-x",
            BecauseForm,
        ),
    )
}


def offered_for(person: User, requirement: Requirement) -> Offered:
    """What this person may do with a requirement now, what leads on first."""
    can = requirement_rules.allowed(requirement.to_facts())
    deeds = [d for d in REQUIREMENT_DEEDS.values() if d.act in can and person.may(d.needs)]
    brought_by = USUAL[RequirementKind(requirement.kind)].brought_by
    if person.is_seller and brought_by not in {Holder.AGENT, Holder.CLIENT}:
        return Offered()
    if brought_by is not Holder.VENDOR:
        deeds = [d for d in deeds if d.act is not RequirementAct.ORDER]
    return Offered(deeds[0], deeds[1:]) if deeds else Offered()
