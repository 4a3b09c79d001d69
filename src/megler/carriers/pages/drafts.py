"""The guide manager: an edition tried before it is published."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from megler.accounts.access import for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.carriers.difference_sentences import PARTS, difference_in_words
from megler.carriers.drafts import edition_before, open_draft, publish_draft
from megler.carriers.models import EditionDraft
from megler.carriers.rules.differences.guides import differences
from megler.carriers.rules.edition import Edition
from megler.vocabulary.problems import Refused

MOST_DIFFERENCES = 300


class EffectiveDay(forms.Form):
    """The first day of an edition."""

    effective_from = forms.DateField(
        label=gettext_lazy("Takes effect on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@for_those_who_can(Can.PUBLISH_EDITIONS)
def drafts(request: HttpRequest) -> HttpResponse:
    """Editions that are being tried, latest first."""
    shown = EditionDraft.objects.filter(published=None).defer("content").order_by("-kept_at")
    return render(request, "carriers/drafts.html", {"drafts": shown[:100]})


@for_those_who_can(Can.PUBLISH_EDITIONS)
def draft(request: HttpRequest, draft_id: str) -> HttpResponse:
    """One draft: what it changes, what the checker warns of, which open cases it would change."""
    found = get_object_or_404(EditionDraft.objects.defer("content"), pk=draft_id)
    return _shown(request, found, EffectiveDay(initial={"effective_from": found.effective_from}))


@for_those_who_can(Can.PUBLISH_EDITIONS)
@require_POST
def publish(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Publish a draft to take effect on the day asked for."""
    found = get_object_or_404(EditionDraft.objects.defer("content"), pk=draft_id)
    form = EffectiveDay(request.POST)
    if not form.is_valid():
        return _shown(request, found, form, status=422)
    try:
        actor = cast(User, request.user).actor()
        done = publish_draft(actor, found, form.cleaned_data["effective_from"])
    except Refused as refused:
        return _shown(request, found, form, status=422, problems=refused.problems)
    messages.success(request, _("Published: %(title)s") % {"title": done.edition.title})
    return redirect("edition", edition_id=done.edition.pk)


def _shown(
    request: HttpRequest, found: EditionDraft, form: EffectiveDay, status: int = 200, **more: object
) -> HttpResponse:
    opened, before = open_draft(found.pk), edition_before(found)
    changes = _changes(before.read if before else None, opened.read)
    told = {
        "draft": found,
        "form": form,
        "warnings": opened.warnings,
        "before": before.read if before else None,
        "changes": changes[:MOST_DIFFERENCES],
        "more_changes": max(len(changes) - MOST_DIFFERENCES, 0),
        **more,
    }
    return render(request, "carriers/draft.html", told, status=status)


def _changes(before: Edition | None, after: Edition) -> list[dict[str, object]]:
    """What a guide says otherwise than the one before it, in words, part by part."""
    if before is None or before.guide is None or after.guide is None:
        return []
    return [
        {"part": PARTS[one.part], "kind": one.kind.value, "text": difference_in_words(one)}
        for one in differences(before.guide, after.guide)
    ]
