"""The small quote box."""

from django import forms
from django.utils.translation import gettext_lazy as _

from megler.vocabulary.codes import JURISDICTIONS, Sex


class QuoteBox(forms.Form):
    """The four facts with which a quote begins; they prefill the quote page."""

    age = forms.CharField(
        label=_("Age"),
        max_length=3,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "47"}
        ),
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=[("", _("any")), (Sex.FEMALE.value, _("female")), (Sex.MALE.value, _("male"))],
    )
    jurisdiction = forms.ChoiceField(
        label=_("State"), choices=[("", _("choose …")), *JURISDICTIONS.items()]
    )
    face_amount = forms.CharField(
        label=_("Amount in dollars"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "500k"}),
    )
    use_required_attribute = False


class PutOffForm(forms.Form):
    """Until when a thing sleeps, and why."""

    until = forms.DateField(label=_("Back on"), widget=forms.DateInput({"type": "date"}))
    reason = forms.CharField(label=_("Why"), max_length=200, required=False)
