"""Destroying what two people approved, and the certificate of it. Killed anywhere, it ends complete."""

from datetime import datetime
from importlib.resources import files
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from megler.cases.actions.holding import moment
from megler.cases.models import CaseDocument
from megler.documents.actions import store
from megler.documents.ending import delete_files, end_content
from megler.documents.models import Document
from megler.documents.typesetting import typeset
from megler.forms.actions.sealing import seal
from megler.journal.actions import record
from megler.journal.rules.actors import SYSTEM
from megler.papers.actions.keeping import is_held, kept, rules_in_force
from megler.papers.models import DestroyedPaper, Destruction, PageWords, Reading
from megler.papers.rules.retention import due_on


def destroy(destruction_id: UUID, at: datetime | None = None) -> Destruction | None:
    """Destroy the papers of an approved destruction, one by one, and certify it. May run twice.

    Of each paper the row ends first, together with where its files lie; then the files go; then it
    is done. What came under a hold, or is not over any more, is kept and the certificate says why.
    """
    at = moment(at)
    approved = Destruction.objects.filter(pk=destruction_id, step=Destruction.Step.APPROVED).first()
    if approved is None:
        return None
    waiting = approved.papers.filter(done_at=None, kept_because="").order_by("pk")
    for key in list(waiting.values_list("pk", flat=True)):
        places = _end(key, at)
        delete_files(places)
        DestroyedPaper.objects.filter(pk=key, kept_because="", done_at=None).update(
            done_at=at, places=[]
        )
    return _certify(approved.pk, at)


def _end(key: UUID, at: datetime) -> list[str]:
    """End a paper's content in its rows; returns the files that must go."""
    with transaction.atomic():
        line = DestroyedPaper.objects.select_for_update(no_key=True, of=("self",)).get(pk=key)
        if line.done_at or line.kept_because:
            return []
        if line.places:
            return list(line.places)
        if why := _kept_because(line, at):
            line.kept_because = why
            line.save()
            return []
        line.originals = list(line.document.originals.values_list("sha256", flat=True))
        told = {"destruction": str(line.destruction_id), "rule": str(line.rule_id)}
        line.places = end_content(SYSTEM, line.document, told, at)
        PageWords.objects.filter(document=line.document_id).delete()
        for reading in Reading.objects.filter(document=line.document_id):
            reading.found = {}
            reading.save()
        line.save()
        return list(line.places)


def _kept_because(line: DestroyedPaper, at: datetime) -> str:
    """Why a paper is kept after all; empty when it is not."""
    if is_held(line.case_id):
        return "hold"
    elsewhere = CaseDocument.objects.filter(document=line.document_id).exclude(pk=line.paper_id)
    together = line.destruction.papers.values("paper")
    if elsewhere.exclude(pk__in=together).exists():
        return "shared"
    paper = CaseDocument.objects.select_related("case__client", "case__carrier").get(
        pk=line.paper_id
    )
    over = due_on(kept(paper), rules_in_force())
    today = timezone.localtime(at).date()
    return "" if over is not None and over[0] <= today else "rule"


def _certify(destruction_id: UUID, at: datetime) -> Destruction:
    """Make, seal and keep the certificate, once everything of it is done."""
    found = Destruction.objects.select_related("agreed_by", "approved_by").get(pk=destruction_id)
    sealed = seal(_certificate(found, at), "Certificate of destruction")
    with transaction.atomic():
        held = Destruction.objects.select_for_update(no_key=True, of=("self",)).get(pk=found.pk)
        if held.step != Destruction.Step.APPROVED:
            return held
        kept_as: Document = store(sealed, f"certificate-{held.pk}.pdf", SYSTEM, at)
        held.certificate, held.done_at, held.step = kept_as, at, Destruction.Step.DONE
        held.save()
        told = {"papers": held.papers.exclude(done_at=None).count(), "sha256": kept_as.sha256}
        record(SYSTEM, "destruction.done", ("destruction", held.pk), told, at)
    return held


def _certificate(found: Destruction, at: datetime) -> bytes:
    lines = found.papers.select_related("case", "rule", "paper").order_by("case__number", "pk")
    data = {
        "number": str(found.pk),
        "proposed": _said(found.proposed_at),
        "agreed": f"{found.agreed_by}, {_said(found.agreed_at)}",
        "approved": f"{found.approved_by}, {_said(found.approved_at)}",
        "done": _said(at),
        "papers": [
            {
                "case": one.case.reference,
                "kind": str(one.get_kind_display()),
                "version": str(one.paper.version),
                "pages": str(one.pages),
                "sha256": one.sha256,
                "originals": list(one.originals),
                "rule": str(one.rule),
                "ended": one.ended_on.isoformat(),
                "due": one.due_on.isoformat(),
                "kept": one.kept_because,
            }
            for one in lines
        ],
    }
    template = files("megler.papers").joinpath("typst/certificate.typ").read_bytes()
    return typeset(template, data)


def _said(moment_of: datetime | None) -> str:
    return f"{moment_of:%Y-%m-%d %H:%M} UTC" if moment_of else ""


def finish_destructions(at: datetime | None = None) -> int:
    """Take up approved destructions whose job was lost; returns how many."""
    left = list(
        Destruction.objects.filter(step=Destruction.Step.APPROVED).values_list("pk", flat=True)
    )
    for key in left:
        destroy(key, at)
    return len(left)
