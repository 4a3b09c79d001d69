"""Files put to an application: dropped, sorted into forms, their answers taken over or compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.applications.actions.holding import signers, today
from megler.applications.actions.known_forms import KnownSet, known_of
from megler.applications.actions.signing_uploads import (
    printed_to_sign,
    sign_from_upload,
    waiting_to_sign,
)
from megler.applications.actions.uploading import (
    assign_pages,
    assigned_in,
    decide,
    differences,
    read_upload,
    upload,
)
from megler.applications.forms import MANNER
from megler.applications.models import Application
from megler.applications.models_uploads import Upload
from megler.applications.pages.scrubbing import sent_files
from megler.applications.pages.sheet import visible
from megler.applications.rules.scrubbing import listed
from megler.applications.rules.uploads import Signed
from megler.documents import apart
from megler.documents.actions import read_original
from megler.documents.models import Original, Standing
from megler.documents.sentences import REMOVED
from megler.documents.serving import document_answer
from megler.forms.models import ROLE_NAMES
from megler.forms.rules.questionnaire import SignerRole
from megler.forms.rules.shown import shown_answer
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Refused

_WIDTH = 240


@dataclass(frozen=True)
class PieceLine:
    """A copy of a form in a file, as the page shows it."""

    name: str
    number: str
    edition: str
    known: str
    pages: str
    missing: str
    doubled: str
    turned: str
    is_read: bool
    signed: list[tuple[str, str]]

    @property
    def is_stale(self) -> bool:
        return bool(self.known) and self.known != self.edition


@dataclass(frozen=True)
class SheetLine:
    """A page of a file and what it is; `form` and `page` are what a person may change."""

    number: int
    form: str
    page: int
    label: str
    tone: str


@dataclass(frozen=True)
class Side:
    """A question that stands otherwise on paper."""

    key: str
    short: str
    here: str
    there: str
    by: str
    is_locked: bool


def _one(request: SignedInRequest, application_id: UUID, upload_id: UUID) -> Upload:
    held = visible(request, application_id)
    found = get_object_or_404(Upload.objects.of(held.pk), pk=upload_id)
    found.application = held
    return found


@for_those_who_can(Can.APPLY)
@require_http_methods(["GET", "POST"])
def application_uploads(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """The files of an application, and the place to drop more."""
    held = visible(request, application_id)
    context: dict[str, Any] = {"application": held}
    status = 200
    if request.method == "POST":
        try:
            made = upload(request.user, held, sent_files(request))
        except Refused as refused:
            context["refused"], status = refused, 422
        else:
            _tell(request, made)
            if len(made) == 1:
                return _goes(request, reverse("application_upload", args=[held.pk, made[0].pk]))
            return _goes(request, request.path)
    context["uploads"] = [
        {"upload": one, "forms": ", ".join(_forms_in(held, one)), "differ": _open_count(held, one)}
        for one in Upload.objects.of(held.pk)
    ]
    page = "_refused_upload" if request.htmx and status == 422 else "uploads"  # type: ignore[attr-defined]
    return render(request, f"applications/{page}.html", context, status=status)


def _goes(request: SignedInRequest, place: str) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(place)
    answer = HttpResponse(status=204)
    answer.headers["HX-Redirect"] = place
    return answer


def _tell(request: SignedInRequest, made: list[Upload]) -> None:
    if waiting := [one for one in made if one.document.standing == Standing.QUARANTINE]:
        text = _("%(name)s waits for the malware scanner.") % {"name": waiting[0].document.name}
        messages.warning(request, text)
    taken = sum(len(one.taken) for one in made)
    if taken:
        text = ngettext("%(n)d answer was taken over.", "%(n)d answers were taken over.", taken)
        messages.success(request, text % {"n": taken})


def _forms_in(held: Application, one: Upload) -> list[str]:
    names = {form.key: _(form.name) for form in held.questionnaire.forms}
    return [names.get(piece["form"], piece["number"]) for piece in one.found.get("pieces", [])]


def _open_count(held: Application, one: Upload) -> int:
    """How many answers stand otherwise and wait for somebody to say which is right."""
    found = differences(one, held).differ if held.is_open else ()
    return sum(1 for d in found if d.question not in one.left)


@for_those_who_can(Can.APPLY)
@require_GET
def application_upload(
    request: SignedInRequest, application_id: UUID, upload_id: UUID
) -> HttpResponse:
    """One file: its forms, its pages, and what it says otherwise."""
    one = _one(request, application_id, upload_id)
    return render(request, "applications/upload.html", shown(request, one))


def shown(request: SignedInRequest, one: Upload) -> dict[str, Any]:
    """What the page of a file shows."""
    held, known = one.application, known_of(one.application)
    staff = request.user.is_staff_member and request.user.may(Can.WORK_CASES)
    said = one.said
    return {
        "application": held,
        "upload": one,
        "document": one.document,
        "removed": [REMOVED[code] for code in one.document.removed],
        "originals": list(one.document.originals.all()) if staff else [],
        "pieces": _pieces(held, one),
        "foreign": one.found.get("foreign", []),
        "sheets": _sheets(known, one) if one.read_at else [],
        "choices": [(form.spec.key, _(form.spec.name)) for form in known.forms],
        "unknown": listed(one.found.get("unknown", [])),
        "unread": listed(one.found.get("unread", [])),
        "sides": _sides(held, one) if held.is_open else [],
        "left": len(one.left),
        "leftovers": said.get("leftovers", []),
        "to_sign": _to_sign(held, one) if held.is_open else [],
        "wet": [str(ROLE_NAMES[SignerRole(role)]) for role in one.signed],
        "taken": [
            held.questionnaire.by_key[k].short for k in one.taken if k in held.questionnaire.by_key
        ],
    }


def _to_sign(held: Application, one: Upload) -> list[tuple[str, str, str]]:
    """Who has not signed yet and signs a form that this file holds: role, its name, the person's."""
    here = {role for piece in one.found.get("pieces", []) for role in piece["signed"]}
    waiting = waiting_to_sign(held)
    return [
        (role.value, str(ROLE_NAMES[role]), name)
        for role, name in waiting.items()
        if role.value in here
    ]


def _pieces(held: Application, one: Upload) -> list[PieceLine]:
    names = {form.key: _(form.name) for form in held.questionnaire.forms}
    who = signers(held, today(None))
    return [
        PieceLine(
            name=names.get(piece["form"], piece["number"]),
            number=piece["number"],
            edition=piece["edition"],
            known=piece["known"],
            pages=f"{len(piece['at'])}/{piece['pages']}",
            missing=listed(piece["missing"]),
            doubled=listed(piece["doubled"]),
            turned=listed(piece["turned"]),
            is_read=piece["is_read"],
            signed=[
                (str(ROLE_NAMES[role]), piece["signed"][role.value])
                for role in SignerRole
                if role.value in piece["signed"]
                and (role in who or piece["signed"][role.value] == Signed.SIGNED)
            ],
        )
        for piece in one.found.get("pieces", [])
    ]


def _sheets(known: KnownSet, one: Upload) -> list[SheetLine]:
    keys = {form.marks.number: form.spec.key for form in known.forms}
    found: dict[int, SheetLine] = {}
    for piece in one.found.get("pieces", []):
        for page, number in piece["at"]:
            label = f"{piece['number']} {page}/{piece['pages']}"
            tone = "good" if piece["edition"] == piece["known"] else "attention"
            found[number] = SheetLine(number, piece["form"], page, label, tone)
        for number in piece["doubled"]:
            found[number] = SheetLine(number, piece["form"], 0, _("Again"), "attention")
    for number in one.found.get("blank", []):
        found[number] = SheetLine(number, "", 0, _("Blank or no form"), "quiet")
    for number, mark in assigned_in(one).items():
        if mark and number not in found:
            label = f"{mark.number} {mark.page}"
            found[number] = SheetLine(number, keys.get(mark.number, ""), mark.page, label, "good")
    return [
        found.get(number) or SheetLine(number, "", 0, _("Not recognised"), "wait")
        for number in range(1, one.document.pages + 1)
    ]


def _sides(held: Application, one: Upload) -> list[Side]:
    by_key = held.questionnaire.by_key
    return [
        Side(
            d.question,
            _(by_key[d.question].short),
            shown_answer(by_key[d.question], d.here, MANNER)
            or str(held.given[d.question].raw or "–"),
            shown_answer(by_key[d.question], d.value, MANNER) or str(d.raw),
            held.given[d.question].by if d.question in held.given else "",
            d.is_locked,
        )
        for d in differences(one, held).differ
        if d.question not in one.left
    ]


@for_those_who_can(Can.APPLY)
@require_POST
def application_upload_assign(
    request: SignedInRequest, application_id: UUID, upload_id: UUID
) -> HttpResponse:
    """Say which page of which form pages are."""
    one = _one(request, application_id, upload_id)
    try:
        assign_pages(request.user, one, _changed(request.POST, one))
    except Refused as refused:
        context = {**shown(request, one), "refused": refused}
        return render(request, "applications/upload.html", context, status=422)
    messages.success(request, _("The pages are sorted."))
    return redirect("application_upload", application_id, upload_id)


def _changed(sent: Mapping[str, Any], one: Upload) -> dict[int, tuple[str, int] | None]:
    """The pages of which somebody chose another form or page than was shown."""
    found: dict[int, tuple[str, int] | None] = {}
    for number in range(1, one.document.pages + 1):
        form, page = str(sent.get(f"form.{number}", "")), whole(str(sent.get(f"page.{number}", "")))
        if f"form.{number}" not in sent or f"{form}|{page or 0}" == sent.get(f"was.{number}"):
            continue
        if form == "-":
            found[number] = None
        elif form:
            found[number] = (form, page or 0)
    return found


@for_those_who_can(Can.APPLY)
@require_POST
def application_upload_decide(
    request: SignedInRequest, application_id: UUID, upload_id: UUID
) -> HttpResponse:
    """For answers that stand otherwise: take the paper's, or keep the one here."""
    one = _one(request, application_id, upload_id)
    choices = {
        key.removeprefix("side."): value == "there"
        for key, value in request.POST.items()
        if key.startswith("side.") and value in {"here", "there"}
    }
    try:
        decide(request.user, one, choices, whole(request.POST.get("version", "")) or 0)
    except Refused as refused:
        context = {**shown(request, one), "refused": refused}
        return render(request, "applications/upload.html", context, status=422)
    messages.success(request, _("Kept as you chose."))
    return redirect("application_upload", application_id, upload_id)


@for_those_who_can(Can.APPLY)
@require_GET
def application_print(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """All papers as they stand, to be printed and signed by hand."""
    held = visible(request, application_id)
    answer = HttpResponse(printed_to_sign(request.user, held), content_type="application/pdf")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Disposition"] = f"inline; filename={held.reference}-to-sign.pdf"
    return answer


@for_those_who_can(Can.APPLY)
@require_POST
def application_upload_sign(
    request: SignedInRequest, application_id: UUID, upload_id: UUID
) -> HttpResponse:
    """Count what somebody signed by hand on the papers of this file."""
    one = _one(request, application_id, upload_id)
    role, roles = request.POST.get("role", ""), {one.value: one for one in SignerRole}
    if role not in roles:
        raise Http404
    try:
        compared = request.POST.get("compared") == "yes"
        done = sign_from_upload(request.user, one, roles[role], compared=compared)
    except Refused as refused:
        context = {**shown(request, one), "refused": refused}
        return render(request, "applications/upload.html", context, status=422)
    messages.success(request, _("The signature of %(name)s counts.") % {"name": done.name})
    return redirect("application_upload", application_id, upload_id)


@for_those_who_can(Can.APPLY)
@require_POST
def application_upload_read(
    request: SignedInRequest, application_id: UUID, upload_id: UUID
) -> HttpResponse:
    """Read a file that waited for the malware scanner."""
    one = read_upload(request.user, _one(request, application_id, upload_id))
    _tell(request, [one])
    return redirect("application_upload", application_id, upload_id)


@for_those_who_can(Can.APPLY)
@require_GET
def application_upload_page(
    request: SignedInRequest, application_id: UUID, upload_id: UUID, page: int
) -> HttpResponse:
    """A small picture of a page, from 1; with `?size=page` one to be read."""
    one = _one(request, application_id, upload_id)
    if not 1 <= page <= one.document.pages or one.document.standing != Standing.CLEAR:
        raise Http404
    width = 1200 if request.GET.get("size") == "page" else _WIDTH
    drawn = apart.page_jpeg(one.document.read(), page, width)
    if not drawn:
        raise Http404
    answer = HttpResponse(drawn, content_type="image/jpeg")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@for_those_who_can(Can.APPLY)
@require_GET
def application_upload_file(
    request: SignedInRequest, application_id: UUID, upload_id: UUID
) -> HttpResponse:
    """The file as it is kept, without what was taken out of it."""
    one = _one(request, application_id, upload_id)
    return document_answer(request, one.document, bool(request.GET.get("download")))  # type: ignore[return-value]


@for_those_who_can(Can.WORK_CASES)
@require_GET
def application_upload_original(
    request: SignedInRequest, application_id: UUID, upload_id: UUID, number: int
) -> HttpResponse:
    """A file as it was sent, to be saved, for staff who work cases; each time is noted."""
    one = _one(request, application_id, upload_id)
    original = get_object_or_404(
        Original.objects.select_related("document"), document=one.document, number=number
    )
    content = read_original(request.user, original)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Disposition"] = "attachment; filename=original.bin"
    return answer
