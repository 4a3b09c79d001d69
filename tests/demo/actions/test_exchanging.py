"""An old policy's exchange in the demo: begun with the application, tracked to its end."""

import random
from dataclasses import replace

import pytest
from django.utils import timezone

from megler.accounts.rules.roles import Role
from megler.applications.models import Application
from megler.applications.models_exchanges import Exchange, ExchangeState
from megler.demo.actions.applicants import an_applicant
from megler.demo.actions.exchanging import begin, tracked
from megler.demo.actions.telling import Told
from megler.demo.rules.applicants import EXCHANGING, Applicant, Wish, answers_of
from tests.cast import PASSWORD, person

TERM = Wish("term_life", 250_000, 20, "monthly")


def replaces(seed: int) -> Applicant:
    dice = random.Random(seed)
    somebody = an_applicant(dice, timezone.localdate())
    return replace(somebody, replaced=EXCHANGING, wish=TERM)


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
