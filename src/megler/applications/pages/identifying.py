"""Before anything is shown at a private link: a one-time code and, where we know it, the birth date."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from megler.applications.actions.signing import identify_client, send_code_to_client
from megler.applications.forms import in_english
from megler.applications.pages.visits import Visit, closed, page
from megler.forms.rules.answers import read_answer
from megler.forms.rules.questionnaire import AnswerType, Question
from megler.forms.rules.signing import LinkState
from megler.vocabulary.problems import Refused


def who(visit: Visit) -> HttpResponse:
    """Ask who it is; the first opening sends a code by itself."""
    post, refused, sent = visit.request.POST, None, False
    step = post.get("step", "") if visit.request.method == "POST" else ""
    try:
        if step == "who":
            return _told(visit)
        send_code_to_client(visit.actor, visit.asked, first=step != "code")
        sent = step == "code"
    except Refused as problems:
        refused = problems
    if _ended(visit):
        return closed(visit.request, visit.asked, visit.application)
    return _asked(visit, refused, sent=sent)


def _told(visit: Visit) -> HttpResponse:
    """Take what was said; go on, or raise `Refused`."""
    post = visit.request.POST
    code = post.get("code", "")[:20]
    problems = identify_client(visit.actor, visit.asked, code, _birth_date(post.get("born", "")))
    if problems:
        raise Refused(problems)
    visit.remember()
    return redirect("sign", visit.token)


def _birth_date(typed: str) -> date | None:
    question = Question("born", AnswerType.DATE, "", "")
    born, _wrong = read_answer(question, in_english(question, typed[:40]))
    return date.fromisoformat(born) if born else None


def _ended(visit: Visit) -> bool:
    visit.asked.refresh_from_db()
    return visit.asked.state(timezone.now()) is not LinkState.OPEN


def _asked(visit: Visit, refused: Refused | None, *, sent: bool) -> HttpResponse:
    first = called(visit.asked.name, visit.asks_birth_date)
    context = {
        "title": _("Hello, %(name)s") % {"name": first},
        "lead": _("%(agent)s has prepared papers for you to read and sign.")
        % {"agent": visit.application.agent.name},
        "asks_birth_date": visit.asks_birth_date,
        "born": visit.request.POST.get("born", "")[:40],
        "mailbox": hidden_address(visit.asked.email),
        "code_sent_at": visit.asked.code_sent_at,
        "sent_now": sent,
    }
    return page(visit, "sign_who", context, refused)


def called(name: str, is_person: bool) -> str:
    """How somebody is greeted: a person by the first name, a trust or a business by the whole.

    >>> called("Kari Hope", True), called("The Hope Family Trust", False)
    ('Kari', 'The Hope Family Trust')
    """
    first = name.split(maxsplit=1)[:1]
    return first[0] if is_person and first else name


def hidden_address(email: str) -> str:
    """An address that its owner knows again and nobody else learns.

    >>> hidden_address("kari@example.com")
    'k•••@example.com'
    """
    name, _at, place = email.partition("@")
    return f"{name[:1]}•••@{place}"
