"""The outbox: what was written, to whom, and whether it went."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.post.actions import messages as outgoing
from megler.post.models import Message, MessageQuerySet, MessageState
from megler.ui.problems import sentence
from megler.vocabulary.problems import Refused

PAGE_SIZE = 50
TONES = {"waiting": "progress", "sent": "good", "kept": "quiet", "given_up": "bad"}


@dataclass(frozen=True)
class Part:
    """A part of a list, newest first, and where the next part starts."""

    items: list[Message]
    older: str | None
    newer: str | None = None


def _mark(message: Message) -> str:
    return f"{message.created_at.isoformat()}~{message.pk}"


def _after(found: MessageQuerySet, mark: str) -> MessageQuerySet:
    """Those older than `mark`; a mark that is none starts at the newest."""
    moment, _sep, pk = mark.partition("~")
    try:
        at, last = datetime.fromisoformat(moment), UUID(pk)
    except ValueError:
        return found
    older = Q(created_at__lt=at) | Q(created_at=at, pk__lt=last)
    return found.filter(older, created_at__lte=at)


@for_those_who_can(Can.SEE_POST)
@require_safe
def outbox(request: SignedInRequest) -> HttpResponse:
    """The newest messages; by state and by address."""
    state, to = request.GET.get("state", ""), request.GET.get("to", "").strip()
    found = Message.objects.visible_to(request.user).defer("text")
    if state in MessageState.values:
        found = found.filter(state=state)
    if to:
        found = found.filter(to=to.lower())
    mark = request.GET.get("page", "")
    rows = list(_after(found, mark).order_by("-created_at", "-pk")[: PAGE_SIZE + 1])
    part = Part(rows[:PAGE_SIZE], _mark(rows[PAGE_SIZE - 1]) if len(rows) > PAGE_SIZE else None)
    context = {
        "part": part, "state": state, "to": to, "states": MessageState.choices, "tones": TONES,
        "first": not mark,
    }  # fmt: skip
    template = "post/_messages.html" if request.htmx else "post/outbox.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@for_those_who_can(Can.SEE_POST)
@require_safe
def message(request: SignedInRequest, message_id: UUID) -> HttpResponse:
    """One message, its links alive."""
    found = get_object_or_404(Message.objects.visible_to(request.user), pk=message_id)
    context = {"message": found, "tone": TONES[found.state]}
    return render(request, "post/message.html", context)


@for_those_who_can(Can.SEE_POST)
@require_POST
def try_again(request: SignedInRequest, message_id: UUID) -> HttpResponse:
    """Send a message that was given up once more."""
    found = get_object_or_404(Message.objects.visible_to(request.user), pk=message_id)
    try:
        outgoing.try_again(request.user.actor(), found)
        messages.success(request, _("The message is on its way again."))
    except Refused as refused:
        messages.error(request, " ".join(sentence(p) for p in refused.problems))
    return redirect("message", message_id=message_id)
