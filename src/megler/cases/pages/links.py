"""The panel of a case that shows what it is linked with, and links it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases import names
from megler.cases.actions.links import dismiss_link, link_cases, links_of, proposed_links
from megler.cases.models import Case
from megler.cases.pages.reading import visible_case
from megler.cases.rules.links import LinkKind
from megler.cases.rules.words import Status
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Problem, Refused

WHY = {
    "same_client": _("the same client, the same line of business"),
    "same_owner": _("the same owner or payor"),
    "owner_is_insured": _("one owns or pays what insures the other"),
    "same_address": _("the same address"),
}


class LinkForm(forms.Form):
    """Another case by its number, and how this one stands to it."""

    number = forms.CharField(
        label=_("Case number"), max_length=20, widget=forms.TextInput({"placeholder": "C-10001"})
    )
    kind = forms.TypedChoiceField(
        label=_("How do they belong together?"), coerce=LinkKind, choices=names.choices(names.LINK)
    )


def case_by_number(person: User, typed: str) -> Case:
    """The case of a number as people type it, `C-10001` or `10001`. Raises `Refused`."""
    number = whole(typed.strip().upper().removeprefix("C-"), 9)
    found = Case.objects.visible_to(person).filter(number=number).first() if number else None
    if found is None:
        raise Refused(Problem("case_unknown", "number", typed[:20], "C-10001"))
    return found


@for_those_who_can(Can.SEE_CASES)
@require_http_methods(["GET", "POST"])
def case_links(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """What the case is linked with, and what is proposed; POST links, or says that they do not belong."""
    person, case = request.user, visible_case(request.user, case_id)
    form, refused = LinkForm(auto_id="link_%s"), None
    if request.method == "POST":
        try:
            if "other" in request.POST:
                _by_button(person, case, request.POST)
            else:
                form = _by_number(person, case, request.POST)
        except Refused as problems:
            refused = problems
    works = person.may(Can.WORK_CASES)
    context = {
        "case": case,
        "rows": [_row(case, link) for link in links_of(person, case)],
        "proposed": [_proposed(*one) for one in proposed_links(person, case)] if works else [],
        "form": form,
        "refused": refused,
        "works": works,
    }
    template = "cases/_links.html" if request.htmx else "cases/links.html"  # type: ignore[attr-defined]
    return render(request, template, context, status=422 if form.errors or refused else 200)


def _by_button(person: User, case: Case, given: Any) -> None:
    """A proposal taken or dismissed, or a link ended: the other case by its key."""
    try:
        other, kind = UUID(given["other"]), LinkKind(given.get("kind", ""))
    except ValueError:
        raise Refused(Problem("nothing_here", "case")) from None
    found = Case.objects.visible_to(person).filter(pk=other).first()
    if found is None:
        raise Refused(Problem("nothing_here", "case"))
    act = dismiss_link if given.get("do") == "dismiss" else link_cases
    act(person, case, found, kind)


def _by_number(person: User, case: Case, given: Any) -> LinkForm:
    """The form anew after the case was linked, or with what is wrong in it."""
    form = LinkForm(given, auto_id="link_%s")
    if form.is_valid():
        other = case_by_number(person, form.cleaned_data["number"])
        link_cases(person, case, other, form.cleaned_data["kind"])
        return LinkForm(auto_id="link_%s")
    return form


def _row(case: Case, link: Any) -> dict[str, object]:
    other = link.other_than(case)
    called = names.LINK if link.case_id == case.pk else names.LINK_BACK
    return {
        "other": other,
        "kind": link.kind,
        "called": called[link.kind],
        "tone": names.TONES.get(Status(other.status), "quiet"),
    }


def _proposed(other: Case, likely: Any) -> dict[str, object]:
    return {
        "other": other,
        "kind": likely.kind.value,
        "called": names.LINK[likely.kind],
        "why": WHY[likely.reason.code],
    }
