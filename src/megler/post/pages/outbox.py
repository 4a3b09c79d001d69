"""The outbox: what was written, to whom, and whether it went."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.post.actions import messages as outgoing
from megler.post.models import Message, MessageState
from megler.post.pages.parts import part_after
from megler.ui.problems import sentence
from megler.vocabulary.problems import Refused

TONES = {"waiting": "progress", "sent": "good", "kept": "quiet", "given_up": "bad"}


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
    part = part_after(found, mark)
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
    enclosed = found.attachments.select_related("document")
    context = {"message": found, "tone": TONES[found.state], "enclosed": enclosed}
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
