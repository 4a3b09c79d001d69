"""What is asked about an issued policy, its delivery, alerts, insured people and rules of asking."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from megler.carriers.models import Carrier
from megler.cases import names
from megler.cases.actions.delivering import Parcel
from megler.cases.actions.received import Policy
from megler.cases.forms_changes import day_field
from megler.cases.models import Case, CaseDocument, FreeLookRule, RequirementRule, RequirementSet
from megler.cases.rules.alerts import Severity
from megler.cases.rules.beneficiaries import read_beneficiaries
from megler.cases.rules.delivery import DeliveryWay
from megler.cases.rules.policy_check import Settled
from megler.cases.rules.requirements import Act
from megler.clients.rules.people import Known
from megler.ui.problems import sentence


def _money(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_digits=14, decimal_places=2, required=False
    )


class PolicyForm(forms.Form):
    """The policy as it stands on paper; what is left empty is not compared."""

    number = forms.CharField(label=_("Policy number"), max_length=40)
    policy_on = day_field(label=_("Policy date"), required=False)
    insured = forms.CharField(label=_("Insured"), max_length=200, required=False)
    owner = forms.CharField(label=_("Owner"), max_length=200, required=False)
    face_amount = _money(_("Amount"))
    class_name = forms.CharField(label=_("Class"), max_length=100, required=False)
    premium = _money(_("Premium"))
    mode = forms.ChoiceField(
        label=_("How often it is paid"),
        choices=[("", "–"), *names.choices(names.MODE)],
        required=False,
    )
    term_years = forms.IntegerField(
        label=_("Term in years"), min_value=1, max_value=60, required=False
    )
    beneficiaries = forms.CharField(
        label=_("Beneficiaries"),
        widget=forms.Textarea({"rows": 3}),
        max_length=4000,
        required=False,
        help_text=_("One a line: name; share in per cent; contingent, if so."),
    )
    document = forms.ModelChoiceField(
        label=_("Its document in the case"), queryset=CaseDocument.objects.none(), required=False
    )

    def __init__(self, *args: Any, case: Case, **more: Any) -> None:
        super().__init__(*args, **{"initial": {"number": case.policy_number}, **more})
        papers = CaseDocument.objects.filter(case=case).select_related("document")
        self.fields["document"].queryset = papers.order_by("-added_at")  # type: ignore[attr-defined]

    def clean_beneficiaries(self) -> Any:
        """Each line as a person with a share."""
        rows = []
        for line in self.cleaned_data["beneficiaries"].splitlines():
            if line.strip():
                name, _sep, rest = line.partition(";")
                share, _sep, more = rest.partition(";")
                told = "contingent" if more.strip() else "primary"
                rows.append({"name": name, "share": share.strip(" %"), "class": told})
        if not rows:
            return ()
        named, problems = read_beneficiaries(rows)
        if problems:
            raise forms.ValidationError([str(sentence(problem)) for problem in problems])
        return tuple(named)

    def policy(self) -> Policy:
        """The policy as read."""
        return Policy(**self.cleaned_data)


class DifferenceForm(forms.Form):
    """What becomes of a difference, and why."""

    to = forms.TypedChoiceField(
        coerce=Settled,
        choices=names.choices(names.DIFFERENCE_STATE, {Settled.ACCEPTED, Settled.RETURNED}),
    )
    reason = forms.CharField(label=_("Why"), max_length=2000)


class ParcelForm(forms.Form):
    """How a policy goes to its owner."""

    way = forms.TypedChoiceField(
        label=_("How?"),
        coerce=DeliveryWay,
        choices=names.choices(names.DELIVERY_WAY),
        widget=forms.RadioSelect,
        initial=DeliveryWay.EMAIL.value,
    )
    to_name = forms.CharField(label=_("To"), max_length=200)
    to_email = forms.EmailField(label=_("E-mail"), required=False)
    courier = forms.CharField(label=_("Courier"), max_length=60, required=False)
    tracking = forms.CharField(label=_("Tracking number"), max_length=60, required=False)
    documents = forms.ModelMultipleChoiceField(
        label=_("What the owner reads and signs for"),
        queryset=CaseDocument.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, case: Case, **more: Any) -> None:
        initial = {"to_name": case.client.name, "to_email": case.client.email}
        super().__init__(*args, **{"initial": initial, **more})
        papers = CaseDocument.objects.filter(case=case).select_related("document")
        self.fields["documents"].queryset = papers.order_by("-added_at")  # type: ignore[attr-defined]

    def parcel(self) -> Parcel:
        """What is sent."""
        given = self.cleaned_data
        return Parcel(**{**given, "documents": tuple(given["documents"])})


class ReceiptForm(forms.Form):
    """Who signed for a policy, and when."""

    name = forms.CharField(label=_("Signed for by"), max_length=200)
    on = day_field(label=_("On which day?"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"initial": {"on": timezone.localdate()}, **more})


class BornForm(forms.Form):
    """The date of birth that opens a policy."""

    born = day_field(label=_("Date of birth of the insured or owner"))


class SignForm(forms.Form):
    """The owner's name, as a receipt."""

    name = forms.CharField(label=_("Your full name"), max_length=200)


class AlertForm(forms.Form):
    """What everyone who opens the case must see."""

    text = forms.CharField(label=_("What must everybody see?"), max_length=500)
    severity = forms.TypedChoiceField(
        label=_("How grave?"),
        coerce=Severity,
        choices=names.choices(names.SEVERITY),
        initial=Severity.ATTENTION.value,
    )
    until = day_field(label=_("Until"), required=False)
    for_agent = forms.BooleanField(label=_("The agent sees it, too"), required=False)


class InsuredForm(forms.Form):
    """Another insured."""

    first_name = forms.CharField(label=_("First name"), max_length=200)
    last_name = forms.CharField(label=_("Last name"), max_length=200)
    born = day_field(label=_("Date of birth"), required=False)

    def known(self) -> Known:
        """The person as the clients' record takes them."""
        return Known(**self.cleaned_data)


class SetForm(forms.ModelForm):  # type: ignore[type-arg]
    """A set; its lines are typed beside."""

    class Meta:
        model = RequirementSet
        fields = ("name", "about", "is_used")


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A rule of asking."""

    class Meta:
        model = RequirementRule
        fields = ("carrier", "kind", "follow_up_days", "ask", "valid_days")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        carrier = self.fields["carrier"]
        carrier.queryset = Carrier.objects.order_by("name")  # type: ignore[attr-defined]
        carrier.empty_label = _("every carrier")  # type: ignore[attr-defined]
        carrier.label = _("Carrier")

    def clean(self) -> dict[str, Any]:
        """Say something, and say it once."""
        given: dict[str, Any] = super().clean() or {}
        if not (given.get("follow_up_days") or given.get("ask") or given.get("valid_days")):
            self.add_error(None, _("Say days, whom to ask, or how long it stays valid."))
        same = RequirementRule.objects.filter(carrier=given.get("carrier"), kind=given.get("kind"))
        if same.exists():
            self.add_error(None, _("There is a rule for this carrier and kind already."))
        return given


class LookForm(forms.ModelForm):  # type: ignore[type-arg]
    """A rule of the free look."""

    class Meta:
        model = FreeLookRule
        fields = ("state", "line", "is_replacement", "days", "holds_from", "source")
        widgets = {"holds_from": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}


class SeveralForm(forms.Form):
    """What is done with several requirements at once."""

    act = forms.TypedChoiceField(
        coerce=Act,
        choices=names.choices(
            names.REQUIREMENT_ACT,
            {Act.SEND, Act.ACCEPT, Act.ORDER, Act.ARRIVE, Act.WAIVE, Act.CANCEL},
        ),
    )
    reason = forms.CharField(max_length=2000, required=False)
    vendor = forms.CharField(max_length=100, required=False)
