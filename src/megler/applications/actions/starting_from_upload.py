"""Starting an application from a filled form: what is on the paper is not typed again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.applications.actions.holding import today
from megler.applications.actions.scrubbing import (
    Scrubbed,
    answers_of,
    judge,
    offer_of,
    own_agent,
)
from megler.applications.actions.uploading import add_document, digest_of, read_upload
from megler.applications.models import Application
from megler.carriers.models import Product
from megler.documents.actions import Sent, examine_all, keep
from megler.documents.models import Standing
from megler.journal.actions import record
from megler.licensing.models import Agent
from megler.vocabulary.problems import Problem, Refused


def start_from_upload(
    person: User,
    files: Sequence[Sent],
    *,
    agent: Agent | None = None,
    product: Product | None = None,
    at: datetime | None = None,
) -> Application:
    """Start an application from a PDF, or photos, of a known form set, filled or half filled.

    The answers come from its fields. The agent is the person's own unless another is named, the
    product that of the form, or the one chosen. The file stands among the application's uploads.
    Raises `Refused`, and keeps nothing.
    """
    at = at or timezone.now()
    agent = agent or own_agent(person)
    problems = []
    if not person.may(Can.APPLY):
        problems.append(Problem("not_allowed", "application"))
    if agent is None:
        problems.append(Problem("agent_missing", "agent_npn"))
    elif not Agent.objects.acted_for_by(person).filter(pk=agent.pk).exists():
        problems.append(Problem("not_allowed", "agent", agent.name))
    if not files:
        problems.append(Problem("upload_nothing", "files"))
    if problems or agent is None:
        raise Refused(problems)
    digest = digest_of(files)
    examined = examine_all(files)
    if len(examined) != 1:
        raise Refused(Problem("upload_one_file", "files", str(len(examined))))
    if examined[0].standing != Standing.CLEAR:
        raise Refused(Problem("document_in_quarantine", examined[0].name))
    found = judge(examined[0], agent, today(at), at)
    held = _begun(person, found, product, agent, at)
    with transaction.atomic():
        held.save(force_insert=True)
        held.refresh_from_db(fields=["number"])
        told = {"product": held.product.code, "filled_in": len(held.answers), "upload": digest}
        record(person.actor(), "application.started", held.subject, told, at)
        made = add_document(person, held, keep(person.actor(), examined[0], at), digest, at)
    read_upload(person, made, at)
    return held


def _begun(
    person: User, found: Scrubbed, product: Product | None, agent: Agent, at: datetime
) -> Application:
    """The application, not yet saved. Raises `Refused` where its forms or product are not known."""
    known, opened, held = found.known, found.opened, found.application
    if known is None or opened is None or held is None:
        raise Refused(Problem("scrub_no_set"))
    chosen = product if product and product.carrier.slug == known.carrier else found.product
    if chosen is None:
        raise Refused(Problem("scrub_choose_product", "product"))
    held.product, held.agent, held.started_by = chosen, agent, person
    raws = opened.read.raws
    held.offer = offer_of(chosen, raws)
    held.answers = answers_of(known.asked, raws, at)
    return held
