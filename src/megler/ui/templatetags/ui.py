"""The words of our pages: icons, money, times, badges, fields, problems, empty states.

They are built into every template; nothing needs loading. `docs/ui.md` shows each.
"""

import hashlib
import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.forms import BoundField
from django.forms.forms import BaseForm
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from megler.ui.problems import sentence
from megler.vocabulary.problems import Problem, Severity

register = template.Library()

CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}


@cache
def _fingerprint(name: str) -> str:
    found = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10] if found else ""


@register.simple_tag
def asset(name: str) -> str:
    """The address of one of our static files; it changes with the file, so nobody sees an old one."""
    mark = _fingerprint(name)
    return static(name) + (f"?{mark}" if mark else "")


@register.simple_tag
def icon(name: str, text: str = "", extra: str = "") -> SafeString:
    """An icon of the sprite. Without `text` it is decoration; with it, screen readers say `text`."""
    address = f"{asset('icons.svg')}#{name}"
    if text:
        return format_html(
            '<svg class="icon {}" role="img" aria-label="{}"><use href="{}"></use></svg>',
            extra,
            text,
            address,
        )
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>',
        extra,
        address,
    )


@register.filter
def money(amount: Decimal | int | None, currency: str = "USD") -> str:
    """An amount with its currency: `$1,234.50`, `1 234,50 kr` to a Norwegian reader of kroner."""
    if amount is None:
        return "–"
    whole = isinstance(amount, int) or amount == amount.to_integral_value()
    shown = number_format(abs(amount), decimal_pos=0 if whole else 2, force_grouping=True)
    minus = "−" if amount < 0 else ""
    if sign := CURRENCY_SIGNS.get(currency):
        return f"{minus}{sign}{shown}"
    return f"{minus}{shown} {currency}"


@register.filter
def cents(amount: Decimal | None, currency: str = "USD") -> str:
    """Like `money`, always with cents: for premiums in columns."""
    if amount is None:
        return "–"
    shown = number_format(abs(amount), decimal_pos=2, force_grouping=True)
    minus = "−" if amount < 0 else ""
    sign = CURRENCY_SIGNS.get(currency)
    return f"{minus}{sign}{shown}" if sign else f"{minus}{shown} {currency}"


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and last name."""
    words = [word for word in str(name).replace(".", " ").split() if word[0].isalpha()]
    return "".join(word[0] for word in ([words[0], words[-1]] if len(words) > 1 else words)).upper()


def _elapsed(gone: timedelta) -> str:
    """How long that is, in the largest unit that says enough."""
    minutes = int(gone.total_seconds() // 60)
    if minutes < 1:
        return _("a moment")
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if minutes < 48 * 60:
        hours = minutes // 60
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = minutes // (24 * 60)
    if days < 60:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if days < 730:
        return ngettext("%(n)d month", "%(n)d months", days // 30) % {"n": days // 30}
    return ngettext("%(n)d year", "%(n)d years", days // 365) % {"n": days // 365}


def _days_apart(day: date) -> str:
    """A day in plain words: today, tomorrow, 5 days ago, in 3 days."""
    apart = (day - timezone.localdate()).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if apart in near:
        return near[apart]
    span = {"span": _elapsed(timedelta(days=abs(apart)))}
    return _("in %(span)s") % span if apart > 0 else _("%(span)s ago") % span


def _time_tag(moment: date, text: str) -> SafeString:
    if isinstance(moment, datetime):
        local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
        full, stamp = date_format(local, "DATETIME_FORMAT"), moment.isoformat()
    else:
        full, stamp = date_format(moment, "DATE_FORMAT"), moment.isoformat()
    return format_html('<time datetime="{}" title="{}">{}</time>', stamp, full, text)


@register.simple_tag
def ago(moment: date | None) -> SafeString | str:
    """When that is, seen from now: `3 hours ago`, `yesterday`, `in 5 days`; the exact time on hover."""
    if moment is None:
        return "–"
    if not isinstance(moment, datetime):
        return _time_tag(moment, _days_apart(moment))
    gone = timezone.now() - moment
    if abs(gone) >= timedelta(hours=24):
        return _time_tag(moment, _days_apart(timezone.localtime(moment).date()))
    if abs(gone) < timedelta(minutes=1):
        return _time_tag(moment, _("just now"))
    span = {"span": _elapsed(abs(gone))}
    return _time_tag(
        moment, _("%(span)s ago") % span if gone > timedelta() else _("in %(span)s") % span
    )


@register.simple_tag
def since(moment: date | None) -> SafeString | str:
    """How long something has lasted: `3 hours`, `12 days`; the exact start on hover."""
    if moment is None:
        return "–"
    if isinstance(moment, datetime):
        return _time_tag(moment, _elapsed(max(timezone.now() - moment, timedelta())))
    days = max((timezone.localdate() - moment).days, 0)
    return _time_tag(moment, _elapsed(timedelta(days=days)) if days else _("today"))


@register.simple_tag
def badge(tone: str, text: object, icon_name: str = "") -> SafeString:
    """A status in a word. `tone`: good, progress, wait, attention, bad, quiet. The word says it too."""
    mark = icon(icon_name) if icon_name else SafeString('<span class="tone-dot"></span>')
    return format_html('<span class="tone tone-{}">{}{}</span>', tone, mark, text)


def _list_of(found: object) -> list[Problem]:
    problems = getattr(found, "problems", found)
    if not problems:
        return []
    if isinstance(problems, Problem):
        return [problems]
    assert isinstance(problems, Iterable)
    return list(problems)


@register.inclusion_tag("ui/_problems.html")
def problems(found: object, title: str = "") -> dict[str, object]:
    """An alert that lists problems (or a `Refused`) as sentences; nothing when there are none."""
    listed = _list_of(found)
    hard = any(p.severity is Severity.ERROR for p in listed)
    return {"sentences": [sentence(p) for p in listed], "hard": hard, "title": title}


@register.inclusion_tag("ui/_empty.html")
def empty(
    icon_name: str, title: str, text: str = "", url: str = "", label: str = ""
) -> dict[str, str]:
    """What stands where nothing is yet: says why, and the way on when `url` and `label` are given."""
    return {"icon_name": icon_name, "title": title, "text": text, "url": url, "label": label}


@register.simple_tag
def once() -> SafeString:
    """A hidden field that makes a second click on the same form one effect, answered alike."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())


_CONTROLS = {
    "checkbox": "form-check-input",
    "select": "form-select",
    "selectmultiple": "form-select",
    "nullbooleanselect": "form-select",
    "radioselect": "form-check-input",
    "checkboxselectmultiple": "form-check-input",
}


def _kind(field: BoundField) -> str:
    """What sort of widget: checkbox, choices (several inputs), or control."""
    widget = field.field.widget
    if getattr(widget, "input_type", "") == "checkbox" and not getattr(
        widget, "allow_multiple_selected", False
    ):
        return "checkbox"
    if hasattr(widget, "create_option") and not getattr(widget, "input_type", "") == "select":
        return "choices"
    return "control"


@register.inclusion_tag("ui/_field.html")
def field(
    bound: BoundField,
    classes: str = "mb-3",
    autofocus: bool = False,
    before: str = "",
    after: str = "",
    quiet_label: bool = False,
) -> dict[str, Any]:
    """One field of a form: label, input, help and errors, tied together for screen readers.

    `before` and `after` stand inside the input's frame ($, lb); `quiet_label` hides the label from
    sight but not from screen readers.
    """
    kind = _kind(bound)
    input_type = type(bound.field.widget).__name__.lower()
    name = _CONTROLS.get("checkbox" if kind == "checkbox" else input_type, "form-control")
    attrs: dict[str, Any] = dict(bound.field.widget.attrs)
    attrs["class"] = " ".join(
        filter(None, [attrs.get("class", ""), name, "is-invalid" if bound.errors else ""])
    )
    told = [f"{bound.auto_id}_help"] if bound.help_text else []
    if bound.errors:
        told.append(f"{bound.auto_id}_error")
        attrs["aria-invalid"] = "true"
    if told and kind != "choices":
        attrs["aria-describedby"] = " ".join(told)
    if autofocus:
        attrs["autofocus"] = True
    return {
        "bound": bound, "kind": kind, "control": bound.as_widget(attrs=attrs), "classes": classes,
        "before": before, "after": after, "quiet_label": quiet_label, "described": " ".join(told),
        "optional": not bound.field.required and kind == "control" and not bound.is_hidden,
    }  # fmt: skip


@register.inclusion_tag("ui/_form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form as a whole, at its top, with a link to each wrong field."""
    wrong = [bound for bound in form if bound.errors]
    return {"form": form, "wrong": wrong, "count": len(wrong) + len(form.non_field_errors())}


@register.inclusion_tag("ui/_pages.html", takes_context=True)
def pages(context: template.Context, page: Any, name: str = "page") -> dict[str, Any]:
    """Newer and older, for keyset lists: `page` has `newer` and `older`, each a value or None."""
    query = context["request"].GET.copy()
    query.pop(name, None)
    rest = query.urlencode()
    return {"page": page, "name": name, "rest": f"&{rest}" if rest else ""}
