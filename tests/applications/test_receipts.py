"""Money with an application under a carrier's own form set: allowed, forbidden, on page and API."""

import json
from typing import Any

import pytest
from django.urls import reverse

from megler.accounts.models import User
from megler.applications.actions.answering import answer
from megler.applications.actions.holding import missing, papers, today
from megler.applications.actions.starting import start_from_quote
from megler.applications.models import Application
from megler.carriers.actions import publish_edition
from megler.carriers.rules.checks import check_edition
from megler.journal.rules.actors import SYSTEM
from megler.quoting.models import Quote
from tests.applications.test_exchange_pages import seen_by
from tests.form_sets import HEAD, QUESTIONNAIRE, package

FJORD = HEAD.replace("tundra-life", "fjord-life").replace("Tundra Life", "Fjord Life")
RECEIPT = """
[receipt]
kind = "conditional"
form = "receipt"
max_amount = 600000
max_age = 70
questions = ["med_heart"]
premium_months = 2
limit = 250000
start = "later"
ends_after_days = 60
excluded = ["KS"]
"""
FORM = """
[[forms]]
key = "receipt"
number = "CR-1"
name = "Conditional receipt"
edition = "2020-01"
purpose = "conditional_receipt"
signers = ["insured", "agent"]
when = { demanded = ["conditional_receipt"] }
statements = ["Money was taken."]

[[derived]]
"""
MONEY = """
key = "money"
title = "Money"
form = "application"
asked_of = "agent"

[[questions]]
key = "med_heart"
type = "yes_no"
text = "A disorder of the heart?"
short = "Heart"
required = true

[[questions]]
key = "money_with_application"
type = "yes_no"
text = "Is a premium paid with this application?"
required = true

[[questions]]
key = "money_amount"
type = "money"
text = "Amount paid"
required = true
when = { money_with_application = ["yes"] }
"""
ANSWERS = {
    "insured_first_name": "Kari",
    "insured_last_name": "Hope",
    "insured_email": "kari@example.com",
    "takes_medication": "no",
    "med_heart": "no",
    "money_with_application": "yes",
    "money_amount": "75.42",
}


def files(receipt: str = RECEIPT) -> dict[str, bytes]:
    told = QUESTIONNAIRE.replace('"notice"]', '"notice", "money"]').replace("[[derived]]", FORM, 1)
    changes = {
        "edition.toml": FJORD,
        "questionnaire.toml": told + receipt,
        "sections/money.toml": MONEY,
    }
    return package(changes)


@pytest.fixture
def started(agent_user: User, quote: Quote) -> Application:
    publish_edition(SYSTEM, files())
    return start_from_quote(agent_user, quote, 0)


def answered(person: User, held: Application, **more: Any) -> Application:
    return answer(person, held, ANSWERS | more, held.version).application


def told(person: User, held: Application) -> Any:
    found = seen_by(person).get(f"/api/v1/applications/{held.pk}/receipt")
    assert found.status_code == 200
    return json.loads(found.content)


def test_money_may_be_taken_and_its_receipt_is_in_the_packet(
    agent_user: User, started: Application
) -> None:
    held = answered(agent_user, started)
    assert missing(held, today(None)) == []
    assert "receipt" in {paper.form_key for paper in papers(held, agent_user.actor())}
    found = told(agent_user, held)
    assert found["may"] is True
    assert (found["limit"], found["least"], found["start"]) == ("250000", "75.42", "later")
    text = seen_by(agent_user).get(reverse("application_replacement", args=[held.pk])).text
    assert "May be taken" in text
    assert "$250,000" in text
    assert "60 days after it begins" in text


def test_a_health_answer_forbids_it_and_says_which(agent_user: User, started: Application) -> None:
    held = answered(agent_user, started, med_heart="yes")
    (one,) = missing(held, today(None))
    assert (one.problem.code, one.question) == ("money_not_allowed", "money_with_application")
    text = seen_by(agent_user).get(reverse("application_replacement", args=[held.pk])).text
    assert "Cash on delivery" in text
    assert "A health question was answered yes: Heart." in text


def test_a_health_question_that_nobody_has_to_answer_leaves_it_open(
    agent_user: User, quote: Quote
) -> None:
    optional = MONEY.replace('short = "Heart"\nrequired = true', 'short = "Heart"')
    publish_edition(SYSTEM, {**files(), "sections/money.toml": optional.encode()})
    started = start_from_quote(agent_user, quote, 0)
    held = answered(agent_user, started, med_heart="", insured_email="")
    assert {one.problem.code for one in missing(held, today(None))} == {"answer_missing"}
    held = answered(agent_user, held, med_heart="")
    assert [one.problem.code for one in missing(held, today(None))] == ["money_left_open"]
    held = answered(agent_user, held, med_heart="no")
    assert missing(held, today(None)) == []


def test_too_little_money_is_told(agent_user: User, started: Application) -> None:
    held = answered(agent_user, started, money_amount="37.71")
    (one,) = missing(held, today(None))
    assert (one.problem.code, one.question) == ("money_too_little", "money_amount")


def test_a_state_that_is_excluded_takes_no_money(agent_user: User, started: Application) -> None:
    held = answered(agent_user, started, signed_in="KS")
    assert [one.problem.code for one in missing(held, today(None))] == ["money_not_allowed"]
    assert [why["code"] for why in told(agent_user, held)["reasons"]] == ["receipt_state"]


def test_without_money_there_is_no_receipt(agent_user: User, started: Application) -> None:
    held = answered(agent_user, started, money_with_application="no", money_amount="")
    assert missing(held, today(None)) == []
    assert "receipt" not in {paper.form_key for paper in papers(held, agent_user.actor())}


def test_a_form_set_without_a_receipt_takes_no_money(agent_user: User, quote: Quote) -> None:
    publish_edition(SYSTEM, files(""))
    held = answered(agent_user, start_from_quote(agent_user, quote, 0))
    assert [one.problem.code for one in missing(held, today(None))] == ["money_not_allowed"]
    assert [why["code"] for why in told(agent_user, held)["reasons"]] == ["receipt_none"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('questions = ["med_heart"]', 'questions = ["med_hart"]'), "question_missing"),
        (('form = "receipt"', 'form = "recept"'), "form_missing"),
        (("max_age = 70", "max_age = 700"), "out_of_range"),
        (("max_amount = 600000", "max_amount = 6e5"), "not_an_amount"),
    ],
)
def test_a_receipt_that_cannot_hold_is_not_published(change: tuple[str, str], code: str) -> None:
    edition, _, problems = check_edition(files(RECEIPT.replace(*change)))
    assert edition is None
    assert [problem.code for problem in problems] == [code]
    assert problems[0].where.startswith("questionnaire.toml receipt")
