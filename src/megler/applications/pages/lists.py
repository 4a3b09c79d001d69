"""The list of applications, newest first."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.applications.models import Application, ApplicationQuerySet, State
from megler.vocabulary.numbers import whole

PAGE = 25


@dataclass(frozen=True)
class Page:
    """Rows by number, newest first; `newer` and `older` say how to go on."""

    rows: list[Application]
    newer: str | None
    older: str | None


def page_of(found: ApplicationQuerySet, at: str, size: int = PAGE) -> Page:
    """The page at `o123` (older than number 123) or `n123` (newer); the newest without."""
    way, number = at[:1], whole(at[1:]) or 0
    newer = way == "n" and number > 0
    if newer:
        rows = list(found.filter(number__gt=number).order_by("number")[: size + 1])
    else:
        older = found.filter(number__lt=number) if way == "o" and number else found
        rows = list(older.order_by("-number")[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if newer:
        rows.reverse()
    before = bool(rows) and (more if newer else way == "o" and number > 0)
    after = bool(rows) and (newer or more)
    return Page(
        rows,
        f"n{rows[0].number}" if before else None,
        f"o{rows[-1].number}" if after else None,
    )


def found_by(person: User, words: str, state: str) -> ApplicationQuerySet:
    """What a person may see that fits a name or number, and a state."""
    found = Application.objects.visible_to(person).defer("answers")
    if words:
        number = words.upper().removeprefix("A-")
        fits = Q(insured_name__icontains=words)
        if (named := whole(number)) is not None:
            fits |= Q(number=named)
        found = found.filter(fits)
    if state in State.values:
        found = found.filter(state=state)
    return found.select_related("product__carrier", "agent")


@for_those_who_can(Can.APPLY)
@require_GET
def applications(request: SignedInRequest) -> HttpResponse:
    """Applications that this person may see."""
    words = request.GET.get("q", "").strip()[:100]
    state = request.GET.get("state", "")
    page = page_of(found_by(request.user, words, state), request.GET.get("page", ""))
    for row in page.rows:
        row.amount = amount_of(row)  # type: ignore[attr-defined]
    context = {
        "page": page,
        "q": words,
        "state": state,
        "states": State.choices,
        "quote_url": quote_url(),
        "many_agents": not (request.user.is_seller and hasattr(request.user, "agent")),
    }
    return render(request, "applications/applications.html", context)


def amount_of(application: Application) -> Decimal | None:
    """The amount of insurance applied for."""
    amount = application.offer.get("face_amount")
    return Decimal(amount) if amount else None


def quote_url() -> str:
    """Where a quote is made."""
    try:
        return reverse("quote_new")
    except NoReverseMatch:
        return "/"
