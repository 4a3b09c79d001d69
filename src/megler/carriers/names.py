"""The words people read for codes of this room."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from megler.carriers.rules.ratings import OrderedBy
from megler.vocabulary.codes import Line, Mode, RequirementKind, RiskClass

LINE_NAMES: dict[str, str | Promise] = {
    Line.TERM_LIFE: _("Term life"),
    Line.WHOLE_LIFE: _("Whole life"),
    Line.UNIVERSAL_LIFE: _("Universal life"),
    Line.FINAL_EXPENSE: _("Final expense"),
    Line.ENDOWMENT: _("Endowment"),
    Line.ANNUITY: _("Annuity"),
    Line.DISABILITY: _("Disability income"),
    Line.LONG_TERM_CARE: _("Long-term care"),
    Line.CRITICAL_ILLNESS: _("Critical illness"),
    Line.HEALTH: _("Individual health"),
    Line.MEDICARE_SUPPLEMENT: _("Medicare supplement"),
    Line.GROUP_TERM_LIFE: _("Group voluntary life"),
    Line.SPECIALTY: _("Specialty"),
}
CLASS_NAMES: dict[str, str | Promise] = {
    RiskClass.SUPER_PREFERRED: _("Super preferred"),
    RiskClass.PREFERRED_PLUS: _("Preferred plus"),
    RiskClass.PREFERRED: _("Preferred"),
    RiskClass.STANDARD_PLUS: _("Standard plus"),
    RiskClass.STANDARD: _("Standard"),
    RiskClass.PREFERRED_TOBACCO: _("Preferred tobacco"),
    RiskClass.STANDARD_TOBACCO: _("Standard tobacco"),
}
MODE_NAMES: dict[str, str | Promise] = {
    Mode.ANNUAL: _("yearly"),
    Mode.SEMIANNUAL: _("half-yearly"),
    Mode.QUARTERLY: _("quarterly"),
    Mode.MONTHLY: _("monthly"),
    Mode.SEMIMONTHLY: _("twice a month"),
    Mode.BIWEEKLY: _("every two weeks"),
    Mode.WEEKLY: _("weekly"),
}
KIND_NAMES: dict[str, str | Promise] = {
    RequirementKind.PARAMEDICAL_EXAM: _("Paramedical exam"),
    RequirementKind.BLOOD_PROFILE: _("Blood profile"),
    RequirementKind.URINE: _("Urine specimen"),
    RequirementKind.ECG: _("ECG"),
    RequirementKind.TREADMILL: _("Treadmill test"),
    RequirementKind.MD_EXAM: _("Doctor's exam"),
    RequirementKind.APS: _("Attending physician statement"),
    RequirementKind.TELEPHONE_INTERVIEW: _("Telephone interview"),
    RequirementKind.INSPECTION_REPORT: _("Inspection report"),
    RequirementKind.MVR: _("Motor vehicle report"),
    RequirementKind.PRESCRIPTION_HISTORY: _("Prescription history"),
    RequirementKind.MIB: _("MIB check"),
    RequirementKind.FINANCIAL_STATEMENTS: _("Financial statements"),
    RequirementKind.COGNITIVE_TEST: _("Cognitive test"),
    RequirementKind.HIPAA_AUTHORISATION: _("HIPAA authorisation"),
    RequirementKind.REPLACEMENT_FORM: _("Replacement form"),
    RequirementKind.ILLUSTRATION: _("Illustration"),
    RequirementKind.TRUST_PAPERS: _("Trust or business papers"),
    RequirementKind.DELIVERY_RECEIPT: _("Delivery receipt"),
    RequirementKind.POLICY_ACCEPTANCE: _("Policy acceptance"),
    RequirementKind.AMENDMENT: _("Amendment"),
    RequirementKind.GOOD_HEALTH_STATEMENT: _("Good-health statement"),
    RequirementKind.INITIAL_PREMIUM: _("First premium"),
    RequirementKind.CHANGE_FORM: _("Change request form"),
    RequirementKind.REINSTATEMENT_FORM: _("Reinstatement application"),
    RequirementKind.PREMIUM_ARREARS: _("Premium in arrears"),
}
ORDERED_BY: dict[str, str | Promise] = {
    OrderedBy.AGENCY: _("the agency"),
    OrderedBy.AGENT: _("the agent"),
    OrderedBy.CARRIER: _("the carrier"),
    OrderedBy.CLIENT: _("the client"),
}
