"""An old policy's exchange in the demo: begun with the application, tracked to its end."""

import random
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from megler.accounts.rules.roles import Role
from megler.applications.actions.starting import start_from_quote
from megler.applications.models import Application
from megler.applications.models_exchanges import Exchange, ExchangeState
from megler.carriers.models import Carrier, Product
from megler.demo.actions.applicants import an_applicant
from megler.demo.actions.exchanging import begin, tracked
from megler.demo.actions.telling import Told
from megler.demo.rules.applicants import EXCHANGING, Applicant, Wish, answers_of
from megler.licensing.models import Agent
from megler.quoting.models import Quote
from tests.applications.complete import FACTS, OFFER
from tests.cast import PASSWORD, person

TERM = Wish("term_life", 250_000, 20, "monthly")


def replaces(seed: int) -> Applicant:
    dice = random.Random(seed)
    somebody = an_applicant(dice, timezone.localdate())
    return replace(somebody, replaced=EXCHANGING, wish=TERM)


@pytest.fixture
def told(db: None) -> Told:
    user = person("Morgan Bailey", Role.AGENT, PASSWORD)
    agent = Agent.objects.create(
        user=user, name=user.name, email=user.email, npn="4711", jurisdiction="TX",
        since="2020-01-01",
    )  # fmt: skip
    begun = timezone.now() - timedelta(days=200)
    return Told(random.Random(1), agent, timezone.get_default_timezone(), begun)


@pytest.fixture
def held(told: Told) -> Application:
    carrier = Carrier.objects.create(slug="fjord-life", name="Fjord Life")
    Product.objects.create(carrier=carrier, code="term", name="Fjord Term", line="term_life")
    quote = Quote.objects.create(
        agent=told.agent, made_by=told.seller, made_at=told.at, on=told.at.date(),
        facts=deepcopy(FACTS), answer={"offers": [deepcopy(OFFER)]}, editions=[],
    )  # fmt: skip
    return start_from_quote(told.seller, quote, 0, told.at)


@pytest.mark.parametrize("seed", range(6))
def test_it_is_tracked_until_the_money_is_there_or_it_is_refused(
    told: Told, held: Application, seed: int
) -> None:
    applicant = replaces(seed)
    manager = person("Marcus Bell", Role.CASE_MANAGER, PASSWORD)
    begin(told, held, applicant)
    moments = list(tracked(told.beside(), held, applicant, manager))
    assert moments == sorted(moments)
    assert len(moments) >= 3
    exchange = Exchange.objects.get()
    assert exchange.policy_number == applicant.replaced_number
    assert exchange.state in {ExchangeState.ARRIVED, ExchangeState.REFUSED}
    assert (exchange.arrived is not None) == (exchange.state == ExchangeState.ARRIVED)


def test_who_replaces_no_policy_exchanges_none(told: Told, held: Application) -> None:
    nobody = replace(replaces(1), replaced="")
    assert list(tracked(told, held, nobody, told.seller)) == []


def test_what_the_applicant_says_of_the_old_policy_agrees_with_the_exchange() -> None:
    said = answers_of(replaces(2), timezone.localdate())
    old = said["existing_cover"][0]
    assert (old["how"], old["company"]) == ("exchange", EXCHANGING)
    assert said["replacing_funds"] == "yes"
    final = replace(replaces(2), wish=Wish("final_expense", 10_000, None, "monthly"))
    assert answers_of(final, timezone.localdate())["existing_cover"][0]["how"] == "lapse"
