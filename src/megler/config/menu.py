"""The menu: one line per place, with who may go there."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from megler.accounts.rules.roles import Can


@dataclass(frozen=True)
class Place:
    """A place in the menu; `icon` is a name in the icon sprite."""

    label: Promise
    url_name: str
    icon: str
    needs: Can


PLACES = [
    Place(_("Today"), "today", "sun", Can.SEE_TODAY),
    Place(_("My business"), "my_business", "briefcase", Can.SEE_MY_BUSINESS),
    Place(_("Quote"), "quote_new", "calculator", Can.QUOTE),
    Place(_("Ask"), "questions", "message-circle", Can.QUOTE),
    Place(_("Underwriting"), "assessment", "stethoscope", Can.QUOTE),
    Place(_("Requirements"), "requirements", "checklist", Can.QUOTE),
    Place(_("Applications"), "applications", "file-text", Can.APPLY),
    Place(_("Money on its way"), "exchanges", "arrows-exchange", Can.APPLY),
    Place(_("Enquiries"), "enquiries", "messages", Can.SEE_CASES),
    Place(_("Cases"), "cases", "folders", Can.SEE_CASES),
    Place(_("Orders"), "orders", "clipboard-list", Can.WORK_CASES),
    Place(_("Queues"), "queues", "layout-kanban", Can.SEE_TODAY),
    Place(_("Promises"), "promises", "stopwatch", Can.SEE_TODAY),
    Place(_("Routines"), "routines", "bolt", Can.CHANGE_ROUTINES),
    Place(_("Notices and helpers"), "notices", "bell", Can.SEE_MY_BUSINESS),
    Place(_("Papers"), "papers", "inbox", Can.WORK_CASES),
    Place(_("Carrier feeds"), "feeds", "file-import", Can.WORK_CASES),
    Place(_("Book review"), "book_review", "report-money", Can.QUOTE),
    Place(_("Agents"), "agents", "users", Can.SEE_AGENTS),
    Place(_("Carriers"), "carriers", "building-bank", Can.SEE_EDITIONS),
    Place(_("Post"), "outbox", "mail", Can.SEE_POST),
    Place(_("Deliveries"), "deliveries", "send", Can.SEE_POST),
    Place(_("Webhooks"), "subscriptions", "plug", Can.CHANGE_PARTNERS),
    Place(_("Export"), "exports", "database-export", Can.SEE_CASES),
    Place(_("People"), "people", "user-cog", Can.CHANGE_PEOPLE),
    Place(_("Agency"), "agency", "building", Can.CHANGE_AGENCY),
    Place(_("Journal"), "journal", "history", Can.SEE_JOURNAL),
]


def menu(request: HttpRequest) -> list[dict[str, object]]:
    """The places the signed-in person may go to, the present one marked.

    A request that is refused before anybody is known, as for a wrong host, has no person.
    """
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    shown = []
    for place in PLACES:
        if not person.may(place.needs):
            continue
        try:
            url = reverse(place.url_name)
        except NoReverseMatch:
            continue
        here = request.path == url or request.path.startswith(url.rstrip("/") + "/")
        shown.append({"label": place.label, "url": url, "icon": place.icon, "here": here})
    return shown
