"""What is typed on a drop ticket."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from megler.applications.models_filling import CompletedBy
from megler.vocabulary.codes import JURISDICTIONS

QUESTIONS = {
    "first_name": "insured_first_name",
    "last_name": "insured_last_name",
    "born": "insured_born",
    "phone": "insured_phone",
    "email": "insured_email",
}
"""The ticket's fields that are questions of the application."""


class TicketForm(forms.Form):
    """Whom to call about what; everything else is asked by interview."""

    agent_npn = forms.CharField(label=_("Agent's number (NPN)"), max_length=10)
    product = forms.ChoiceField(label=_("Product"))
    jurisdiction = forms.ChoiceField(
        label=_("Client's state"), choices=[("", "–"), *JURISDICTIONS.items()]
    )
    first_name = forms.CharField(label=_("First name"), max_length=200)
    last_name = forms.CharField(label=_("Last name"), max_length=200)
    born = forms.CharField(label=_("Date of birth"), max_length=20)
    phone = forms.CharField(label=_("Telephone"), max_length=32)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    amount = forms.CharField(label=_("Amount of insurance"), max_length=24)
    term_years = forms.CharField(label=_("Term in years"), max_length=3, required=False)
    completed_by = forms.ChoiceField(label=_("The questions are asked by"), choices=CompletedBy)
    call_at = forms.DateTimeField(
        label=_("Asked to be called"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    note = forms.CharField(
        label=_("Note for the caller"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, products: list[Any], has_own_agent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"].choices = products  # type: ignore[attr-defined]
        if has_own_agent:
            del self.fields["agent_npn"]
        placeholders = {"born": _("MM/DD/YYYY"), "phone": "512-555-0142", "amount": "250,000"}
        for name, text in placeholders.items():
            self.fields[name].widget.attrs["placeholder"] = text
