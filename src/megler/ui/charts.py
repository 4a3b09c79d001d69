"""Small charts drawn by the server as SVG: no script, no inline style, themed by CSS classes.

Each is a pure function from data to markup, as wide as its place. Its figures are text, beside the
drawing or in a table under “Figures”, so that everybody can read them at every width.
"""

import math
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


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve of several in one picture: a value for each place, None where there is none.

    `shown` are the values as written, in the same order.
    """

    label: str
    values: Sequence[float | None]
    shown: Sequence[str]


def curves(
    title: str, places: Sequence[str], drawn: Sequence[Curve], ticks: Sequence[str], now: int = -1
) -> SafeString:
    """Curves over evenly spaced places: premium by term, by age. `now` marks one place.

    `ticks` are the scale's marks as written, from 0 to the top; `scale_of` tells their values.
    """
    known = [v for curve in drawn for v in curve.values if v is not None]
    if not known or len(places) < 2:
        return SafeString("")
    top = scale_of(max(known))[-1]
    marks = len(ticks) - 1
    grid = format_html_join(
        "", '<path class="chart-grid" d="M0 {} H100"></path>',
        ((round(HIGH - i / marks * HIGH, 2),) for i in range(marks + 1)),
    )  # fmt: skip
    mark = (
        format_html('<path class="chart-now" d="M{} 0 V100"></path>', _across(now, places))
        if now >= 0
        else ""
    )
    return format_html(
        '<figure class="curves mb-0"><div class="curves-plot">'
        '<ol class="curves-scale" aria-hidden="true">{}</ol>'
        '<svg class="chart curves-box" viewBox="0 0 100 100" preserveAspectRatio="none" '
        'role="img" aria-label="{}"><title>{}</title>{}{}{}</svg>'
        '<ol class="curves-foot" aria-hidden="true">{}</ol></div>'
        '<ul class="chart-legend">{}</ul>{}</figure>',
        format_html_join("", "<li>{}</li>", ((tick,) for tick in reversed(ticks))),
        title,
        title,
        grid,
        mark,
        format_html_join("", "{}", ((_curve(c, i, places, top),) for i, c in enumerate(drawn))),
        format_html_join(
            "", "<li{}>{}</li>",
            ((SafeString(' class="now"') if i == now else "", p) for i, p in enumerate(places)),
        ),
        format_html_join(
            "",
            '<li><svg class="chart chart-key" viewBox="0 0 12 12" aria-hidden="true">'
            '<rect class="hue-{}" width="12" height="12" rx="3"></rect></svg>{}</li>',
            ((i % 8, curve.label) for i, curve in enumerate(drawn)),
        ),
        _table_of(title, places, drawn),
    )  # fmt: skip


def scale_of(highest: float) -> list[float]:
    """Marks of a scale from 0 to at least `highest`, at round figures.

    >>> scale_of(47.0)
    [0.0, 10.0, 20.0, 30.0, 40.0, 50.0]
    """
    power = 10.0 ** math.floor(math.log10(highest)) if highest > 0 else 1.0
    step = next(s for s in (0.1, 0.2, 0.25, 0.5, 1.0, 2.0) if highest / (s * power) <= 5) * power
    count = max(1, math.ceil(highest / step - 1e-9))
    return [round(step * i, 6) for i in range(count + 1)]


def _across(place: int, places: Sequence[str]) -> float:
    return round(place / (len(places) - 1) * WIDE, 2)


def _curve(curve: Curve, hue: int, places: Sequence[str], top: float) -> SafeString:
    """The curve's line, broken where there is no value, and a dot with its figure at each place."""
    line, pen = "", "M"
    dots = []
    for i, value in enumerate(curve.values):
        if value is None:
            pen = "M"
            continue
        x, y = _across(i, places), round(HIGH - value / top * HIGH, 2)
        line += f"{pen}{x} {y} "
        pen = "L"
        dots.append((hue % 8, x, y, curve.label, places[i], curve.shown[i]))
    return format_html(
        '<path class="chart-curve line-{}" d="{}"></path>{}',
        hue % 8,
        line.strip(),
        format_html_join(
            "",
            '<path class="chart-dot line-{}" d="M{} {} h0"><title>{}, {}: {}</title></path>',
            dots,
        ),
    )


def _table_of(title: str, places: Sequence[str], drawn: Sequence[Curve]) -> SafeString:
    head = format_html_join("", '<th scope="col" class="num">{}</th>', ((p,) for p in places))
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (c.label, format_html_join("", '<td class="num">{}</td>', ((s,) for s in c.shown)))
            for c in drawn
        ),
    )
    return format_html(
        '<details class="chart-data"><summary>{}</summary><div class="table-responsive" '
        'tabindex="0"><table class="table table-sm"><caption class="visually-hidden">{}</caption>'
        "<thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table></div></details>",
        _("Figures"),
        title,
        head,
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
