"""Finding pages of documents by their words."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.papers.actions.searching import HITS_MAX, find_pages


@for_those_who_can(Can.SEE_CASES)
@require_safe
def papers_search(request: SignedInRequest) -> HttpResponse:
    """Documents in which all the words stand on one page, with those pages."""
    words = request.GET.get("q", "").strip()[:200]
    hits = find_pages(request.user, words)
    context = {"words": words, "hits": hits, "is_full": len(hits) == HITS_MAX}
    return render(request, "papers/search.html", context)
