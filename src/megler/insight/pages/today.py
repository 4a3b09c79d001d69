"""Today: what needs a hand, most urgent first, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.insight import figures
from megler.insight.parts import part_or_page
from megler.insight.putting_off import ASLEEP_MAX, put_off
from megler.insight.rules.periods import AgeStep
from megler.insight.rules.stages import STATUSES, Stage
from megler.insight.rules.urgency import Band, Kind, Urgency, kinds_of, most_urgent_first
from megler.insight.telling import BANDS, LOOKS, BandLook, Look, Why, when, why
from megler.insight.waiting import READ_MAX, Item, things_waiting
from megler.ui import charts
from megler.work.models import Snooze

SHOWN_MAX = 25

STAGE_NAMES: dict[Stage, Promise] = {
    Stage.AGENCY: gettext_lazy("With us"),
    Stage.RETURNED: gettext_lazy("Returned"),
    Stage.CARRIER: gettext_lazy("Sent to the carrier"),
    Stage.UNDERWRITING: gettext_lazy("In underwriting"),
    Stage.DECIDED: gettext_lazy("Decided"),
    Stage.ISSUED: gettext_lazy("Issued"),
    Stage.DELIVERED: gettext_lazy("Delivered"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A thing that waits, with why it stands where it stands."""

    item: Item
    look: Look
    urgency: Urgency
    when: str
    whys: list[Why]


@dataclass(frozen=True, slots=True)
class Chip:
    """A kind with its count; pressing it shows only that kind."""

    look: Look
    count: int
    full: bool
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class BandShown:
    """A band with its lines."""

    key: str
    look: BandLook
    count: int
    lines: list[Line]


@for_those_who_can(Can.SEE_TODAY)
@require_safe
def today(request: SignedInRequest) -> HttpResponse:
    """What needs a hand now; `?mine=1` my role's own work only, `?kind=` one kind only."""
    day = timezone.localdate()
    mine = request.GET.get("mine") == "1"
    kind = next((k for k in Kind if k == request.GET.get("kind")), None)
    waiting = things_waiting(request.user, day, mine=mine)
    if mine:
        waiting = {k: v for k, v in waiting.items() if k in kinds_of(request.user.role)}
    lines = _lines(waiting, kind, day)
    shown_max = READ_MAX if kind else SHOWN_MAX
    shown = {
        "day": day,
        "mine": mine,
        "everyone_url": _address(kind, False),
        "mine_url": _address(kind, True),
        "chips": _chips(waiting, kind, mine),
        "kind": LOOKS[kind] if kind else None,
        "asleep": put_off(request.user, day) if request.GET.get("asleep") else None,
        "asleep_count": Snooze.objects.standing(day)[: ASLEEP_MAX + 1].count(),
        "asleep_url": f"{reverse('today')}?asleep=1",
        "all_url": _address(None, mine),
        "bands": _bands(lines, shown_max),
        "count": len(lines),
        "pictures": _pictures(request, day),
        "left_out": max(len(lines) - shown_max, 0),
        "first_count": sum(line.urgency.band is Band.FIRST for line in lines),
    }
    return render(
        request, part_or_page(request, "insight/_today.html", "insight/today.html"), shown
    )


def _lines(waiting: Mapping[Kind, list[Item]], kind: Kind | None, day: date) -> list[Line]:
    items = {
        item.waiting.key: item for k, of_kind in waiting.items() if kind in {None, k}
        for item in of_kind
    }  # fmt: skip
    ranked = most_urgent_first((item.waiting for item in items.values()), day)
    return [
        Line(
            items[thing.key],
            LOOKS[thing.kind],
            urgency,
            when(urgency),
            [told for reason in urgency.reasons if (told := why(reason))],
        )
        for thing, urgency in ranked
    ]


def _bands(lines: list[Line], shown_max: int) -> list[BandShown]:
    """The first lines in their bands; each band counts all of its own."""
    shown = lines[:shown_max]
    bands = [
        BandShown(
            key=band,
            look=BANDS[band],
            count=sum(line.urgency.band is band for line in lines),
            lines=[line for line in shown if line.urgency.band is band],
        )
        for band in Band
    ]
    return [band for band in bands if band.lines]


def _address(kind: Kind | None, mine: bool) -> str:
    query = {**({"kind": kind.value} if kind else {}), **({"mine": "1"} if mine else {})}
    return reverse("today") + (f"?{urlencode(query)}" if query else "")


def _chips(waiting: Mapping[Kind, list[Item]], kind: Kind | None, mine: bool) -> list[Chip]:
    return [
        Chip(
            LOOKS[k],
            len(items),
            len(items) >= READ_MAX,
            _address(None if k is kind else k, mine),
            k is kind,
        )
        for k, items in waiting.items()
    ]


def _pictures(request: SignedInRequest, day: date) -> dict[str, object]:
    """Open cases by stage and by age, and what was placed in the last weeks."""
    cases = figures.open_cases(request.user, day)
    weeks = figures.placed_by_week(request.user, day)
    placed = [count for _monday, count in weeks]
    ages = [
        charts.Part(_step_name(step), step.count, "attention" if step.last is None else "")
        for step in cases.ages
    ]
    return {
        "open_count": cases.count,
        "stages": _stages(cases.stages),
        "ages": charts.bars(_("Open cases by age"), ages) if cases.count else "",
        "placed_count": sum(placed),
        "placed_this_week": placed[-1],
        "weeks": len(weeks),
        "placed": charts.sparkline(_("Placed in each of the last twelve weeks"), placed),
    }


def _stages(stages: list[tuple[Stage, int]]) -> SafeString:
    parts = [
        charts.Part(
            str(STAGE_NAMES[stage]), count, url=f"{reverse('cases')}?status={STATUSES[stage][-1]}"
        )
        for stage, count in stages
        if count
    ]
    return charts.stacked_bar(_("Open cases by stage"), parts)


def _step_name(step: AgeStep) -> str:
    if step.last is None:
        return ngettext("%(n)d day and more", "%(n)d days and more", step.first) % {"n": step.first}
    return _("%(first)d to %(last)d days") % {"first": step.first, "last": step.last}
