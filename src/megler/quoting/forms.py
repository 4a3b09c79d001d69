"""The quote page's fields. What is typed is read by `rules.entry`; nothing is refused here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from megler.vocabulary.codes import JURISDICTIONS

UNKNOWN = ("", _("not known"))
YES_NO = [UNKNOWN, ("yes", _("yes")), ("no", _("no"))]
LINES = [
    ("", _("All lines")),
    ("term_life", _("Term life")),
    ("whole_life", _("Whole life")),
    ("final_expense", _("Final expense")),
    ("group_term_life", _("Group voluntary life")),
    ("health", _("Individual health")),
]
TERMS = [
    ("", _("All terms")),
    *((str(n), _("%(years)s years") % {"years": n}) for n in (10, 15, 20, 25, 30)),
]
MODES = [
    ("monthly", _("Monthly")),
    ("quarterly", _("Quarterly")),
    ("semiannual", _("Half-yearly")),
    ("annual", _("Yearly")),
]
NICOTINE = [UNKNOWN, ("never", _("never")), ("stopped", _("stopped")), ("now", _("uses now"))]
PRODUCTS = [
    ("cigarette", _("cigarettes")),
    ("e_cigarette", _("e-cigarettes")),
    ("cigar", _("cigars")),
    ("pipe", _("pipe")),
    ("chewing_tobacco", _("chewing tobacco")),
    ("snus", _("snus")),
    ("nicotine_pouch", _("nicotine pouches")),
    ("nicotine_gum", _("nicotine gum")),
    ("other", _("other")),
]
FAMILY = [UNKNOWN, ("none", _("nothing to tell")), ("some", _("illness or early death"))]
RELATIONS = [
    ("", "—"),
    ("father", _("father")),
    ("mother", _("mother")),
    ("brother", _("brother")),
    ("sister", _("sister")),
]
CONDITIONS = [
    ("", "—"),
    ("coronary artery disease", _("heart disease")),
    ("stroke", _("stroke")),
    ("cancer", _("cancer")),
    ("diabetes", _("diabetes")),
]


def _typed(label: object, example: str, **attrs: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"placeholder": example, "autocomplete": "off", **attrs})
    return forms.CharField(label=label, required=False, max_length=40, widget=widget)  # type: ignore[arg-type]


def _chosen(label: object, choices: object) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=choices)  # type: ignore[arg-type]


class QuoteForm(forms.Form):
    """One life and what is wanted for it."""

    agent_npn = _typed(_("For agent (producer number)"), "", inputmode="numeric")
    line = _chosen(_("Line of business"), LINES)
    face_amount = _typed(_("Amount"), "500k", inputmode="text")
    term_years = _chosen(_("Term"), TERMS)
    mode = _chosen(_("Show premium"), MODES)
    born = forms.DateField(
        label=_("Born"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    age = _typed(_("or age"), "47", inputmode="numeric")
    sex = _chosen(_("Sex"), [UNKNOWN, ("female", _("female")), ("male", _("male"))])
    jurisdiction = _chosen(_("State"), [UNKNOWN, *JURISDICTIONS.items()])
    zip = _typed("ZIP", "75001", inputmode="numeric")
    county = _typed(_("County"), "Collin")
    height = _typed(_("Height"), "5'10")
    weight = _typed(_("Weight"), "180")
    nicotine = _chosen(_("Nicotine"), NICOTINE)
    nicotine_product = _chosen(_("What"), PRODUCTS)
    nicotine_last_used = forms.CharField(
        label=_("Last used"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2023-05"}),
    )
    blood_pressure = _typed(_("Blood pressure"), "128/82")
    blood_pressure_treated = _chosen(_("treated"), YES_NO)
    cholesterol_total = _typed(_("Cholesterol, mg/dL"), "210", inputmode="decimal")
    cholesterol_ratio = _typed(_("total / HDL"), "4.1", inputmode="decimal")
    cholesterol_treated = _chosen(_("treated"), YES_NO)
    history = _chosen(
        _("Conditions, medicines, driving, pastimes, travel"),
        [UNKNOWN, ("none", _("nothing to tell"))],
    )
    family = _chosen(_("Parents and siblings"), FAMILY)
    family_relation_1 = _chosen(_("Who"), RELATIONS)
    family_condition_1 = _chosen(_("What"), CONDITIONS)
    family_onset_age_1 = _typed(_("Began at age"), "58", inputmode="numeric")
    family_death_age_1 = _typed(_("Died at age"), "", inputmode="numeric")
    family_relation_2 = _chosen(_("Who"), RELATIONS)
    family_condition_2 = _chosen(_("What"), CONDITIONS)
    family_onset_age_2 = _typed(_("Began at age"), "", inputmode="numeric")
    family_death_age_2 = _typed(_("Died at age"), "", inputmode="numeric")
