"""What narrows the journal."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from megler.vocabulary.numbers import FIRST_DAY, LAST_DAY

_DAYS = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]


class FindEntriesForm(forms.Form):
    """Who, what, on what, and until when."""

    actor = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    verb = forms.CharField(
        label=_("What was done"),
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"placeholder": "person.invited"}),
    )
    subject_type = forms.CharField(
        label=_("On what"),
        required=False,
        max_length=32,
        widget=forms.TextInput(attrs={"placeholder": "case"}),
    )
    subject_id = forms.CharField(label=_("Its number"), required=False, max_length=64)
    since = forms.DateField(
        label=_("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=_DAYS,
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=_DAYS,
    )
