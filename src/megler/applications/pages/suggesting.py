"""Suggestions under a field for drugs and conditions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from megler.accounts.access import for_everyone
from megler.applications.rules.suggesting import suggestions

_TYPED_MAX = 60


@for_everyone
@require_GET
@cache_control(private=True, max_age=3600)
def application_suggest(request: HttpRequest) -> HttpResponse:
    """Names of the field that fit what was typed: the public vocabulary, nothing of anybody's."""
    kind = request.GET.get("kind", "")
    if kind not in {"drug", "condition"}:
        raise Http404
    context = {
        "found": suggestions(kind, request.GET.get("q", "")[:_TYPED_MAX]),
        "id": request.GET.get("id", "suggestions")[:_TYPED_MAX],
    }
    return render(request, "applications/_suggestions.html", context)
