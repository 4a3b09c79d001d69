"""What agents and staff type on the portal's pages."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from megler.cases.actions.papers import NOTE_MAX
from megler.cases.rules.notices import Group
from megler.documents.rules.kinds import KINDS
from megler.portal import names
from megler.portal.actions.letting import DAYS_MAX, DAYS_USUAL
from megler.portal.rules.wanted import FIELDS, TEXT_MAX, Field, Type, Wanted
from megler.vocabulary.numbers import FIRST_DAY, LAST_DAY

_WORDS = {"rows": 3}


class _Files(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; `clean` gives a list."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=_Files({"accept": ",".join(KINDS), "multiple": True}), **more)

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        given = data if isinstance(data, list | tuple) else [data] if data else []
        single = super().clean
        if not given:
            single(None, initial)
        return [single(one, initial) for one in given]


class WordsForm(forms.Form):
    """A question, or an answer to one."""

    text = forms.CharField(
        label=_("Your question"), widget=forms.Textarea(_WORDS), max_length=NOTE_MAX
    )


class BringForm(forms.Form):
    """What answers a requirement: files, words, or both."""

    uploads = FilesField(label=_("Files"), required=False)
    words = forms.CharField(
        label=_("Or in words"),
        widget=forms.Textarea({"rows": 4}),
        max_length=NOTE_MAX,
        required=False,
        help_text=_("Kept as a paper with your name and the time."),
    )


LABELS = {
    "face_amount": _("New amount"),
    "product": _("New product: its code"),
    "class": _("New class"),
    "beneficiaries": _("Beneficiaries from now on"),
    "name": _("New owner"),
    "relationship": _("What the owner is to the insured"),
    "agent": _("New agent's National Producer Number"),
    "words": _("What should be different"),
}
HELP = {
    "beneficiaries": _(
        "One a line: name, relationship, share. Add “contingent” for those who come after."
    ),
}


def _input(field: Field) -> forms.CharField:
    is_long = field.type is Type.PEOPLE or field.key == "words"
    attrs = {"inputmode": "decimal"} if field.type is Type.MONEY else {}
    widget = forms.Textarea(_WORDS) if is_long else forms.TextInput(attrs)
    return forms.CharField(
        label=LABELS[field.key],
        help_text=HELP.get(field.key, ""),
        widget=widget,
        required=field.required,
        max_length=TEXT_MAX,
    )


class ChangeForm(forms.Form):
    """The new values of one kind of change, and why. The rules say what is missing or wrong."""

    because = forms.CharField(
        label=_("Why"), widget=forms.Textarea({"rows": 2}), required=False, max_length=TEXT_MAX
    )

    def __init__(
        self, *args: Any, kind: Wanted, products: "list[tuple[str, str]]", **more: Any
    ) -> None:
        super().__init__(*args, **more)
        because = self.fields.pop("because")
        for field in FIELDS[kind]:
            self.fields[field.key] = _input(field)
        if "product" in self.fields and products:
            self.fields["product"] = forms.ChoiceField(
                label=_("New product"), choices=[("", "–"), *products]
            )
        self.fields["because"] = because


class KindForm(forms.Form):
    """What to change."""

    kind = forms.ChoiceField(
        label=_("What should change"),
        choices=list(names.WANTED.items()),
        widget=forms.Select({"data-sends-form": ""}),
    )


class NoticesForm(forms.Form):
    """What one is told at once, and whether the rest comes once a week."""

    at_once = forms.MultipleChoiceField(
        label=_("By e-mail at once"),
        choices=[(group.value, names.GROUP[group]) for group in Group],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    digest = forms.BooleanField(label=_("The rest in a digest every Monday"), required=False)


class DelegateForm(forms.Form):
    """Who looks after one's business, until when."""

    to = forms.EmailField(
        label=_("E-mail address"), help_text=_("Of another agent or an assistant who is here.")
    )
    since = forms.DateField(
        label=_("From"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
    )
    until = forms.DateField(
        label=_("Until and including"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
    )
    may_act = forms.BooleanField(
        label=_("May act for me, not only look"), required=False, initial=True
    )


class ClientLinkForm(forms.Form):
    """A client's page: to which address, in which language, for how long."""

    to = forms.EmailField(
        label=_("Client's e-mail"), required=False, help_text=_("Empty: you pass the link on.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    days = forms.IntegerField(
        label=_("Works for (days)"), min_value=1, max_value=DAYS_MAX, initial=DAYS_USUAL
    )


class BecauseForm(forms.Form):
    """Why a change is not made."""

    because = forms.CharField(
        label=_("Why not"), widget=forms.Textarea({"rows": 2}), required=False, max_length=TEXT_MAX
    )
