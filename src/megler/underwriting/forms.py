"""The fields of the assessment page. What is typed is read by `rules.person_entry`."""

from django import forms
from django.utils.translation import gettext_lazy as _

from megler.underwriting.fields import UNKNOWN, PersonFields, chosen, day, typed
from megler.underwriting.names import KIND_NAMES
from megler.vocabulary.codes import JURISDICTIONS

LINES = [
    ("", _("every line")),
    ("term_life", _("term life")),
    ("whole_life", _("whole life")),
    ("universal_life", _("universal life")),
    ("final_expense", _("final expense")),
    ("disability", _("disability income")),
    ("long_term_care", _("long-term care")),
    ("critical_illness", _("critical illness")),
]
_ON_FILE = [("", "—"), *((str(kind), name) for kind, name in KIND_NAMES.items())]
TERMS = [("", _("any")), *((str(n), str(n)) for n in (10, 15, 20, 25, 30, 35, 40))]


class AssessmentForm(PersonFields):
    """A person to assess, and what is wanted."""

    line = chosen(_("Line of business"), LINES)
    face_amount = typed(_("Amount"), "500k", inputmode="text")
    term_years = chosen(_("Term"), TERMS)
    jurisdiction = chosen(_("State"), [UNKNOWN, *JURISDICTIONS.items()])
    occupation = typed(_("Occupation"), "electrician")
    income_annual = typed(_("Income a year"), "90k", inputmode="text")
    net_worth = typed(_("Net worth"), "400k", inputmode="text")
    facts = forms.CharField(required=False, widget=forms.HiddenInput)


class RequirementsForm(AssessmentForm):
    """The same, with what is on file already."""

    evidence_kind_1 = chosen(_("On file"), _ON_FILE)
    evidence_on_1 = day(_("From"))
    evidence_kind_2 = chosen(_("On file"), _ON_FILE)
    evidence_on_2 = day(_("From"))
    evidence_kind_3 = chosen(_("On file"), _ON_FILE)
    evidence_on_3 = day(_("From"))
