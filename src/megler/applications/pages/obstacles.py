"""What keeps an application from being submitted: each with who can clear it, and the shortest way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from megler.accounts.models import User
from megler.applications.actions.holding import signers, today
from megler.applications.actions.submitting import not_in_good_order
from megler.applications.models import Application
from megler.applications.pages.asking import told
from megler.applications.pages.panel import Line, lines_of
from megler.applications.rules.signers import Person
from megler.forms.models import ROLE_NAMES
from megler.forms.rules.good_order import Missing
from megler.forms.rules.questionnaire import SignerRole


@dataclass(frozen=True)
class Obstacle:
    """One thing to clear: what it is, where it is done, and who can do it."""

    text: str
    url: str
    who: str
    way: str


def obstacles(held: Application, person: User, wrong: Iterable[Missing]) -> list[Obstacle]:
    """Everything in the way of submission, answers first, then signatures."""
    people = signers(held, today(None))
    errors = [one for one in wrong if one.is_error]
    lines = lines_of(held, errors, people)
    found = [_of_answer(held, one, line, people) for one, line in zip(errors, lines, strict=True)]
    return found + _of_signatures(held, person, people)


def _of_answer(
    held: Application, one: Missing, line: Line, people: Mapping[SignerRole, Person]
) -> Obstacle:
    who = held.agent.name
    if line.client is not None:
        who = people[line.client].name or str(ROLE_NAMES[line.client])
    url = f"?section={one.section}#q-{line.question}"
    way = _("Answer") if line.not_given else _("Put it right")
    return Obstacle(told(held.questionnaire, one), url, who, way)


def _of_signatures(
    held: Application, person: User, people: Mapping[SignerRole, Person]
) -> list[Obstacle]:
    unsigned: dict[str, list[str]] = {}
    for problem in not_in_good_order(held):
        if problem.code == "signature_missing":
            unsigned.setdefault(problem.found, []).append(_(problem.where))
    found = []
    for role, forms in unsigned.items():
        name = people[SignerRole(role)].name or str(ROLE_NAMES[SignerRole(role)])
        text = _("Not signed by %(name)s: %(forms)s.") % {"name": name, "forms": ", ".join(forms)}
        url, way = "#signing-title", _("Send the link")
        if role == SignerRole.AGENT:
            own = held.agent.user_id == person.pk
            url = reverse("application_sign", args=[held.pk]) if own else "#signing-title"
            way = _("Sign") if own else _("See")
        found.append(Obstacle(text, url, name, way))
    return found
