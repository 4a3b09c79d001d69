"""The list of what waits for the signed-in person: a fragment that other pages load, or a page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_everyone_signed_in
from megler.ui.problems import sentence
from megler.vocabulary.problems import Refused
from megler.work import actions
from megler.work.models import Task

SHOWN_MAX = 50


def _waiting(request: SignedInRequest) -> dict[str, object]:
    waiting = Task.objects.visible_to(request.user).waiting_for(request.user)
    found = list(waiting.select_related("person").order_by("due_on", "created_at")[: SHOWN_MAX + 1])
    return {
        "tasks": found[:SHOWN_MAX],
        "more": len(found) > SHOWN_MAX,
        "today": timezone.localdate(),
    }


@for_everyone_signed_in
@require_safe
def tasks(request: SignedInRequest) -> HttpResponse:
    """Open tasks that wait for this person or their role, most urgent first."""
    context = _waiting(request)
    template = "work/_tasks.html" if request.htmx else "work/tasks.html"  # type: ignore[attr-defined]
    return render(request, template, context)


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
        actions.finish_task(request.user.actor(), task)
        messages.success(request, _("Done: %(title)s") % {"title": task.title})
    except Refused as refused:
        messages.info(request, " ".join(sentence(p) for p in refused.problems))
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "work/_tasks.html", _waiting(request))
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        return redirect("tasks")
    return redirect(back)
