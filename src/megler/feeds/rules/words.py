"""The words of a feed: what a column can be, what a carrier's status can mean, what is done with it."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import TypeVar

from megler.cases.rules.words import Decision, Status
from megler.vocabulary.codes import RequirementKind as Kind

Found = TypeVar("Found")


class Field(StrEnum):
    """What a column of a carrier's file can be to us."""

    POLICY_NUMBER = "policy_number"
    APPLICATION_ID = "application_id"
    OUR_NUMBER = "our_number"
    INSURED = "insured"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    BORN = "born"
    PRODUCT = "product"
    AGENT = "agent"
    STATUS = "status"
    COMMENT = "comment"
    SAID_ON = "said_on"
    CLASS = "class_approved"
    FACE_AMOUNT = "face_amount_approved"
    PREMIUM = "premium_approved"
    MODE = "mode_approved"
    ISSUED_ON = "issued_on"
    PAID_ON = "paid_on"
    REQUIREMENT = "requirement"
    REQUIREMENT_STATUS = "requirement_status"
    REQUIREMENT_DETAIL = "requirement_detail"


KEYS = (
    Field.POLICY_NUMBER,
    Field.APPLICATION_ID,
    Field.OUR_NUMBER,
    Field.INSURED,
    Field.FIRST_NAME,
    Field.LAST_NAME,
    Field.BORN,
    Field.PRODUCT,
)
"""What says whose row it is."""

MANY = frozenset(
    {Field.REQUIREMENT, Field.REQUIREMENT_STATUS, Field.REQUIREMENT_DETAIL, Field.COMMENT}
)
"""What several columns of one sheet may be; a requirement's state and detail go with it in order."""

OFFERED = (Field.CLASS, Field.FACE_AMOUNT, Field.PREMIUM, Field.MODE)
"""What the carrier would issue."""


class Told(StrEnum):
    """What of a case a feed can change, each by the source's own way."""

    STATUS = "status"
    POLICY_NUMBER = "policy_number"
    COMMENT = "comment"
    OFFER = "offer"
    FIRST_PREMIUM = "first_premium"
    REQUIREMENTS = "requirements"


class Way(StrEnum):
    """What is done with a difference: taken over, proposed to staff, or left alone."""

    OVERWRITE = "overwrite"
    PROPOSE = "propose"
    LEAVE = "leave"


USUAL_WAYS: dict[str, str] = {
    Told.STATUS: Way.OVERWRITE,
    Told.POLICY_NUMBER: Way.OVERWRITE,
    Told.COMMENT: Way.OVERWRITE,
    Told.OFFER: Way.PROPOSE,
    Told.FIRST_PREMIUM: Way.PROPOSE,
    Told.REQUIREMENTS: Way.OVERWRITE,
}
"""A new source's ways: facts are taken over, money and terms are looked at by somebody."""


class Meaning(StrEnum):
    """What a carrier's own status word means for a case."""

    RECEIVED = "received"
    IN_UNDERWRITING = "in_underwriting"
    APPROVED = "approved"
    OTHER_THAN_APPLIED = "other_than_applied"
    COUNTER_OFFER = "counter_offer"
    DECLINED = "declined"
    POSTPONED = "postponed"
    INCOMPLETE = "incomplete"
    WITHDRAWN = "withdrawn"
    ISSUED = "issued"
    IN_FORCE = "in_force"
    NOT_TAKEN = "not_taken"
    LAPSED = "lapsed"
    SURRENDERED = "surrendered"
    NOTHING = "nothing"


DECIDES: dict[Meaning, Decision] = {
    Meaning.APPROVED: Decision.APPROVED,
    Meaning.OTHER_THAN_APPLIED: Decision.OTHER_THAN_APPLIED,
    Meaning.COUNTER_OFFER: Decision.COUNTER_OFFER,
    Meaning.DECLINED: Decision.DECLINED,
    Meaning.POSTPONED: Decision.POSTPONED,
    Meaning.INCOMPLETE: Decision.INCOMPLETE,
}
REACHES: dict[Meaning, Status] = {
    Meaning.RECEIVED: Status.RECEIVED_BY_CARRIER,
    Meaning.IN_UNDERWRITING: Status.IN_UNDERWRITING,
    Meaning.ISSUED: Status.ISSUED,
    Meaning.IN_FORCE: Status.IN_FORCE,
}


class RequirementMeaning(StrEnum):
    """What a carrier's word for the state of a requirement means."""

    OPEN = "open"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    WAIVED = "waived"
    REJECTED = "rejected"


MEANINGS: dict[Meaning, tuple[str, ...]] = {
    Meaning.IN_FORCE: ("inforce", "in force", "active", "placed", "paid inforce", "policy active"),
    Meaning.NOT_TAKEN: ("not taken", "nto", "ntu", "not placed", "not taken up", "cancelled nto"),
    Meaning.COUNTER_OFFER: ("counter offer", "counteroffer", "tentative offer", "offer made"),
    Meaning.OTHER_THAN_APPLIED: (
        "approved other than applied", "approved ota", "approved other", "appr ota",
        "approved rated", "approved modified",
    ),
    Meaning.APPROVED: (
        "approved", "approved as applied", "appr", "apprvd", "approved awaiting issue", "aap",
        "approved pending issue", "approved pending requirements", "final approval",
    ),
    Meaning.DECLINED: ("declined", "decline", "dcln", "rejected by underwriting"),
    Meaning.POSTPONED: ("postponed", "postpone", "ppd", "deferred"),
    Meaning.INCOMPLETE: (
        "incomplete", "closed incomplete", "file closed", "closed no response", "closed out",
    ),
    Meaning.WITHDRAWN: ("withdrawn", "wdrn", "withdrew", "cancelled by client", "canceled"),
    Meaning.ISSUED: (
        "issued", "issue", "policy issued", "issued not paid", "mailed", "policy mailed",
        "issued pending delivery", "issued with requirements", "awaiting delivery", "shipped", "iss",
    ),
    Meaning.LAPSED: ("lapsed", "lapse"),
    Meaning.SURRENDERED: ("surrendered", "surrender"),
    Meaning.IN_UNDERWRITING: (
        "in underwriting", "underwriting", "underwriting review", "uw", "uw review", "to uw",
        "pending", "pending requirements", "pending reqs", "in review", "with underwriter",
        "under review", "awaiting requirements", "outstanding requirements", "in uw", "pend",
    ),
    Meaning.RECEIVED: (
        "received", "application received", "app received", "submitted", "new", "entered",
        "logged in", "in process", "applied", "app entered", "application entered",
    ),
}  # fmt: skip
"""Words of carriers' status columns as seen, for guessing; a source keeps its own beside."""

REQUIREMENT_MEANINGS: dict[RequirementMeaning, tuple[str, ...]] = {
    RequirementMeaning.OPEN: (
        "open", "outstanding", "needed", "pending", "ordered", "requested", "required", "o",
        "not received", "due", "outst", "o s", "missing",
    ),
    RequirementMeaning.RECEIVED: ("received", "rcvd", "recd", "in", "under review", "r"),
    RequirementMeaning.ACCEPTED: (
        "accepted", "approved", "complete", "completed", "satisfied", "closed", "met", "a", "c",
    ),
    RequirementMeaning.WAIVED: ("waived", "not needed", "no longer needed", "cancelled", "w"),
    RequirementMeaning.REJECTED: (
        "rejected", "unacceptable", "incomplete", "insufficient", "nigo", "expired", "x",
    ),
}  # fmt: skip

KINDS: dict[Kind, tuple[str, ...]] = {
    Kind.PARAMEDICAL_EXAM: ("paramed", "paramedical exam", "para med exam", "exam", "paramedical"),
    Kind.BLOOD_PROFILE: ("blood", "blood profile", "labs", "blood chemistry", "lab results"),
    Kind.URINE: ("urine", "hos", "urinalysis", "urine specimen", "home office specimen"),
    Kind.ECG: ("ecg", "ekg", "electrocardiogram", "resting ekg"),
    Kind.TREADMILL: ("treadmill", "stress test", "stress ekg", "treadmill ekg"),
    Kind.MD_EXAM: ("md exam", "physician exam", "medical exam by physician"),
    Kind.APS: (
        "aps", "attending physician statement", "attending physicians statement",
        "medical records", "doctor records", "physician records",
    ),
    Kind.TELEPHONE_INTERVIEW: (
        "telephone interview", "phone interview", "tele interview", "phi", "phone history interview",
        "tele app",
    ),
    Kind.INSPECTION_REPORT: ("inspection report", "inspection", "ir"),
    Kind.MVR: ("mvr", "motor vehicle report", "driving record"),
    Kind.PRESCRIPTION_HISTORY: ("prescription history", "rx", "rx check", "rx history", "pharmacy"),
    Kind.MIB: ("mib", "mib report", "mib check"),
    Kind.FINANCIAL_STATEMENTS: ("financial statements", "financials", "tax returns"),
    Kind.COGNITIVE_TEST: ("cognitive test", "cognitive", "dwr", "delayed word recall"),
    Kind.HIPAA_AUTHORISATION: ("hipaa", "hipaa authorization", "hipaa authorisation", "hipaa form"),
    Kind.REPLACEMENT_FORM: ("replacement form", "replacement forms", "replacement notice"),
    Kind.ILLUSTRATION: ("illustration", "signed illustration", "revised illustration"),
    Kind.TRUST_PAPERS: ("trust papers", "trust documents", "trust certification"),
    Kind.DELIVERY_RECEIPT: ("delivery receipt", "policy delivery receipt", "pdr"),
    Kind.POLICY_ACCEPTANCE: ("policy acceptance", "acceptance form"),
    Kind.AMENDMENT: ("amendment", "signed amendment", "amendment to application"),
    Kind.GOOD_HEALTH_STATEMENT: (
        "good health statement", "statement of good health", "shi", "statement of insurability",
    ),
    Kind.INITIAL_PREMIUM: ("initial premium", "first premium", "premium", "cod", "money"),
}  # fmt: skip
"""What carriers call each kind of requirement, for guessing; a source keeps its own beside."""


def plain(words: str) -> str:
    """Words without what people write differently: case, accents, signs, blanks.

    >>> plain("Approved – Awaiting Req's")
    'approved awaiting reqs'
    """
    bare = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(c for c in bare if not unicodedata.combining(c) and c not in "'’.")
    return " ".join(re.sub(r"[^\w]+", " ", bare).replace("_", " ").split())


@cache
def _meanings() -> dict[str, Meaning]:
    return {word: meaning for meaning, words in MEANINGS.items() for word in words}


@cache
def _states() -> dict[str, RequirementMeaning]:
    return {word: meaning for meaning, words in REQUIREMENT_MEANINGS.items() for word in words}


@cache
def _kinds() -> dict[str, Kind]:
    found = {word: kind for kind, words in KINDS.items() for word in words}
    return found | {kind.value.replace("_", " "): kind for kind in Kind}


def meaning_of(words: str) -> Meaning | None:
    """What a status usually means; the longest known beginning decides; None when nothing is known.

    >>> meaning_of("Approved - mailing soon"), meaning_of("Zzz")
    (<Meaning.APPROVED: 'approved'>, None)
    """
    return _longest(plain(words), _meanings())


def requirement_meaning_of(words: str) -> RequirementMeaning | None:
    """What the word for a requirement's state usually means.

    >>> requirement_meaning_of("Rcvd 3/1")
    <RequirementMeaning.RECEIVED: 'received'>
    """
    return _longest(plain(words), _states())


def kind_of(words: str) -> Kind | None:
    """What kind of requirement is usually called so.

    >>> kind_of("APS - Dr. Lund")
    <RequirementKind.APS: 'aps'>
    """
    return _longest(plain(words), _kinds())


def _longest(words: str, known: Mapping[str, Found]) -> Found | None:
    parts = words.split()
    for count in range(len(parts), 0, -1):
        if (found := known.get(" ".join(parts[:count]))) is not None:
            return found
    return None
