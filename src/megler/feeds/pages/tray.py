"""Rows without a case, with the cases they may be about; cases whose carrier has long been silent."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can, Role
from megler.cases.models import Case
from megler.cases.rules.words import AT_CARRIER
from megler.feeds.actions.matching import proposals_for
from megler.feeds.actions.settling import give_case, set_aside
from megler.feeds.models import CaseWord, Change, FeedRow
from megler.feeds.names import RowState
from megler.feeds.pages.shown import problems_of, shown
from megler.feeds.sentences import reason
from megler.ui.problems import sentence
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Problem, Refused

TRAY_SIZE = 15
STALE_SHOWN = 50
STALE_DAYS = 7


@for_those_who_can(Can.WORK_CASES)
@require_safe
def feed_tray(request: SignedInRequest) -> HttpResponse:
    """Rows that fit no case, with proposals."""
    after = request.GET.get("after", "")
    found = FeedRow.objects.filter(state=RowState.UNMATCHED).select_related("file__source__carrier")
    if _is_id(after):
        found = found.filter(pk__gt=after)
    rows = list(found.order_by("pk")[: TRAY_SIZE + 1])
    for row in rows[:TRAY_SIZE]:
        row.problems = problems_of(row.why)  # type: ignore[attr-defined]
        row.proposals = [  # type: ignore[attr-defined]
            {
                "case": one.candidate.case,
                "reference": one.candidate.reference,
                "name": one.candidate.name.title(),
                "points": one.points,
                "why": "; ".join(reason(r.code, r.params) for r in one.reasons),
            }
            for one in proposals_for(row)
        ]
    older = rows[TRAY_SIZE - 1].pk if len(rows) > TRAY_SIZE else None
    return render(request, "feeds/tray.html", {"rows": rows[:TRAY_SIZE], "older": older})


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@for_those_who_can(Can.WORK_CASES)
@require_POST
def feed_row(request: SignedInRequest, row_id: UUID) -> HttpResponse:
    """Give a row its case, or set it aside."""
    row = get_object_or_404(FeedRow.objects.select_related("file__source"), pk=row_id)
    try:
        if request.POST.get("act") == "aside":
            set_aside(request.user, row)
            messages.success(request, _("The row was set aside."))
        else:
            case = _case(request, row)
            give_case(request.user, row, case)
            messages.success(request, _("The row was read as one of %(case)s.") % {"case": case})
    except Refused as refused:
        messages.error(request, " ".join(sentence(problem) for problem in refused.problems))
    return redirect("feed_tray")


def _case(request: SignedInRequest, row: FeedRow) -> Case:
    """The case named by its id or number. Raises `Refused`."""
    seen = Case.objects.visible_to(request.user).filter(carrier=row.file.source.carrier_id)
    given, typed = request.POST.get("case", ""), request.POST.get("number", "").strip()
    found = None
    if _is_id(given):
        found = seen.filter(pk=given).first()
    elif number := whole(typed.upper().removeprefix("C-"), 9):
        found = seen.filter(number=number).first()
    if found is None:
        raise Refused(Problem("case_unknown", "number", typed[:20] or "–", "C-10001"))
    return found


@for_those_who_can(Can.WORK_CASES)
@require_safe
def feed_stale(request: SignedInRequest) -> HttpResponse:
    """Cases at a carrier of whom its files have long said nothing, the longest first."""
    days = whole(request.GET.get("days", ""), 3) or STALE_DAYS
    before = timezone.now() - timedelta(days=days)
    found = (
        CaseWord.objects.visible_to(request.user)
        .filter(said_at__lt=before, case__status__in=AT_CARRIER)
        .select_related("case__client", "case__carrier", "source")
        .annotate(status=F("case__status"))
        .order_by("said_at", "case")
    )
    return render(request, "feeds/stale.html", {"words": found[:STALE_SHOWN], "days": days})


@for_those_who_can(Can.SEE_CASES)
@require_safe
def case_feed(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """What the carrier's files last said of a case, how long ago, and what is proposed from it."""
    person = request.user
    case = get_object_or_404(Case.objects.visible_to(person), pk=case_id)
    word = CaseWord.objects.select_related("source", "carrier").filter(case=case).first()
    if word is None or person.role == Role.CARRIER:
        return HttpResponse("")
    works = person.may(Can.WORK_CASES)
    changes = Change.objects.filter(case=case).select_related("file").order_by("-seq")
    stale_after = timedelta(days=word.source.stale_days)
    context = {
        "case": case,
        "word": word,
        "is_stale": case.status in AT_CARRIER and timezone.now() - word.said_at > stale_after,
        "changes": [shown(one) for one in changes[:8]] if works else [],
        "works": works,
    }
    return render(request, "feeds/_case.html", context)
