"""What waits for the signed-in person, a fragment or a page; and one task with its history."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_everyone_signed_in
from megler.ui.problems import sentence
from megler.vocabulary.problems import Refused
from megler.work.actions.tasks import finish_task
from megler.work.history import history_of
from megler.work.models import Task
from megler.work.names import BY_HAND, HISTORY, Outcome

SHOWN_MAX = 50


def _waiting(request: SignedInRequest) -> dict[str, object]:
    today = timezone.localdate()
    tasks = Task.objects.visible_to(request.user)
    found = tasks.most_urgent(request.user, today, SHOWN_MAX + 1)
    return {
        "tasks": found[:SHOWN_MAX],
        "more": len(found) > SHOWN_MAX,
        "today": today,
        "outcomes": BY_HAND,
    }


@for_everyone_signed_in
@require_safe
def tasks(request: SignedInRequest) -> HttpResponse:
    """Open tasks that wait for this person or their role, most urgent first."""
    context = _waiting(request)
    template = "work/_tasks.html" if request.htmx else "work/tasks.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@for_everyone_signed_in
@require_safe
def task(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    """One task: who made it, moved it and why, who finished it."""
    seen = Task.objects.visible_to(request.user).select_related("person")
    found = get_object_or_404(seen, pk=task_id)
    today = timezone.localdate()
    mine = Task.objects.waiting_for(request.user).filter(pk=found.pk)
    sleeps = found.snoozed_until if found.sleeps(today) else None
    told = {"on": date_format(sleeps, "SHORT_DATE_FORMAT")} if sleeps else {}
    context = {
        "task": found,
        "steps": history_of(found, request.user),
        "is_late": found.is_late(today),
        "asleep": HISTORY["task.snoozed"] % told if told else "",
        "may_finish": found.done_at is None and mine.exists(),
        "outcomes": BY_HAND,
    }
    return render(request, "work/task.html", context)


@for_everyone_signed_in
@require_POST
def finish(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    """Mark a task done; a second click says that it is."""
    task = get_object_or_404(
        Task.objects.visible_to(request.user).waiting_for(request.user)
        | Task.objects.visible_to(request.user).exclude(done_at=None),
        pk=task_id,
    )
    try:
        said = request.POST.get("outcome", Outcome.DONE)
        outcome = Outcome(said) if said in dict(BY_HAND) else Outcome.DONE
        finish_task(
            request.user.actor(), task, outcome=outcome, words=request.POST.get("words", "")
        )
        messages.success(request, _("Done: %(title)s") % {"title": task.title})
    except Refused as refused:
        messages.info(request, " ".join(sentence(p) for p in refused.problems))
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "work/_tasks.html", _waiting(request))
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        return redirect("tasks")
    return redirect(back)
