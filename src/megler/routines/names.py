"""Words of this room as people read them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from megler.routines.rules.promises import Standing, Step, Unit
from megler.routines.rules.routines import Do, When

Names = dict[str, "str | Promise"]

WHEN: Names = {
    When.STATUS: _("a case reaches a status"),
    When.DECISION: _("the carrier's decision is"),
    When.OTHER_OFFER: _("the offer is other than applied for"),
    When.REQUIREMENT: _("a requirement is"),
    When.DOCUMENT: _("the agent adds a document"),
    When.OVERDUE: _("a requirement has been asked for so long"),
    When.SILENT: _("the carrier has been silent so long"),
    When.HELD: _("somebody has had the case so long"),
    When.PROMISE: _("a promise is about to break"),
}
DO: Names = {
    Do.TASK: _("put up a task"),
    Do.MAIL: _("send an e-mail"),
    Do.TEXT: _("send a text message"),
    Do.REQUIREMENT: _("raise a requirement"),
    Do.ASSIGN: _("give the case to"),
    Do.SNOOZE: _("put off asking and reminding"),
    Do.ALERT: _("alert who looks after the case"),
}
ACT: Names = {
    "raised": _("raised"),
    "ordered": _("ordered"),
    "received": _("received"),
    "sent_to_carrier": _("sent to the carrier"),
    "rejected": _("rejected"),
    "expired": _("too old"),
    "waived": _("waived"),
}
TO: Names = {"agent": _("the agent"), "client": _("the client"), "carrier": _("the carrier")}
STEP: Names = {
    Step.REVIEW: _("Application reviewed"),
    Step.SEND: _("Sent to the carrier"),
    Step.ORDER: _("Requirement ordered"),
    Step.LOOK: _("What came in reviewed"),
    Step.ANSWER: _("Carrier's question answered"),
    Step.FORWARD: _("Policy sent on"),
}
STEP_FROM: Names = {
    Step.REVIEW: _("from its submission to good order, or back to the agent"),
    Step.SEND: _("from good order until the application is sent"),
    Step.ORDER: _("from when a requirement of ours to order is needed until it is ordered"),
    Step.LOOK: _("from its arrival until it is sent on or rejected"),
    Step.ANSWER: _("from the carrier's request until the answer is sent"),
    Step.FORWARD: _("from the issue until the policy is delivered or sent on"),
}
UNIT: Names = {Unit.HOURS: _("business hours"), Unit.DAYS: _("business days")}
STANDING: Names = {
    Standing.RUNNING: _("in time"),
    Standing.AT_RISK: _("at risk"),
    Standing.BROKEN: _("broken"),
    Standing.KEPT: pgettext_lazy("a promise", "kept"),
    Standing.GIVEN_UP: _("no longer needed"),
}
TONES: dict[str, str] = {
    Standing.RUNNING: "progress",
    Standing.AT_RISK: "attention",
    Standing.BROKEN: "bad",
    Standing.KEPT: "good",
    Standing.GIVEN_UP: "quiet",
}
