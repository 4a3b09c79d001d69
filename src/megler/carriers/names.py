"""The words people read for codes of this room."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from megler.vocabulary.codes import Line, Mode, RiskClass

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
