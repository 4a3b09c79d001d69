"""Bars of several parts, one below the other on one scale: days by holder of each carrier."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar: its name, the value of each part, these as written, and the whole as written."""

    name: str
    values: Sequence[float]
    shown: Sequence[str]
    whole: str


def stacks(
    title: str, parts: Sequence[str], rows: Sequence[Stack], against: float = 0.0
) -> SafeString:
    """Bars that share a scale and one legend; each says its parts as text to who cannot see it.

    A dashed line through every bar marks `against`, the value that they are measured by.
    """
    longest = max((sum(row.values) for row in rows), default=0)
    if not longest:
        return SafeString("")
    mark = (
        format_html(
            '<path class="chart-now" d="M{} 0 V10"></path>', round(against / longest * 100, 3)
        )
        if 0 < against < longest
        else SafeString("")
    )
    legend = format_html_join(
        "",
        '<li><svg class="chart chart-key" viewBox="0 0 12 12" aria-hidden="true"><rect class="hue-{}" '
        'width="12" height="12" rx="3"></rect></svg>{}</li>',
        ((place % 8, name) for place, name in enumerate(parts)),
    )
    drawn = format_html_join(
        "",
        '<li><span class="bars-name">{}</span><svg class="chart bars-bar" viewBox="0 0 100 10" '
        'preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
        '<span class="bars-value figures">{}</span></li>',
        (
            (row.name, _told(parts, row), _pieces(parts, row, longest) + mark, row.whole)
            for row in rows
        ),
    )
    return format_html(
        '<figure class="mb-0"><ul class="chart-legend mb-3">{}</ul>'
        '<ul class="bars" aria-label="{}">{}</ul></figure>',
        legend, title, drawn,
    )  # fmt: skip


def _told(parts: Sequence[str], row: Stack) -> str:
    said = (f"{part}: {shown}" for part, shown in zip(parts, row.shown, strict=True))
    return f"{row.name}. {', '.join(said)}"


def _pieces(parts: Sequence[str], row: Stack, longest: float) -> SafeString:
    left, pieces = 0.0, []
    for place, (part, value, shown) in enumerate(zip(parts, row.values, row.shown, strict=True)):
        wide = value / longest * 100
        if wide:
            pieces.append((place % 8, round(left, 3), round(wide, 3), part, shown))
        left += wide
    return format_html_join(
        "",
        '<rect class="chart-bar hue-{}" x="{}" width="{}" height="10"><title>{}: {}</title></rect>',
        pieces,
    )
