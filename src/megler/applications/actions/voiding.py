"""After a change: exactly the signatures on papers that read otherwise now end, and it is told."""

from collections.abc import Iterable
from datetime import datetime

from megler.applications.actions.holding import head_of, signers, today
from megler.applications.actions.mail import tell_of_void
from megler.applications.models import Application
from megler.applications.rules.signers import CLIENT_ROLES
from megler.forms.actions.voiding import Standing, outdated, void, void_strangers
from megler.forms.models import SignatureRequest
from megler.forms.rules.questionnaire import Answers, SignerRole
from megler.forms.rules.voiding import (
    answers_changed,
    contents,
    contents_for,
    forms_of_masked,
    questions_behind,
)
from megler.journal.rules.actors import Actor


def standing_of(held: Application, on: datetime, touched: Iterable[str] = ()) -> Standing:
    """What everybody would sign now."""
    made = held.questionnaire
    names = {role.value: person.name for role, person in signers(held, today(on)).items()}
    now = contents(made, held.given, head_of(held), names)
    each = {role: contents_for(made, now, names, role) for role in SignerRole}
    return Standing(each, frozenset(touched))


def void_outdated(
    held: Application, actor: Actor, at: datetime, before: Answers | None = None
) -> list[SignatureRequest]:
    """Void the signatures on papers that read otherwise now; returns them. Their signers are told.

    `before` are the answers before the change, to say which questions are behind it. Links that
    wait for somebody who does not sign any more, or has another address now, end too.
    """
    waiting = SignatureRequest.objects.about(held.subject).standing()
    if not waiting.exists():
        return []
    made = held.questionnaire
    changed = answers_changed(before, held.given) if before is not None else frozenset()
    standing = standing_of(held, at, forms_of_masked(made, changed))
    people = signers(held, today(at))
    void_strangers(
        actor, held.subject, {role: (one.name, one.email) for role, one in people.items()}, at
    )
    ended = []
    for request, forms in outdated(held.subject, standing):
        keys = questions_behind(made, changed, forms)
        void(actor, request, "answers_changed", at, changed=keys, forms=forms)
        ended.append(request)
        if SignerRole(request.role) in CLIENT_ROLES and request.email:
            tell_of_void(held, request, [made.section_of[key].title for key in keys], at)
    return ended
