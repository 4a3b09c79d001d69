"""What is asked on the pages of enquiries."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from megler.carriers.models import Product
from megler.carriers.names import LINE_NAMES
from megler.carriers.rules.guide import GuideClass
from megler.documents.rules.kinds import KINDS
from megler.enquiries import names
from megler.enquiries.models import SharedEvidence
from megler.enquiries.names import AnswerWay
from megler.enquiries.rules.answers import EXTRA_MAX, TABLE_MAX, WORDS_MAX, Answer, Outcome
from megler.licensing.models import Agent
from megler.underwriting.fields import UNKNOWN, PersonFields, chosen, typed
from megler.underwriting.names import KIND_NAMES
from megler.underwriting.rules.assess_entry import facts_of_entry
from megler.vocabulary.codes import JURISDICTIONS, RequirementKind
from megler.vocabulary.numbers import FIRST_DAY, LAST_DAY
from megler.vocabulary.problems import Problem

_WORDS = forms.Textarea(attrs={"rows": 3})
_SHORT = forms.Textarea(attrs={"rows": 2})
LINES = [("", "—"), *((str(line), name) for line, name in LINE_NAMES.items())]


def _day(**more: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    bounds = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]
    return forms.DateField(widget=widget, validators=bounds, **more)


class DraftForm(forms.Form):
    """Whose enquiry it is, for what, and what else may or must not go out."""

    agent = forms.ModelChoiceField(Agent.objects.none(), label=_("Agent"))
    known_as = forms.CharField(
        label=_("Client"),
        max_length=200,
        help_text=_("For us only: carriers never see it, and it is taken out of every text."),
    )
    purpose = forms.CharField(label=_("Purpose of the cover"), max_length=300, required=False)
    remarks = forms.CharField(
        label=_("What else carriers should know"),
        widget=_WORDS,
        max_length=4000,
        required=False,
        help_text=_("Goes out, without the names and numbers that we know."),
    )
    hidden = forms.CharField(
        label=_("Words that must not go out"),
        widget=_SHORT,
        max_length=2000,
        required=False,
        help_text=_("Employer, doctors, relatives, nicknames: one a line."),
    )

    def __init__(self, *args: Any, agents: Any = None, **more: Any) -> None:
        super().__init__(*args, **more)
        if agents is None or len(agents) < 2:
            del self.fields["agent"]
        else:
            kept = Agent.objects.filter(pk__in=[one.pk for one in agents]).order_by("name")
            self.fields["agent"].queryset = kept  # type: ignore[attr-defined]


class FactsForm(PersonFields):
    """The facts, when no quote or assessment brings them."""

    line = chosen(_("Line of business"), LINES)
    face_amount = typed(_("Amount"), "500k", inputmode="text")
    term_years = typed(_("Term in years"), "20", inputmode="numeric")
    jurisdiction = chosen(_("State"), [UNKNOWN, *JURISDICTIONS.items()])
    occupation = typed(_("Occupation"), "electrician")
    income_annual = typed(_("Income a year"), "90k", inputmode="text")
    conditions = forms.CharField(
        label=_("Conditions"), widget=_WORDS, max_length=2000, required=False,
        help_text=_("One a line, with what is known of it."),
    )  # fmt: skip
    medications = forms.CharField(
        label=_("Medicines"), widget=_SHORT, max_length=2000, required=False,
        help_text=_("One a line."),
    )  # fmt: skip

    def document(self, on: date) -> tuple[dict[str, Any], list[Problem]]:
        """The facts document of what was typed, and every field that could not be read."""
        entry = {name: str(self.data.get(name, "")) for name in self.fields}
        document, problems = facts_of_entry(entry, on)
        made = dict(document)
        for name in ("conditions", "medications"):
            lines = [line.strip() for line in entry[name].splitlines() if line.strip()]
            if lines:
                made[name] = [{"name": line[:200]} for line in lines]
        return made, list(problems)


class AnswerForm(forms.Form):
    """What a carrier answers."""

    outcome = forms.TypedChoiceField(
        label=_("What do you say?"),
        coerce=Outcome,
        choices=names.choices(names.OUTCOME),
        widget=forms.RadioSelect,
        initial=Outcome.OFFER.value,
    )
    class_code = forms.ChoiceField(label=_("Class"), required=False)
    class_name = forms.CharField(
        label=_("Class, as the carrier calls it"), max_length=100, required=False
    )
    table = forms.TypedChoiceField(
        label=_("Table"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", _("none")), *((n, f"{n} ({chr(64 + n)})") for n in range(1, TABLE_MAX + 1))],
    )
    flat_extra = forms.DecimalField(
        label=_("Flat extra per 1,000 a year"),
        min_value=Decimal("0.01"),
        max_value=EXTRA_MAX,
        max_digits=7,
        decimal_places=2,
        required=False,
    )
    flat_years = forms.IntegerField(label=_("for years"), min_value=1, max_value=99, required=False)
    conditions = forms.CharField(
        label=_("Conditions, or what is needed first"),
        widget=_WORDS,
        max_length=WORDS_MAX,
        required=False,
    )
    valid_until = _day(label=_("The offer stands until"), required=False)
    postponed_until = _day(label=_("Postponed until"), required=False)
    words = forms.CharField(
        label=_("In your own words"), widget=_WORDS, max_length=WORDS_MAX, required=False
    )

    def __init__(self, *args: Any, classes: Iterable[GuideClass] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        listed = [(one.code, one.name) for one in classes]
        if listed:
            del self.fields["class_name"]
            self.fields["class_code"].choices = [("", "—"), *listed]  # type: ignore[attr-defined]
        else:
            del self.fields["class_code"]

    def answer(self) -> Answer:
        """As the rules take it."""
        given = self.cleaned_data
        return Answer(
            outcome=given["outcome"],
            class_code=given.get("class_code") or "",
            class_name=given.get("class_name") or "",
            table=given["table"],
            flat_extra=given["flat_extra"],
            flat_years=given["flat_years"],
            postponed_until=given["postponed_until"],
            valid_until=given["valid_until"],
            conditions=given["conditions"],
            words=given["words"],
        )


class RecordForm(AnswerForm):
    """The same, as staff write it down: who of the carrier said it, and how."""

    way = forms.ChoiceField(
        label=_("How did they tell us?"),
        choices=[
            (way.value, way.label)
            for way in (AnswerWay.EMAIL, AnswerWay.TELEPHONE, AnswerWay.PORTAL)
        ],
    )
    by_name = forms.CharField(label=_("Who said so?"), max_length=200, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["outcome"].label = _("What do they say?")
        self.fields["words"].label = _("In their own words")


class WantForm(forms.Form):
    """Evidence that is wanted, or that came in: then with its day."""

    kind = forms.TypedChoiceField(
        label=_("What"),
        coerce=RequirementKind,
        choices=[(str(kind), name) for kind, name in KIND_NAMES.items()],
    )
    detail = forms.CharField(label=_("Of whom (doctor, facility)"), max_length=300, required=False)
    done_on = _day(
        label=_("Came in: of the day"),
        required=False,
        help_text=_("The day that the evidence is of. Leave empty what is still to come in."),
    )
    file = forms.FileField(
        label=_("Document"), required=False, widget=forms.FileInput({"accept": ",".join(KINDS)})
    )


class EncloseForm(forms.Form):
    """A paper that goes along: redacted, and under which authorisation."""

    authorisation = forms.ModelChoiceField(
        SharedEvidence.objects.none(), label=_("HIPAA authorisation"), required=False
    )
    is_redacted = forms.BooleanField(
        label=_("I have read every page: nothing in it tells who the client is"), required=False
    )

    def __init__(self, *args: Any, allowed: Any = None, **more: Any) -> None:
        super().__init__(*args, **more)
        if allowed is not None:
            self.fields["authorisation"].queryset = allowed  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """Why an enquiry is closed."""

    because = forms.CharField(label=_("Why"), widget=_SHORT, max_length=2000)


class ProductsForm(forms.Form):
    """Which products to ask about."""

    products = forms.ModelMultipleChoiceField(
        Product.objects.none(), label=_("Carriers to ask"), widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip

    def __init__(
        self, *args: Any, line: str = "", without: Iterable[int] = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        found = Product.objects.filter(line=line).exclude(pk__in=list(without))
        field = self.fields["products"]
        kept = found.select_related("carrier").order_by("carrier__name", "name")
        field.queryset = kept  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: f"{one.carrier.name}: {one.name}"  # type: ignore[attr-defined]
