"""Book review: which policies could cost less, what ends soon, whose age changes."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import cast
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.insight import reviewed
from megler.insight.actions import ask_for_review
from megler.insight.models import KIND_NAMES, Finding
from megler.insight.parts import part_or_page
from megler.insight.rules.review import Kind
from megler.insight.rules.sheets import plain_cell
from megler.ui import charts
from megler.ui.templatetags.ui import money

LOOKS: dict[Kind, tuple[str, str]] = {
    Kind.CHEAPER: ("arrow-down", "good"),
    Kind.TERM_ENDS: ("calendar-due", "attention"),
    Kind.CONVERSION_ENDS: ("hourglass", "wait"),
    Kind.AGE_CHANGES: ("clock", "progress"),
}
"""Icon and tone of each kind."""
WORTH: dict[Kind, Promise] = {
    Kind.CHEAPER: gettext_lazy("saved a year"),
    Kind.TERM_ENDS: gettext_lazy("premium a year"),
    Kind.CONVERSION_ENDS: gettext_lazy("premium a year"),
    Kind.AGE_CHANGES: gettext_lazy("more a year"),
}
"""What the worth of each kind is."""
COLUMNS = (
    "kind", "case", "policy", "client", "quote", "agent", "product", "carrier", "due_on",
    "premium_a_year", "worth_a_year", "currency", "offer_carrier", "offer_product", "offer_years",
    "offer_class", "offer_premium", "offer_mode", "offer_a_year",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chip:
    """A kind with what was found of it; pressing it shows only that kind."""

    kind: Kind
    icon: str
    label: str | Promise
    count: int
    worth: str
    meaning: str | Promise
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A finding as it is shown."""

    finding: Finding
    icon: str
    tone: str
    label: str | Promise
    meaning: str | Promise
    annualised: Decimal | None


@for_those_who_can(Can.QUOTE)
@require_safe
def book_review(request: SignedInRequest) -> HttpResponse:
    """What the last review found, most worth first; `?kind=` and `?agent=` narrow it."""
    person = request.user
    wanted = reviewed.wanted_of(request.GET, person)
    review = reviewed.standing()
    page = reviewed.page_of(review, person, wanted) if review else None
    sums = reviewed.sums_of(review, person, wanted.agent) if review else []
    shown = {
        "review": review,
        "under_way": reviewed.under_way(),
        "may_start": person.may(Can.SEE_TODAY),
        "chips": [_chip(one, wanted) for one in sums],
        "page": page,
        "lines": [_line(finding) for finding in page.findings] if page else [],
        "picture": _picture(sums),
        "agents": reviewed.agents_to_choose(person),
        "wanted": wanted,
        "all_url": _address(None, wanted),
        "export_url": f"{reverse('book_review_export')}?{request.GET.urlencode()}",
    }
    template = part_or_page(request, "insight/_book_review.html", "insight/book_review.html")
    return render(request, template, shown)


@for_those_who_can(Can.SEE_TODAY)
@require_POST
def book_review_start(request: SignedInRequest) -> HttpResponse:
    """Begin a review, or show the one under way."""
    ask_for_review(request.user)
    return redirect("book_review")


@for_those_who_can(Can.QUOTE)
@require_safe
def book_review_progress(request: SignedInRequest) -> HttpResponse:
    """How far the review is; when it has ended, back to the page with what it found."""
    review = reviewed.under_way()
    answer = render(request, "insight/_review_progress.html", {"under_way": review})
    if review is None:
        answer["HX-Redirect"] = reverse("book_review")
    return answer


@for_those_who_can(Can.QUOTE)
@require_safe
def book_review_export(request: SignedInRequest) -> HttpResponse:
    """All that the page would show, as CSV, told while it is read."""
    review = reviewed.standing()
    wanted = reviewed.wanted_of(request.GET, request.user)
    found = reviewed.every(review, request.user, wanted) if review else iter(())
    answer = StreamingHttpResponse(_sheet(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="book-review.csv"'
    return cast(HttpResponse, answer)


def _address(kind: Kind | None, wanted: reviewed.Wanted) -> str:
    query = {
        **({"kind": kind.value} if kind else {}),
        **({"agent": str(wanted.agent.pk)} if wanted.agent else {}),
    }
    return reverse("book_review") + (f"?{urlencode(query)}" if query else "")


def _chip(one: reviewed.Sum, wanted: reviewed.Wanted) -> Chip:
    here = one.kind is wanted.kind
    return Chip(
        one.kind,
        LOOKS[one.kind][0],
        KIND_NAMES[one.kind],
        one.count,
        ", ".join(money(round(worth), currency) for currency, worth in sorted(one.worth.items())),
        WORTH[one.kind],
        _address(None if here else one.kind, wanted),
        here,
    )


def _line(finding: Finding) -> Line:
    kind = Kind(finding.kind)
    icon, tone = LOOKS[kind]
    annualised = finding.offer.get("annualised")
    return Line(
        finding,
        icon,
        tone,
        KIND_NAMES[kind],
        WORTH[kind],
        Decimal(annualised) if annualised else None,
    )


def _picture(sums: list[reviewed.Sum]) -> SafeString:
    """What each kind is worth a year, in the currency with most findings of it."""
    totals: dict[str, Decimal] = {}
    for one in sums:
        for currency, worth in one.worth.items():
            totals[currency] = totals.get(currency, Decimal(0)) + worth
    if not any(totals.values()):
        return SafeString("")
    currency = max(totals, key=lambda each: totals[each])
    parts = [
        charts.Part(
            str(KIND_NAMES[one.kind]),
            float(one.worth.get(currency, 0)),
            LOOKS[one.kind][1],
            shown=money(round(one.worth.get(currency, Decimal(0))), currency),
        )
        for one in sums
    ]
    return charts.stacked_bar(_("Worth a year, by what was found"), parts)


class _Echo:
    """A file of which each line written is handed back."""

    def write(self, line: str) -> str:
        return line


def _sheet(findings: Iterator[Finding]) -> Iterator[str]:
    lines = csv.writer(_Echo())
    yield "\ufeff" + lines.writerow(COLUMNS)
    for finding in findings:
        yield lines.writerow([plain_cell(cell) for cell in _cells(finding)])


def _cells(finding: Finding) -> list[object]:
    case, quote, offer = finding.case, finding.quote, finding.offer
    return [
        finding.kind,
        case.reference if case else "",
        case.policy_number if case else "",
        case.client.name if case else "",
        str(quote) if quote else "",
        finding.agent.name if finding.agent else "",
        case.product.name if case else "",
        case.product.carrier.name if case else "",
        finding.due_on,
        finding.premium_now,
        finding.worth,
        finding.currency,
        *(offer.get(key) for key in (
            "carrier_name", "product_name", "term_years", "class", "premium", "mode", "annualised",
        )),
    ]  # fmt: skip
