"""The portal's part of the case page, and what is done there."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.carriers.models import Product
from megler.cases.models import Case, Requirement
from megler.cases.rules.notices import How
from megler.portal import names
from megler.portal.actions import asking, bringing, choosing, letting, wanting
from megler.portal.forms import BringForm, ChangeForm, ClientLinkForm, KindForm
from megler.portal.models import ChangeRequest, ClientLink, Question
from megler.portal.rules.wanted import FIELDS, Wanted
from megler.portal.shown import panel
from megler.ui.problems import add_to_form
from megler.vocabulary.problems import Refused

PRODUCTS_MAX = 300


def _case(person: User, case_id: UUID) -> Case:
    seen = Case.objects.visible_to(person).select_related("client", "carrier", "product", "agent")
    return get_object_or_404(seen, pk=case_id)


def _back(case_id: UUID) -> HttpResponse:
    return redirect("case", case_id=case_id)


@for_those_who_can(Can.SEE_CASES)
@require_safe
def case_portal(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """The case in plain words, questions, change requests, the client's page."""
    case = _case(request.user, case_id)
    if not (request.user.is_staff_member or request.user.is_seller):
        return HttpResponse("")
    return render(request, "portal/_case.html", panel(case, request.user))


@for_those_who_can(Can.ADD_TO_CASE)
@require_POST
def question_ask(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Ask the case's staff."""
    case = _case(request.user, case_id)
    asking.ask(request.user, case, request.POST.get("text", ""))
    messages.success(request, _("Your question is with the agency. The answer comes here."))
    return _back(case.pk)


@for_those_who_can(Can.ADD_TO_CASE)
@require_POST
def question_answer(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Answer a question."""
    seen = Question.objects.visible_to(request.user).select_related("case")
    question = get_object_or_404(seen, pk=question_id)
    asking.answer(request.user, question, request.POST.get("text", ""))
    messages.success(request, _("The answer is on its way to the agent."))
    return _back(question.case_id)


@for_those_who_can(Can.ADD_TO_CASE)
@require_http_methods(["GET", "POST"])
def requirement_bring(request: SignedInRequest, requirement_id: UUID) -> HttpResponse:
    """Answer a requirement with files or words."""
    seen = Requirement.objects.visible_to(request.user).select_related(
        "case__client", "case__carrier"
    )
    requirement = get_object_or_404(seen, pk=requirement_id)
    is_post = request.method == "POST"
    form = BringForm(request.POST, request.FILES) if is_post else BringForm()
    if is_post and form.is_valid():
        try:
            bringing.bring(
                request.user,
                requirement,
                form.cleaned_data["uploads"],
                form.cleaned_data["words"],
                seen=request.POST.get("seen", ""),
            )
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, _("It is with the agency."))
            return _back(requirement.case_id)
    shown = {"requirement": requirement, "case": requirement.case, "form": form}
    return render(request, "portal/bring.html", shown, status=422 if form.errors else 200)


@for_those_who_can(Can.ADD_TO_CASE)
@require_http_methods(["GET", "POST"])
def change_ask(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Ask for a change: first of what, then the new values."""
    case = _case(request.user, case_id)
    kind = _kind(request.GET.get("kind", ""))
    products = _products(case) if kind is Wanted.PRODUCT else []
    given = {"data": request.POST} if request.method == "POST" else {}
    form = ChangeForm(kind=kind, products=products, **given)
    if request.method == "POST" and form.is_valid():
        values = {field.key: form.cleaned_data[field.key] for field in FIELDS[kind]}
        because = form.cleaned_data["because"]
        try:
            wanting.ask_for_change(request.user, case, kind, values, because=because)
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, _("Your request is with the agency."))
            return _back(case.pk)
    shown = {
        "case": case,
        "form": form,
        "kind": kind,
        "kind_name": names.WANTED[kind],
        "kind_form": KindForm(initial={"kind": kind.value}),
    }
    return render(request, "portal/change.html", shown, status=422 if form.errors else 200)


def _kind(told: str) -> Wanted:
    return Wanted(told) if told in set(Wanted) else Wanted.AMOUNT


def _products(case: Case) -> list[tuple[str, str]]:
    """The carrier's other products, by name."""
    others = Product.objects.filter(carrier=case.carrier_id).exclude(pk=case.product_id)
    return list(others.order_by("name").values_list("code", "name")[:PRODUCTS_MAX])


@for_those_who_can(Can.ADD_TO_CASE)
@require_POST
def change_settle(request: SignedInRequest, request_id: UUID, act: str) -> HttpResponse:
    """Make a change that was asked for, say why not, or take the request back."""
    seen = ChangeRequest.objects.visible_to(request.user).select_related("case")
    asked = get_object_or_404(seen, pk=request_id)
    if act == "make":
        wanting.make_change(request.user, asked)
        messages.success(request, _("The change is made."))
    elif act == "refuse":
        wanting.refuse_change(request.user, asked, request.POST.get("because", ""))
        messages.success(request, _("The agent is told why it is not made."))
    elif act == "withdraw":
        wanting.withdraw_change(request.user, asked)
        messages.success(request, _("The request is taken back."))
    else:
        raise Http404
    return _back(asked.case_id)


@for_those_who_can(Can.ADD_TO_CASE)
@require_POST
def client_link_make(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Let the client follow the case."""
    case = _case(request.user, case_id)
    form = ClientLinkForm(request.POST)
    if form.is_valid():
        letting.let_client_see(request.user, case, **form.cleaned_data)
        messages.success(request, _("The client's page is ready. Its link is in the case."))
    else:
        for told in form.errors.values():
            messages.error(request, " ".join(str(error) for error in told))
    return _back(case.pk)


@for_those_who_can(Can.ADD_TO_CASE)
@require_POST
def client_link_close(request: SignedInRequest, link_id: UUID) -> HttpResponse:
    """Close the client's page."""
    seen = ClientLink.objects.filter(case__in=Case.objects.visible_to(request.user))
    link = get_object_or_404(seen.select_related("case"), pk=link_id)
    letting.stop_letting(request.user, link)
    messages.success(request, _("The link is closed. Whoever has it finds nothing there now."))
    return _back(link.case_id)


@for_those_who_can(Can.SEE_CASES)
@require_POST
def case_notices(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """What one is told of this case."""
    case = _case(request.user, case_id)
    told = request.POST.get("how", "")
    choosing.choose_for_case(request.user, case, How(told) if told in set(How) else None)
    messages.success(request, _("Saved."))
    return _back(case.pk)
