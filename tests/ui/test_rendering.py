"""What is written without templates is what Django's templates write."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from megler.ui.rendering import QuickRenderer

CHOICES: list[Any] = [
    ("", gettext_lazy("All")),
    ("<b>", "5 < 6 & \"7\" 'x'"),
    (1, 12345),
    (None, "none"),
    (Decimal("2.50"), mark_safe("<em>safe</em>")),
    ("Group & Co", [("a", "A"), ("b", date(2026, 3, 1))]),
]
WIDGETS: list[forms.Widget] = [
    forms.TextInput({"class": "form-control", "required": True, "disabled": False}),
    forms.TextInput({"placeholder": '"quoted" & <b>', "data-max": 1234, "title": None}),
    forms.NumberInput({"step": "any"}),
    forms.EmailInput(),
    forms.DateInput(),
    forms.Select(choices=CHOICES),
    forms.SelectMultiple(choices=CHOICES),
    forms.CheckboxInput(),
    forms.RadioSelect(choices=CHOICES[:2]),
    forms.Textarea(),
]


def bare(html: str) -> str:
    """Without white space between tags."""
    return re.sub(r">\s+|\s+<", lambda found: found[0].strip(), html)


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("value", [None, "", "a", "<b>", 1, 1234567, Decimal("2.50"), ["a", "1"]])
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_every_widget_is_written_as_by_django(
    widget: forms.Widget, value: object, language: str
) -> None:
    attrs = {"id": "id_x"}
    with override(language):
        ours = widget.render("a<b", value, attrs, QuickRenderer())
        assert bare(ours) == bare(widget.render("a<b", value, attrs, DjangoTemplates()))
