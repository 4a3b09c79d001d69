"""Opening a case when an application is submitted."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from megler.applications.models import Application
from megler.applications.rules.moments import ApplicationSubmitted
from megler.cases.actions.agents import take_agents
from megler.cases.actions.calling import called_for, decimal, detail_of, raised_by
from megler.cases.actions.duties import put_up_review
from megler.cases.actions.holding import happened, put_down
from megler.cases.actions.parties import take_parties
from megler.cases.actions.people import raise_for
from megler.cases.actions.raising import raise_requirement
from megler.cases.models import Case
from megler.cases.names import DocumentKind
from megler.cases.rules.parties import PartyRole
from megler.cases.rules.status import Act, CaseFacts, move
from megler.cases.rules.words import Holder, Status
from megler.clients.actions import grant_access
from megler.journal.rules.actors import SYSTEM
from megler.vocabulary.problems import Problem, Refused


def open_case_from_application(moment: ApplicationSubmitted) -> None:
    """Open the case of an application that was submitted; once, however often it is called.

    Copies what was applied for, raises what the carrier's guide calls for at this age and amount,
    attaches the signed papers, lets the agent see the client, and puts up the review.
    """
    with transaction.atomic():
        application = (
            Application.objects.select_related(
                "agent__user", "client", "product__carrier", "packet"
            )
            .select_for_update(of=("self",), no_key=True)
            .get(pk=moment.application_id)
        )
        if Case.objects.filter(application=application).exists():
            return
        case = _open(application, moment.at)
        take_agents(case, application, moment.at)
        parties = take_parties(case, application, moment.at)
        called = called_for(application, timezone.localtime(moment.at).date())
        raised = [
            raise_requirement(
                case,
                one.kind,
                raised_by(one),
                moment.at,
                detail=detail_of(one),
                valid_days=one.valid_days,
            )
            for one in called
        ]
        for party in parties:
            if party.role == PartyRole.JOINT_INSURED:
                raised += raise_for(case, party, moment.at)
        _attach_packet(case, application, moment.at)
        _let_see(case, moment.at)
        put_down(case, moment.at, raised)
        told = {"application": str(application.pk), "requirements": [str(c.kind) for c in called]}
        happened(SYSTEM, case, "case.opened", told, moment.at)
        put_up_review(case, moment.at)


def _open(application: Application, at: datetime) -> Case:
    facts, _problems = move(CaseFacts(Status.DRAFT), Act.SUBMIT)
    offer: dict[str, Any] = application.offer
    if application.client is None:
        raise Refused(Problem("missing", "client", "", "the person to insure"))
    case = Case.objects.create(
        application=application,
        agent=application.agent,
        client=application.client,
        product=application.product,
        carrier=application.product.carrier,
        currency=offer.get("currency") or "USD",
        edition=offer.get("edition") or "",
        class_applied=offer.get("class_name") or offer.get("class") or "",
        premium_applied=decimal(offer.get("premium")),
        face_amount_applied=decimal(offer.get("face_amount")),
        mode_applied=offer.get("mode") or "",
        term_years_applied=offer.get("term_years"),
        status=facts.status.value,
        status_since=at,
        holder=Holder.AGENCY.value,
        holder_since=at,
        next_step="review",
        opened_at=at,
        changed_at=at,
        version=0,
    )
    case.refresh_from_db(fields=["number"])
    return case


def _attach_packet(case: Case, application: Application, at: datetime) -> None:
    if application.packet:
        case.documents.create(
            document=application.packet, kind=DocumentKind.APPLICATION, added_at=at
        )


def _let_see(case: Case, at: datetime) -> None:
    """The agents and who works for them see the client from now on."""
    for one in case.agents.select_related("agent__user"):
        for person in one.agent.side():
            grant_access(SYSTEM, case.client, person, at)
