"""Small charts drawn by the server as SVG: no script, no inline style, themed by CSS classes.

Each is a pure function from data to markup, as wide as its place. Its figures are text, beside the
drawing or in a table under “Figures”, so that everybody can read them at every width.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

HIGH = 100.0
WIDE = 100.0
LABELS_MAX = 6


@dataclass(frozen=True, slots=True)
class Part:
    """One figure of a chart. `tone` is a status tone (good, progress, …), or empty for a hue."""

    label: str
    value: float
    tone: str = ""
    url: str = ""
    shown: str = ""

    @property
    def text(self) -> str:
        """The value as written, `shown` if the caller wrote it."""
        return self.shown or number_format(self.value, force_grouping=True)


def _fill(part: Part, place: int) -> str:
    return f"tone-{part.tone}" if part.tone else f"hue-{place % 8}"


def _linked(part: Part, shape: str) -> str:
    return format_html('<a href="{}">{}</a>', part.url, shape) if part.url else shape


def _told(parts: Sequence[Part]) -> str:
    return ", ".join(f"{part.label}: {part.text}" for part in parts)


def stacked_bar(title: str, parts: Sequence[Part]) -> SafeString:
    """One bar divided into its parts, with a legend that holds the figures: cases by stage."""
    total = sum(part.value for part in parts)
    if total <= 0:
        return SafeString("")
    left, pieces = 0.0, []
    for place, part in enumerate(parts):
        wide = part.value / total * WIDE
        pieces.append((_fill(part, place), round(left, 3), round(wide, 3), part.label, part.text))
        left += wide
    drawing = format_html_join(
        "",
        '<rect class="chart-bar {}" x="{}" y="0" width="{}" height="10"><title>{}: {}</title></rect>',
        pieces,
    )
    legend = format_html_join(
        "",
        '<li><svg class="chart chart-key" viewBox="0 0 12 12" aria-hidden="true"><rect class="{}" '
        'width="12" height="12" rx="3"></rect></svg>{} <strong class="figures">{}</strong></li>',
        ((_fill(p, place), _linked(p, p.label), p.text) for place, p in enumerate(parts)),
    )
    return format_html(
        '<figure class="mb-0"><svg class="chart chart-stack" viewBox="0 0 100 10" role="img" '
        'preserveAspectRatio="none" aria-label="{}"><title>{}</title><desc>{}</desc>{}</svg>'
        '<ul class="chart-legend">{}</ul></figure>',
        title,
        title,
        _told(parts),
        drawing,
        legend,
    )


def bars(title: str, parts: Sequence[Part]) -> SafeString:
    """Horizontal bars, one below the other, each with its name and value: premium by carrier."""
    if not parts:
        return SafeString("")
    longest = max(part.value for part in parts) or 1
    rows = format_html_join(
        "",
        '<li><span class="bars-name">{}</span><svg class="chart bars-bar" viewBox="0 0 100 10" '
        'preserveAspectRatio="none" aria-hidden="true"><rect class="chart-bar {}" width="{}" '
        'height="10"></rect></svg><span class="bars-value figures">{}</span></li>',
        (
            (
                _linked(part, part.label),
                _fill(part, 0),
                round(max(part.value / longest * WIDE, 0.5), 3),
                part.text,
            )
            for part in parts
        ),
    )
    return format_html('<ul class="bars" aria-label="{}">{}</ul>', title, rows)


def _points(values: Sequence[float], high: float, wide: float) -> list[tuple[float, float]]:
    highest = max(values) or 1
    step = wide / max(len(values) - 1, 1)
    return [
        (round(place * step, 2), round(high - value / highest * high, 2))
        for place, value in enumerate(values)
    ]


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x} {y}" for x, y in points)


def line(title: str, parts: Sequence[Part]) -> SafeString:
    """A line over an area, a point for each month in order: premium placed by month."""
    if len(parts) < 2:
        return bars(title, parts)
    points = _points([part.value for part in parts], HIGH, WIDE)
    highest, last = max(parts, key=lambda part: part.value), parts[-1]
    labels = format_html_join("", "<span>{}</span>", ((name,) for name in _evenly(parts)))
    return format_html(
        '<figure class="mb-0"><div class="chart-head"><span>{} <strong class="figures">{}</strong>'
        '</span><span>{} <strong class="figures">{}</strong></span></div>'
        '<svg class="chart chart-line-box" viewBox="0 0 100 100" preserveAspectRatio="none" '
        'role="img" aria-label="{}"><title>{}</title><desc>{}</desc>'
        '<path class="chart-area" d="{} L100 100 L0 100 Z"></path>'
        '<path class="chart-line" d="{}"></path></svg>'
        '<div class="chart-foot" aria-hidden="true">{}</div>{}</figure>',
        last.label, last.text, _("Highest:"), highest.text, title, title, _told(parts),
        _path(points), _path(points), labels, _data(title, parts),
    )  # fmt: skip


def _evenly(parts: Sequence[Part]) -> list[str]:
    """Labels to stand evenly below a line: as many as fit, always the first and the last."""
    names, steps = [part.label for part in parts], len(parts) - 1
    room = LABELS_MAX * (2 if all(len(name) <= 3 for name in names) else 1)
    every = next(step for step in range(1, steps + 1) if steps % step == 0 and steps // step < room)
    return names[::every]


def _data(title: str, parts: Sequence[Part]) -> SafeString:
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td class="num">{}</td></tr>',
        ((part.label, part.text) for part in parts),
    )
    return format_html(
        '<details class="chart-data"><summary>{}</summary><table class="table table-sm">'
        '<caption class="visually-hidden">{}</caption><tbody>{}</tbody></table></details>',
        _("Figures"),
        title,
        rows,
    )


def sparkline(title: str, values: Sequence[float]) -> SafeString:
    """A line as small as a word, for a table's row; `title` says what it shows."""
    if len(values) < 2:
        return SafeString("")
    points = [(x + 2, y + 3) for x, y in _points(values, 22, 92)]
    way = _("rising") if values[-1] > values[0] else _("falling")
    trend = way if values[-1] != values[0] else _("level")
    return format_html(
        '<svg class="chart sparkline" viewBox="0 0 96 28" role="img" aria-label="{}, {}">'
        '<path class="chart-line" d="{}"></path>'
        '<circle class="chart-point" cx="{}" cy="{}" r="3"></circle></svg>',
        title,
        trend,
        _path(points),
        *points[-1],
    )
