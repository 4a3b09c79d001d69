"""What received records tell: by day, with page and how sure, and as a picture of the readings."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.cases.models import Requirement
from megler.orders.actions.records import check_entries
from megler.orders.pages.records_shown import drawn, listed, pictures

SHOWN_MAX = 500


def _requirement(request: SignedInRequest, requirement_id: UUID) -> Requirement:
    visible = Requirement.objects.visible_to(request.user).select_related("case__client")
    return get_object_or_404(visible, pk=requirement_id)


@for_those_who_can(Can.WORK_CASES)
@require_safe
def aps_timeline(request: SignedInRequest, requirement_id: UUID) -> HttpResponse:
    """The timeline of a requirement's papers."""
    requirement = _requirement(request, requirement_id)
    entries = drawn(requirement, SHOWN_MAX)
    context = {
        "requirement": requirement,
        "case": requirement.case,
        "rows": listed(entries),
        "pictures": pictures(entries),
        "papers": requirement.documents.select_related("document"),
    }
    return render(request, "orders/timeline.html", context)


@for_those_who_can(Can.WORK_CASES)
@require_POST
def aps_check(request: SignedInRequest, requirement_id: UUID) -> HttpResponse:
    """Confirm and strike what is ticked."""
    requirement = _requirement(request, requirement_id)
    chosen = [key for key in request.POST.getlist("entry") if _is_key(key)]
    strike = request.POST.get("do") == "strike"
    changed = check_entries(
        request.user, requirement, [] if strike else chosen, chosen if strike else []
    )
    messages.success(request, _("%(count)s entries are checked.") % {"count": changed})
    return redirect("aps_timeline", requirement_id=requirement.pk)


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
