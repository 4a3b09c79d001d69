"""The demo agency: whole, in order, alive, the same every time, and nobody is written to.

Built twice for this file alone: building takes as long as a hundred other tests.
"""

from collections import defaultdict
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.carriers.models import Carrier, Edition, Product, carriers_of
from megler.cases.models import Case
from megler.demo.actions.build import build_demo, is_built, one_of_each, sign_ins
from megler.demo.actions.form_sets import EDITION_DAYS, NEWEST_DAYS
from megler.demo.actions.showing import PROPOSALS
from megler.documents.models import Document
from megler.events.models import Subscription
from megler.insight.models import Review
from megler.journal.actions import verify
from megler.journal.models import Entry
from megler.licensing.models import Agency, Agent, Delegation
from megler.orders.models import Vendor
from megler.portal.models import ChangeRequest, ClientLink, Question
from megler.post.models import Delivery, Message, MessageState, TradingPartner
from megler.quoting.actions.quotes import premiums_of, replay
from megler.quoting.models import Proposal, ProposalLink, Quote, QuoteLink
from megler.work.rules.calendar import is_business_day
from tests.demo.actions.conftest import AT, Built


def test_the_same_seed_on_the_same_day_makes_the_same_agency(built: Built) -> None:
    assert built.again == built.made
    assert len(built.made) >= 5


def test_everybody_is_there(built: Built) -> None:
    assert Carrier.objects.count() == 10
    assert Product.objects.count() >= 40
    assert Agent.objects.count() == 4
    assert set(User.objects.values_list("role", flat=True)) == set(Role)
    for person in User.objects.filter(role=Role.CARRIER):
        assert carriers_of(person).count() == 1


def test_form_sets_take_effect_shortly_before_the_day(built: Built) -> None:
    days = Edition.objects.filter(kind="form_set").values_list("series", "effective_from")
    newest = timezone.localtime(AT).date() - timedelta(days=NEWEST_DAYS)
    assert sorted(days) == [
        ("illness-forms", newest),
        ("life-forms", newest - timedelta(days=EDITION_DAYS)),
        ("life-forms", newest),
    ]


def test_one_of_each_role_may_sign_in_with_the_password_told(built: Built) -> None:
    told = sign_ins()
    assert len(told) == len(Role)
    for _role, name, email, password in told:
        person = User.objects.get(email=email)
        assert person.name == name
        assert person.check_password(password)


def test_every_case_moves_forward_in_time_and_in_office_hours(built: Built) -> None:
    assert Case.objects.count() >= 4
    by_case: dict[str, list[datetime]] = defaultdict(list)
    for entry in Entry.objects.filter(subject_type="case").order_by("pk"):
        by_case[entry.subject_id].append(entry.at)
    for times in by_case.values():
        assert times == sorted(times)
        assert all(is_business_day(timezone.localtime(at).date()) for at in times)
    assert all(at <= AT for times in by_case.values() for at in times)


def test_a_placed_case_has_its_signed_packet_and_its_policy(built: Built) -> None:
    placed = Case.objects.filter(outcome="placed").select_related("application__packet")
    assert placed.exists()
    for case in placed:
        assert case.policy_number
        assert case.application.packet is not None
        assert case.application.packet.pages >= 3
        assert not case.requirements.filter(state__in=["needed", "ordered"]).exists()


def test_nobody_is_written_to(built: Built) -> None:
    assert Message.objects.exists()
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.KEPT}


def test_every_quote_replays_to_the_cent(built: Built) -> None:
    for kept in Quote.objects.all():
        assert premiums_of(replay(kept)) == premiums_of(kept.answer)


def test_the_journal_is_sealed_but_for_its_last_line(built: Built, settings: object) -> None:
    settings.VAR_DIR = _folder_of_the_head()  # type: ignore[attr-defined]
    problems, sealed, unsealed = verify()
    assert problems == []
    assert sealed > 100
    assert unsealed == 1


def _folder_of_the_head() -> object:
    from django.core.files.storage import default_storage

    first = Document.objects.order_by("created_at").first()
    assert first is not None
    return default_storage.path("")


def test_progress_is_told_to_the_end(built: Built) -> None:
    last = {what: (done, total) for done, total, what in built.told}
    assert set(last) == {"editions", "people", "cases", "journal"}
    assert all(done == total for done, total in last.values())


def test_a_built_agency_is_not_built_again(built: Built) -> None:
    before = Entry.objects.count()
    build_demo(lambda *_step: pytest.fail("built again"), cases=1, agents=1)
    assert is_built()
    assert Entry.objects.count() == before


def test_the_agency_has_its_name_and_mark(built: Built) -> None:
    ours = Agency.ours()
    assert ours.name
    assert ours.logo is not None
    assert ours.logo.pages == 1


def test_the_agent_to_sign_in_as_has_proposals_and_a_quote_link(built: Built) -> None:
    agent = Agent.objects.get(user=dict(one_of_each())[Role.AGENT])
    proposals = Proposal.objects.filter(quote__agent=agent)
    assert 1 <= proposals.count() <= PROPOSALS
    assert ProposalLink.objects.filter(proposal__in=proposals).count() == proposals.count()
    assert QuoteLink.objects.filter(agent=agent, is_on=True).count() == 1


def test_the_agents_side_is_alive_and_a_webhook_waits_for_its_address(built: Built) -> None:
    agent = Agent.objects.get(user=dict(one_of_each())[Role.AGENT])
    asked = list(Question.objects.filter(case__agent=agent))
    assert [one.answered_at is not None for one in asked].count(True) == 1
    under_way = Case.objects.filter(agent=agent).exclude(status__in=["closed", "in_force"])
    wanted = ChangeRequest.objects.filter(case__agent=agent, state="open")
    assert wanted.exists() is under_way.exists()
    assert ClientLink.objects.filter(case__agent=agent, revoked_at=None).count() == 1
    assert Delegation.objects.filter(agent=agent).count() == 1
    hook = Subscription.objects.get()
    assert not hook.is_on
    assert hook.deliveries.filter(state="waiting").exists()


def test_a_review_of_the_book_is_asked_for(built: Built) -> None:
    assert Review.objects.count() == 1


def test_every_carrier_receives_and_the_latest_packages_are_under_way(built: Built) -> None:
    slugs = set(TradingPartner.objects.values_list("slug", flat=True))
    carriers = set(Carrier.objects.values_list("slug", flat=True))
    vendors = set(Vendor.objects.values_list("slug", flat=True))
    assert slugs == carriers | vendors
    assert len({one.secret for one in TradingPartner.objects.all()}) == len(slugs)
    under_way = list(Delivery.objects.all())
    assert under_way
    for delivery in under_way:
        assert delivery.state == "waiting"
        names = [one.name for one in delivery.files.all()]
        assert [name.rpartition(".")[2] for name in names] == ["pdf", "xml"]
