"""Ending requests and signatures: replaced, withdrawn, or because what was signed is another now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from megler.forms.models import SignatureRequest
from megler.forms.rules.questionnaire import SignerRole
from megler.forms.rules.signing import Method
from megler.forms.rules.voiding import Contents, forms_changed
from megler.journal.actions import record
from megler.journal.rules.actors import Actor


@dataclass(frozen=True, slots=True)
class Standing:
    """The papers as they stand: content hashes by form, for each role that signs.

    `touched` are forms that count as changed though their content reads the same.
    """

    contents: Mapping[SignerRole, Contents]
    touched: Collection[str] = field(default_factory=frozenset)


def outdated(
    subject: tuple[str, object], standing: Standing
) -> list[tuple[SignatureRequest, frozenset[str]]]:
    """Signatures given on papers that read otherwise now, each with the forms concerned.

    A signature on paper stands on its own papers alone: one more that is needed leaves it valid.
    """
    found = []
    valid = SignatureRequest.objects.about(subject).valid().prefetch_related("papers")
    for request in valid:
        covered = {paper.form_key: paper.content_hash for paper in request.papers.all()}
        now = standing.contents.get(SignerRole(request.role), {})
        if request.method == Method.WET:
            now = {key: digest for key, digest in now.items() if key in covered}
        forms = forms_changed(covered, now) | (covered.keys() & set(standing.touched))
        if forms:
            found.append((request, frozenset(forms)))
    return found


def void(
    actor: Actor,
    request: SignatureRequest,
    reason: str,
    at: datetime,
    *,
    changed: Sequence[str] = (),
    forms: Collection[str] = (),
) -> None:
    """End a request or a signature that the caller holds; `changed` are the questions behind it."""
    request.voided_at, request.void_reason, request.changed = at, reason, list(changed)
    request.code_digest = ""
    request.save(update_fields=["voided_at", "void_reason", "changed", "code_digest"])
    data: dict[str, Any] = {"request": str(request.pk), "role": request.role, "reason": reason}
    if forms:
        data |= {"forms": sorted(forms), "questions": list(changed)}
    record(actor, "signature.voided", request.subject, data, at)


def void_all(
    actor: Actor, subject: tuple[str, object], reason: str, at: datetime | None = None
) -> None:
    """Void every request and signature that stands, as when the subject is withdrawn."""
    at = at or timezone.now()
    with transaction.atomic():
        for request in (
            SignatureRequest.objects.about(subject).standing().select_for_update(no_key=True)
        ):
            void(actor, request, reason, at)


def void_strangers(
    actor: Actor,
    subject: tuple[str, object],
    signers: Mapping[SignerRole, tuple[str, str]],
    at: datetime,
) -> list[SignatureRequest]:
    """Void links that nobody has signed with and whose signer is another now: name or e-mail."""
    with transaction.atomic():
        waiting = SignatureRequest.objects.about(subject).standing().filter(signed_at=None)
        gone = [
            request
            for request in waiting.select_for_update(no_key=True)
            if signers.get(SignerRole(request.role)) != (request.name, request.email)
        ]
        for request in gone:
            void(actor, request, "signer_changed", at)
    return gone
