"""Forms of carriers' files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from megler.carriers.models import Carrier
from megler.feeds.models import FeedSource
from megler.feeds.names import TOLD, WAY, Format, choices
from megler.feeds.rules.words import USUAL_WAYS, Told
from megler.post.models import TradingPartner

FILE_KINDS = ".csv,.txt,.tsv,.xlsx,.xls,.xml,.json,text/csv,application/xml"


class UploadForm(forms.Form):
    """A carrier's file, and as of when it speaks if it does not say so."""

    file = forms.FileField(label=_("File"))
    as_of = forms.DateField(
        label=_("As of"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=_("Only if neither the file nor its name says so."),
    )


class SourceForm(forms.Form):
    """A source: whose, in what form, and what is done with each thing it tells."""

    name = forms.CharField(label=_("Name"), max_length=100)
    slug = forms.SlugField(
        label=_("Short name"), max_length=40, help_text=_("For commands and programs.")
    )
    carrier = forms.ModelChoiceField(Carrier.objects.none(), label=_("Carrier"))
    format = forms.ChoiceField(label=_("Form"), choices=Format.choices)
    partner = forms.ModelChoiceField(
        TradingPartner.objects.none(),
        label=_("Trading partner"),
        required=False,
        help_text=_("From whom files come by themselves."),
    )
    folder = forms.CharField(
        label=_("Folder of its messages (SFTP)"), max_length=300, required=False
    )
    stale_days = forms.IntegerField(
        label=_("Days until its word is stale"), min_value=1, max_value=365, initial=7
    )
    makes_new_cases = forms.BooleanField(
        label=_("Open a case for a record that fits none"), required=False
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        source: FeedSource | None = None,
        sets_partner: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        carrier, partner = self.fields["carrier"], self.fields["partner"]
        carrier.queryset = Carrier.objects.order_by("name")  # type: ignore[attr-defined]
        partner.queryset = TradingPartner.objects.order_by("name")  # type: ignore[attr-defined]
        if not sets_partner:
            del self.fields["partner"], self.fields["folder"]
        for told in Told:
            self.fields[f"way_{told.value}"] = forms.ChoiceField(
                label=TOLD[told],  # type: ignore[arg-type]
                choices=choices(WAY),
                initial=(source.ways if source else USUAL_WAYS).get(told.value),
            )
        if source:
            for name in ("slug", "carrier", "format"):
                del self.fields[name]

    def ways(self) -> dict[str, str]:
        """What is done with each thing told."""
        return {told.value: self.cleaned_data[f"way_{told.value}"] for told in Told}

    def way_fields(self) -> list[Any]:
        """The fields of the ways, for the page."""
        return [self[f"way_{told.value}"] for told in Told]


class CaseForm(forms.Form):
    """The case that a row is about, by its number."""

    number = forms.CharField(label=_("Case number"), max_length=20)
