"""Sets of requirements and rules of asking: raised on cases, and settled on pages of their own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.cases import names
from megler.cases.actions import asking as actions
from megler.cases.actions.sets import act_on_many, raise_set
from megler.cases.forms_policy import LookForm, RuleForm, SetForm, SeveralForm
from megler.cases.models import FreeLookRule, RequirementRule, RequirementSet
from megler.cases.pages.forming import told
from megler.cases.pages.reading import visible_case
from megler.cases.rules.free_look import HOUSE_DAYS
from megler.ui.problems import sentence
from megler.vocabulary.problems import Refused

LISTED_MAX = 500
LINES = 8


@for_those_who_can(Can.WORK_CASES)
@require_POST
def case_set(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Raise a set on a case."""
    case = visible_case(request.user, case_id)
    wanted = get_object_or_404(RequirementSet, pk=_uuid(request.POST.get("set", "")))
    try:
        raised = raise_set(request.user, case, wanted)
    except Refused as refused:
        _say(request, refused)
    else:
        said = _("%(n)d requirements are put up: %(name)s.")
        messages.success(request, said % {"n": len(raised), "name": wanted.name})
    return redirect("case", case.pk)


@for_those_who_can(Can.WORK_CASES)
@require_POST
def requirements_act(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Do one act with the requirements that were ticked."""
    case = visible_case(request.user, case_id)
    form = SeveralForm(request.POST)
    wanted = [found for text in request.POST.getlist("requirement") if (found := _uuid(text))]
    if not form.is_valid() or not wanted:
        messages.error(request, _("Tick the requirements, and choose what to do with them."))
        return redirect("case", case.pk)
    given = form.cleaned_data
    try:
        acted = act_on_many(
            request.user,
            case,
            wanted,
            given["act"],
            reason=given["reason"],
            vendor=given["vendor"],
        )
    except Refused as refused:
        _say(request, refused)
        return redirect("case", case.pk)
    said = _("Done with %(n)d requirements.") % {"n": len(acted.done)}
    messages.success(request, said)
    if acted.refused:
        _say(request, Refused(acted.refused))
    return redirect("case", case.pk)


def _say(request: SignedInRequest, refused: Refused) -> None:
    messages.error(request, " ".join(str(sentence(one)) for one in refused.problems[:10]))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def requirement_rules(request: SignedInRequest) -> HttpResponse:
    """Rules of asking per carrier and kind, and the sets."""
    if "delete" in request.POST:
        rule = get_object_or_404(RequirementRule, pk=_uuid(request.POST["delete"]))
        actions.drop_rule(request.user, rule)
        messages.success(request, _("The rule is gone."))
        return redirect("requirement_rules")
    form = RuleForm(request.POST or None, auto_id="rule_%s")
    if request.method == "POST" and form.is_valid():
        actions.keep_rule(request.user, form.save(commit=False))
        messages.success(request, _("The rule holds from now on."))
        return redirect("requirement_rules")
    rules = RequirementRule.objects.select_related("carrier").order_by("kind", "carrier__name")
    context = {
        "form": form,
        "rules": rules[:LISTED_MAX],
        "sets": RequirementSet.objects.prefetch_related("lines")[:LISTED_MAX],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/requirement_rules.html", context, status=status)


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def requirement_set_new(request: SignedInRequest) -> HttpResponse:
    """Make a set."""
    return _set(request, RequirementSet())


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def requirement_set(request: SignedInRequest, set_id: UUID) -> HttpResponse:
    """Change a set."""
    return _set(request, get_object_or_404(RequirementSet, pk=set_id))


def _set(request: SignedInRequest, made: RequirementSet) -> HttpResponse:
    form = SetForm(request.POST or None, instance=made, auto_id="set_%s")
    lines = _lines(request.POST) if request.method == "POST" else _standing(made)
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_set(request.user, form.save(commit=False), lines)
        except Refused as refused:
            told(form, refused)
        else:
            messages.success(request, _("The set is kept."))
            return redirect("requirement_rules")
    context = {
        "made": made,
        "form": form,
        "lines": [*lines, *[{}] * (LINES - len(lines))][: max(LINES, len(lines) + 2)],
        "kinds": names.choices(names.KIND),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/requirement_set.html", context, status=status)


def _standing(made: RequirementSet) -> list[dict[str, Any]]:
    if made._state.adding:
        return []
    return [
        {"kind": line.kind, "detail": line.detail, "of_each": line.of_each}
        for line in made.lines.all()
    ]


def _lines(data: Any) -> list[dict[str, Any]]:
    """The lines as typed, without empty ones."""
    found = []
    for place in range(40):
        kind = data.get(f"kind-{place}", "")
        if kind in names.KIND:
            detail = " ".join(data.get(f"detail-{place}", "").split())[:200]
            found.append({"kind": kind, "detail": detail, "of_each": f"each-{place}" in data})
    return found


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def free_look_rules(request: SignedInRequest) -> HttpResponse:
    """Days in which an owner may return a policy, each with its source."""
    if "delete" in request.POST:
        rule = get_object_or_404(FreeLookRule, pk=_uuid(request.POST["delete"]))
        actions.drop_rule(request.user, rule)
        messages.success(request, _("The rule is gone."))
        return redirect("free_look_rules")
    form = LookForm(request.POST or None, auto_id="look_%s")
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            actions.keep_rule(request.user, form.save(commit=False))
        messages.success(request, _("The rule holds from now on."))
        return redirect("free_look_rules")
    context = {
        "form": form,
        "rules": FreeLookRule.objects.visible_to(request.user)[:LISTED_MAX],
        "house_days": HOUSE_DAYS,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/free_look_rules.html", context, status=status)
