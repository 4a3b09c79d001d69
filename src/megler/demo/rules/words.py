"""What carriers, case managers and agents say in the demo's cases."""

from megler.cases.rules.words import Decision
from megler.vocabulary.codes import RequirementKind as Kind

CARRIER_WORDS: dict[Decision, tuple[str, ...]] = {
    Decision.APPROVED: (
        "Approved as applied for. Please see the approval in the portal.",
        "Approved as submitted, all requirements satisfied.",
        "Approved as applied. Policy will be issued once we have the delivery instructions.",
    ),
    Decision.OTHER_THAN_APPLIED: (
        "Approved other than applied due to build. Amended illustration attached.",
        "Approved at the class shown because of the blood pressure readings on the exam.",
        "Approved other than applied: cholesterol/HDL ratio above the limit of the class quoted.",
    ),
    Decision.COUNTER_OFFER: (
        "We can offer at the class shown, based on the attending physician's records.",
        "Counter-offer: best we can do with the family history and labs.",
    ),
    Decision.DECLINED: (
        "Unable to offer coverage at this time. The client receives a letter with the reason.",
        "Declined based on the combination of medical factors.",
    ),
    Decision.POSTPONED: (
        "Postponed until the follow-up test advised by the physician is completed.",
        "Postponed six months, please resubmit after the procedure and recovery.",
    ),
    Decision.INCOMPLETE: ("File closed incomplete: requirement not received after 60 days.",),
}
RETURN_REASONS = (
    "The replacement notice names another policy than the application.",
    "Occupation says owner, but no business is named. Please complete.",
    "The beneficiary's relationship needs to be confirmed with the client.",
    "The premium mode differs from the illustration. Which one is right?",
    "Please ask the client for the date of the last doctor's visit; it seems mistyped.",
)
MANAGER_NOTES = (
    "Spoke with the client, prefers a call after 5 pm.",
    "Doctor's office says records go out this week. Second call.",
    "Carrier confirms the file is with the underwriter, decision expected in two days.",
    "Exam company could not reach the client twice. Asked the agent to help.",
    "Client asks whether the policy date can be moved to save age. Checking with the carrier.",
    "Labs are in, everything within limits.",
    "Medical records arrived incomplete, asked for the cardiology report.",
)
FOR_AGENT_NOTES = (
    "Your client's exam is booked. Please remind them to fast for 8 hours.",
    "We are waiting for the doctor's records only; everything else is in.",
    "The carrier is quick this week, we expect a decision within days.",
    "Please let your client know that the underwriter may call.",
)
AGENT_NOTES = (
    "My client starts a new job on the first; can we have the policy before that?",
    "The client travels for two weeks and is best reached by text.",
    "There is an existing policy which stays in force, no replacement.",
    "Please hurry if you can, the mortgage closes at the end of the month.",
)
NOT_TAKEN = (
    "Client took cover through the employer instead.",
    "Client chose another carrier's offer.",
    "Client does not want to pay the higher premium.",
)
WITHDRAWN = (
    "Client changed their mind and does not want to go on.",
    "Client bought a smaller policy elsewhere.",
)
FREE_LOOK = ("Returned within the free look period; full refund asked for.",)
LAPSED = ("No premium within the grace period.",)
WAIVER_REASONS = (
    "The carrier has a recent exam from another application on file.",
    "Electronic health records were enough for the underwriter.",
)
REJECT_REASONS = (
    "Specimen was not sufficient, needs to be taken again.",
    "Pages are missing from the records.",
)
VENDORS: dict[Kind, tuple[str, ...]] = {
    Kind.APS: ("Chartway Records", "Retrieva"),
    Kind.TELEPHONE_INTERVIEW: ("Clearcall Interviews",),
    Kind.INSPECTION_REPORT: ("Fieldnote Reports",),
}
EXAM_VENDORS = ("Homestead Examiners", "Blue Lantern Paramedical", "Northfield Labs")
RESULTS: dict[Kind, str] = {
    Kind.PARAMEDICAL_EXAM: "Paramedical examination",
    Kind.BLOOD_PROFILE: "Laboratory report",
    Kind.ECG: "Resting electrocardiogram",
    Kind.APS: "Attending physician's statement",
    Kind.FINANCIAL_STATEMENTS: "Financial statement",
    Kind.INSPECTION_REPORT: "Inspection report",
}
"""Requirements that come in as a document, and what it is called."""
DELAYS_MINUTES: dict[Kind, tuple[int, int]] = {
    Kind.PARAMEDICAL_EXAM: (1600, 7000),
    Kind.BLOOD_PROFILE: (2200, 8000),
    Kind.URINE: (2200, 8000),
    Kind.ECG: (2200, 8500),
    Kind.TREADMILL: (4000, 12000),
    Kind.MD_EXAM: (3500, 11000),
    Kind.APS: (3200, 17000),
    Kind.TELEPHONE_INTERVIEW: (500, 3200),
    Kind.INSPECTION_REPORT: (1500, 5000),
    Kind.MVR: (300, 1600),
    Kind.PRESCRIPTION_HISTORY: (120, 1100),
    Kind.MIB: (120, 900),
    Kind.FINANCIAL_STATEMENTS: (800, 6000),
    Kind.COGNITIVE_TEST: (2500, 8000),
}
"""Office minutes (540 a day) from the order to the arrival: at least, at most."""
USUAL_DELAY_MINUTES = (500, 3500)
