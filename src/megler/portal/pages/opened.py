"""What is opened by a private link alone: a client's page, and a calendar."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from megler.accounts.access import for_everyone
from megler.accounts.middleware import current_address
from megler.licensing.logos import logo_address
from megler.licensing.models import Agency
from megler.portal import deadlines
from megler.portal.actions import letting
from megler.portal.shown import for_client

TOKEN_MAX = 100


@for_everyone
@never_cache
@require_safe
def client_status(request: HttpRequest, token: str) -> HttpResponse:
    """Where the client's case stands. Closed, expired and unknown are alike."""
    if not letting.may_open(current_address()):
        return render(request, "429.html", status=429)
    link = letting.find_client_link(token) if len(token) <= TOKEN_MAX else None
    if link is None:
        return render(request, "portal/client_closed.html", status=404)
    letting.note_opening(link)
    wanted = request.GET.get("language", "")
    language = wanted if wanted in dict(settings.LANGUAGES) else link.language
    agency = Agency.ours()
    with override(language):
        shown = for_client(link)
        shown |= {"agency": agency, "logo": logo_address(agency.logo)}
        shown |= {"languages": settings.LANGUAGES, "language": language}
        answer = render(request, "portal/client.html", shown)
    answer["Content-Language"] = language
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@for_everyone
@never_cache
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody's deadlines as iCalendar."""
    if not letting.may_open(current_address()):
        return HttpResponse(status=429)
    person = deadlines.person_of(token) if len(token) <= TOKEN_MAX else None
    if person is None or not person.is_seller:
        raise Http404
    content = deadlines.calendar_of(person)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="megler.ics"'
    return answer
