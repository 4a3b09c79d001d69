"""Recording a signature that was written on paper, from a scan of the pages."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from megler.documents.models import Document
from megler.forms.actions.signatures import Signer
from megler.forms.actions.voiding import void
from megler.forms.models import Paper, SignatureRequest, hash_of
from megler.forms.rules.signing import LINK_LIFE, Method
from megler.forms.rules.wet import Scanned, scan_problems
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.vocabulary.problems import Problem, Refused


def sign_on_paper(
    actor: Actor,
    subject: tuple[str, object],
    signer: Signer,
    papers: Sequence[Paper],
    *,
    document: Document,
    pages_found: Mapping[str, Collection[int]],
    boxes_empty: Collection[str] = (),
    at: datetime | None = None,
) -> SignatureRequest:
    """Record that `signer` signed `papers` by hand; `document` is the scan, kept as evidence.

    `pages_found` are the pages (from 1) found in the scan by form key, `boxes_empty` the forms whose
    box for this signer is empty. It counts on exactly these papers; a later scan of more papers by
    the same signer adds to it, and an open link of theirs ends. Raises `Refused` naming every page
    that is missing, and when they have signed electronically. The caller holds what is signed.
    """
    at = at or timezone.now()
    scanned = [
        Scanned(
            paper.name,
            paper.document.pages,
            pages_found.get(paper.form_key, ()),
            paper.form_key not in boxes_empty,
        )
        for paper in papers
    ]
    if problems := scan_problems(scanned, signer.role.value):
        raise Refused(problems)
    with transaction.atomic():
        request = _standing(actor, subject, signer, at) or _new(subject, signer, at)
        covered = {paper.form_key: paper for paper in request.papers.all()}
        covered |= {paper.form_key: paper for paper in papers}
        request.packet_hash = hash_of(list(covered.values()))
        request.signed_at = at
        request.save()
        request.papers.set(covered.values())
        request.scans.add(document)
        data = {
            "role": request.role,
            "request": str(request.pk),
            "method": Method.WET.value,
            "packet": request.packet_hash,
            "papers": {paper.form_key: paper.sha256 for paper in papers},
            "scan": document.sha256,
        }
        record(actor, "signature.given", request.subject, data, at)
    return request


def _standing(
    actor: Actor, subject: tuple[str, object], signer: Signer, at: datetime
) -> SignatureRequest | None:
    """The signature on paper that stands already; an open link ends."""
    standing = SignatureRequest.objects.about(subject).standing().filter(role=signer.role)
    for earlier in standing.select_for_update(no_key=True):
        if earlier.signed_at and earlier.method == Method.WET and earlier.name == signer.name:
            return earlier
        if earlier.signed_at:
            raise Refused(Problem("already_signed", earlier.name))
        void(actor, earlier, "replaced", at)
    return None


def _new(subject: tuple[str, object], signer: Signer, at: datetime) -> SignatureRequest:
    """A request that was never sent: nobody has its link."""
    request = SignatureRequest(
        subject_type=subject[0],
        subject_id=str(subject[1]),
        role=signer.role,
        name=signer.name,
        email=signer.email,
        requested_at=at,
        expires_at=at + LINK_LIFE,
        signed_at=at,
        method=Method.WET,
        typed_name=signer.name,
        packet_hash="-",
    )
    request.token_digest = SignatureRequest.digest_of(request.token())
    request.save(force_insert=True)
    return request
