"""Having an application signed: asking the client, the private link, the agent's own signature."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.applications.actions.checks import counted
from megler.applications.actions.holding import (
    in_hand,
    keep_insured,
    missing,
    papers_for,
    signed,
    signers,
    state_by_signatures,
    still_open,
    today,
    whose_turn,
)
from megler.applications.actions.mail import code_mail, invitation, tell_agent
from megler.applications.actions.voiding import void_outdated
from megler.applications.models import Application
from megler.applications.models_filling import Occasion
from megler.applications.rules.signers import (
    CLIENT_ROLES,
    forms_signed_by,
    keeps_from_asking,
)
from megler.forms.actions import identity, signatures
from megler.forms.models import ROLE_NAMES, SignatureRequest
from megler.forms.rules.questionnaire import SignerRole, forms_needed
from megler.forms.rules.signing import LinkState, Signature, asks_place, link_problems, next_signer
from megler.journal.rules.actors import Actor
from megler.vocabulary.problems import Problem, Refused


def ask_client_to_sign(
    person: User, application: Application, at: datetime | None = None
) -> SignatureRequest:
    """Send the private link to the client whose turn it is; a link sent before stops working.

    What the client can answer may still be missing: the link asks for it. Raises `Refused`.
    """
    at = at or timezone.now()
    with counted(application, Occasion.ASK, at), transaction.atomic():
        held = in_hand(application.pk, person)
        still_open(held)
        void_outdated(held, person.actor(), at)
        turn = whose_turn(held, today(at))
        if turn not in CLIENT_ROLES:
            raise Refused(Problem("already_signed", held.insured_name))
        _ready_for_client(held, turn, at)
        keep_insured(held, person.actor(), at)
        return _ask(held, turn, person.actor(), at)


def _ready_for_client(held: Application, turn: SignerRole, at: datetime) -> None:
    """Raises `Refused` with what only the agent can put right."""
    forms = forms_signed_by(held.questionnaire, held.given, turn)
    if left := keeps_from_asking(missing(held, today(at)), forms):
        raise Refused(one.problem for one in left)


def _ask(held: Application, role: SignerRole, actor: Actor, at: datetime) -> SignatureRequest:
    who = signers(held, today(at))[role]
    signer = signatures.Signer(role, who.name, who.email)
    language = signatures.language_known(held.subject, signer) or get_language()
    with override(language):
        mail = invitation(held, who)
        request = signatures.request_signature(actor, held.subject, signer, mail, at)
    held.state = state_by_signatures(held)
    held.changed_at = at
    held.save()
    return request


def send_code_to_client(
    actor: Actor, request: SignatureRequest, at: datetime | None = None, *, first: bool = False
) -> None:
    """Send the signer a one-time code; with `first` only when none was sent yet. Raises `Refused`."""
    held = Application.objects.select_related("agent").get(pk=request.subject_id)
    send = identity.send_first_code if first else identity.send_code
    send(actor, request, code_mail(held, request), at)


def identify_client(
    actor: Actor,
    request: SignatureRequest,
    code: str,
    born: date | None,
    at: datetime | None = None,
) -> list[Problem]:
    """Whether it is the signer who opened the link: the code, and the birth date where we know it.

    Returns what is wrong; nothing when it is the signer.
    """
    at = at or timezone.now()
    held = Application.objects.select_related("agent").get(pk=request.subject_id)
    known = birth_date_of(held, SignerRole(request.role), at)
    if known and born is None:
        return [Problem("birth_date_missing", "born")]
    return identity.identify(actor, request, code, None if known is None else born == known, at)


def birth_date_of(held: Application, role: SignerRole, at: datetime | None = None) -> date | None:
    """The birth date that tells the signer from others; none is known of a business."""
    person = signers(held, today(at)).get(role)
    return person.born if person else None


def sign_as_client(
    actor: Actor,
    request: SignatureRequest,
    given: Signature,
    user_agent: str = "",
    at: datetime | None = None,
) -> SignatureRequest:
    """Sign by the private link. Raises `Refused`: the link is not good, it is not their turn,
    answers are missing, or what was shown is not what stands now."""
    at = at or timezone.now()
    with transaction.atomic():
        held = in_hand_of(request)
        request.refresh_from_db()
        role = SignerRole(request.role)
        if problems := link_problems(request.state(at), request.name):
            raise Refused(problems)
        still_open(held)
        _their_turn(held, role, at)
        _in_good_order(held, role, at)
        _place_is_said(held, role, given)
        papers = papers_for(held, role, actor, at)
        done = signatures.sign(actor, request, papers, given, user_agent=user_agent, at=at)
        _go_on(held, done, actor, at)
    return done


def in_hand_of(request: SignatureRequest) -> Application:
    """The application that a request is about, locked."""
    found = Application.objects.get(pk=request.subject_id)
    return in_hand(found.pk)


def _their_turn(held: Application, role: SignerRole, at: datetime) -> None:
    done = signed(held)
    turn = next_signer(signers(held, today(at)), done)
    if turn is None or role in done:
        raise Refused(Problem("already_signed", str(ROLE_NAMES[role])))
    if turn is not role:
        where, first = str(ROLE_NAMES[role]), str(ROLE_NAMES[turn])
        raise Refused(Problem("not_your_turn", where, "", first))


def _in_good_order(held: Application, role: SignerRole, at: datetime) -> None:
    """Nobody signs a form that is not complete; the agent signs last, so everything must be."""
    forms = forms_signed_by(held.questionnaire, held.given, role)
    wrong = [
        one.problem
        for one in missing(held, today(at))
        if one.is_error and (one.form in forms or role is SignerRole.AGENT)
    ]
    if wrong:
        raise Refused(wrong)


def _place_is_said(held: Application, role: SignerRole, given: Signature) -> None:
    """Some forms ask in which city and state they are signed."""
    if asks_place(forms_needed(held.questionnaire, held.given), role) and not given.signed_in:
        raise Refused(Problem("place_missing", "signed_in"))


def _go_on(held: Application, done: SignatureRequest, actor: Actor, at: datetime) -> None:
    """After a client's signature: the next client is asked, or the agent is told."""
    keep_insured(held, actor, at)
    held.changed_at = at
    held.save()
    turn = whose_turn(held, today(at))
    if turn in CLIENT_ROLES:
        _ask(held, turn, actor, at)
        return
    tell_agent(
        held,
        _("signed by the client"),
        _("%(name)s has signed. It is your turn to sign and submit."),
        {"name": done.name},
        at,
    )


def decline_as_client(
    actor: Actor, request: SignatureRequest, reason: str, at: datetime | None = None
) -> SignatureRequest:
    """The client will not sign as it stands; the agent is told where to read why."""
    at = at or timezone.now()
    with transaction.atomic():
        held = in_hand_of(request)
        still_open(held)
        done = signatures.decline(actor, request, reason, at)
        held.state = state_by_signatures(held)
        held.changed_at = at
        held.save()
        tell_agent(
            held,
            _("not signed"),
            _("%(name)s did not sign and said why. Put it right and send a new link."),
            {"name": done.name},
            at,
        )
    return done


def sign_as_agent(
    person: User,
    application: Application,
    given: Signature,
    user_agent: str = "",
    at: datetime | None = None,
) -> SignatureRequest:
    """The agent signs, in person and last. Nobody signs in an agent's name. Raises `Refused`."""
    at = at or timezone.now()
    if gone := _clients_outdated(person, application, at):
        raise Refused(Problem("signature_outdated", one.name) for one in gone)
    with transaction.atomic():
        held = in_hand(application.pk, person)
        if held.agent.user_id != person.pk:
            raise Refused(Problem("agent_signs_alone", held.agent.name))
        still_open(held)
        _their_turn(held, SignerRole.AGENT, at)
        _in_good_order(held, SignerRole.AGENT, at)
        _place_is_said(held, SignerRole.AGENT, given)
        actor = person.actor()
        void_outdated(held, actor, at)
        papers = papers_for(held, SignerRole.AGENT, actor, at)
        signer = signatures.Signer(SignerRole.AGENT, held.agent.name, held.agent.email)
        done = signatures.sign_directly(
            actor, held.subject, signer, papers, given, user_agent=user_agent, at=at
        )
        held.state = state_by_signatures(held)
        held.changed_at = at
        held.save()
    return done


def _clients_outdated(
    person: User, application: Application, at: datetime
) -> list[SignatureRequest]:
    """Signatures of clients on papers that read otherwise now: ended for good, as the agent is last."""
    with transaction.atomic():
        held = in_hand(application.pk, person)
        if not held.is_open or held.agent.user_id != person.pk:
            return []
        gone = void_outdated(held, person.actor(), at)
        if gone:
            held.state, held.changed_at = state_by_signatures(held), at
            held.save()
    return [one for one in gone if SignerRole(one.role) in CLIENT_ROLES]


def link_is_open(request: SignatureRequest, at: datetime | None = None) -> bool:
    """Whether the link can be signed with now."""
    return request.state(at or timezone.now()) is LinkState.OPEN
