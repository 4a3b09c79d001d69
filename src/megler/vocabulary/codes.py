"""The field's closed lists. A member's value is our code; `acord` is ACORD's number where it has one.

Source of the ACORD numbers: OLI_LU_UNWRITECLASS, OLI_LU_PAYMODE, OLI_LU_GENDER, OLI_LU_POLSTAT.
"""

from enum import StrEnum


class Line(StrEnum):
    """Lines of business."""

    TERM_LIFE = "term_life"
    WHOLE_LIFE = "whole_life"
    UNIVERSAL_LIFE = "universal_life"
    FINAL_EXPENSE = "final_expense"
    ENDOWMENT = "endowment"
    ANNUITY = "annuity"
    DISABILITY = "disability"
    LONG_TERM_CARE = "long_term_care"
    CRITICAL_ILLNESS = "critical_illness"
    HEALTH = "health"
    MEDICARE_SUPPLEMENT = "medicare_supplement"
    GROUP_TERM_LIFE = "group_term_life"
    SPECIALTY = "specialty"


class Sex(StrEnum):
    """Sex as rate books and build charts use it."""

    FEMALE = "female"
    MALE = "male"


ACORD_GENDER = {Sex.MALE: 1, Sex.FEMALE: 2}


class RiskClass(StrEnum):
    """Underwriting classes, best first; tobacco classes apart and after."""

    SUPER_PREFERRED = "super_preferred"
    PREFERRED_PLUS = "preferred_plus"
    PREFERRED = "preferred"
    STANDARD_PLUS = "standard_plus"
    STANDARD = "standard"
    PREFERRED_TOBACCO = "preferred_tobacco"
    STANDARD_TOBACCO = "standard_tobacco"


ACORD_UNWRITECLASS = {
    RiskClass.SUPER_PREFERRED: 4,
    RiskClass.PREFERRED_PLUS: 19,
    RiskClass.PREFERRED: 2,
    RiskClass.STANDARD_PLUS: 6,
    RiskClass.STANDARD: 1,
}
TOBACCO_CLASSES = frozenset({RiskClass.PREFERRED_TOBACCO, RiskClass.STANDARD_TOBACCO})


class Mode(StrEnum):
    """How often a premium is paid."""

    ANNUAL = "annual"
    SEMIANNUAL = "semiannual"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    SEMIMONTHLY = "semimonthly"
    BIWEEKLY = "biweekly"
    WEEKLY = "weekly"


ACORD_PAYMODE = {
    Mode.ANNUAL: 1,
    Mode.SEMIANNUAL: 2,
    Mode.QUARTERLY: 3,
    Mode.MONTHLY: 4,
    Mode.SEMIMONTHLY: 5,
    Mode.WEEKLY: 6,
    Mode.BIWEEKLY: 7,
}
PAYMENTS_A_YEAR = {
    Mode.ANNUAL: 1,
    Mode.SEMIANNUAL: 2,
    Mode.QUARTERLY: 4,
    Mode.MONTHLY: 12,
    Mode.SEMIMONTHLY: 24,
    Mode.BIWEEKLY: 26,
    Mode.WEEKLY: 52,
}


class RequirementKind(StrEnum):
    """What a carrier may need before it decides, issues or pays."""

    PARAMEDICAL_EXAM = "paramedical_exam"
    BLOOD_PROFILE = "blood_profile"
    URINE = "urine"
    ECG = "ecg"
    TREADMILL = "treadmill"
    MD_EXAM = "md_exam"
    APS = "aps"
    TELEPHONE_INTERVIEW = "telephone_interview"
    INSPECTION_REPORT = "inspection_report"
    MVR = "mvr"
    PRESCRIPTION_HISTORY = "prescription_history"
    MIB = "mib"
    FINANCIAL_STATEMENTS = "financial_statements"
    COGNITIVE_TEST = "cognitive_test"
    HIPAA_AUTHORISATION = "hipaa_authorisation"
    REPLACEMENT_FORM = "replacement_form"
    ILLUSTRATION = "illustration"
    TRUST_PAPERS = "trust_papers"
    DELIVERY_RECEIPT = "delivery_receipt"
    POLICY_ACCEPTANCE = "policy_acceptance"
    AMENDMENT = "amendment"
    GOOD_HEALTH_STATEMENT = "good_health_statement"
    INITIAL_PREMIUM = "initial_premium"
    CHANGE_FORM = "change_form"
    REINSTATEMENT_FORM = "reinstatement_form"
    PREMIUM_ARREARS = "premium_arrears"


JURISDICTIONS: dict[str, str] = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
    "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
    "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "AS": "American Samoa", "GU": "Guam", "MP": "Northern Mariana Islands", "PR": "Puerto Rico",
    "VI": "U.S. Virgin Islands",
}  # fmt: skip
"""USPS codes of the states, the District of Columbia and the territories."""
