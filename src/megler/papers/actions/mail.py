"""E-mail with papers: onto the case it was addressed to when its agent sent it, into the tray otherwise."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from megler.accounts.encryption import digest
from megler.accounts.models import User
from megler.cases.actions.doers import Robot
from megler.cases.actions.holding import moment
from megler.cases.actions.papers import put_in
from megler.cases.models import Case
from megler.cases.names import DocumentKind
from megler.documents.actions import Sent
from megler.documents.models import Standing
from megler.journal.actions import record
from megler.papers.actions.arriving import born_alike, put_into_tray
from megler.papers.actions.reading import read_document
from megler.papers.models import Arrival, CameBy, MailTaken, State
from megler.papers.rules.mail import Mail, address_of, case_in, read_mail
from megler.vocabulary.problems import Problem, Refused


@dataclass(frozen=True)
class Taken:
    """What became of a message: the papers filed in a case, those in the tray, what was not taken."""

    case: str
    filed: tuple[str, ...]
    waiting: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def case_address(case: Case) -> str:
    """Where a case's agent sends papers by e-mail."""
    domain = settings.PAPERS_DOMAIN or urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return address_of(case.number, _token(case), domain)


def _token(case: Case) -> str:
    return digest(f"case mail {case.pk}".encode())[:16]


def take_mail(raw: bytes, at: datetime | None = None) -> Taken:
    """Take the files of a message in. The same message again brings nothing twice.

    A sender's address can be forged, so a case takes papers only by its own address, which nobody
    can guess, and from an agent of that case or who helps them. Everything else waits in the tray.
    Raises `Refused` when it is no message or carries nothing that can be taken.
    """
    at = moment(at)
    mail, problems = read_mail(raw)
    if mail is None:
        raise Refused(problems)
    key = hashlib.sha256(raw).hexdigest()
    if known := MailTaken.objects.filter(digest=key).first():
        return _again(known)
    if not mail.files:
        raise Refused([*problems, Problem("paper_mail_no_files", mail.subject or "message")])
    case = _case_of(mail)
    sender = _agent(mail, case) if case else None
    told = {"sender": mail.sender, "subject": mail.subject, "message_id": mail.message_id}
    doer = Robot(mail.sender_name or mail.sender, f"mail:{mail.sender}"[:64], "mail")
    with transaction.atomic():
        taken = MailTaken(digest=key, at=at, papers=0)
        if not MailTaken.objects.filter(digest=key).exists():
            taken.save(force_insert=True)
        arrivals = []
        for file in mail.files:
            try:
                arrivals.append(
                    put_into_tray(
                        doer.actor(), Sent(file.name, file.content), CameBy.MAIL,
                        to_case=case, mail=told, at=at,
                    )
                )  # fmt: skip
            except Refused as refused:
                problems += refused.problems
        if not arrivals:
            raise Refused(problems)
        filed = [one for one in arrivals if case and sender and _filed(sender, case, one, at)]
        waiting = [one for one in arrivals if one not in filed]
        answer = Taken(
            case.reference if case else "",
            tuple(str(one.paper_id) for one in filed),
            tuple(str(one.pk) for one in waiting),
            tuple(problems),
        )
        taken.papers, taken.answer = len(arrivals), _kept(answer)
        taken.save()
        told_journal = {"filed": len(filed), "waiting": len(waiting)}
        record(doer.actor(), "paper.mail", ("mail", key[:32]), told_journal, at)
    return answer


def _kept(answer: Taken) -> dict[str, Any]:
    return {"case": answer.case, "filed": list(answer.filed), "waiting": list(answer.waiting)}


def _again(known: MailTaken) -> Taken:
    told = known.answer
    return Taken(told.get("case", ""), tuple(told.get("filed", ())), tuple(told.get("waiting", ())))


def _case_of(mail: Mail) -> Case | None:
    """The case whose own address stands among the recipients."""
    for address in mail.to:
        told = case_in(address)
        if told is None or told[0] >= 2**31:
            continue
        case = Case.objects.filter(number=told[0]).first()
        if case is not None and hmac.compare_digest(_token(case), told[1]):
            return case
    return None


def _agent(mail: Mail, case: Case) -> User | None:
    """The agent or assistant who sent it, when they may see the case."""
    person = User.objects.filter(email=mail.sender, is_active=True).first()
    if person is None or not person.is_seller:
        return None
    return person if Case.objects.visible_to(person).filter(pk=case.pk).exists() else None


def _filed(sender: User, case: Case, arrival: Arrival, at: datetime) -> bool:
    """Put an agent's paper straight into their case; it is not yet on any requirement."""
    if arrival.document.standing != Standing.CLEAR or arrival.state != State.WAITING:
        return False
    reading = read_document(arrival.document, at)
    try:
        born_alike(reading, case)
    except Refused:
        return False
    kind = DocumentKind(reading.kind) if reading and reading.is_sure else DocumentKind.OTHER
    paper = put_in(sender, case, arrival.document, kind, at=at)
    arrival.state, arrival.settled_at, arrival.paper = State.FILED, at, paper
    arrival.settled_by = sender
    arrival.save()
    return True
