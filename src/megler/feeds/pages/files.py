"""One file: how far it is, its records and what they changed; accept, refuse, undo."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.feeds.actions import settling
from megler.feeds.models import Change, ChangeQuerySet, FeedFile
from megler.feeds.names import ChangeState, FileState, RowState
from megler.feeds.pages.shown import FILE_TONES, Shown, problems_of, row_tone, shown
from megler.ui.problems import sentence
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Refused

PAGE_SIZE = 50


@for_those_who_can(Can.WORK_CASES)
@require_safe
def feed_file(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    """A file: what is told of it, differences by state, and its rows by what became of them."""
    found = FeedFile.objects.visible_to(request.user).select_related("source__carrier", "layout")
    file = get_object_or_404(found, pk=file_id)
    tab = request.GET.get("show", "")
    context: dict[str, Any] = {
        "file": file,
        "tone": FILE_TONES[FileState(file.state)],
        "told": problems_of(file.told),
        "is_busy": file.state in {FileState.RECEIVED, FileState.APPLYING},
        "tab": tab,
        "tabs": _tabs(file),
    }
    if tab in RowState.values:
        context |= _rows(file, tab, request.GET.get("after", ""))
    else:
        found_changes = file.changes.select_related("case__client")
        if tab in {"proposed", "applied"}:
            found_changes = found_changes.filter(state=tab)
        context |= changes_part(found_changes, request.GET.get("after", ""))
    if context["is_busy"]:
        done = file.rows.exclude(state=RowState.WAITING).count() if file.records else 0
        context["share"] = done / file.records if file.records else 0
        context["done"] = done
    template = "feeds/_file.html" if request.htmx else "feeds/file.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _tabs(file: FeedFile) -> list[tuple[str, str, int]]:
    """The parts of a file's page: each with how many it has."""
    counts = file.counts
    changes = sum(n for name, n in counts.items() if name.startswith("changes_"))
    tabs = [("", _("All differences"), changes)]
    tabs += [
        (state, str(ChangeState(state).label), counts.get(f"changes_{state}", 0))
        for state in ("proposed", "applied")
    ]
    tabs += [
        (state, str(RowState(state).label), counts.get(state, 0))
        for state in ("changed", "unmatched", "unchanged", "older", "set_aside")
    ]
    return [tab for tab in tabs if tab[2] or not tab[0]]


def _rows(file: FeedFile, state: str, after: str) -> dict[str, Any]:
    rows = file.rows.filter(state=state, line__gt=whole(after) or 0).select_related("case__client")
    found = list(rows.order_by("line")[: PAGE_SIZE + 1])
    for row in found:
        row.tone = row_tone(row)  # type: ignore[attr-defined]
        row.problems = problems_of(row.why)  # type: ignore[attr-defined]
    older = found[PAGE_SIZE - 1].line if len(found) > PAGE_SIZE else None
    return {"rows": found[:PAGE_SIZE], "older": older}


def changes_part(changes: ChangeQuerySet, after: str) -> dict[str, Any]:
    """Some differences, newest first, and the mark of the next."""
    if mark := whole(after, 18):
        changes = changes.filter(seq__lt=mark)
    found = list(changes.order_by("-seq")[: PAGE_SIZE + 1])
    older = found[PAGE_SIZE - 1].seq if len(found) > PAGE_SIZE else None
    listed: list[Shown] = [shown(change) for change in found[:PAGE_SIZE]]
    return {"changes": listed, "older": older, "some_wait": any(s.may_settle for s in listed)}


@for_those_who_can(Can.WORK_CASES)
@require_safe
def feed_changes(request: SignedInRequest) -> HttpResponse:
    """Everything that waits for somebody's word, of every source."""
    waiting = Change.objects.visible_to(request.user).proposed()
    found = waiting.select_related("case__client", "file__source")
    context = changes_part(found, request.GET.get("after", ""))
    return render(request, "feeds/changes.html", context)


ACTS = {"accept": settling.accept, "refuse": settling.refuse, "undo": settling.undo}


@for_those_who_can(Can.WORK_CASES)
@require_POST
def feed_change(request: SignedInRequest, change_id: UUID, act: str) -> HttpResponse:
    """Accept, refuse or undo one difference; its row in the list afterwards."""
    if act not in ACTS:
        raise Http404
    found = Change.objects.visible_to(request.user).select_related("case__client", "file")
    change = get_object_or_404(found, pk=change_id)
    refused = None
    try:
        ACTS[act](request.user, change)
    except Refused as error:
        refused = error
    change = found.get(pk=change.pk)
    if not request.htmx:  # type: ignore[attr-defined]
        for problem in refused.problems if refused else ():
            messages.error(request, sentence(problem))
        return redirect("feed_file", file_id=change.file_id)
    context = {"one": shown(change), "refused": refused, "with_case": "case" not in request.GET}
    return render(request, "feeds/_change.html", context)


@for_those_who_can(Can.WORK_CASES)
@require_POST
def feed_accept_many(request: SignedInRequest) -> HttpResponse:
    """Accept every difference that was ticked; each that cannot be says why."""
    ids = [one for one in request.POST.getlist("change") if _is_id(one)][:PAGE_SIZE]
    waiting = Change.objects.visible_to(request.user).proposed().filter(pk__in=ids)
    refuses = request.POST.get("act") == "refuse"
    done = 0
    for change in waiting.select_related("case").order_by("seq"):
        try:
            (settling.refuse if refuses else settling.accept)(request.user, change)
            done += 1
        except Refused as refused:
            for problem in refused.problems:
                messages.error(request, f"{change.case.reference}: {sentence(problem)}")
    if refuses:
        told = ngettext("%(n)s difference was refused.", "%(n)s differences were refused.", done)
    else:
        told = ngettext(
            "%(n)s difference was taken over.", "%(n)s differences were taken over.", done
        )
    messages.success(request, told % {"n": done})
    back = request.POST.get("file", "")
    if _is_id(back):
        return redirect("feed_file", file_id=back)
    return redirect("feed_changes")


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
