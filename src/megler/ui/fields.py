"""How a form's field is laid out: which classes, and what tells a screen reader what."""

from dataclasses import dataclass

from django.forms import BoundField
from django.forms.widgets import CheckboxInput, ChoiceWidget, Select, Textarea
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Laid:
    """A field ready to be shown: its kind (`checkbox`, `choices`, `control`) and its input."""

    bound: BoundField
    kind: str
    control: SafeString
    described: str

    @property
    def optional(self) -> bool:
        """Whether the label says that the answer may be left out."""
        chosen = isinstance(self.bound.field.widget, Select)
        return not self.bound.field.required and self.kind == "control" and not chosen


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    if isinstance(widget, ChoiceWidget) and not isinstance(widget, Select):
        return "choices"
    return "control"


def _class(bound: BoundField, kind: str) -> str:
    if kind != "control":
        return "form-check-input"
    return "form-select" if isinstance(bound.field.widget, Select) else "form-control"


def lay(bound: BoundField, autofocus: bool = False) -> Laid:
    """The field with its classes, and with its help and errors named for screen readers."""
    kind = _kind(bound)
    if kind == "choices":
        bound.field.widget.attrs["class"] = "form-check-input"
    attrs = dict(bound.field.widget.attrs)
    wrong = "is-invalid" if bound.errors else ""
    attrs["class"] = " ".join(filter(None, [attrs.get("class", ""), _class(bound, kind), wrong]))
    told = [f"{bound.auto_id}_help"] if bound.help_text else []
    if bound.errors:
        told.append(f"{bound.auto_id}_error")
        attrs["aria-invalid"] = "true"
    if told and kind != "choices":
        attrs["aria-describedby"] = " ".join(told)
    if autofocus:
        attrs["autofocus"] = True
    if isinstance(bound.field.widget, Textarea) and "rows" not in bound.field.widget.attrs:
        attrs["rows"] = 4
    return Laid(bound, kind, bound.as_widget(attrs=attrs), " ".join(told))
