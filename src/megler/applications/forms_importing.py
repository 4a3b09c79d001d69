"""What is typed when a message is imported."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MessageUpload(forms.Form):
    """A 103 of another system, and what whoever imports it knows beside."""

    message = forms.FileField(
        label=_("Message"),
        help_text=_("A TXLife message (XML). Messages of every kind can be looked at."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,text/xml,application/xml"}),
    )
    agent_npn = forms.CharField(
        label=_("Agent's number (NPN)"),
        help_text=_("Only if the message names no agent, or another number."),
        required=False,
        max_length=10,
    )
    product = forms.CharField(
        label=_("Product"),
        help_text=_("Only if the message's codes are not known here: carrier/product."),
        required=False,
        max_length=130,
    )
    again = forms.BooleanField(
        label=_("It is another application, though it may look like one that is here"),
        required=False,
    )
