"""The entries of records as a list and as lines over the years."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise

from megler.cases.models import Requirement
from megler.orders import names
from megler.orders.models import ApsEntry
from megler.orders.models.readings import EntryState
from megler.vocabulary.conditions import conditions

WIDTH, HEIGHT, EDGE, SIDE = 640, 150, 34, 46
_PICTURES_MAX = 6


@dataclass(frozen=True)
class Shown:
    """An entry for the page."""

    entry: ApsEntry
    kind: str
    label: "str | Promise"
    on: date | None
    value: str
    number: float | None
    second: float | None
    words: str

    @property
    def is_struck(self) -> bool:
        return self.entry.state == EntryState.STRUCK

    @property
    def tone(self) -> str:
        return {"confirmed": "good", "struck": "quiet"}.get(self.entry.state, "wait")


def drawn(requirement: Requirement, most: int) -> list[Shown]:
    """All entries, by day; undated last."""
    found = ApsEntry.objects.filter(requirement=requirement).select_related("paper__document")
    shown = [_shown(one) for one in found.order_by("page", "pk")[:most]]
    return sorted(shown, key=lambda s: (s.on or date.max, s.entry.page))


def _shown(one: ApsEntry) -> Shown:
    told = one.told
    value = told["value"] + (f"/{told['second']}" if told["second"] else "")
    return Shown(
        entry=one,
        kind=told["kind"],
        label=_label(told["kind"], told["code"]),
        on=date.fromisoformat(told["on"]) if told["on"] else None,
        value=f"{value} {told['unit']}".strip(),
        number=float(told["value"]) if told["value"] else None,
        second=float(told["second"]) if told["second"] else None,
        words=told["words"],
    )


def _label(kind: str, code: str) -> "str | Promise":
    if kind == "reading":
        return names.READING.get(code, code)
    if kind == "visit":
        return names.ENTRY_KIND["visit"]
    known = conditions().get(code)
    return known.name if known else code


def listed(entries: list[Shown]) -> list[dict[str, Any]]:
    """As the table shows them."""
    return [{"shown": one, "kind": names.ENTRY_KIND[one.kind]} for one in entries]


@dataclass(frozen=True)
class Picture:
    """One reading over time. `lines` are SVG points, `dots` each reading with its words."""

    label: "str | Promise"
    lines: list[str]
    dots: list[dict[str, Any]]
    low: str
    high: str
    first: date
    last: date
    values: list[dict[str, Any]] = field(default_factory=list)


def pictures(entries: list[Shown]) -> list[Picture]:
    """A picture of each reading that was taken on two days or more; struck ones left out."""
    by_label: dict[str, list[Shown]] = {}
    for one in entries:
        if one.kind == "reading" and one.on and one.number is not None and not one.is_struck:
            by_label.setdefault(str(one.label), []).append(one)
    several = [found for found in by_label.values() if len({one.on for one in found}) > 1]
    most = sorted(several, key=len, reverse=True)[:_PICTURES_MAX]
    return [_picture(found) for found in most]


def _picture(found: list[Shown]) -> Picture:
    days = [one.on.toordinal() for one in found if one.on]
    numbers = [n for one in found for n in (one.number, one.second) if n is not None]
    low, high = min(numbers), max(numbers)
    spread, span = (high - low) or 1.0, (max(days) - min(days)) or 1

    def place(day: int, number: float) -> tuple[float, float]:
        across = SIDE + (day - min(days)) / span * (WIDTH - 2 * SIDE)
        down = HEIGHT - EDGE - (number - low) / spread * (HEIGHT - 2 * EDGE)
        return round(across, 1), round(down, 1)

    dots, lines = [], []
    for get in ("number", "second"):
        points = []
        for one, day in zip(found, days, strict=True):
            number = getattr(one, get)
            if number is not None:
                x, y = place(day, number)
                points.append(f"{x},{y}")
                dots.append({"x": str(x), "y": str(y), "text": f"{one.on} {one.value}"})
        if points:
            lines.append(" ".join(points))
    values = [{"on": one.on, "value": one.value} for one in found]
    return Picture(
        found[0].label, lines, dots, f"{low:g}", f"{high:g}",
        date.fromordinal(min(days)), date.fromordinal(max(days)), values,
    )  # fmt: skip
