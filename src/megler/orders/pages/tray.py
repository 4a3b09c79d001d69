"""The tray: what came and waits for somebody to say whose it is; and any vendor's message."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.documents.serving import document_answer
from megler.orders.actions import tray
from megler.orders.actions.finding import proposals_for
from megler.orders.forms import AssignForm
from megler.orders.models import OrderFile, OrderMessage, OrderWord
from megler.orders.models.messages import MessageState
from megler.orders.pages.shown import PAGE_SIZE, problem_of, reason
from megler.ui.problems import add_to_form
from megler.vocabulary.problems import Refused


@for_those_who_can(Can.WORK_CASES)
@require_safe
def order_tray(request: SignedInRequest) -> HttpResponse:
    """What waits, oldest first; and messages that could not be read."""
    waiting = OrderWord.objects.visible_to(request.user).in_tray()
    words = waiting.select_related("message__vendor").prefetch_related("files")[:PAGE_SIZE]
    refused = OrderMessage.objects.filter(state=MessageState.REFUSED).select_related("vendor")
    context = {
        "rows": [
            {"word": one, "why": [reason(r) for r in one.reasons], "about": _about(one)}
            for one in words
        ],
        "refused": [
            {"message": one, "problems": [problem_of(p) for p in one.problems]}
            for one in refused.order_by("-came_at")[:20]
        ],
    }
    return render(request, "orders/tray.html", context)


def _about(word: OrderWord) -> dict[str, str]:
    """Whom it says it is about, for people."""
    told = word.about or {}
    name = " ".join(p for p in (told.get("first_name"), told.get("last_name")) if p)
    return {
        "name": name or told.get("full_name", ""),
        "born": told.get("born", ""),
        "numbers": " ".join(p for p in (told.get("requirement_id"), told.get("order_number")) if p),
    }


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def order_tray_word(request: SignedInRequest, word_id: UUID) -> HttpResponse:
    """One word in the tray: what it says of itself, whose it may be, and saying so."""
    found = OrderWord.objects.visible_to(request.user).select_related("message__vendor")
    word = get_object_or_404(found.prefetch_related("files__document"), pk=word_id)
    proposed = proposals_for(word)
    data = request.POST if request.method == "POST" else None
    form = AssignForm([item for _one, item in proposed], data)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            item = tray.assign(request.user, word, given["item"], in_spite_of=given["in_spite_of"])
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, _("It is with its order now."))
            return redirect("order", order_id=item.order_id)
    context = {
        "word": word,
        "about": _about(word),
        "why": [reason(r) for r in word.reasons],
        "proposed": [
            {
                "item": item,
                "score": one.score,
                "why": [reason({"code": r.code, "params": r.params}) for r in one.reasons],
            }
            for one, item in proposed
        ],
        "form": form,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "orders/tray_word.html", context, status=status)


@for_those_who_can(Can.WORK_CASES)
@require_POST
def order_tray_aside(request: SignedInRequest, word_id: UUID) -> HttpResponse:
    """It is nobody's here."""
    word = get_object_or_404(OrderWord.objects.visible_to(request.user), pk=word_id)
    try:
        tray.set_aside(request.user, word, request.POST.get("because", ""))
    except Refused as refused:
        return render(request, "orders/refused.html", {"refused": refused}, status=422)
    messages.success(request, _("Set aside. It stays kept."))
    return redirect("order_tray")


@for_those_who_can(Can.WORK_CASES)
@require_safe
def order_file(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    """A file that came with a word."""
    words = OrderWord.objects.visible_to(request.user)
    found = OrderFile.objects.filter(word__in=words).select_related("document")
    file = get_object_or_404(found, pk=file_id)
    if file.document is None:
        raise Http404
    return cast(HttpResponse, document_answer(request, file.document))


@for_those_who_can(Can.WORK_CASES)
@require_safe
def order_message(request: SignedInRequest, message_id: UUID) -> HttpResponse:
    """A message as it went or came."""
    message = get_object_or_404(OrderMessage.objects.select_related("document"), pk=message_id)
    if message.document is None:
        raise Http404
    return cast(HttpResponse, document_answer(request, message.document, download=True))
