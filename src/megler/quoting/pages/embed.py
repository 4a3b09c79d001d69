"""The quote link as visitors see it, inside an agent's own site.

It needs no cookie, keeps none and knows nobody: asking for prices is a GET, and the one form that
changes anything carries its own signed token, so that the check against forgery, which rests on a
cookie, is not needed. Only the link's own sites may put it into a frame.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from megler.accounts.access import for_everyone
from megler.accounts.middleware import current_address
from megler.carriers.names import LINE_NAMES
from megler.licensing.logos import logo_address
from megler.licensing.models import Agency
from megler.licensing.rules.colours import ink_on, readable_on_white
from megler.quoting.actions import leads, links
from megler.quoting.models import QuoteLink
from megler.quoting.printing import small_print
from megler.quoting.rules.sites import origin_of
from megler.quoting.rules.visitors import is_asking, visitor_entry
from megler.quoting.wording import summary_of, years_words
from megler.vocabulary.codes import JURISDICTIONS
from megler.vocabulary.problems import Refused

KEY_MAX = 32
TERMS = (10, 15, 20, 25, 30)
START = {"line": "term_life", "face_amount": "500000", "term_years": "20"}


def _link(key: str) -> QuoteLink:
    link = links.open_link(key) if len(key) <= KEY_MAX else None
    if link is None:
        raise Http404
    return link


def _framed(link: QuoteLink, response: HttpResponse) -> HttpResponse:
    """Let the link's own sites, and no others, put this answer into a frame."""
    response._csp_replace = {"frame-ancestors": link.sites or [NONE]}  # type: ignore[attr-defined]
    response.xframe_options_exempt = bool(link.sites)
    response.headers["Content-Language"] = link.language
    return response


def _shown(
    request: HttpRequest, link: QuoteLink, told: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The page, or without its frame the part that changes while a visitor types."""
    part = bool(request.headers.get("HX-Request")) and status != 429
    template = "quoting/_embed_answer.html" if part else "quoting/embed.html"
    agency = Agency.ours()
    page = {
        "link": link,
        "agent": link.agent,
        "agency": agency,
        "logo": logo_address(link.agent.mark or agency.logo),
        "small_print": small_print(agency, link.language).split("\n"),
        "language_now": link.language,
    }
    return _framed(link, render(request, template, {**page, **told}, status=status))


def _fields(link: QuoteLink, entry: dict[str, str]) -> dict[str, Any]:
    """What the visitor's form holds and offers to choose from."""
    guesses = [
        ("", _("not sure")),
        ("excellent", _("excellent")),
        ("good", _("good")),
        ("average", _("average")),
    ]
    return {
        "entry": entry,
        "lines": [(line, LINE_NAMES[line]) for line in link.lines],
        "terms": [("", _("All terms")), *((str(n), years_words(n)) for n in TERMS)],
        "states": [("", "–"), *JURISDICTIONS.items()],
        "sexes": [("", "–"), ("female", _("female")), ("male", _("male"))],
        "nicotine": [("", "–"), ("never", _("never")), ("now", _("uses now"))],
        "guesses": guesses,
    }


def _site(request: HttpRequest, link: QuoteLink) -> str:
    """Which of the link's sites shows it, as far as the browser or the form tells."""
    told = request.POST.get("site") or request.GET.get("site")
    origin = origin_of(told or request.headers.get("Referer", ""))
    return origin if origin and origin in link.sites else ""


def _entry(link: QuoteLink, told: Any) -> dict[str, str]:
    return visitor_entry({key: str(told.get(key, "")) for key in told}, link.lines)


def _in_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer in the link's language, whatever the visitor's browser asks for."""

    def answered(request: HttpRequest, key: str) -> HttpResponse:
        link = _link(key)
        with override(link.language):
            if not links.may_ask(link, current_address()):
                return _shown(request, link, {"too_often": True}, 429)
            return view(request, link)

    answered.__doc__ = view.__doc__
    return answered


@for_everyone
@require_GET
@_in_language
def embed(request: HttpRequest, link: QuoteLink) -> HttpResponse:
    """The form, and with enough in the address the offers."""
    site = _site(request, link)
    if not request.GET or set(request.GET) <= {"site"}:
        links.count(link, views=1)
        entry = _entry(link, START)
        return _shown(request, link, {**_fields(link, entry), "site": site})
    entry = _entry(link, request.GET)
    told = {**_fields(link, entry), "site": site, "asked": True}
    if is_asking(entry):
        links.count(link, quotes=1)
        told |= _answered(link, entry)
    return _shown(request, link, told)


def _answered(link: QuoteLink, entry: dict[str, str]) -> dict[str, Any]:
    """The offers, or what is wrong; and a form to be contacted about them."""
    found = links.answer_visitor(link, entry, timezone.localdate())
    if found.problems:
        return {"problems": found.problems}
    return {
        "offers": [summary_of(one) for one in found.offers],
        "form_token": leads.new_form(link),
        "consent": consent_words(link),
        "answered": True,
    }


def consent_words(link: QuoteLink) -> str:
    """What a visitor agrees to."""
    return _(
        "I agree that %(agent)s keeps what I wrote here and contacts me about it. "
        "I may take this back at any time."
    ) % {"agent": link.agent.name}


@for_everyone
@require_GET
def embed_colours(request: HttpRequest, key: str) -> HttpResponse:
    """The agency's colour as a style sheet: the page has no styles of its own in it."""
    _link(key)
    colour = Agency.ours().colour
    text = (
        f":root{{--accent:{colour};--accent-ink:{ink_on(colour)};"
        f"--accent-text:{readable_on_white(colour)}}}\n"
    )
    return HttpResponse(text, content_type="text/css; charset=utf-8")


@for_everyone
@csrf_exempt
@require_POST
def embed_contact(request: HttpRequest, key: str) -> HttpResponse:
    """A visitor asks to be contacted. Refused without a fresh token of this very link's form."""
    form = leads.read_form(request.POST.get("form_token", ""), key)
    if form is None or not _is_from_here(request):
        return render(request, "quoting/embed_refused.html", status=403)
    link = _link(key)
    with override(link.language):
        return _contact(request, link, *form)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the form stood on a page of ours: browsers say so of every form that is posted."""
    origin = request.headers.get("Origin", "")
    own = {request.build_absolute_uri("/"), settings.PUBLIC_URL}
    return bool(origin) and origin in {f"{u.scheme}://{u.netloc}" for u in map(urlsplit, own)}


def _contact(request: HttpRequest, link: QuoteLink, form: str, waited: bool) -> HttpResponse:
    post = request.POST
    thanks = {"thanks": True}
    if post.get("website") or not waited:
        return _shown(request, link, thanks)
    if not leads.may_contact(link, current_address()):
        return _shown(request, link, {"too_often": True}, 429)
    entry = _entry(link, post)
    asked = links.answer_visitor(link, entry, timezone.localdate())
    words = {name: " ".join(post.get(name, "").split()) for name in ("name", "email", "phone")}
    contact = leads.Contact(
        **words, message=post.get("message", "").strip(), site=_site(request, link)
    )
    consent = consent_words(link) if post.get("consent") == "yes" else ""
    try:
        if asked.problems:
            raise Refused(asked.problems)
        leads.ask_for_contact(
            link, contact, asked, consent=consent, form=form, address=current_address()
        )
    except Refused as refused:
        told = {**_fields(link, entry), **_answered(link, entry), "asked": True}
        told |= {"contact": contact, "agreed": bool(consent), "contact_problems": refused.problems}
        return _shown(request, link, {**told, "form_token": post["form_token"]}, 422)
    return _shown(request, link, thanks)
