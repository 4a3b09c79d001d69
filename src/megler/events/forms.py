"""What is typed about who hears of events."""

from django import forms
from django.utils.translation import gettext_lazy as _

from megler.carriers.models import Carrier
from megler.events.models import Format


class SubscriptionForm(forms.Form):
    """An address that hears of events."""

    name = forms.CharField(label=_("Name"), max_length=100)
    address = forms.CharField(
        label=_("Address"), max_length=500, help_text=_("https, and out in the world.")
    )
    format = forms.ChoiceField(label=_("Format"), choices=Format)
    kinds = forms.CharField(
        label=_("Events"),
        max_length=500,
        required=False,
        help_text=_("Such as case, requirement.received, note: with a comma between. Empty: all."),
    )
    carrier = forms.ModelChoiceField(
        label=_("Only this carrier's cases"),
        queryset=Carrier.objects.order_by("name"),
        required=False,
    )


class ReplayForm(forms.Form):
    """Between which times events are told again."""

    since = forms.DateTimeField(
        label=_("From"), widget=forms.DateTimeInput({"type": "datetime-local"})
    )
    until = forms.DateTimeField(
        label=_("Until"), widget=forms.DateTimeInput({"type": "datetime-local"})
    )
