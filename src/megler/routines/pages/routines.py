"""Routines: the list, one of them, trying it out, switching it on and off."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.routines import names
from megler.routines.actions import making, previewing
from megler.routines.forms.routines import RoutineForm
from megler.routines.models import Acted, Preview, Routine
from megler.routines.telling import told_effect, told_when
from megler.ui.problems import sentence
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Problem, Refused

ACTED_SHOWN = 25
LATELY = timedelta(days=30)


@dataclass(frozen=True)
class Row:
    """A routine of the list, in words."""

    routine: Routine
    when: str
    then: list[str]


@for_those_who_can(Can.CHANGE_ROUTINES)
@require_safe
def routines(request: SignedInRequest) -> HttpResponse:
    """All routines of the agency, with how often each acted lately."""
    lately = Count("acted", filter=Q(acted__at__gte=timezone.now() - LATELY, acted__stopped=False))
    found = Routine.objects.filter(removed_at=None).annotate(lately=lately)
    rows = [_row(one) for one in found.order_by("-is_on", "name", "pk")[:200]]
    return render(request, "routines/routines.html", {"rows": rows})


def _row(routine: Routine) -> Row:
    then = [told_effect(effect) for effect in routine.definition["then"]]
    return Row(routine, told_when(routine.definition["when"]), then)


@for_those_who_can(Can.CHANGE_ROUTINES)
@require_http_methods(["GET", "POST"])
def routine_new(request: SignedInRequest) -> HttpResponse:
    """Make a routine."""
    return _kept(request, None)


@for_those_who_can(Can.CHANGE_ROUTINES)
@require_http_methods(["GET", "POST"])
def routine(request: SignedInRequest, routine_id: UUID) -> HttpResponse:
    """One routine: as it stands, changed, what it did, and how it stood before."""
    return _kept(request, get_object_or_404(Routine, pk=routine_id, removed_at=None))


def _kept(request: SignedInRequest, found: Routine | None) -> HttpResponse:
    if request.method != "POST":
        form = RoutineForm.of(found) if found else RoutineForm(initial={"when": "status"})
        return render(request, "routines/routine.html", _shown(found, form))
    form = RoutineForm(request.POST)
    if form.is_valid():
        version = whole(request.POST.get("version", ""))
        try:
            kept = making.save_routine(
                request.user, form.cleaned_data["name"], form.definition(),
                routine=found, version=version,
            )  # fmt: skip
        except Refused as refused:
            for problem in refused.problems:
                form.add_error(_field_of(problem, form), sentence(problem))
        else:
            messages.success(request, _("Saved. Try it on the past before you switch it on."))
            return redirect("routine", kept.pk)
    return render(request, "routines/routine.html", _shown(found, form), status=422)


def _field_of(problem: Problem, form: RoutineForm) -> str | None:
    name = problem.where.replace(".", "_")
    return name if name in form.fields else None


def _shown(found: Routine | None, form: RoutineForm) -> dict[str, object]:
    if found is None:
        return {"routine": None, "form": form}
    acted = Acted.objects.filter(routine=found).select_related("case__client").order_by("-at")
    preview = found.previews.filter(version=found.version).order_by("-made_at").first()
    return {
        "routine": found,
        "row": _row(found),
        "form": form,
        "versions": found.versions.order_by("-version")[:20],
        "acted": [(one, _hindered(one)) for one in acted[:ACTED_SHOWN]],
        **_preview_shown(preview),
    }


def _hindered(one: Acted) -> list[str]:
    return [sentence(Problem(p["code"], p["where"], p["found"])) for p in one.problems]


def _preview_shown(preview: Preview | None) -> dict[str, object]:
    samples = [
        sample
        | {
            "on": parse_datetime(sample["at"]),
            "texts": [text | {"name": names.DO[text["do"]]} for text in sample["texts"]],
        }
        for sample in (preview.samples if preview else [])
    ]
    return {"preview": preview, "samples": samples, "running": Preview.State.RUNNING}


@for_those_who_can(Can.CHANGE_ROUTINES)
@require_POST
def routine_fields(request: SignedInRequest) -> HttpResponse:
    """The fields of a routine's form, for what is chosen now; nothing is checked or kept."""
    form = RoutineForm(request.POST)
    fresh = RoutineForm(initial={key: form.data[key] for key in form.data})
    return render(request, "routines/_fields.html", {"form": fresh})


@for_those_who_can(Can.CHANGE_ROUTINES)
@require_POST
def routine_switch(request: SignedInRequest, routine_id: UUID) -> HttpResponse:
    """Switch a routine on or off."""
    found = get_object_or_404(Routine, pk=routine_id, removed_at=None)
    kept = making.switch(request.user, found, request.POST.get("on") == "1")
    said = _("%(name)s is on.") if kept.is_on else _("%(name)s is off.")
    messages.success(request, said % {"name": kept.name})
    return redirect("routine", found.pk)


@for_those_who_can(Can.CHANGE_ROUTINES)
@require_POST
def routine_remove(request: SignedInRequest, routine_id: UUID) -> HttpResponse:
    """Take a routine off the list."""
    found = get_object_or_404(Routine, pk=routine_id, removed_at=None)
    making.remove(request.user, found)
    messages.success(request, _("%(name)s is off the list.") % {"name": found.name})
    return redirect("routines")


@for_those_who_can(Can.CHANGE_ROUTINES)
@require_http_methods(["GET", "POST"])
def routine_preview(request: SignedInRequest, routine_id: UUID) -> HttpResponse:
    """Begin to try a routine out (POST), and how far that is (GET)."""
    found = get_object_or_404(Routine, pk=routine_id, removed_at=None)
    if request.method == "POST":
        previewing.start_preview(request.user, found)
        if not request.htmx:  # type: ignore[attr-defined]
            return redirect("routine", found.pk)
    preview = found.previews.filter(version=found.version).order_by("-made_at").first()
    context = {"routine": found, **_preview_shown(preview)}
    return render(request, "routines/_preview.html", context)
