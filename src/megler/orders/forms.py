"""The forms of orders."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from megler.carriers.models import Carrier
from megler.cases.models import Case, CaseDocument, Requirement
from megler.cases.rules.requirements import Act, starts
from megler.orders import names
from megler.orders.models import Authorisation, Facility, OrderItem, Vendor
from megler.orders.rules.status_codes import written
from megler.orders.rules.words import ORDERED_HERE, ORDINARY, Event
from megler.post.models import TradingPartner
from megler.underwriting.names import KIND_NAMES
from megler.vocabulary.codes import JURISDICTIONS, RequirementKind

STATES = [("", "–"), *((code, name) for code, name in JURISDICTIONS.items())]
_LINES = {"rows": 4, "class": "font-monospace", "spellcheck": "false", "autocomplete": "off"}
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
FACILITIES_MAX = 200


def orderable(case: Case) -> list[Requirement]:
    """The case's requirements that can be ordered from a vendor now, oldest first."""
    found = case.requirements.order_by("raised_at", "kind")
    return [
        one
        for one in found
        if (kind := RequirementKind(one.kind)) in ORDERED_HERE
        and one.state in starts(kind, Act.ORDER)
    ]


class PlaceForm(forms.Form):
    """What to order, from whom, about which records."""

    requirements = forms.ModelMultipleChoiceField(
        label=_("What"), queryset=Requirement.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    vendor = forms.ModelChoiceField(label=_("From"), queryset=Vendor.objects.none())
    facility = forms.ModelChoiceField(
        label=_("Records of"), queryset=Facility.objects.none(), required=False,
        help_text=_("For an attending physician's statement: whose records."),
    )  # fmt: skip
    authorisation = forms.ModelChoiceField(
        label=_("Authorisation"), queryset=Authorisation.objects.none(), required=False
    )
    details = forms.CharField(
        label=_("Instructions"), required=False, max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, case: Case, *args: Any, facility_words: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        can = orderable(case)
        self._field("requirements").queryset = Requirement.objects.filter(
            pk__in=[r.pk for r in can]
        )
        self._field("vendor").queryset = Vendor.objects.filter(is_active=True)
        where = Facility.objects.all()
        chosen = self.data.get("facility") or self.initial.get("facility")
        if facility_words:
            where = where.filter(words__contains=facility_words)
        elif chosen:
            where = where.filter(pk=chosen)
        near = where.order_by("words")[:FACILITIES_MAX].values("pk")
        self._field("facility").queryset = Facility.objects.filter(
            pk__in=list(near.values_list("pk", flat=True))
        )
        mine = Authorisation.objects.filter(client=case.client, revoked_on=None)
        self._field("authorisation").queryset = mine.select_related("paper__document")

    def _field(self, name: str) -> Any:
        return self.fields[name]


class AuthorisationForm(forms.Form):
    """A signed authorisation that is a document of the case."""

    paper = forms.ModelChoiceField(label=_("Document"), queryset=CaseDocument.objects.none())
    signed_on = forms.DateField(label=_("Signed on"), widget=_DAY)
    expires_on = forms.DateField(label=_("Good until"), widget=_DAY, required=False)
    scope = forms.MultipleChoiceField(
        label=_("Covers"), choices=names.choices(names.PROVIDER),
        widget=forms.CheckboxSelectMultiple, initial=[one.value for one in ORDINARY],
    )  # fmt: skip

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["paper"]
        field.queryset = case.documents.filter(replaced_at=None).select_related("document")


class BecauseForm(forms.Form):
    because = forms.CharField(
        label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class DetailsForm(forms.Form):
    details = forms.CharField(
        label=_("Instructions"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class FeeForm(forms.Form):
    fee = forms.DecimalField(label=_("Fee"), min_value=0, max_digits=8, decimal_places=2)


class HeardForm(forms.Form):
    """What a vendor said by telephone or post."""

    item = forms.ModelChoiceField(label=_("Of what"), queryset=OrderItem.objects.none())
    event = forms.ChoiceField(
        label=_("What was said"),
        choices=[(e.value, names.EVENT[e]) for e in Event if e is not Event.FEE_ASKED],
    )
    appointment = forms.DateTimeField(
        label=_("Appointment"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )  # fmt: skip
    detail = forms.CharField(label=_("In their words"), required=False, max_length=500)
    papers = forms.ModelMultipleChoiceField(
        label=_("Documents"), queryset=CaseDocument.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, order: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item: Any = self.fields["item"]
        item.queryset = order.items.select_related("requirement", "order")
        item.label_from_instance = lambda one: str(one.requirement)
        papers: Any = self.fields["papers"]
        papers.queryset = order.case.documents.filter(replaced_at=None).select_related("document")


def _kinds() -> list[tuple[str, Any]]:
    return [(k.value, KIND_NAMES[k]) for k in RequirementKind if k in ORDERED_HERE]


class VendorForm(forms.Form):
    """A vendor as somebody writes it down."""

    name = forms.CharField(label=_("Name"), max_length=100)
    slug = forms.SlugField(label=_("Short name"), max_length=64)
    kinds = forms.MultipleChoiceField(
        label=_("Does"), choices=_kinds, widget=forms.CheckboxSelectMultiple
    )
    jurisdictions = forms.CharField(
        label=_("Only in these states"), required=False, max_length=300,
        help_text=_("Two letters each, such as TX OK. Empty: everywhere."),
    )  # fmt: skip
    format = forms.ChoiceField(label=_("Takes orders as"), choices=names.choices(names.FORMAT))
    partner = forms.ModelChoiceField(
        label=_("Trading partner"), queryset=TradingPartner.objects.order_by("name"), required=False,
        help_text=_("Where its files go, by HTTPS or SFTP."),
    )  # fmt: skip
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    address = forms.CharField(label=_("Postal address"), max_length=300, required=False)
    vendor_code = forms.CharField(label=_("Our code with them"), max_length=40, required=False)
    account = forms.CharField(
        label=_("Our account"), max_length=40, required=False,
        help_text=_("For all carriers that have none of their own."),
    )  # fmt: skip
    answer_days = forms.IntegerField(
        label=_("Answers within, business days"), min_value=1, max_value=60, initial=2
    )
    out_folder = forms.CharField(
        label=_("Folder of its messages (SFTP)"), max_length=300, required=False
    )
    status_address = forms.CharField(
        label=_("Address of its messages (https://)"), max_length=500, required=False
    )
    requirement_codes = forms.CharField(
        label=_("Its codes of our requirements"), required=False, widget=forms.Textarea(attrs=_LINES),
        help_text=_("One a line, such as: ecg = 231"),
    )  # fmt: skip
    status_codes = forms.CharField(
        label=_("What its status codes mean"), required=False, widget=forms.Textarea(attrs=_LINES),
        help_text=_("One a line, such as: event S79 = result"),
    )  # fmt: skip
    layout = forms.CharField(
        label=_("Columns of its own NAILBA records"), required=False,
        widget=forms.Textarea(attrs=_LINES), help_text=_("One a line, such as: 3A,City,68,92"),
    )  # fmt: skip
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    @classmethod
    def of(cls, vendor: Vendor) -> "VendorForm":
        """A form that shows a vendor as it stands."""
        shown = {name: getattr(vendor, name) for name in cls.base_fields if hasattr(vendor, name)}
        codes = "\n".join(f"{k} = {v}" for k, v in sorted(vendor.requirement_codes.items()))
        account = vendor.accounts.filter(carrier=None).values_list("account", flat=True).first()
        shown |= {
            "requirement_codes": codes,
            "status_codes": written(vendor.status_codes),
            "jurisdictions": " ".join(vendor.jurisdictions),
            "account": account or "",
        }
        return cls(initial=shown)


class AccountForm(forms.Form):
    carrier = forms.ModelChoiceField(label=_("Carrier"), queryset=Carrier.objects.order_by("name"))
    account = forms.CharField(label=_("Our account"), max_length=40, required=False)


class FacilityForm(forms.ModelForm):  # type: ignore[type-arg]
    """A facility of the directory."""

    jurisdiction = forms.ChoiceField(label=_("State"), choices=STATES, required=False)

    class Meta:
        model = Facility
        fields = (
            "name", "doctor", "provider", "street", "city", "jurisdiction", "zip", "phone", "fax",
            "custodian", "copy_service", "own_form", "fee_usual", "note",
        )  # fmt: skip


class TermForm(forms.Form):
    jurisdiction = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    months = forms.IntegerField(label=_("Months"), min_value=0, max_value=120)


class LimitForm(forms.Form):
    carrier = forms.ModelChoiceField(
        label=_("Carrier"), queryset=Carrier.objects.order_by("name"), required=False,
        empty_label=_("All others"),
    )  # fmt: skip
    limit = forms.DecimalField(label=_("Limit"), min_value=0, max_digits=8, decimal_places=2)


class AssignForm(forms.Form):
    """Whose a word in the tray is: one of the proposals, or an order by its number."""

    item = forms.ModelChoiceField(
        label=_("Of what"), queryset=OrderItem.objects.none(), required=False,
        widget=forms.RadioSelect, empty_label=None,
    )  # fmt: skip
    number = forms.CharField(
        label=_("Or another order"), required=False, max_length=20,
        help_text=_("Its number and place, such as O-10001-1."),
    )  # fmt: skip
    in_spite_of = forms.BooleanField(
        label=_("I have looked at the papers: it is this person, whatever the message says"),
        required=False,
    )

    def __init__(self, proposed: Iterable[OrderItem], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["item"]
        field.queryset = OrderItem.objects.filter(pk__in=[one.pk for one in proposed])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        number = str(given.get("number") or "").strip().upper()
        if number:
            found = OrderItem.objects.filter(unique_id=number).first()
            if found is None:
                self.add_error("number", _("There is no such order."))
            given["item"] = found
        elif not given.get("item"):
            self.add_error("number", _("Choose one, or name an order."))
        return given
