"""Changing a case: what a change would open again, shown before it is made; and who shares it."""

from decimal import Decimal, InvalidOperation
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.cases import names
from megler.cases.actions.agents import set_split
from megler.cases.actions.changes import Preview, change, preview, record_carrier_told
from megler.cases.forms_changes import (
    FORMS,
    ChangeForm,
    agents_to_choose,
    change_of,
    shares_typed,
)
from megler.cases.models import Case, CaseChange
from megler.cases.pages.reading import visible_case
from megler.cases.rules.changes import ChangeKind, possible
from megler.cases.rules.words import Status
from megler.licensing.models import Agent
from megler.ui.problems import sentence
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Problem, Refused

ICONS = {
    ChangeKind.PRODUCT: "package",
    ChangeKind.AMOUNT: "cash",
    ChangeKind.CLASS: "stethoscope",
    ChangeKind.BENEFICIARY: "users",
    ChangeKind.OWNER: "user",
    ChangeKind.AGENT: "briefcase",
}
SHOWN_MAX = 100


@for_those_who_can(Can.SEE_CASES)
@require_safe
def case_changes(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Every change of a case, newest first, and what can be changed now."""
    case = visible_case(request.user, case_id)
    works = request.user.may(Can.WORK_CASES)
    made = list(case.changes.order_by("-at")[:SHOWN_MAX])
    for one in made:
        one.lines = lines_of(one)  # type: ignore[attr-defined]
        one.opens = [names.OPENS[code] for code in one.opened if code in names.OPENS]  # type: ignore[attr-defined]
    kinds = [
        (kind.value, names.CHANGE[kind], ICONS[kind]) for kind in possible(Status(case.status))
    ]
    context = {"case": case, "made": made, "kinds": kinds if works else [], "works": works}
    return render(request, "cases/changes.html", context)


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def case_change(request: SignedInRequest, case_id: UUID, kind: str) -> HttpResponse:
    """The form of a change, then what it would open again, then the change itself."""
    if kind not in set(ChangeKind):
        raise Http404
    what = ChangeKind(kind)
    case = visible_case(request.user, case_id)
    given = {"data": request.POST} if request.method == "POST" else {}
    form = FORMS[what](case=case, auto_id="change_%s", **given)
    if request.method == "GET" or not form.is_valid() or "back" in request.POST:
        status = 422 if request.method == "POST" and not form.is_valid() else 200
        return _form(request, case, what, form, status=status)
    key = request.POST.get("request", "")[:64]
    wanted = change_of(what, form, key)
    try:
        if "do" not in request.POST:
            return _previewed(request, form, preview(request.user, case, wanted))
        version = whole(request.POST.get("version", ""))
        change(request.user, case, wanted, version=version)
    except Refused as refused:
        for problem in refused.problems:
            field = problem.where if problem.where in form.fields else None
            form.add_error(field, sentence(problem))
        return _form(request, case, what, form, status=422)
    messages.success(request, _("The change is made."))
    return redirect("case", case.pk)


def _form(
    request: SignedInRequest, case: Case, what: ChangeKind, form: ChangeForm, status: int
) -> HttpResponse:
    context = {
        "case": case,
        "kind": what.value,
        "label": names.CHANGE[what],
        "form": form,
        "key": request.POST.get("request", "") or uuid4().hex,
        "version": request.POST.get("version", case.version),
        "agents": agents_to_choose() if what is ChangeKind.AGENT else [],
    }
    return render(request, "cases/change.html", context, status=status)


def _previewed(request: SignedInRequest, form: ChangeForm, seen: Preview) -> HttpResponse:
    """What the change would open, with everything typed carried along unseen."""
    what = seen.read.change.kind
    hidden = [
        (name, value)
        for name, value in request.POST.items()
        if name not in {"csrfmiddlewaretoken", "do", "back", "preview", "once"}
    ]
    context = {
        "case": form.case,
        "kind": what.value,
        "label": names.CHANGE[what],
        "hidden": hidden,
        "lines": [
            (_part(key), _side(seen.before[key]), _side(seen.after[key])) for key in seen.after
        ],
        "opens": [names.OPENS[one] for one in seen.effect.opens],
        "added": [names.KIND[one] for one in seen.effect.added],
        "kept": [names.KIND[one] for one in seen.effect.kept],
        "unneeded": seen.unneeded,
        "status_after": names.STATUS[seen.status] if seen.status != form.case.status else "",
        "price": seen.price,
    }
    return render(request, "cases/change_preview.html", context)


def lines_of(one: CaseChange) -> list[tuple[str, str, str]]:
    """What of a case a change made different: the part, before and after."""
    return [(_part(key), _side(one.before.get(key)), _side(one.after[key])) for key in one.after]


def _part(key: str) -> str:
    return str(
        {
            "face_amount": _("Amount"),
            "class": _("Class"),
            "premium": _("Premium"),
            "term_years": _("Term in years"),
            "product": _("Product"),
            "owner": _("Owner"),
            "beneficiaries": _("Beneficiaries"),
            "agent": _("Agent of record"),
            "npn": "NPN",
        }.get(key, key)
    )


def _side(value: object) -> str:
    """One side of a change as people read it."""
    if isinstance(value, list):
        return "; ".join(
            f"{row['name']} {row['share']} %"
            + (f" ({_('contingent')})" if row["class"] == "contingent" else "")
            for row in value
        )
    text = str(value or "")
    if "." in text and text.replace(".", "", 1).isdecimal():
        return f"{Decimal(text):,.2f}".removesuffix(".00")
    return text or "–"


@for_those_who_can(Can.WORK_CASES)
@require_POST
def case_change_told(request: SignedInRequest, case_id: UUID, change_id: UUID) -> HttpResponse:
    """The carrier was told of a change."""
    case = visible_case(request.user, case_id)
    made = get_object_or_404(case.changes, pk=change_id)
    record_carrier_told(request.user, made)
    messages.success(request, _("Recorded: the carrier knows of the change."))
    return redirect("case_changes", case.pk)


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def case_agents(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Who shares a case, and how."""
    case = visible_case(request.user, case_id)
    refused = None
    if request.method == "POST":
        try:
            set_split(request.user, case, _shares(request), version=_version(request))
        except Refused as problems:
            refused = problems
        else:
            messages.success(request, _("The split is settled."))
            return redirect("case", case.pk)
    rows = shares_typed(request.POST) if request.method == "POST" else _standing(case)
    context = {
        "case": case,
        "rows": [*rows, {}, {}],
        "refused": refused,
        "version": request.POST.get("version", case.version),
        "agents": agents_to_choose(),
    }
    return render(request, "cases/agents.html", context, status=422 if refused else 200)


def _version(request: SignedInRequest) -> int | None:
    return whole(request.POST.get("version", ""))


def _standing(case: Case) -> list[dict[str, str]]:
    found = case.agents.select_related("agent")
    return [
        {"npn": one.agent.npn, "share": f"{one.share.normalize():f}", "name": one.agent.name}
        for one in found
    ]


def _shares(request: SignedInRequest) -> list[tuple[Agent, Decimal]]:
    """Agents and shares as typed. Raises `Refused` for who or what is not known."""
    typed = shares_typed(request.POST)
    found = Agent.objects.select_related("user").filter(npn__in=[row["npn"] for row in typed])
    known = {agent.npn: agent for agent in found}
    shares, problems = [], []
    for place, row in enumerate(typed, 1):
        try:
            share = Decimal(row["share"])
        except InvalidOperation:
            share = Decimal("NaN")
        if row["npn"] not in known:
            problems.append(Problem("split_unknown_agent", f"agents[{place}]", row["npn"]))
        elif not share.is_finite():
            problems.append(Problem("wrong_value", f"agents[{place}].share", row["share"], "1–100"))
        else:
            shares.append((known[row["npn"]], share))
    if problems:
        raise Refused(problems)
    return shares
