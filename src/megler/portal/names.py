"""What agents and clients read: statuses in whole sentences, groups of events, steps."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from megler.cases.rules.notices import Group, How
from megler.cases.rules.words import Decision, Holder, Status
from megler.portal.rules.client import Standing, Task, Way
from megler.portal.rules.wanted import Wanted

Names = dict[str, "str | Promise"]

STATUS: Names = {
    Status.SUBMITTED: _("The agency has the application and will look at it."),
    Status.AGENCY_REVIEW: _("The agency is checking the application."),
    Status.RETURNED: _("The agency has sent the application back and asks something of you."),
    Status.SENT_TO_CARRIER: _("The application is on its way to %(carrier)s."),
    Status.RECEIVED_BY_CARRIER: _("%(carrier)s has the application."),
    Status.IN_UNDERWRITING: _("%(carrier)s is looking at the risk."),
    Status.DECIDED: _("%(carrier)s has decided."),
    Status.ISSUED: _("%(carrier)s has made the policy."),
    Status.DELIVERED: _("The policy is with the client."),
    Status.IN_FORCE: _("The policy is in force."),
    Status.CLOSED: _("The case is closed."),
}
DECISION: Names = {
    Decision.APPROVED: _("%(carrier)s has approved it as applied for."),
    Decision.OTHER_THAN_APPLIED: _("%(carrier)s has approved it, but not as applied for."),
    Decision.COUNTER_OFFER: _("%(carrier)s has made another offer."),
    Decision.COUNTER_OFFER_ACCEPTED: _("The client has accepted the other offer."),
    Decision.COUNTER_OFFER_REFUSED: _("The client has refused the other offer."),
    Decision.DECLINED: _("%(carrier)s has declined."),
    Decision.POSTPONED: _("%(carrier)s has postponed its decision."),
    Decision.INCOMPLETE: _("%(carrier)s has closed it as incomplete."),
    Decision.WITHDRAWN: _("The application was withdrawn."),
}
FROM: Names = {
    Holder.AGENT: _("You bring"),
    Holder.CLIENT: _("The client brings"),
    Holder.AGENCY: _("The agency sees to"),
    Holder.CARRIER: _("%(carrier)s gets by itself"),
    Holder.VENDOR: _("Ordered from others"),
}
GROUP: Names = {
    Group.NEEDS_YOU: _("What needs you"),
    Group.DECISIONS: _("Decisions, policies, the end of a case"),
    Group.PROGRESS: _("Each step on the way"),
    Group.REQUIREMENTS: _("Requirements as they are ordered, scheduled and come in"),
    Group.PAPERS: _("New documents"),
}
HOW: Names = {
    "": _("As for all my cases"),
    How.NOW: _("Everything at once"),
    How.DIGEST: _("Everything in the weekly digest"),
    How.NEVER: _("Nothing"),
}
STANDING: Names = {
    Standing.CHECKING: _("Your agent's agency is checking your application."),
    Standing.ASKING: _("Your agent needs something more for your application."),
    Standing.WITH_INSURER: _("Your application is with the insurance company."),
    Standing.OFFER: _(
        "The insurance company has made an offer. Your agent goes through it with you."
    ),
    Standing.APPROVED: _("Your application is approved. The policy is being made."),
    Standing.POLICY_MADE: _("Your policy is made. Your agent brings it to you."),
    Standing.DELIVERED: _(
        "You have your policy. It takes effect when everything is signed and paid."
    ),
    Standing.IN_FORCE: _("Your insurance is in force."),
    Standing.TALK_TO_AGENT: _("There is news. Your agent tells you what it means."),
    Standing.ENDED: _("This application is finished. Ask your agent if anything is unclear."),
}
WAY: Names = {
    Way.APPLIED: _("Applied"),
    Way.SENT: _("Sent to the insurer"),
    Way.REVIEWED: _("Being looked at"),
    Way.ISSUED: _("Policy made"),
    Way.IN_FORCE: _("In force"),
}
TASK: Names = {
    Task.APPOINTMENT: _("You have an appointment that was arranged with you"),
    Task.TELEPHONE: _("You are called by telephone, as arranged with you"),
    Task.SIGN: _("There is something to sign. Your agent sends it to you"),
    Task.PAPERS: _("Papers are needed from you. Your agent says which"),
    Task.PAY: _("The first premium is to be paid"),
}
TASK_ICONS = {
    Task.APPOINTMENT: "calendar-event",
    Task.TELEPHONE: "phone",
    Task.SIGN: "signature",
    Task.PAPERS: "file-text",
    Task.PAY: "coin",
}
WANTED: Names = {
    Wanted.AMOUNT: _("Amount"),
    Wanted.PRODUCT: _("Product"),
    Wanted.CLASS: _("Class"),
    Wanted.BENEFICIARY: _("Beneficiaries"),
    Wanted.OWNER: _("Owner"),
    Wanted.AGENT: _("Agent of record"),
    Wanted.OTHER: _("Something else"),
}
REQUEST_TONES = {"open": "attention", "done": "good", "refused": "bad", "withdrawn": "quiet"}
