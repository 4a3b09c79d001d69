"""What is asked when something is done with a case. Each form's fields are what its action takes."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import ROLE_NAMES
from megler.accounts.rules.roles import STAFF, Role
from megler.cases import names
from megler.cases.models import Case, CaseDocument, CaseParty
from megler.cases.rules.kinds import Wanter
from megler.cases.rules.status import Closing
from megler.cases.rules.words import SAID_BY_CARRIER, Channel, Decision
from megler.documents.rules.kinds import KINDS
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.numbers import FIRST_DAY, FIRST_MOMENT, LAST_DAY, LAST_MOMENT

_WORDS = forms.Textarea(attrs={"rows": 3})
UPLOADED = ",".join(KINDS)


def _day(**more: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    bounds = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]
    return forms.DateField(widget=widget, validators=bounds, **more)


def _moment(**more: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    bounds = [MinValueValidator(FIRST_MOMENT), MaxValueValidator(LAST_MOMENT)]
    return forms.DateTimeField(widget=widget, validators=bounds, **more)


class Files(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; `clean` gives a list."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=Files({"accept": UPLOADED, "multiple": True}), **more)

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        given = data if isinstance(data, list | tuple) else [data] if data else []
        single = super().clean
        if not given:
            single(None, initial)
        return [single(one, initial) for one in given]


class BecauseForm(forms.Form):
    """Why."""

    because = forms.CharField(label=_("Why"), widget=_WORDS, max_length=2000)


class ReturnForm(BecauseForm):
    """What the application lacks."""

    because = forms.CharField(
        label=_("What does it lack?"),
        widget=_WORDS,
        max_length=2000,
        help_text=_("The agent reads this."),
    )


class CloseForm(BecauseForm):
    """What became of the case, and why."""

    closing = forms.TypedChoiceField(
        label=_("What became of it?"), coerce=Closing, widget=forms.RadioSelect
    )
    field_order = ("closing", "because")

    def __init__(self, *args: Any, closings: tuple[Closing, ...] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["closing"]
        field.choices = names.choices(names.CLOSING, closings)  # type: ignore[attr-defined]
        if len(closings) == 1:
            field.initial = closings[0].value


def _plain(amount: Decimal | None) -> str:
    """An amount without needless cents, as people type it."""
    return "" if amount is None else f"{amount:f}".removesuffix(".00")


class DecisionForm(forms.Form):
    """What the carrier said."""

    decision = forms.TypedChoiceField(
        label=_("Decision"),
        coerce=Decision,
        choices=names.choices(names.DECISION, SAID_BY_CARRIER),
        widget=forms.RadioSelect,
    )
    class_approved = forms.CharField(label=_("Class"), max_length=100, required=False)
    premium_approved = forms.DecimalField(
        label=_("Premium"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    face_amount_approved = forms.DecimalField(
        label=_("Amount"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    words = forms.CharField(
        label=_("The carrier's own words"), widget=_WORDS, max_length=4000, required=False
    )
    channel = forms.TypedChoiceField(
        label=_("How did they tell us?"),
        coerce=Channel,
        choices=[("", "–"), *names.choices(names.CHANNEL)],
        empty_value=None,
        required=False,
    )
    said_at = _moment(label=_("When did they say so?"), required=False)

    def __init__(self, *args: Any, case: Case, **more: Any) -> None:
        initial = {
            "class_approved": case.class_applied,
            "premium_approved": case.premium_applied,
            "face_amount_approved": _plain(case.face_amount_applied),
            "said_at": timezone.localtime(),
        }
        super().__init__(*args, **{"initial": initial, **more})


class IssueForm(forms.Form):
    """The policy's number."""

    policy_number = forms.CharField(label=_("Policy number"), max_length=40)


class DayForm(forms.Form):
    """On which day."""

    on = _day(label=_("On which day?"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"initial": {"on": timezone.localdate()}, **more})


class AnswerForm(forms.Form):
    """How the client answered the offer."""

    by = forms.CharField(label=_("Who told us?"), max_length=200, required=False)
    channel = forms.TypedChoiceField(
        label=_("How?"),
        coerce=Channel,
        choices=[("", "–"), *names.choices(names.CHANNEL)],
        empty_value=None,
        required=False,
    )
    on = _day(label=_("On which day?"), required=False)
    words = forms.CharField(
        label=_("In their words"), widget=_WORDS, max_length=2000, required=False
    )


class ReinstatementForm(BecauseForm):
    """Since when the owner asks for the policy back, and why it lapsed."""

    on = _day(label=_("Asked on"), required=False)
    because = forms.CharField(
        label=_("Why did it lapse, and why should it be in force again?"),
        widget=_WORDS,
        max_length=2000,
    )


class RequirementForm(forms.Form):
    """A requirement by hand."""

    kind = forms.TypedChoiceField(
        label=_("What is needed?"), coerce=RequirementKind, choices=names.choices(names.KIND)
    )
    detail = forms.CharField(
        label=_("Which one"),
        max_length=200,
        required=False,
        help_text=_("The doctor, facility or paper."),
    )
    wanted_by = forms.TypedChoiceField(
        label=_("Who wants it?"),
        coerce=Wanter,
        choices=names.choices(names.WANTER),
        initial=Wanter.CARRIER.value,
        empty_value=None,
        required=False,
    )
    party = forms.ModelChoiceField(
        label=_("For whom?"),
        queryset=CaseParty.objects.none(),
        required=False,
        empty_label=_("the case"),
    )

    def __init__(self, *args: Any, case: Case | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        insured = CaseParty.objects.none()
        if case is not None:
            insured = CaseParty.objects.of(case).filter(role__endswith="insured")
        self.fields["party"].queryset = insured  # type: ignore[attr-defined]
        if len(insured) < 2:
            del self.fields["party"]


class OrderForm(forms.Form):
    """From whom it is ordered."""

    vendor = forms.CharField(label=_("Ordered from"), max_length=100, required=False)


class ScheduleForm(forms.Form):
    """The appointment."""

    scheduled_for = _moment(label=_("When is the appointment?"))


class ArrivalForm(forms.Form):
    """With which documents it came in."""

    documents = forms.ModelMultipleChoiceField(
        label=_("Documents in the case"),
        queryset=CaseDocument.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    uploads = FilesField(label=_("New documents"), required=False)

    def __init__(self, *args: Any, papers: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["documents"].queryset = papers  # type: ignore[attr-defined]
        if not papers:
            del self.fields["documents"]


class NoteForm(forms.Form):
    """A note, and for whom."""

    text = forms.CharField(label=_("Note"), widget=_WORDS, max_length=10_000)
    for_agent = forms.BooleanField(label=_("The agent may read it"), required=False)


class DocumentsForm(forms.Form):
    """Files for the case."""

    uploads = FilesField(label=_("Files"), help_text=_("PDF, PNG, JPEG or TIFF; drop them here."))
    kind = forms.ChoiceField(
        label=_("Kind"), choices=names.DocumentKind, initial=names.DocumentKind.OTHER
    )
    visible_to_agent = forms.BooleanField(
        label=_("The agent may see them"), required=False, initial=True
    )


class TaskForm(forms.Form):
    """A task, by when and for whom."""

    title = forms.CharField(label=_("What is to be done?"), max_length=300)
    due_on = _day(label=_("By when?"))
    role = forms.TypedChoiceField(
        label=_("Who?"),
        coerce=Role,
        choices=[(role.value, name) for role, name in ROLE_NAMES.items() if role in STAFF],
        initial=Role.CASE_MANAGER.value,
    )
