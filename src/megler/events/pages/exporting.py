"""Everything as a file."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.events.everything import KINDS, pieces
from megler.exchange.tables import WRITERS
from megler.journal.actions import record

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NOUNS = {
    "cases": (_("Cases"), "folders"),
    "requirements": (_("Requirements"), "checklist"),
    "documents": (_("Documents, without their content"), "file-text"),
    "tasks": (_("Tasks"), "checkbox"),
    "messages": (_("Messages, without their text"), "mail"),
}


@for_those_who_can(Can.SEE_CASES)
@require_safe
def exports(request: SignedInRequest) -> HttpResponse:
    """What can be had as a file."""
    mine = [
        {"noun": noun, "label": NOUNS[noun][0], "icon": NOUNS[noun][1]}
        for noun, kind in KINDS.items()
        if request.user.may(kind.needs)
    ]
    return render(request, "events/exports.html", {"nouns": mine, "ends": list(WRITERS)})


@for_those_who_can(Can.SEE_CASES)  # type: ignore[arg-type]
@require_safe
def export(request: SignedInRequest, noun: str, kind: str) -> StreamingHttpResponse:
    """One kind of thing, as the person may see it, as it is read."""
    wanted = KINDS.get(noun)
    if wanted is None or kind not in TYPES or not request.user.may(wanted.needs):
        raise Http404
    told = {"noun": noun, "format": kind}
    record(request.user.actor(), "export.made", ("user", request.user.pk), told)
    answer = StreamingHttpResponse(pieces(request.user, noun, kind), content_type=TYPES[kind])
    name = f"{noun}-{timezone.localdate():%Y-%m-%d}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
