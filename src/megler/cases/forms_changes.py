"""What is asked when a case is changed, and how rows of people become what the action takes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from megler.cases.models import Case
from megler.cases.rules.changes import Change, ChangeKind
from megler.licensing.models import Agent
from megler.vocabulary.numbers import FIRST_DAY, LAST_DAY

SPARE_ROWS = 2
AGENTS_MAX = 300
"""More agents than this are not listed; their National Producer Number is typed."""


def day_field(**more: Any) -> forms.DateField:
    """A day, typed or chosen, within the days that the product keeps."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    bounds = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]
    return forms.DateField(widget=widget, validators=bounds, **more)


def _money(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=14, decimal_places=2, **more)


class ChangeForm(forms.Form):
    """What every change asks: why, and since when."""

    because = forms.CharField(
        label=_("Why"), widget=forms.Textarea({"rows": 2}), max_length=2000, required=False
    )
    on = day_field(label=_("Holds from"), required=False)
    field_order: "list[str] | None" = None

    def __init__(self, *args: Any, case: Case, **more: Any) -> None:
        super().__init__(*args, **more)
        self.case = case

    def to(self) -> Mapping[str, Any]:
        """The new values by the keys of the rule."""
        told = {k: v for k, v in self.cleaned_data.items() if k not in {"because", "on"}}
        return {k: str(v) for k, v in told.items() if v not in {None, ""}}


class AmountForm(ChangeForm):
    """Another amount."""

    face_amount = _money(_("New amount"))
    premium = _money(_("New premium, if it is known"), required=False)
    field_order = ["face_amount", "premium"]


class ClassForm(ChangeForm):
    """Another class."""

    class_name = forms.CharField(label=_("New class"), max_length=100)
    premium = _money(_("New premium, if it is known"), required=False)
    field_order = ["class_name", "premium"]

    def to(self) -> Mapping[str, Any]:
        told = dict(super().to())
        told["class"] = told.pop("class_name")
        return told


class ProductForm(ChangeForm):
    """Another product of the same carrier."""

    product = forms.ChoiceField(label=_("New product"))
    face_amount = _money(_("Amount, if it changes, too"), required=False)
    term_years = forms.IntegerField(
        label=_("Term in years, if it changes, too"), min_value=1, max_value=60, required=False
    )
    premium = _money(_("New premium, if it is known"), required=False)
    field_order = ["product", "face_amount", "term_years", "premium"]

    def __init__(self, *args: Any, case: Case, **more: Any) -> None:
        super().__init__(*args, case=case, **more)
        others = case.carrier.products.order_by("name").values_list("code", "name")
        self.fields["product"].choices = [  # type: ignore[attr-defined]
            (code, name) for code, name in others if code != case.product.code
        ]


class OwnerForm(ChangeForm):
    """Another owner."""

    name = forms.CharField(label=_("New owner's full name"), max_length=200)
    kind = forms.ChoiceField(
        label=_("The owner is"),
        choices=[("person", _("a person")), ("organisation", _("a trust or business"))],
        widget=forms.RadioSelect,
        initial="person",
    )
    relationship = forms.CharField(
        label=_("Relationship to the insured"), max_length=100, required=False
    )
    born = day_field(label=_("Date of birth"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False)
    field_order = ["name", "kind", "relationship", "born", "email", "phone"]


class AgentForm(ChangeForm):
    """Another agent of record."""

    agent = forms.CharField(
        label=_("New agent of record (NPN)"),
        max_length=40,
        widget=forms.TextInput({"list": "npns"}),
    )
    field_order = ["agent"]

    def __init__(self, *args: Any, case: Case, **more: Any) -> None:
        super().__init__(*args, case=case, **more)
        self.fields["because"].required = True


class BeneficiaryForm(ChangeForm):
    """The whole list of beneficiaries; `rows` are what stands in the boxes."""

    COLUMNS = ("name", "relationship", "class", "share", "born")

    def rows(self) -> list[dict[str, str]]:
        """What is typed, or what stands in the case, with some empty rows to add."""
        if self.is_bound:
            return _typed(self.data, "b", self.COLUMNS) + [{}] * SPARE_ROWS
        told = [one.to_named().as_told() for one in self.case.beneficiaries.all()]
        return [*told, *[{}] * (SPARE_ROWS if told else SPARE_ROWS + 1)]

    def to(self) -> Mapping[str, Any]:
        return {"beneficiaries": _typed(self.data, "b", self.COLUMNS)}


def _typed(data: Mapping[str, Any], prefix: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows typed as `prefix-column-0`, without the empty ones."""
    rows = []
    for place in range(40):
        row = {name: str(data.get(f"{prefix}-{name}-{place}", "")).strip() for name in columns}
        if any(row[name] for name in columns if name not in {"class"}):
            rows.append(row)
    return rows


def shares_typed(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """The agents and shares of a split as typed."""
    return _typed(data, "a", ("npn", "share"))


FORMS: dict[ChangeKind, type[ChangeForm]] = {
    ChangeKind.PRODUCT: ProductForm,
    ChangeKind.AMOUNT: AmountForm,
    ChangeKind.CLASS: ClassForm,
    ChangeKind.BENEFICIARY: BeneficiaryForm,
    ChangeKind.OWNER: OwnerForm,
    ChangeKind.AGENT: AgentForm,
}


def change_of(kind: ChangeKind, form: ChangeForm, request: str = "") -> Change:
    """The change that a valid form asks for; `request` is the page's own key for it."""
    given = form.cleaned_data
    return Change(kind, form.to(), given["because"], request=request, on=given["on"])


def agents_to_choose() -> list[Agent]:
    """Agents that are offered by name; none when there are too many."""
    found = list(Agent.objects.order_by("name")[: AGENTS_MAX + 1])
    return found if len(found) <= AGENTS_MAX else []
