"""The form that keeps a trading partner."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from megler.post.actions.partners import PartnerEntry
from megler.post.models import TradingPartner
from megler.post.names import CHANNELS, SHAPES

_LINES = {"rows": 3, "class": "font-monospace", "spellcheck": "false", "autocomplete": "off"}


class PartnerForm(forms.Form):
    """A trading partner. What is secret is never shown again; left empty, it stays."""

    name = forms.CharField(label=_("Name"), max_length=200)
    slug = forms.CharField(
        label=_("Short name"), max_length=64, help_text=_("As the carrier's in its editions.")
    )
    channel = forms.ChoiceField(label=_("Way"), choices=CHANNELS)
    address = forms.CharField(
        label=_("Address"),
        max_length=500,
        help_text=_("A host for SFTP, an https:// address, or an e-mail address."),
    )
    port = forms.IntegerField(
        label=_("Port"), required=False, min_value=1, max_value=65535, help_text=_("SFTP: 22.")
    )
    folder = forms.CharField(label=_("Folder"), max_length=300, required=False)
    user = forms.CharField(
        label=_("User"), max_length=100, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    secret = forms.CharField(
        label=_("Password or token"), max_length=2_000, required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    private_key = forms.CharField(
        label=_("Private key"), max_length=20_000, required=False,
        widget=forms.Textarea(attrs=_LINES),
        help_text=_("The password is then its passphrase."),
    )  # fmt: skip
    host_keys = forms.CharField(
        label=_("The server's key"), max_length=20_000, required=False,
        widget=forms.Textarea(attrs=_LINES),
        help_text=_(
            "As the partner gave it to you, such as ssh-ed25519 AAAA… Not known yet? Save the "
            "partner not in use and try the connection: the key is shown, to be compared."
        ),
    )  # fmt: skip
    authority = forms.CharField(
        label=_("Certificate authority"), max_length=100_000, required=False,
        widget=forms.Textarea(attrs=_LINES),
        help_text=_("Only where the partner has an authority of its own (PEM)."),
    )  # fmt: skip
    shape = forms.ChoiceField(label=_("How files travel"), choices=SHAPES, required=False)
    dialect = forms.CharField(
        label=_("Message dialect"), max_length=64, required=False,
        help_text=_("Which codes and identifiers its messages use."),
    )  # fmt: skip
    is_active = forms.BooleanField(label=_("In use"), required=False)

    @classmethod
    def of(cls, partner: TradingPartner | None) -> "PartnerForm":
        """A form that shows a partner as it stands, without its secrets."""
        if partner is None:
            return cls(initial={"is_active": True, "channel": "sftp"})
        shown = [name for name in cls.base_fields if name not in {"secret", "private_key"}]
        return cls(initial={name: getattr(partner, name) for name in shown})

    def entry(self) -> PartnerEntry:
        """What was written down."""
        given: dict[str, Any] = self.cleaned_data
        return PartnerEntry(**(given | {"shape": given["shape"] or SHAPES[0][0]}))
