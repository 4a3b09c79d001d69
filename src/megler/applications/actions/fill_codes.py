"""The one-time code by which whoever fills in for a trust or a business is known.

Of a person the birth date is known and asked; of a trust or a business none is, so that a code is
sent to the mailbox to which the link went.
"""

import hmac
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from megler.accounts.encryption import digest
from megler.applications.models_filling import FillLink
from megler.forms.actions.identity import new_code
from megler.forms.rules.identity import CODE_LIFE, CodeFacts, code_problem, may_send_code
from megler.forms.rules.signing import LinkState
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.post.actions.messages import send
from megler.vocabulary.problems import Problem, Refused


def send_fill_code(
    actor: Actor, link: FillLink, at: datetime | None = None, *, first: bool = False
) -> None:
    """Send a new code, the one before is dead; with `first` only when none was sent yet.

    Raises `Refused`: too soon, or too many.
    """
    at = at or timezone.now()
    with transaction.atomic():
        locked = _locked(link)
        if locked.state(at) is not LinkState.OPEN or (first and locked.codes_sent):
            return
        if problem := may_send_code(_facts(locked), at):
            raise Refused(problem)
        code = new_code()
        locked.code_digest, locked.code_sent_at = _digest_of(locked, code), at
        locked.code_tries, locked.codes_sent = 0, locked.codes_sent + 1
        locked.save(update_fields=["code_digest", "code_sent_at", "code_tries", "codes_sent"])
        _mail(locked, code, at)
        record(actor, "application.fill_code_sent", locked.application.subject, _about(locked), at)


def take_fill_code(
    actor: Actor, link: FillLink, typed: str, at: datetime | None = None
) -> Problem | None:
    """What is wrong with the code that was typed; None when it is right, and then it is used up."""
    at = at or timezone.now()
    with transaction.atomic():
        locked = _locked(link)
        typed = "".join(typed.split())
        if not typed:
            return Problem("code_missing", "code")
        agrees = hmac.compare_digest(locked.code_digest, _digest_of(locked, typed))
        problem = code_problem(_facts(locked), agrees, at)
        if problem:
            locked.code_tries = min(locked.code_tries + 1, 100)
            locked.save(update_fields=["code_tries"])
            return problem
        locked.code_digest = ""
        locked.save(update_fields=["code_digest"])
        about = locked.application.subject
        record(actor, "application.fill_code_taken", about, _about(locked), at)
        return None


def _locked(link: FillLink) -> FillLink:
    of = FillLink.objects.select_related("application__agent")
    return of.select_for_update(of=("self",), no_key=True).get(pk=link.pk)


def _facts(link: FillLink) -> CodeFacts:
    return CodeFacts(link.code_sent_at, link.codes_sent, link.code_tries, not link.code_digest)


def _digest_of(link: FillLink, code: str) -> str:
    """Keyed and bound to the link: a code is good for nobody else's."""
    return digest(f"filling code {link.pk} {code}".encode())


def _about(link: FillLink) -> dict[str, str]:
    return {"role": link.role}


def _mail(link: FillLink, code: str, at: datetime) -> None:
    told = {
        "name": link.name,
        "agent": link.application.agent.name,
        "minutes": int(CODE_LIFE.total_seconds() // 60),
        "code": code,
    }
    text = _(
        "Dear %(name)s,\n\n"
        "Your code for the questions from %(agent)s is\n\n    %(code)s\n\n"
        "It works once, for %(minutes)d minutes. Nobody will ask you for it by telephone. If you "
        "did not open the link, do nothing.\n"
    )
    send(
        link.email, _("Your code for the questions from %(agent)s") % told, text % told,
        link.application.subject, to_name=link.name, language=get_language() or "",
        private=True, at=at,
    )  # fmt: skip
