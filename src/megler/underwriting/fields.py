"""Fields of a person that pages of underwriting and of quotes share; `rules.person_entry` reads them."""

from django import forms
from django.utils.translation import gettext_lazy as _

UNKNOWN = ("", _("not known"))
YES_NO = [UNKNOWN, ("yes", _("yes")), ("no", _("no"))]
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


def typed(label: object, example: object, **attrs: str) -> forms.CharField:
    """A short text, with an example in it."""
    widget = forms.TextInput(attrs={"placeholder": example, "autocomplete": "off", **attrs})
    return forms.CharField(label=label, required=False, max_length=40, widget=widget)  # type: ignore[arg-type]


def chosen(label: object, choices: object) -> forms.ChoiceField:
    """One of several choices."""
    return forms.ChoiceField(label=label, required=False, choices=choices)  # type: ignore[arg-type]


def several(label: object, choices: object) -> forms.MultipleChoiceField:
    """Any of several choices."""
    return forms.MultipleChoiceField(
        label=label,  # type: ignore[arg-type]
        required=False,
        choices=choices,  # type: ignore[arg-type]
        widget=forms.CheckboxSelectMultiple,
    )


def day(label: object) -> forms.DateField:
    """A date."""
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget)  # type: ignore[arg-type]


def month(label: object) -> forms.CharField:
    """A month."""
    widget = forms.TextInput(attrs={"type": "month", "placeholder": "2023-05"})
    return forms.CharField(label=label, required=False, max_length=10, widget=widget)  # type: ignore[arg-type]


class PersonFields(forms.Form):
    """What is asked of each person."""

    born = day(_("Born"))
    age = typed(_("or age"), "47", inputmode="numeric")
    sex = chosen(_("Sex"), [UNKNOWN, ("female", _("female")), ("male", _("male"))])
    height = typed(_("Height"), "5'10")
    weight = typed(_("Weight, lb"), "180")
    nicotine = chosen(_("Nicotine"), NICOTINE)
    nicotine_product = chosen(_("What"), PRODUCTS)
    nicotine_last_used = month(_("Last used"))
    nicotine_per_year = typed(_("Times a year"), "12", inputmode="numeric")
    blood_pressure = typed(_("Blood pressure"), "128/82")
    blood_pressure_treated = chosen(_("treated"), YES_NO)
    cholesterol_total = typed(_("Cholesterol, mg/dL"), "210", inputmode="decimal")
    cholesterol_ratio = typed(_("total / HDL"), "4.1", inputmode="decimal")
    cholesterol_treated = chosen(_("treated"), YES_NO)
    history = chosen(
        _("Conditions, medicines, driving, pastimes, travel"),
        [UNKNOWN, ("none", _("nothing to tell"))],
    )
    family = chosen(_("Parents and siblings"), FAMILY)
    family_relation_1 = chosen(_("Who"), RELATIONS)
    family_condition_1 = chosen(_("What"), CONDITIONS)
    family_onset_age_1 = typed(_("Began at age"), "58", inputmode="numeric")
    family_death_age_1 = typed(_("Died at age"), "", inputmode="numeric")
    family_relation_2 = chosen(_("Who"), RELATIONS)
    family_condition_2 = chosen(_("What"), CONDITIONS)
    family_onset_age_2 = typed(_("Began at age"), "", inputmode="numeric")
    family_death_age_2 = typed(_("Died at age"), "", inputmode="numeric")
