"""Small charts drawn by the server as SVG: no script, no inline style, themed by CSS classes.

Each is a pure function from data to markup. It says what it shows to screen readers (title and
description), and everything in it stands in a table under “Figures” as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

WIDTH = 640
_LABEL_WIDTH = 150
_BAR = 18
_ROW = 30


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


def _data(title: str, parts: Sequence[Part]) -> SafeString:
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td class="num">{}</td></tr>',
        ((p.label, p.text) for p in parts),
    )
    return format_html(
        '<details class="chart-data"><summary>{}</summary><table class="table table-sm">'
        '<caption class="visually-hidden">{}</caption><tbody>{}</tbody></table></details>',
        _("Figures"),
        title,
        rows,
    )


def _drawing(title: str, height: float, body: SafeString, parts: Sequence[Part]) -> SafeString:
    told = ", ".join(f"{p.label}: {p.text}" for p in parts[:12])
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        "<title>{}</title><desc>{}</desc>{}</svg>",
        WIDTH,
        round(height),
        title,
        title,
        told,
        body,
    )


def _linked(part: Part, shape: str) -> str:
    return format_html('<a href="{}">{}</a>', part.url, shape) if part.url else shape


def stacked_bar(title: str, parts: Sequence[Part]) -> SafeString:
    """One bar divided into its parts, with a legend: cases by stage."""
    total = sum(p.value for p in parts)
    if total <= 0:
        return SafeString("")
    x, pieces = 0.0, []
    for place, part in enumerate(parts):
        wide = part.value / total * WIDTH
        shape = format_html(
            '<rect class="chart-bar {}" x="{}" y="0" width="{}" height="28">'
            "<title>{}: {}</title></rect>",
            _fill(part, place),
            round(x, 2),
            round(max(wide - 2, 0), 2),
            part.label,
            part.text,
        )
        pieces.append((shape,))
        x += wide
    legend = format_html_join(
        "",
        '<li><svg class="chart" viewBox="0 0 12 12" aria-hidden="true"><rect class="{}" width="12" '
        'height="12" rx="3"></rect></svg>{} <strong class="figures">{}</strong></li>',
        (
            (
                _fill(part, place),
                _linked(part, part.label),
                part.text,
            )
            for place, part in enumerate(parts)
        ),
    )
    drawing = _drawing(title, 28, format_html_join("", "{}", pieces), parts)
    return format_html(
        '<figure class="mb-0">{}<ul class="chart-legend">{}</ul></figure>', drawing, legend
    )


def bars(title: str, parts: Sequence[Part]) -> SafeString:
    """Horizontal bars, one below the other, each with its name and value: premium by carrier."""
    if not parts:
        return SafeString("")
    longest = max((p.value for p in parts), default=0) or 1
    room = WIDTH - _LABEL_WIDTH - 80
    pieces = []
    for place, part in enumerate(parts):
        y, wide = place * _ROW, max(part.value / longest * room, 1)
        name = part.label if len(part.label) <= 24 else part.label[:23] + "…"
        shape = format_html(
            '<text class="chart-label" x="0" y="{}">{}<title>{}</title></text>'
            '<rect class="chart-bar {}" x="{}" y="{}" width="{}" height="{}" rx="3"></rect>'
            '<text class="chart-value" x="{}" y="{}">{}</text>',
            y + 18, name, part.label,
            f"tone-{part.tone}" if part.tone else "hue-0", _LABEL_WIDTH, y + 4, round(wide, 2), _BAR,
            round(_LABEL_WIDTH + wide + 8, 2), y + 18, part.text,
        )  # fmt: skip
        pieces.append((_linked(part, shape),))
    drawing = _drawing(title, len(parts) * _ROW, format_html_join("", "{}", pieces), parts)
    return format_html('<figure class="mb-0">{}{}</figure>', drawing, _data(title, parts))


def _points(
    parts: Sequence[Part], left: float, width: float, height: float
) -> list[tuple[float, float]]:
    highest = max(p.value for p in parts) or 1
    step = width / max(len(parts) - 1, 1)
    return [
        (round(left + i * step, 2), round(height - p.value / highest * height, 2))
        for i, p in enumerate(parts)
    ]


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x} {y}" for x, y in points)


def line(title: str, parts: Sequence[Part]) -> SafeString:
    """A line over an area, a point for each month in order: premium placed by month."""
    if len(parts) < 2:
        return bars(title, parts)
    top, height, left = 20.0, 130.0, 8.0
    points = [(x, y + top) for x, y in _points(parts, left, WIDTH - 2 * left, height)]
    base = top + height
    area = f"{_path(points)} L{points[-1][0]} {base} L{points[0][0]} {base} Z"
    every = max(1, -(-len(parts) // 7))
    labels = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="{}">{}</text>',
        (
            (x, base + 20, _anchor(i, len(parts)), part.label)
            for i, (part, (x, _y)) in enumerate(zip(parts, points, strict=True))
            if (len(parts) - 1 - i) % every == 0
        ),
    )
    dots = format_html_join(
        "",
        '<circle class="chart-point" cx="{}" cy="{}" r="4"><title>{}: {}</title></circle>',
        ((x, y, p.label, p.text) for p, (x, y) in zip(parts, points, strict=True)),
    )
    highest = max(parts, key=lambda p: p.value)
    body = format_html(
        '<line class="chart-grid" x1="0" x2="{}" y1="{}" y2="{}"></line>'
        '<path class="chart-area" d="{}"></path><path class="chart-line" d="{}"></path>{}{}'
        '<text class="chart-value" x="0" y="10">{} {}</text>',
        WIDTH, base, base, area, _path(points), dots, labels, _("Highest:"), highest.text,
    )  # fmt: skip
    drawing = _drawing(title, base + 28, body, parts)
    return format_html('<figure class="mb-0">{}{}</figure>', drawing, _data(title, parts))


def _anchor(place: int, count: int) -> str:
    return "start" if place == 0 else "end" if place == count - 1 else "middle"


def sparkline(title: str, values: Sequence[float]) -> SafeString:
    """A line as small as a word, for a table's row; `title` says what it shows."""
    if len(values) < 2:
        return SafeString("")
    points = [(x, y + 3) for x, y in _points([Part("", v) for v in values], 2, 92, 22)]
    way = _("rising") if values[-1] > values[0] else _("falling")
    trend = way if values[-1] != values[0] else _("level")
    return format_html(
        '<svg class="chart sparkline" viewBox="0 0 96 28" role="img" aria-label="{}, {}">'
        '<path class="chart-line" d="{}"></path>'
        '<circle class="chart-point" cx="{}" cy="{}" r="2.5"></circle></svg>',
        title,
        trend,
        _path(points),
        *points[-1],
    )
