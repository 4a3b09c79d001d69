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

from megler.ui.fields import lay
from megler.ui.problems import sentence
from megler.ui.times import day_seen_from, moment_seen_from, span
from megler.vocabulary.problems import Problem, Severity

register = template.Library()

CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
NOTHING = "–"


@cache
def _fingerprint(name: str) -> str:
    found = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10] if found else ""


@register.simple_tag
def asset(name: str) -> str:
    """The address of a static file; it changes with the file, so nobody sees an old one."""
    mark = _fingerprint(name)
    return static(name) + (f"?{mark}" if mark else "")


@register.simple_tag
def icon(name: str, text: str = "", extra: str = "") -> SafeString:
    """An icon of the sprite: decoration, or with `text` an image that says it."""
    address = f"{asset('icons.svg')}#{name}"
    use = format_html('<use href="{}"></use>', address)
    if text:
        return format_html(
            '<svg class="icon {}" role="img" aria-label="{}">{}</svg>', extra, text, use
        )
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false">{}</svg>', extra, use
    )


def _amount(amount: Decimal | int, places: int, currency: str) -> str:
    shown = number_format(abs(Decimal(amount)), decimal_pos=places, force_grouping=True)
    minus, sign = "−" if amount < 0 else "", CURRENCY_SIGNS.get(currency)
    return f"{minus}{sign}{shown}" if sign else f"{minus}{shown} {currency}"


@register.filter
def money(amount: Decimal | int | None, currency: str = "USD") -> str:
    """An amount with its currency: `$1,234`, `$1,234.50`, `1,234 NOK`."""
    if amount is None:
        return NOTHING
    return _amount(amount, 0 if amount == int(amount) else 2, currency)


@register.filter
def cents(amount: Decimal | int | None, currency: str = "USD") -> str:
    """Like `money`, always with cents: for premiums, which stand in columns."""
    return NOTHING if amount is None else _amount(amount, 2, currency)


@register.filter
def cited(page: str | None) -> str:
    """Where a source says it: `p. 12` for a page's number, a chapter's or a table's name as it is."""
    named = str(page or "").strip()
    return _("p. %(page)s") % {"page": named} if named[:1].isdigit() and named.isalnum() else named


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and the last name."""
    words = [word for word in str(name).replace(".", " ").split() if word[0].isalpha()]
    chosen = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in chosen).upper()


def _time(moment: date, words: str) -> SafeString:
    form = "DATETIME_FORMAT" if isinstance(moment, datetime) else "DATE_FORMAT"
    exact = date_format(moment, form)
    return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), exact, words)


@register.simple_tag
def ago(moment: date | None) -> SafeString | str:
    """When that is, seen from now: `3 hours ago`, `in 5 days`; the exact time on hover."""
    if moment is None:
        return NOTHING
    if isinstance(moment, datetime):
        local = timezone.localtime(moment)
        return _time(local, moment_seen_from(timezone.localtime(), local))
    return _time(moment, day_seen_from(timezone.localdate(), moment))


@register.simple_tag
def since(moment: date | None) -> SafeString | str:
    """How long something has lasted: `3 hours`, `12 days`; the exact start on hover."""
    if moment is None:
        return NOTHING
    if isinstance(moment, datetime):
        local = timezone.localtime(moment)
        return _time(local, span(max(timezone.localtime() - local, timedelta())))
    length = timezone.localdate() - moment
    return _time(moment, span(length) if length > timedelta() else _("today"))


@register.simple_tag
def badge(tone: str, text: object, icon_name: str = "") -> SafeString:
    """A status in a word. `tone`: good, progress, wait, attention, bad or quiet."""
    mark = icon(icon_name) if icon_name else SafeString('<span class="tone-dot"></span>')
    return format_html('<span class="tone tone-{}">{}{}</span>', tone, mark, text)


def _listed(found: Any) -> list[Problem]:
    """The problems in a problem, a list of them, or a `Refused`."""
    found = getattr(found, "problems", found) or ()
    return [found] if isinstance(found, Problem) else list(found)


@register.inclusion_tag("ui/_problems.html")
def problems(
    found: Problem | Iterable[Problem] | Exception | None, title: str = ""
) -> dict[str, Any]:
    """An alert that lists problems (or a `Refused`) as sentences; nothing when there are none."""
    listed = _listed(found)
    hard = any(p.severity is Severity.ERROR for p in listed)
    return {"sentences": [sentence(p) for p in listed], "hard": hard, "title": title}


@register.inclusion_tag("ui/_empty.html")
def empty(
    icon_name: str, title: str, text: str = "", url: str = "", label: str = ""
) -> dict[str, str]:
    """What stands where nothing is yet: why, and the way on when `url` and `label` are given."""
    return {"icon_name": icon_name, "title": title, "text": text, "url": url, "label": label}


@register.simple_tag
def once() -> SafeString:
    """A hidden field that makes a second click on the same form one effect, answered alike."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())


@register.inclusion_tag("ui/_field.html")
def field(
    bound: BoundField,
    classes: str = "mb-3",
    *,
    autofocus: bool = False,
    before: str = "",
    after: str = "",
    quiet_label: bool = False,
) -> dict[str, Any]:
    """One field of a form: label, input, help and errors, tied together for screen readers.

    `before` and `after` stand in the input's frame ($, lb); `quiet_label` hides the label from
    sight but not from screen readers.
    """
    return {
        "bound": bound,
        "laid": lay(bound, autofocus),
        "classes": classes,
        "before": before,
        "after": after,
        "quiet_label": quiet_label,
    }


@register.inclusion_tag("ui/_form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form as a whole, at its top, with a link to each wrong field."""
    return {"form": form, "wrong": [bound for bound in form if bound.errors]}


@register.inclusion_tag("ui/_pages.html", takes_context=True)
def pages(context: template.Context, page: Any, name: str = "page") -> dict[str, Any]:
    """Newer and older, for keyset lists: `page.newer` and `page.older` are values or None."""
    query = context["request"].GET.copy()
    query.pop(name, None)
    rest = query.urlencode()
    return {"page": page, "name": name, "rest": f"&{rest}" if rest else ""}
