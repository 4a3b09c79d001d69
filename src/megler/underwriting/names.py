"""The words people read for codes of this room."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from megler.carriers.rules.ratings import OrderedBy
from megler.vocabulary.codes import RequirementKind

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
}
ORDERED_BY: dict[str, str | Promise] = {
    OrderedBy.AGENCY: _("the agency"),
    OrderedBy.AGENT: _("the agent"),
    OrderedBy.CARRIER: _("the carrier"),
    OrderedBy.CLIENT: _("the client"),
}
