"""Taking an enquiry in hand, and what every action on one shares."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.enquiries import names
from megler.enquiries.models import Enquiry, EnquiryCarrier
from megler.enquiries.names import EnquiryState
from megler.enquiries.rules.asking import Act, State, move
from megler.post.actions.messages import send
from megler.vocabulary.problems import Problem, Refused


def moment(at: datetime | None) -> datetime:
    """When something is done: now, unless history is being built."""
    return at or timezone.now()


def in_hand(person: User, enquiry_id: UUID, needs: Can, version: int | None = None) -> Enquiry:
    """The enquiry, locked until the transaction ends. Raises `Refused` when the person may not."""
    if not person.may(needs):
        raise Refused(Problem("not_allowed", "enquiry"))
    held = locked(enquiry_id, Enquiry.objects.visible_to(person).filter(pk=enquiry_id).exists())
    if version is not None and version != held.version:
        raise Refused(Problem("changed_meanwhile", held.reference, str(version), str(held.version)))
    return held


def locked(enquiry_id: UUID, is_seen: bool = True) -> Enquiry:
    """The enquiry, locked, with what is told of it."""
    found = Enquiry.objects.filter(pk=enquiry_id).select_related("agent__user", "client", "quote")
    held = found.select_for_update(of=("self",), no_key=True).first() if is_seen else None
    if held is None:
        raise Refused(Problem("nothing_here", "enquiry"))
    return held


def still_open(held: Enquiry) -> None:
    """Refuse to do anything more with one that is closed."""
    if held.state == EnquiryState.CLOSED:
        raise Refused(Problem("enquiry_closed", held.reference))


def put_down(held: Enquiry, at: datetime) -> None:
    """Count the change, and save."""
    held.changed_at = at
    held.version += 1
    held.save()


def children(held: Enquiry) -> list[EnquiryCarrier]:
    """The carriers asked, by name."""
    found = held.carriers.select_related("carrier", "product", "answer")
    return list(found.order_by("carrier__name", "product__name", "pk"))


def child_of(held: Enquiry, child_id: UUID) -> EnquiryCarrier:
    """One of them as it stands now."""
    found = next((one for one in children(held) if one.pk == child_id), None)
    if found is None:
        raise Refused(Problem("nothing_here", "carrier"))
    return found


def step(child: EnquiryCarrier, act: Act) -> None:
    """Move a carrier's part by the rules; not saved. Raises `Refused`."""
    after, problems = move(State(child.state), act)
    if problems:
        found = str(names.STATE[child.state])
        raise Refused([Problem(one.code, child.carrier.name, found) for one in problems])
    child.state = after.value


def enquiry_url(held: Enquiry) -> str:
    """The enquiry's page."""
    return reverse("enquiry", args=[held.pk])


def tell_agent(
    held: Enquiry, text: "str | Promise", told: dict[str, str], done_by: object, at: datetime
) -> None:
    """Write to the agent about what somebody else did. Never a word of health, nor an offer's class."""
    user = held.agent.user
    if user is not None and user.pk == done_by:
        return
    language = (user.language if user else "") or settings.LANGUAGE_CODE
    with override(language):
        said = str(text) % told
        words = {
            "name": held.agent.name,
            "said": said,
            "link": settings.PUBLIC_URL + enquiry_url(held),
        }
        body = _("Hello %(name)s,\n\n%(said)s\n\nSee the enquiry: %(link)s\n") % words
        send(
            held.agent.email,
            f"{held.reference}: {said.rstrip('.')}",
            body,
            held.subject,
            to_name=held.agent.name,
            language=language,
            at=at,
        )
