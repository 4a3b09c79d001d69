"""What people call the words of a case: statuses, kinds, states, acts."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from megler.cases.rules.alerts import Severity
from megler.cases.rules.changes import ChangeKind, Opens
from megler.cases.rules.delivery import DeliveryWay
from megler.cases.rules.kinds import Stage, Wanter
from megler.cases.rules.links import LinkKind
from megler.cases.rules.parties import PartyRole
from megler.cases.rules.policy_check import PolicyPart, Settled
from megler.cases.rules.requirements import Act as RequirementAct
from megler.cases.rules.requirements import State
from megler.cases.rules.standing import NextStep
from megler.cases.rules.status import Act, Closing
from megler.cases.rules.words import Channel, Decision, Holder, Outcome, Status
from megler.underwriting.names import KIND_NAMES
from megler.vocabulary.codes import Mode

Names = dict[str, "str | Promise"]

STATUS: Names = {
    Status.DRAFT: _("Draft"),
    Status.SUBMITTED: _("Submitted to the agency"),
    Status.AGENCY_REVIEW: _("Agency review"),
    Status.RETURNED: _("Returned to the agent"),
    Status.SENT_TO_CARRIER: _("Sent to the carrier"),
    Status.RECEIVED_BY_CARRIER: _("Received by the carrier"),
    Status.IN_UNDERWRITING: _("In underwriting"),
    Status.DECIDED: _("Decided"),
    Status.ISSUED: _("Issued"),
    Status.DELIVERED: _("Delivered"),
    Status.IN_FORCE: _("In force"),
    Status.CLOSED: _("Closed"),
}
DECISION: Names = {
    Decision.APPROVED: _("Approved as applied"),
    Decision.OTHER_THAN_APPLIED: _("Approved other than applied"),
    Decision.COUNTER_OFFER: _("Counter-offer"),
    Decision.COUNTER_OFFER_ACCEPTED: _("Counter-offer accepted"),
    Decision.COUNTER_OFFER_REFUSED: _("Counter-offer refused"),
    Decision.DECLINED: _("Declined"),
    Decision.POSTPONED: _("Postponed"),
    Decision.INCOMPLETE: _("Incomplete"),
    Decision.WITHDRAWN: _("Withdrawn"),
}
OUTCOME: Names = {
    Outcome.PLACED: _("Placed"),
    Outcome.NOT_TAKEN: _("Not taken"),
    Outcome.FREE_LOOK_RETURN: _("Returned in the free look"),
    Outcome.LAPSED: _("Lapsed"),
    Outcome.SURRENDERED: _("Surrendered"),
    Outcome.CONVERTED: _("Converted"),
    Outcome.REPLACED: _("Replaced"),
    Outcome.CLAIM: _("Claim"),
}
CLOSING: Names = {
    Closing.AS_DECIDED: _("As decided"),
    Closing.WITHDRAWN: DECISION[Decision.WITHDRAWN],
    Closing.INCOMPLETE: DECISION[Decision.INCOMPLETE],
    Closing.NOT_TAKEN: OUTCOME[Outcome.NOT_TAKEN],
    Closing.FREE_LOOK_RETURN: OUTCOME[Outcome.FREE_LOOK_RETURN],
    Closing.LAPSED: OUTCOME[Outcome.LAPSED],
    Closing.SURRENDERED: OUTCOME[Outcome.SURRENDERED],
    Closing.CONVERTED: OUTCOME[Outcome.CONVERTED],
    Closing.REPLACED: OUTCOME[Outcome.REPLACED],
    Closing.CLAIM: OUTCOME[Outcome.CLAIM],
}
PARTY_ROLE: Names = {
    PartyRole.INSURED: _("Proposed insured"),
    PartyRole.JOINT_INSURED: _("Insured together"),
    PartyRole.OWNER: _("Owner"),
    PartyRole.PAYOR: _("Payor"),
}
HOLDER: Names = {
    Holder.AGENT: _("The agent"),
    Holder.CLIENT: _("The client"),
    Holder.AGENCY: _("The agency"),
    Holder.CARRIER: _("The carrier"),
    Holder.VENDOR: _("The vendor"),
}
HOLDER_ICONS = {
    Holder.AGENT: "user",
    Holder.CLIENT: "user-heart",
    Holder.AGENCY: "briefcase",
    Holder.CARRIER: "building-bank",
    Holder.VENDOR: "stethoscope",
}
CHANNEL: Names = {
    Channel.PORTAL: _("Carrier's portal"),
    Channel.EMAIL: _("E-mail"),
    Channel.PHONE: _("Telephone"),
    Channel.LETTER: _("Letter"),
    Channel.FEED: _("Electronic feed"),
}
NEXT_STEP: Names = {
    NextStep.REVIEW: _("The agency checks that the application is in good order."),
    NextStep.CONFIRM_GOOD_ORDER: _("The agency confirms good order, or returns the application."),
    NextStep.SEND: _("The agency sends the application to the carrier."),
    NextStep.CORRECT: _("The agent answers what the agency asked, and submits again."),
    NextStep.CARRIER_RECEIVES: _("The carrier confirms that it has received the application."),
    NextStep.BRING_REQUIREMENTS: _("Open requirements are brought in."),
    NextStep.CARRIER_DECIDES: _("The carrier's underwriter decides."),
    NextStep.ANSWER_OFFER: _("The client accepts or refuses the carrier's counter-offer."),
    NextStep.CARRIER_ISSUES: _("The carrier issues the policy."),
    NextStep.CHECK_POLICY: _("The agency settles what in the policy is not as it was to be."),
    NextStep.CARRIER_CORRECTS: _("The carrier corrects the policy."),
    NextStep.DELIVER: _("The agent delivers the policy to the client."),
    NextStep.BRING_DELIVERY_REQUIREMENTS: _("Delivery papers are signed and sent in."),
    NextStep.PAY_PREMIUM: _("The client pays the first premium."),
    NextStep.PLACE: _("The agency puts the policy in force."),
    NextStep.REINSTATE: _("The agency records that the policy is in force again."),
    NextStep.CLOSE: _("The agency closes the case."),
    NextStep.NOTHING: _("Nothing more needs to be done."),
}
YOUR_STEP: Names = {
    NextStep.CORRECT: _("Answer what the agency asked, and submit again."),
    NextStep.DELIVER: _("Deliver the policy to the client."),
}
"""The next step as the agent reads it, where it is the agent's."""
STATE: Names = {
    State.NEEDED: _("Needed"),
    State.ORDERED: _("Ordered"),
    State.SCHEDULED: _("Scheduled"),
    State.RECEIVED: _("Received"),
    State.SENT_TO_CARRIER: _("Sent to the carrier"),
    State.ACCEPTED: _("Accepted"),
    State.WAIVED: _("Waived"),
    State.CANCELLED: _("Cancelled"),
    State.REJECTED: _("Rejected"),
    State.EXPIRED: _("Expired"),
}
STAGE: Names = {
    Stage.UNDERWRITING: _("Underwriting"),
    Stage.DELIVERY: _("Delivery"),
    Stage.OWNER_SERVICE: _("Owner service"),
}
WANTER: Names = {
    Wanter.CARRIER: _("The carrier"),
    Wanter.AGENCY: _("The agency"),
    Wanter.STATE: _("The state"),
}
SEVERITY: Names = {
    Severity.INFO: _("For information"),
    Severity.ATTENTION: _("Take care"),
    Severity.STOP: _("Stop and read"),
}
CHANGE: Names = {
    ChangeKind.PRODUCT: _("Product"),
    ChangeKind.AMOUNT: _("Amount"),
    ChangeKind.CLASS: _("Class"),
    ChangeKind.BENEFICIARY: _("Beneficiaries"),
    ChangeKind.OWNER: _("Owner"),
    ChangeKind.AGENT: _("Agent of record"),
}
OPENS: Names = {
    Opens.GOOD_ORDER: _("Good order is confirmed again."),
    Opens.SIGNATURES: _("An amendment is signed by the client."),
    Opens.REQUIREMENTS: _("Requirements are asked of the guide again."),
    Opens.QUOTE: _("The premium is worked out again."),
    Opens.ILLUSTRATION: _("A new illustration is signed."),
    Opens.REPLACEMENT: _("The replacement papers are made out again."),
    Opens.SUITABILITY: _("Suitability is looked at again."),
    Opens.DECISION: _("The carrier decides again."),
    Opens.POLICY: _("The carrier issues the policy again."),
    Opens.ACCESS: _("Who sees the case and its client changes."),
    Opens.CARRIER: _("The carrier is told."),
}
POLICY_PART: Names = {
    PolicyPart.NUMBER: _("Policy number"),
    PolicyPart.INSURED: _("Insured"),
    PolicyPart.OWNER: _("Owner"),
    PolicyPart.BENEFICIARIES: _("Beneficiaries"),
    PolicyPart.FACE_AMOUNT: _("Amount"),
    PolicyPart.CLASS: _("Class"),
    PolicyPart.PREMIUM: _("Premium"),
    PolicyPart.MODE: _("How often it is paid"),
    PolicyPart.TERM: _("Term in years"),
}
DIFFERENCE_STATE: Names = {
    Settled.OPEN: _("To be settled"),
    Settled.ACCEPTED: _("Accepted"),
    Settled.RETURNED: _("Back to the carrier"),
}
DELIVERY_WAY: Names = {
    DeliveryWay.EMAIL: _("By e-mail, with a private link"),
    DeliveryWay.COURIER: _("By courier"),
    DeliveryWay.HAND: _("By hand"),
}
KIND: Names = KIND_NAMES
MODE: Names = {
    Mode.ANNUAL: _("yearly"),
    Mode.SEMIANNUAL: _("half-yearly"),
    Mode.QUARTERLY: _("quarterly"),
    Mode.MONTHLY: _("monthly"),
    Mode.SEMIMONTHLY: _("twice a month"),
    Mode.BIWEEKLY: _("every two weeks"),
    Mode.WEEKLY: _("weekly"),
}
ACT: Names = {
    Act.START_REVIEW: _("Start the review"),
    Act.CONFIRM_GOOD_ORDER: _("In good order"),
    Act.RETURN_TO_AGENT: _("Return to the agent"),
    Act.RESUBMIT: _("Submit again"),
    Act.SEND_TO_CARRIER: _("Send to the carrier"),
    Act.RECORD_RECEIVED: _("Carrier has received it"),
    Act.RECORD_IN_UNDERWRITING: _("In underwriting"),
    Act.RECORD_DECISION: _("Record the decision"),
    Act.ACCEPT_OFFER: _("Offer accepted"),
    Act.REFUSE_OFFER: _("Offer refused"),
    Act.RECORD_ISSUE: _("Record the issue"),
    Act.RECORD_DELIVERY: _("Record the delivery"),
    Act.RECORD_FIRST_PREMIUM: _("First premium is in"),
    Act.PLACE: _("Put in force"),
    Act.CLOSE: _("Close the case"),
    Act.REOPEN: _("Reopen the case"),
    Act.ASK_REINSTATEMENT: _("Ask for reinstatement"),
    Act.REINSTATE: _("In force again"),
}
REQUIREMENT_ACT: Names = {
    RequirementAct.ORDER: _("Order"),
    RequirementAct.SCHEDULE: _("Schedule"),
    RequirementAct.ARRIVE: _("Record arrival"),
    RequirementAct.SEND: _("Send to the carrier"),
    RequirementAct.ACCEPT: _("Carrier accepts"),
    RequirementAct.REJECT: _("Reject"),
    RequirementAct.WAIVE: _("Waive"),
    RequirementAct.CANCEL: _("Cancel"),
    RequirementAct.GIVE_BACK: _("Take back from the vendor"),
}
LINK: Names = {
    LinkKind.SPOUSE: _("Spouse or partner"),
    LinkKind.FAMILY: _("Family"),
    LinkKind.BUSINESS: _("Same business"),
    LinkKind.ALTERNATIVE: _("Only one of the two is to be placed"),
    LinkKind.REPLACES: _("Replaces it"),
    LinkKind.SAME_ENQUIRY: _("Same enquiry"),
}
LINK_BACK: Names = {**LINK, LinkKind.REPLACES: _("Replaced by it")}
"""As seen from the other case."""


class DocumentKind(models.TextChoices):
    """What a document is to its case."""

    APPLICATION = "application", _("Signed application")
    RESULT = "result", _("Requirement result")
    APS = "aps", _("Attending physician statement")
    EXAM = "exam", _("Examination report")
    LABS = "labs", _("Laboratory report")
    ECG = "ecg", _("ECG")
    MVR = "mvr", _("Motor vehicle report")
    FINANCIALS = "financials", _("Financial statements")
    TRUST = "trust", _("Trust or business papers")
    IDENTITY = "identity", _("Identity document")
    HIPAA = "hipaa", _("HIPAA authorisation")
    AMENDMENT = "amendment", _("Amendment")
    DELIVERY_RECEIPT = "delivery_receipt", _("Delivery receipt")
    REPLACEMENT = "replacement", _("Replacement form")
    CHEQUE = "cheque", _("Cheque")
    CARRIER_LETTER = "carrier_letter", _("Letter")
    POLICY = "policy", _("Policy")
    ILLUSTRATION = "illustration", _("Illustration")
    OTHER = "other", _("Other")


TONES = {
    Status.SUBMITTED: "attention",
    Status.AGENCY_REVIEW: "progress",
    Status.RETURNED: "attention",
    Status.SENT_TO_CARRIER: "wait",
    Status.RECEIVED_BY_CARRIER: "wait",
    Status.IN_UNDERWRITING: "progress",
    Status.DECIDED: "progress",
    Status.ISSUED: "progress",
    Status.DELIVERED: "progress",
    Status.IN_FORCE: "good",
    Status.CLOSED: "quiet",
}
STATE_TONES = {
    State.NEEDED: "attention",
    State.ORDERED: "wait",
    State.SCHEDULED: "wait",
    State.RECEIVED: "progress",
    State.SENT_TO_CARRIER: "progress",
    State.ACCEPTED: "good",
    State.WAIVED: "quiet",
    State.CANCELLED: "quiet",
    State.REJECTED: "bad",
    State.EXPIRED: "bad",
}
STATE_ICONS = {
    State.NEEDED: "circle-dashed",
    State.ORDERED: "clock",
    State.SCHEDULED: "calendar-event",
    State.RECEIVED: "inbox",
    State.SENT_TO_CARRIER: "send",
    State.ACCEPTED: "circle-check",
    State.WAIVED: "circle-minus",
    State.CANCELLED: "circle-x",
    State.REJECTED: "alert-circle",
    State.EXPIRED: "clock-exclamation",
}


def choices(names: Names, among: object = None) -> list[tuple[str, "str | Promise"]]:
    """Names as a model's or form's choices, plain strings; only those `among`, if given."""
    kept = names if among is None else [key for key in names if key in among]  # type: ignore[operator]
    return [(str(getattr(key, "value", key)), names[key]) for key in kept]
