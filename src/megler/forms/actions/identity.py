"""Who opened the private link: the birth date we know and a one-time code sent to the mailbox."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from megler.accounts.encryption import digest
from megler.forms.actions.voiding import void
from megler.forms.models import SignatureRequest
from megler.forms.rules.identity import CODE_DIGITS, CodeFacts, code_problem, may_send_code
from megler.forms.rules.signing import TRIES_MAX, LinkState, link_problems
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.post.actions.messages import send
from megler.vocabulary.problems import Problem, Refused


@dataclass(frozen=True, slots=True)
class CodeMail:
    """The e-mail that brings the code: `text` is a function of the code."""

    subject: str
    text: Callable[[str], str]


def send_code(
    actor: Actor, request: SignatureRequest, mail: CodeMail, at: datetime | None = None
) -> None:
    """Send a new code to the signer; the one before is dead. Raises `Refused`: too soon, too many."""
    at = at or timezone.now()
    with transaction.atomic():
        locked = _open(request, at)
        if problem := may_send_code(_facts(locked), at):
            raise Refused(problem)
        _send(actor, locked, mail, at)


def send_first_code(
    actor: Actor, request: SignatureRequest, mail: CodeMail, at: datetime | None = None
) -> None:
    """Send a code when none was ever sent: at the first opening, once, however many open at once."""
    at = at or timezone.now()
    with transaction.atomic():
        locked = _open(request, at)
        if not locked.codes_sent:
            _send(actor, locked, mail, at)


def _open(request: SignatureRequest, at: datetime) -> SignatureRequest:
    locked = SignatureRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    if problems := link_problems(locked.state(at), locked.name):
        raise Refused(problems)
    return locked


def new_code() -> str:
    """Six digits that nobody can foretell."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def _send(actor: Actor, locked: SignatureRequest, mail: CodeMail, at: datetime) -> None:
    code = new_code()
    locked.code_digest, locked.code_sent_at = _digest_of(locked, code), at
    locked.code_tries, locked.codes_sent = 0, locked.codes_sent + 1
    locked.save(update_fields=["code_digest", "code_sent_at", "code_tries", "codes_sent"])
    send(
        locked.email,
        mail.subject,
        mail.text(code),
        locked.subject,
        to_name=locked.name,
        language=get_language() or "",
        private=True,
        at=at,
    )
    record(actor, "signature.code_sent", locked.subject, {"request": str(locked.pk)}, at)


def _digest_of(request: SignatureRequest, code: str) -> str:
    """Keyed and bound to the link: a code is good for nobody else's."""
    return digest(f"signing code {request.pk} {code}".encode())


def _facts(request: SignatureRequest) -> CodeFacts:
    return CodeFacts(
        request.code_sent_at, request.codes_sent, request.code_tries, not request.code_digest
    )


def identify(
    actor: Actor,
    request: SignatureRequest,
    code: str,
    born_agrees: bool | None,
    at: datetime | None = None,
) -> list[Problem]:
    """Take a code and whether the birth date agrees (None: none is known). Empty when it is the signer.

    Answers are taken one after the other: of many sent at once none slips by the limits. A code is
    used up by the first that is right in both; five wrong birth dates end the link.
    """
    at = at or timezone.now()
    with transaction.atomic():
        locked = SignatureRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
        if problems := link_problems(locked.state(at), locked.name):
            return problems
        typed = "".join(code.split())
        if not typed:
            return [Problem("code_missing", "code")]
        agrees = hmac.compare_digest(locked.code_digest, _digest_of(locked, typed))
        if problem := code_problem(_facts(locked), agrees, at):
            return [_mistaken_code(actor, locked, problem, at)]
        if born_agrees is False:
            return _mistaken_birth(actor, locked, at)
        _identified(actor, locked, born_agrees, at)
    return []


def _mistaken_code(
    actor: Actor, locked: SignatureRequest, problem: Problem, at: datetime
) -> Problem:
    locked.code_tries = min(locked.code_tries + 1, 100)
    locked.save(update_fields=["code_tries"])
    _record_mistake(actor, locked, "code", at)
    return problem


def _mistaken_birth(actor: Actor, locked: SignatureRequest, at: datetime) -> list[Problem]:
    locked.wrong_tries += 1
    locked.save(update_fields=["wrong_tries"])
    _record_mistake(actor, locked, "birth_date", at)
    left = max(TRIES_MAX - locked.wrong_tries, 0)
    if not left:
        void(actor, locked, "too_many_tries", at)
        return link_problems(LinkState.VOIDED, locked.name)
    return [Problem("birth_date_differs", "born", "", str(left))]


def _record_mistake(actor: Actor, locked: SignatureRequest, check: str, at: datetime) -> None:
    data = {"request": str(locked.pk), "check": check}
    record(actor, "signature.mistaken", locked.subject, data, at)


def _identified(
    actor: Actor, locked: SignatureRequest, born_agrees: bool | None, at: datetime
) -> None:
    locked.code_digest, locked.code_checked_at = "", at
    locked.born_checked_at = at if born_agrees else None
    locked.language = get_language() or ""
    locked.save(update_fields=["code_digest", "code_checked_at", "born_checked_at", "language"])
    checks = ["code", "birth_date"] if born_agrees else ["code"]
    data = {"request": str(locked.pk), "checks": checks}
    record(actor, "signature.identified", locked.subject, data, at)
