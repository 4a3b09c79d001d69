"""Asking for what is missing: choose, look at the letters, send them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.cases import names
from megler.cases.models import Requirement
from megler.cases.rules.words import Holder
from megler.papers.actions.asking import MOST, Letter, Sending, ask, letters, to_ask_for
from megler.vocabulary.problems import Problem, Refused

HOLDERS = (Holder.AGENT, Holder.CLIENT, Holder.VENDOR, Holder.CARRIER)
DAYS = (0, 3, 7, 14)


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def papers_asking(request: SignedInRequest) -> HttpResponse:
    """What must be asked for; POST shows the letters (`step=look`) or sends them (`step=send`)."""
    step = request.POST.get("step", "")
    if request.method == "POST" and step == "send":
        return _sent(request)
    if request.method == "POST":
        return _letters(request)
    return _list(request)


def _list(request: SignedInRequest, refused: Refused | None = None) -> HttpResponse:
    days = request.GET.get("days", "0")
    holder = request.GET.get("holder", "")
    shown = int(days) if days in map(str, DAYS) else 0
    found = to_ask_for(request.user, timezone.localdate(), shown, holder)
    context = {
        "found": found,
        "days": shown,
        "all_days": DAYS,
        "holder": holder,
        "holders": [(one.value, names.HOLDER[one]) for one in HOLDERS],
        "is_full": len(found) >= MOST,
        "refused": refused,
    }
    return render(request, "papers/asking.html", context, status=422 if refused else 200)


def _keys(values: list[str]) -> list[UUID]:
    found = []
    for value in values[:MOST]:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


def _letters(
    request: SignedInRequest, refused: Refused | None = None, typed: list[Sending] | None = None
) -> HttpResponse:
    wanted = Requirement.objects.visible_to(request.user).filter(
        pk__in=_keys(request.POST.getlist("requirement"))
    )
    named = wanted.select_related("case__agent__user", "case__client", "case__carrier")
    made = letters(named.order_by("case__number", "kind"))
    if not made:
        return _list(request, Refused(Problem("paper_ask_nobody", "requirements")))
    changed = {one.key: one for one in typed or []}
    shown = [_as_typed(one, changed.get(one.key)) for one in made]
    context = {"letters": shown, "refused": refused}
    return render(request, "papers/letters.html", context, status=422 if refused else 200)


def _as_typed(letter: Letter, typed: Sending | None) -> Letter:
    if typed is None:
        return letter
    return Letter(letter.key, letter.name, typed.to, typed.subject, typed.text, letter.requirements)


def _sent(request: SignedInRequest) -> HttpResponse:
    post = request.POST
    count = min(len(post.getlist("key")), MOST)
    typed = [
        Sending(
            _at(post.getlist("key"), at),
            _at(post.getlist("name"), at)[:200],
            _at(post.getlist("to"), at),
            _at(post.getlist("subject"), at),
            _at(post.getlist("text"), at),
            tuple(_keys(_at(post.getlist("requirements"), at).split(","))),
        )
        for at in range(count)
    ]
    try:
        sent = ask(request.user, typed)
    except Refused as refused:
        return _letters(request, refused, typed)
    text = ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.", len(sent))
    messages.success(request, text % {"n": len(sent)})
    return redirect("papers_asking")


def _at(values: list[str], at: int) -> str:
    """What was typed at a place, without what no database keeps."""
    return values[at].replace("\0", "") if at < len(values) else ""
