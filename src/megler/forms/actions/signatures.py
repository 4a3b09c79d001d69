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
from megler.forms.rules.questionnaire import SignerRole
from megler.forms.rules.signing import (
    CONSENT_VERSION,
    LINK_LIFE,
    TRIES_MAX,
    LinkState,
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
    token = SignatureRequest.new_token()
    request = SignatureRequest.objects.create(
        subject_type=subject[0],
        subject_id=str(subject[1]),
        role=signer.role,
        name=signer.name,
        email=signer.email,
        token_digest=SignatureRequest.digest_of(token),
        requested_at=at,
        expires_at=at + LINK_LIFE,
    )
    data = {"role": signer.role.value, "request": str(request.pk)}
    record(actor, "signature.requested", subject, data, at)
    return request, token


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


def note_try(
    request: SignatureRequest, actor: Actor, right: bool, at: datetime | None = None
) -> int | None:
    """Take an answer to who the signer is. Returns None when it counts as right, else the tries left.

    Answers are taken one after the other: of many sent at once none slips by the limit. At the last
    wrong one the link is voided, and a right one comes too late.
    """
    at = at or timezone.now()
    with transaction.atomic():
        locked = SignatureRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
        if locked.state(at) is not LinkState.OPEN:
            return 0
        if right:
            return None
        locked.wrong_tries += 1
        locked.save(update_fields=["wrong_tries"])
        left = max(TRIES_MAX - locked.wrong_tries, 0)
        if not left:
            void(actor, locked, "too_many_tries", at)
    return left


def sign(
    actor: Actor,
    request: SignatureRequest,
    papers: list[Paper],
    given: Signature,
    *,
    user_agent: str = "",
    at: datetime | None = None,
) -> SignatureRequest:
    """Sign `papers`, which are what the signer must have been shown. Once; raises `Refused`."""
    at = at or timezone.now()
    with transaction.atomic():
        locked = SignatureRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
        problems = link_problems(locked.state(at), locked.name)
        if not problems:
            problems = signature_problems(given, locked.name, hash_of(papers))
        if problems:
            raise Refused(problems)
        locked.opened_at = locked.opened_at or at
        locked.signed_at = at
        locked.packet_hash = hash_of(papers)
        locked.consent_version, locked.consent_hash = CONSENT_VERSION, consent_hash()
        locked.typed_name = " ".join(given.typed_name.split())[:200]
        locked.address, locked.user_agent = actor.address[:64], user_agent[:300]
        locked.save()
        locked.papers.set(papers)
        data = {
            "role": locked.role,
            "request": str(locked.pk),
            "packet": locked.packet_hash,
            "papers": {paper.form_key: paper.sha256 for paper in papers},
        }
        record(actor, "signature.given", locked.subject, data, at)
    return locked


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
        return sign(actor, request, papers, given, user_agent=user_agent, at=at)


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
