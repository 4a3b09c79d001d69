"""Making proposals from saved quotes, and the private links by which clients read them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from megler.accounts.limits import within
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.carriers.models import Edition
from megler.documents.actions import store
from megler.documents.typesetting import typeset
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.licensing.models import Agency
from megler.post.actions.messages import send
from megler.quoting.actions.quotes import premiums_of, replay
from megler.quoting.models import Proposal, ProposalLink, Quote
from megler.quoting.printing import Paper, proposal_data, title_of
from megler.quoting.rules.proposals.choice import choice_problems, usual_choice
from megler.vocabulary.problems import Problem, Refused

NAME_MAX = 200
DAYS_USUAL, DAYS_MAX = 30, 365
OPENINGS_A_MINUTE = 60
"""From one address: a page with its pictures opened again and again, and no guessing."""


@cache
def _template() -> bytes:
    return resources.files("megler.quoting").joinpath("typst", "proposal.typ").read_bytes()


def propose(
    person: User,
    quote: Quote,
    *,
    prepared_for: str,
    language: str,
    offers: Sequence[int] | None = None,
    at: datetime | None = None,
) -> Proposal:
    """Put offers of a saved quote (default: the three cheapest) on paper. Raises `Refused`.

    The quote is priced anew from its own editions, so that every sentence is in the proposal's
    language; a cent that differs from what was saved is refused.
    """
    _may_act_on(person, quote)
    at = at or timezone.now()
    answer = _answer(quote, language)
    chosen = usual_choice(answer["offers"]) if offers is None else tuple(offers)
    prepared_for = " ".join(prepared_for.split())
    if problems := _problems(quote, answer, chosen, prepared_for):
        raise Refused(problems)
    editions = Edition.objects.select_related("carrier").defer("content")
    paper = Paper(
        answer=answer,
        chosen=chosen,
        prepared_for=prepared_for,
        made_on=timezone.localdate(at),
        language=language,
        agency=Agency.ours(),
        agent=quote.agent,
        made_by=person.name,
        editions=list(editions.filter(pk__in=quote.editions)),
    )
    with override(language):
        content, name = typeset(_template(), proposal_data(paper)), title_of(paper)
    with transaction.atomic():
        document = store(content, f"{name}.pdf", person.actor(), at)
        made = Proposal.objects.create(
            quote=quote,
            made_by=person,
            made_at=at,
            language=language,
            prepared_for=paper.prepared_for,
            offers=list(paper.chosen),
            document=document,
        )
        told = {"quote": str(quote.pk), "offers": len(paper.chosen), "sha256": document.sha256}
        record(person.actor(), "proposal.made", made.subject, told, at)
    return made


def _may_act_on(person: User, quote: Quote) -> None:
    seen = Quote.objects.visible_to(person).filter(pk=quote.pk).exists()
    if not person.may(Can.QUOTE) or not seen:
        raise Refused(Problem("not_allowed", "proposal"))


def _answer(quote: Quote, language: str) -> dict[str, Any]:
    if language not in dict(settings.LANGUAGES):
        raise Refused(Problem("unknown_language", "language", language[:20]))
    with override(language):
        return replay(quote)


def _problems(
    quote: Quote, answer: dict[str, Any], chosen: tuple[int, ...], prepared_for: str
) -> list[Problem]:
    problems = choice_problems(chosen, answer["offers"])
    if not prepared_for:
        problems.append(Problem("missing", "prepared_for", "", "a name"))
    if len(prepared_for) > NAME_MAX:
        found = str(len(prepared_for))
        problems.append(Problem("too_long", "prepared_for", found, str(NAME_MAX)))
    if premiums_of(answer) != premiums_of(quote.answer):
        problems.append(Problem("proposal_differs", "quote", str(quote.pk)))
    return problems


def address_of(link: ProposalLink) -> str:
    """The private link's address."""
    return settings.PUBLIC_URL + reverse("proposal_open", args=[link.token])


def make_link(
    person: User,
    proposal: Proposal,
    *,
    to: str = "",
    days: int = DAYS_USUAL,
    at: datetime | None = None,
) -> ProposalLink:
    """A private link to a proposal, mailed `to` an address when one is given. Raises `Refused`."""
    _may_act_on(person, proposal.quote)
    if not 1 <= days <= DAYS_MAX:
        raise Refused(Problem("link_days", "days", str(days), str(DAYS_MAX)))
    at = at or timezone.now()
    token = ProposalLink.new_token()
    with transaction.atomic():
        link = ProposalLink.objects.create(
            proposal=proposal,
            token=token,
            token_digest=ProposalLink.digest_of(token),
            to=to.strip().lower(),
            made_by=person,
            made_at=at,
            expires_at=at + timedelta(days=days),
        )
        told = {"link": str(link.pk), "days": days, "mailed": bool(link.to)}
        record(person.actor(), "proposal.link_made", proposal.subject, told, at)
        if link.to:
            _mail(link, days, at)
    return link


def _mail(link: ProposalLink, days: int, at: datetime) -> None:
    proposal = link.proposal
    agent = proposal.quote.agent
    told = {
        "name": proposal.prepared_for,
        "agent": agent.name if agent else link.made_by.name,
        "link": address_of(link),
        "days": days,
    }
    with override(proposal.language):
        send(
            link.to,
            _("Your insurance proposal from %(agent)s") % told,
            _(
                "Dear %(name)s,\n\n"
                "%(agent)s has prepared a comparison of insurance offers for you. Read it on your "
                "phone or computer:\n\n%(link)s\n\n"
                "The link is yours alone and works for %(days)d days. If you did not expect this, "
                "do nothing.\n"
            )
            % told,
            proposal.subject,
            to_name=proposal.prepared_for,
            language=proposal.language,
            private=True,
            at=at,
        )


def revoke_link(person: User, link: ProposalLink, at: datetime | None = None) -> ProposalLink:
    """Close a private link; closing it again changes nothing. Raises `Refused`."""
    _may_act_on(person, link.proposal.quote)
    at = at or timezone.now()
    with transaction.atomic():
        locked = ProposalLink.objects.select_for_update(no_key=True).get(pk=link.pk)
        if locked.revoked_at is None:
            locked.revoked_at = at
            locked.save(update_fields=["revoked_at"])
            told = {"link": str(locked.pk)}
            record(person.actor(), "proposal.link_revoked", link.proposal.subject, told, at)
    return locked


def may_open(address: str, at: datetime | None = None) -> bool:
    """Whether somebody at this network address may try one more private link now."""
    return within("proposal.open", address, OPENINGS_A_MINUTE, timedelta(minutes=1), at)


def find_open_link(token: str, at: datetime | None = None) -> ProposalLink | None:
    """The link that a token opens. An unknown, an expired and a revoked one are alike: None."""
    found = ProposalLink.objects.open_at(at or timezone.now())
    related = "proposal__document", "proposal__quote__agent__firm", "proposal__made_by"
    return found.select_related(*related).filter(token_digest=ProposalLink.digest_of(token)).first()


def reader(link: ProposalLink, address: str) -> Actor:
    """Whoever reads by a private link, as the journal knows them."""
    return Actor(str(link.pk), link.proposal.prepared_for, "reader", address)


def note_opening(link: ProposalLink, actor: Actor, at: datetime | None = None) -> None:
    """Note that somebody opened the proposal by its link."""
    at = at or timezone.now()
    with transaction.atomic():
        ProposalLink.objects.filter(pk=link.pk, opened_first_at=None).update(opened_first_at=at)
        ProposalLink.objects.filter(pk=link.pk).update(
            opened_last_at=at, times_opened=F("times_opened") + 1
        )
        record(actor, "proposal.opened", link.proposal.subject, {"link": str(link.pk)}, at)
