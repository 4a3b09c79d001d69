"""Sources: the list with what waits, one with its files and settings, and the upload."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.feeds.actions.receiving import receive_file
from megler.feeds.actions.sources import change_source, make_source
from megler.feeds.forms import FILE_KINDS, SourceForm, UploadForm
from megler.feeds.models import Change, FeedFile, FeedRow, FeedSource
from megler.feeds.names import FileState, RowState
from megler.feeds.pages.shown import FILE_TONES
from megler.ui.problems import add_to_form
from megler.vocabulary.problems import Refused

FILES_SHOWN = 25
COUNTED_MAX = 1000
"""More than so many are said to be more."""


@for_those_who_can(Can.WORK_CASES)
@require_safe
def feeds(request: SignedInRequest) -> HttpResponse:
    """Every source with its last file, what waits for somebody, and the upload."""
    sources = list(FeedSource.objects.visible_to(request.user).select_related("carrier"))
    newest = FeedFile.objects.filter(source__in=sources).order_by("source_id", "-received_at")
    last = {file.source_id: file for file in newest.distinct("source_id")}
    for source in sources:
        source.last = last.get(source.pk)  # type: ignore[attr-defined]
        if source.last:  # type: ignore[attr-defined]
            source.tone = FILE_TONES[FileState(source.last.state)]  # type: ignore[attr-defined]
    unmatched = FeedRow.objects.filter(state=RowState.UNMATCHED)[:COUNTED_MAX].count()
    proposed = Change.objects.proposed()[:COUNTED_MAX].count()
    context = {
        "sources": sources,
        "unmatched": unmatched,
        "proposed": proposed,
        "counted_max": COUNTED_MAX,
        "form": UploadForm(),
        "kinds": FILE_KINDS,
    }
    return render(request, "feeds/feeds.html", context)


@for_those_who_can(Can.WORK_CASES)
@require_POST
def feed_upload(request: SignedInRequest, source_id: UUID) -> HttpResponse:
    """Take a file of a source; then its page."""
    source = get_object_or_404(FeedSource.objects.visible_to(request.user), pk=source_id)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        sent, day = form.cleaned_data["file"], form.cleaned_data["as_of"]
        as_of = None
        if day:
            start = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 23, 59))  # type: ignore[attr-defined]
            as_of = min(start, timezone.now()) if day <= timezone.localdate() else start
        try:
            done = receive_file(request.user, source, sent.name, sent, as_of=as_of)
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            if not done.is_new:
                messages.info(request, _("This file came before; it was not read again."))
            return _go(request, reverse("feed_file", args=[done.file.pk]))
    context = {"source": source, "form": form, "kinds": FILE_KINDS}
    template = "feeds/_upload.html" if request.htmx else "feeds/upload.html"  # type: ignore[attr-defined]
    return render(request, template, context, status=422)


def _go(request: SignedInRequest, url: str) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def feed_new(request: SignedInRequest) -> HttpResponse:
    """A new source."""
    sets_partner = request.user.may(Can.CHANGE_PARTNERS)
    form = SourceForm(request.POST or None, sets_partner=sets_partner)
    if request.method == "POST" and form.is_valid():
        made = FeedSource(**_given(form), ways=form.ways())
        try:
            made = make_source(request.user, made)
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            return redirect("feed_source", source_id=made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "feeds/source.html", {"form": form}, status=status)


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def feed_source(request: SignedInRequest, source_id: UUID) -> HttpResponse:
    """One source: its upload, files, settings and the words it has taught."""
    source = get_object_or_404(
        FeedSource.objects.visible_to(request.user).select_related("carrier"), pk=source_id
    )
    initial = {
        "name": source.name, "partner": source.partner_id, "folder": source.folder, "stale_days": source.stale_days,
        "makes_new_cases": source.makes_new_cases, "is_active": source.is_active,
        "version": source.version,
    }  # fmt: skip
    form = SourceForm(
        request.POST or None,
        source=source,
        sets_partner=request.user.may(Can.CHANGE_PARTNERS),
        initial=initial,
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_source(request.user, source, {**_given(form), "ways": form.ways()})
            except Refused as refused:
                add_to_form(form, refused.problems)
            else:
                messages.success(request, _("Saved."))
                return redirect("feed_source", source_id=source.pk)
    files = list(source.files.order_by("-received_at")[:FILES_SHOWN])
    for file in files:
        file.tone = FILE_TONES[FileState(file.state)]  # type: ignore[attr-defined]
    layouts = source.layouts.annotate(read=Count("files")).order_by("-number")[:10]
    context = {
        "source": source, "form": form, "files": files, "layouts": layouts,
        "upload": UploadForm(), "kinds": FILE_KINDS,
    }  # fmt: skip
    return render(request, "feeds/source.html", context, status=status)


def _given(form: SourceForm) -> dict[str, Any]:
    given = {k: v for k, v in form.cleaned_data.items() if not k.startswith("way_")}
    if given.get("version") is None:
        given.pop("version", None)
    return given
