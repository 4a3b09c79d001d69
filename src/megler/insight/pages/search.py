"""The one search box."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from megler.accounts.access import SignedInRequest, for_everyone_signed_in
from megler.insight.finds import find
from megler.insight.parts import part_or_page
from megler.insight.rules.words import wanted


@for_everyone_signed_in
@require_safe
def search(request: SignedInRequest) -> HttpResponse:
    """What this person may see whose words begin as typed; to htmx only what was found."""
    words = wanted(request.GET.get("q", ""))
    shelves = find(request.user, words) if words.enough else []
    shown = {
        "words": words.text,
        "enough": words.enough,
        "shelves": shelves,
        "count": sum(len(shelf.hits) for shelf in shelves),
    }
    return render(
        request, part_or_page(request, "insight/_found.html", "insight/search.html"), shown
    )
