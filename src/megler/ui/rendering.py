"""Inputs and lists of choices written at once: a page of many fields is mostly these two.

Django renders every `<option>` by two templates of its own; half of the time of a long form goes there.
"""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

_WIDGETS = "django/forms/widgets/"
_INPUTS = {f"{_WIDGETS}{kind}.html" for kind in ("input", "text", "number", "email", "date")}
_SELECT = f"{_WIDGETS}select.html"


class QuickRenderer(DjangoTemplates):
    """Django's own renderer; what it writes of plain inputs and selects is written without templates."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if template_name in _INPUTS:
            return mark_safe(_input(context["widget"]))  # noqa: S308 - every part is escaped
        if template_name == _SELECT:
            return mark_safe(_select(context["widget"]))  # noqa: S308 - every part is escaped
        return super().render(template_name, context, request)


def _input(widget: Mapping[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    name = _shown(widget["name"])
    return f'<input type="{_shown(widget["type"])}" name="{name}"{value}{_attrs(widget)}>'


def _select(widget: Mapping[str, Any]) -> str:
    parts = [f'<select name="{_shown(widget["name"])}"{_attrs(widget)}>']
    for group, options, _ in widget["optgroups"]:
        if group:
            parts.append(f'<optgroup label="{_shown(group)}">')
        parts += [
            f'<option value="{_text(one["value"])}"{_attrs(one)}>{_shown(one["label"])}</option>'
            for one in options
        ]
        if group:
            parts.append("</optgroup>")
    parts.append("</select>")
    return "\n".join(parts)


def _attrs(widget: Mapping[str, Any]) -> str:
    """Attributes as Django writes them: True stands alone, False not at all."""
    return "".join(
        f" {_shown(name)}" if value is True else f' {_shown(name)}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _shown(value: Any) -> str:
    return conditional_escape(localize(value))


def _text(value: object) -> str:
    return conditional_escape(str(value))
