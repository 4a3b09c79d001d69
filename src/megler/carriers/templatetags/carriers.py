"""Names of lines, classes and modes in pages; built into every template."""

from django import template
from django.utils.translation import gettext_lazy as _

from megler.carriers.names import CLASS_NAMES, LINE_NAMES, MODE_NAMES

register = template.Library()

OUTCOMES = {
    "individual_consideration": _("Individual consideration"),
    "decline": _("Declined"),
    "postpone": _("Postponed"),
}
"""What a guide may come to instead of a class."""


@register.filter
def line_name(code: str) -> str:
    """A line of business in words."""
    return str(LINE_NAMES.get(code, code))


@register.filter
def class_name(code: str) -> str:
    """A class in words; a carrier's own code as it stands, spaced."""
    return str((OUTCOMES | CLASS_NAMES).get(code, str(code).replace("_", " ").capitalize()))


@register.filter
def mode_name(code: str) -> str:
    """A payment mode in words."""
    return str(MODE_NAMES.get(code, code))
