"""Asking for signatures, opening the private link, signing, declining.

The caller holds the lock of what is signed, so that answers do not change while somebody signs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from megler.forms.actions.voiding import void
from megler.forms.models import Paper, SignatureRequest, hash_of
from megler.forms.rules.identity import is_known
from megler.forms.rules.questionnaire import SignerRole
from megler.forms.rules.signing import (
    CONSENT_VERSION,
    LINK_LIFE,
    Method,
    Signature,
    consent_hash,
    link_problems,
    signature_problems,
)
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.post.actions.messages import send
from megler.vocabulary.problems import Problem, Refused


@dataclass(frozen=True, slots=True)
class Signer:
    """Who is asked, in which role."""

    role: SignerRole
    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Invitation:
    """The e-mail that brings the link: `text` is a function of the link's address."""

    subject: str
    text: Callable[[str], str]
    link: Callable[[str], str]


def request_signature(
    actor: Actor,
    subject: tuple[str, object],
    signer: Signer,
    invitation: Invitation,
    at: datetime | None = None,
) -> SignatureRequest:
    """Ask a signer by a private link; an earlier link of theirs that is not used stops working.

    Raises `Refused` when they have signed already.
    """
    at = at or timezone.now()
    with transaction.atomic():
        request, token = _ask(actor, subject, signer, at)
        link = invitation.link(token)
        send(
            signer.email,
            invitation.subject,
            invitation.text(link),
            subject,
            to_name=signer.name,
            private=True,
            at=at,
        )
    return request


def _ask(
    actor: Actor, subject: tuple[str, object], signer: Signer, at: datetime
) -> tuple[SignatureRequest, str]:
    standing = SignatureRequest.objects.about(subject).standing().filter(role=signer.role)
    for earlier in standing.select_for_update(no_key=True):
        if earlier.signed_at:
            raise Refused(Problem("already_signed", earlier.name))
        void(actor, earlier, "replaced", at)
    request = SignatureRequest(
        subject_type=subject[0],
        subject_id=str(subject[1]),
        role=signer.role,
        name=signer.name,
        email=signer.email,
        requested_at=at,
        expires_at=at + LINK_LIFE,
        language=language_known(subject, signer),
    )
    token = request.token()
    request.token_digest = SignatureRequest.digest_of(token)
    request.save(force_insert=True)
    data = {"role": signer.role.value, "request": str(request.pk)}
    record(actor, "signature.requested", subject, data, at)
    return request, token


def language_known(subject: tuple[str, object], signer: Signer) -> str:
    """The language that the signer chose at an earlier link."""
    earlier = SignatureRequest.objects.about(subject).filter(email=signer.email)
    chosen = earlier.exclude(language="").order_by("-requested_at")
    return chosen.values_list("language", flat=True).first() or ""


def find_link(token: str) -> SignatureRequest | None:
    """The request that a token opens; None when there is none."""
    digest = SignatureRequest.digest_of(token)
    return SignatureRequest.objects.filter(token_digest=digest).first()


def applicant(request: SignatureRequest, address: str = "") -> Actor:
    """The signer as the journal knows them."""
    return Actor(str(request.pk), request.name, "applicant", address)


def open_link(request: SignatureRequest, actor: Actor, at: datetime | None = None) -> None:
    """Note that the signer opened the papers; the first time counts. Raises `Refused` when closed."""
    at = at or timezone.now()
    with transaction.atomic():
        locked = SignatureRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
        if problems := link_problems(locked.state(at), locked.name):
            raise Refused(problems)
        if locked.opened_at is None:
            locked.opened_at = at
            locked.save(update_fields=["opened_at"])
            record(actor, "signature.opened", locked.subject, {"request": str(locked.pk)}, at)


def sign(
    actor: Actor,
    request: SignatureRequest,
    papers: list[Paper],
    given: Signature,
    *,
    user_agent: str = "",
    at: datetime | None = None,
) -> SignatureRequest:
    """Sign `papers`, which are what the signer must have been shown. Once; raises `Refused`.

    By the link only somebody who was identified in the last hours signs; see `identity`.
    """
    at = at or timezone.now()
    return _sign(actor, request, papers, given, at, user_agent=user_agent)


def _sign(
    actor: Actor,
    request: SignatureRequest,
    papers: list[Paper],
    given: Signature,
    at: datetime,
    *,
    user_agent: str,
    is_signed_in: bool = False,
) -> SignatureRequest:
    with transaction.atomic():
        locked = SignatureRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
        problems = link_problems(locked.state(at), locked.name)
        if not problems and not is_signed_in and not is_known(locked.code_checked_at, at):
            problems = [Problem("not_identified", locked.name)]
        if not problems:
            problems = signature_problems(given, locked.name, hash_of(papers))
        if problems:
            raise Refused(problems)
        locked.opened_at = locked.opened_at or at
        locked.signed_at = at
        locked.packet_hash = hash_of(papers)
        locked.consent_version, locked.consent_hash = CONSENT_VERSION, consent_hash()
        locked.method = given.method
        locked.typed_name = _name_given(given, locked.name)
        locked.strokes = [list(line) for line in given.strokes] or None
        locked.signed_in = " ".join(given.signed_in.split())[:120]
        locked.address, locked.user_agent = actor.address[:64], user_agent[:300]
        locked.save()
        locked.papers.set(papers)
        data = {
            "role": locked.role,
            "request": str(locked.pk),
            "method": locked.method,
            "consent": locked.consent_version,
            "packet": locked.packet_hash,
            "papers": {paper.form_key: paper.sha256 for paper in papers},
        }
        record(actor, "signature.given", locked.subject, data, at)
    return locked


def _name_given(given: Signature, name: str) -> str:
    typed = " ".join(given.typed_name.split())[:200]
    return name if given.method is Method.DRAWN or not typed else typed


def sign_directly(
    actor: Actor,
    subject: tuple[str, object],
    signer: Signer,
    papers: list[Paper],
    given: Signature,
    *,
    user_agent: str = "",
    at: datetime | None = None,
) -> SignatureRequest:
    """Sign without a link: somebody who is signed in here. Raises `Refused`."""
    at = at or timezone.now()
    with transaction.atomic():
        request, _ = _ask(actor, subject, signer, at)
        return _sign(actor, request, papers, given, at, user_agent=user_agent, is_signed_in=True)


def decline(
    actor: Actor, request: SignatureRequest, reason: str, at: datetime | None = None
) -> SignatureRequest:
    """The signer will not sign; the reason is for the agent. Raises `Refused`."""
    at = at or timezone.now()
    reason = " ".join(reason.split())[:500]
    with transaction.atomic():
        locked = SignatureRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
        problems = link_problems(locked.state(at), locked.name)
        if not reason:
            problems.append(Problem("reason_missing", "reason"))
        if problems:
            raise Refused(problems)
        locked.declined_at, locked.decline_reason = at, reason
        locked.save(update_fields=["declined_at", "decline_reason"])
        record(actor, "signature.declined", locked.subject, {"request": str(locked.pk)}, at)
    return locked
