"""One record of each kind, all of one agent's, by the parameter of the address that names it."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.utils import timezone

from megler.accounts.models import ApiKey, User
from megler.accounts.rules.roles import Role
from megler.applications.models_exchanges import Exchange
from megler.applications.models_messages import ApplicationMessage
from megler.applications.models_uploads import Upload
from megler.carriers.actions import publish_edition
from megler.carriers.drafts import keep_draft
from megler.carriers.models import Product
from megler.carriers.packages import read_files
from megler.cases.actions.papers import add_document, add_note, add_task
from megler.cases.models import Case, RequirementSet
from megler.documents.actions import Sent, receive
from megler.enquiries.actions.enclosing import record_evidence
from megler.events.models import Delivery, Event, Subscription
from megler.feeds.actions.receiving import receive_file
from megler.feeds.actions.sources import Words, settle_layout
from megler.feeds.actions.taking import take_file
from megler.feeds.models import FeedSource
from megler.feeds.rules.layouts import Layout
from megler.feeds.rules.words import USUAL_WAYS
from megler.journal.rules.actors import SYSTEM
from megler.papers.actions.arriving import put_into_tray
from megler.papers.models import CameBy, Destruction
from megler.portal.actions.asking import ask as ask_staff
from megler.portal.actions.delegating import delegate
from megler.portal.actions.letting import let_client_see
from megler.portal.actions.wanting import ask_for_change
from megler.portal.rules.wanted import Wanted
from megler.post.models import Message
from megler.quoting.actions.leads import Contact
from megler.quoting.actions.proposals import make_link
from megler.quoting.models import Lead, Proposal, Quote, QuoteLink
from megler.vocabulary.codes import RequirementKind
from megler.work.actions.snoozing import snooze
from megler.work.actions.tasks import hand_over
from megler.work.actions.teams import plan_absence, save_team
from tests.cases.cast import (
    EDITIONS,
    a_case,
    an_assistant,
    pdf,
)
from tests.cast import person
from tests.documents.files import picture
from tests.enquiries.cast import an_enquiry, send_all
from tests.orders.cast import order_objects
from tests.post.cast import a_partner, put_up
from tests.routines.making import IN_ORDER, TASK, a_routine


def one_of_each(owner: User) -> dict[str, str]:
    """By the parameter alone, or after the name of the one page or operation that means it so."""
    staff = person("Cole Staff", Role.ADMINISTRATOR)
    publish_edition(SYSTEM, read_files(EDITIONS / "nordhavn-life/guide"))
    case = a_case(owner.agent)
    paper = add_document(staff, case, pdf(), "exam.pdf", visible_to_agent=True)
    add_note(staff, case, "for the owner", for_agent=True)
    task = add_task(staff, case, "call", due_on=timezone.localdate())
    task = hand_over(staff.actor(), task, person=owner)
    empty = ("offers", "not_offered", "assumptions", "problems")
    answer: dict[str, Any] = {"facts": {"age": 40}, **{name: [] for name in empty}}
    quote = Quote.objects.create(
        agent=case.agent, made_by=owner, made_at=case.opened_at, on=case.opened_at.date(),
        facts={"age": 40}, answer=answer, editions=[],
    )  # fmt: skip
    proposal = Proposal.objects.create(
        quote=quote, made_by=owner, made_at=case.opened_at, language="en",
        prepared_for="Kari Hope", offers=[], document=paper.document,
    )  # fmt: skip
    link = make_link(owner, proposal)
    quote_link = QuoteLink.objects.create(
        agent=case.agent, title="Quotes", language="en", made_by=owner, made_at=case.opened_at
    )
    lead = Lead.objects.create(
        link=quote_link, quote=quote, contact=asdict(Contact("Kari Hope")), consent="yes",
        made_at=case.opened_at, form="form",
    )  # fmt: skip
    edition = publish_edition(SYSTEM, read_files(EDITIONS / "us-va/vgli-2019")).edition
    delivery = put_up(a_partner())
    exchange = Exchange.objects.create(
        application=case.application, source_kind="life", carrier_name="Polar Mutual",
        policy_number="P-1", started_at=case.opened_at,
    )  # fmt: skip
    sent = receive(owner.actor(), Sent("scan.png", picture()))
    upload = Upload.objects.create(
        application=case.application, document=sent, digest="0", by=owner, at=case.opened_at
    )
    received = ApplicationMessage.objects.create(
        application=case.application, direction="received", document=sent, at=case.opened_at,
        by_name=owner.name,
    )  # fmt: skip
    received.files.add(sent)
    victim = person("Vic Timm", Role.SERVICE)
    ApiKey.make(owner, "the owner's")
    hearing = Subscription.objects.create(
        name="CRM", address="https://example.com/", secret="whsec_AAAA", person=staff,
        made_at=case.opened_at,
    )  # fmt: skip
    waiting = Delivery.objects.create(
        subscription=hearing, event=Event.objects.earliest("id"), next_at=case.opened_at
    )
    question = ask_staff(owner, case, "When?")
    wanted = ask_for_change(owner, case, Wanted.AMOUNT, {"face_amount": "750000"})
    followed = let_client_see(owner, case)
    today = timezone.localdate()
    delegation = delegate(owner, owner.agent, an_assistant(case.agent).email, today)
    asked = an_enquiry(staff, case.agent, *Product.objects.filter(pk=case.product_id))
    child = send_all(staff, asked)[0]
    evidence = record_evidence(
        staff, asked, RequirementKind.APS, case.opened_at.date(), file=Sent("a.pdf", pdf())
    )
    scan = put_into_tray(staff.actor(), Sent("arrived.pdf", pdf(2)), CameBy.DROP)
    destruction = Destruction.objects.create(proposed_at=case.opened_at)
    change = case.changes.create(
        kind="amount", by_name=staff.name, at=case.opened_at, holds_from=case.opened_at.date()
    )
    alert = case.alerts.create(
        text="Stop", severity="stop", by_name=staff.name, raised_at=case.opened_at
    )
    issued = case.policies.create(
        position=1, policy_number="P-1", received_at=case.opened_at, by_name=staff.name
    )
    differs = issued.differences.create(part="mode", expected="monthly", found="annual")
    handed = case.deliveries.create(
        way="hand", to_name="Kari Hope", sent_at=case.opened_at, by_name=staff.name
    )
    together = RequirementSet.objects.create(name="Travel")
    helper = person("Hal Helper", Role.CASE_MANAGER)
    asleep = snooze(
        staff, f"case:{case.pk}", "case", ("case", case.pk),
        until=today + timedelta(days=1), reason="later",
    )  # fmt: skip
    absence = plan_absence(staff, helper, staff, since=today, until=today)
    return {
        **order_objects(staff, case),
        "snooze_id": str(asleep.pk),
        "routine_id": str(a_routine(staff, IN_ORDER, TASK).pk),
        "team_id": str(save_team(staff, "Term", [helper]).pk),
        "absence_id": str(absence.pk),
        "change_id": str(change.pk),
        "alert_id": str(alert.pk),
        "difference_id": str(differs.pk),
        "set_id": str(together.pk),
        "case_receipt.delivery_id": str(handed.pk),
        "POST /cases/{case_id}/policy-deliveries/{delivery_id}/receipt.delivery_id": str(handed.pk),
        "policy_link_file.paper_id": str(paper.pk),
        "case_change.kind": "amount",
        "arrival_id": str(scan.pk),
        "destruction_id": str(destruction.pk),
        "case_id": str(case.pk),
        "subscription_id": str(hearing.pk),
        "webhook_id": str(waiting.pk),
        "export.noun": "cases",
        "export.kind": "csv",
        "policy_number": case.reference,
        "section": "fundings",
        "event_id": str(Event.objects.filter(case=case, verb="case.opened").get().key),
        **fed(staff, case),
        "question_id": str(question.pk),
        "request_id": str(wanted.pk),
        "client_link_close.link_id": str(followed.pk),
        "delegation_id": str(delegation.pk),
        "enquiry_id": str(asked.pk),
        "evidence_id": str(evidence.pk),
        "carrier_id": str(child.pk),
        "enquiry_carrier_id": str(child.pk),
        "enquiry_act.act": "thank",
        "number": "0",
        "application_id": str(case.application_id),
        "upload_id": str(upload.pk),
        "application_message.message_id": str(received.pk),
        "application_message_file.message_id": str(received.pk),
        "application_message_file.document_id": str(sent.pk),
        "application_upload_original.number": "1",
        "exchange_id": str(exchange.pk),
        "exchange_step.step": "noted",
        "client_id": str(case.client_id),
        "agent_id": str(case.agent_id),
        "requirement_id": str(case.requirements.values_list("pk", flat=True)[0]),
        "paper_id": str(paper.pk),
        "task_id": str(task.pk),
        "quote_id": str(quote.pk),
        "proposal_id": str(proposal.pk),
        "link_id": str(link.pk),
        "quote_link.link_id": str(quote_link.pk),
        "quote_link_id": str(quote_link.pk),
        "lead_id": str(lead.pk),
        "embed.key": quote_link.key,
        "embed_colours.key": quote_link.key,
        "embed_contact.key": quote_link.key,
        "page": "1",
        "edition_id": str(edition.pk),
        "draft_id": str(keep_draft(SYSTEM, read_files(EDITIONS / "tundra-life/guide")).pk),
        "message_id": str(Message.objects.values_list("pk", flat=True)[0]),
        "delivery_id": str(delivery.pk),
        "partner_id": str(delivery.partner_id),
        "slug": "us-va",
        "pk": str(victim.pk),
        "demo_enter.pk": str(victim.pk),
        "key_revoke.pk": str(ApiKey.objects.get(user=owner).pk),
        "form_key": "application",
        "change_settle.act": "withdraw",
        "requirement_act.act": "waive",
        "case_act.act": "close",
        "act": "waive",
        "step": "confirm_good_order",
    }


def fed(staff: User, case: Case) -> dict[str, str]:
    """A carrier's file about the case, and what it changed."""
    source = FeedSource.objects.create(
        slug="pending",
        name="Pending",
        carrier=case.carrier,
        made_at=case.opened_at,
        ways=USUAL_WAYS,
    )
    head, row = "Policy Number,Our Number,Status", f"N1,{case.reference},Approved"
    file = receive_file(staff, source, "p.csv", f"{head}\n{row}\n".encode()).file
    layout = Layout(("Policy Number", "Our Number", "Status"), {
        "policy number": "policy_number", "our number": "our_number", "status": "status",
    })  # fmt: skip
    settle_layout(staff, file, layout, Words())
    take_file(file.pk)
    change = file.changes.order_by("seq").last()
    assert change is not None
    return {
        "source_id": str(source.pk),
        "file_id": str(file.pk),
        "row_id": str(change.row_id),
        "feed_change.change_id": str(change.pk),
        "feed_change.act": "accept",
        "source": source.slug,
        "feed_file_id": str(file.pk),
    }
