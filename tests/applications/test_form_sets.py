"""An application takes its carrier's own form set, and a newer edition of it."""

import io
from typing import Any

import pytest
from django.test import Client as Browser
from pypdf import PdfReader

from megler.accounts.models import User
from megler.applications.actions.answering import answer
from megler.applications.actions.filling import Asked, ask_to_fill
from megler.applications.actions.holding import missing, papers, today
from megler.applications.actions.renewing import take_newer_forms
from megler.applications.actions.signing import ask_client_to_sign
from megler.applications.actions.starting import start_from_quote
from megler.applications.models import Application
from megler.applications.pages.reading import open_questions
from megler.carriers.actions import form_set_for, publish_edition
from megler.carriers.models import Edition
from megler.forms.rules.questionnaire import SignerRole
from megler.journal.rules.actors import SYSTEM
from megler.quoting.models import Quote
from megler.vocabulary.problems import Refused
from tests.applications.conftest import sign_for_client
from tests.form_sets import HEAD, INSURED, NOTICE, QUESTIONNAIRE, package

FJORD = HEAD.replace("tundra-life", "fjord-life").replace("Tundra Life", "Fjord Life")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def published(changes: dict[str, Any] | None = None) -> Edition:
    files = package({"edition.toml": FJORD, **(changes or {})})
    return publish_edition(SYSTEM, files).edition


def later(day: str, changes: dict[str, Any] | None = None) -> Edition:
    head = FJORD.replace("effective_from = 2020-01-01", f"effective_from = {day}")
    newer = QUESTIONNAIRE.replace('edition = "2020-01"', 'edition = "2024-01"')
    return published({"edition.toml": head, "questionnaire.toml": newer, **(changes or {})})


@pytest.fixture
def started(agent_user: User, quote: Quote) -> Application:
    published()
    return start_from_quote(agent_user, quote, 0)


ANSWERS = {
    "insured_first_name": "Kari",
    "insured_last_name": "Hope",
    "insured_email": "kari@example.com",
    "insured_ssn": "078-05-1121",
    "takes_medication": "yes",
    "medications": [{"name": "metformin", "kind": "daily"}],
}


def test_it_asks_what_the_carriers_form_set_asks(started: Application) -> None:
    assert started.questionnaire.key == "small"
    assert started.given["signed_in"].value == "TX"
    assert started.given["insured_born"].value == "1985-06-14"
    assert {one.question for one in missing(started, today(None))} == {
        "insured_first_name", "insured_last_name", "insured_email", "takes_medication",
    }  # fmt: skip


def test_the_carriers_own_pdf_is_filled(agent_user: User, started: Application) -> None:
    held = answer(agent_user, started, ANSWERS, started.version).application
    assert missing(held, today(None)) == []
    (paper,) = papers(held, agent_user.actor())
    fields = PdfReader(io.BytesIO(paper.document.read())).get_fields() or {}
    told = {name: str(field.get("/V") or "") for name, field in fields.items()}
    assert told["first"] == "Kari"
    assert told["last"] == "HOPE"
    assert told["ssn"] == "078-05-1121"
    assert told["npn"] == held.agent.npn
    assert (told["med_yes"], told["med_no"]) == ("/Yes", "")
    assert told["drug1"] == "metformin"


def test_a_field_of_an_item_is_needed_only_where_it_is_asked(
    agent_user: User, started: Application
) -> None:
    needed = {"medications": [{"name": "metformin", "kind": "needed"}]}
    held = answer(agent_user, started, ANSWERS | needed, started.version).application
    assert [(one.problem.code, one.part) for one in missing(held, today(None))] == [
        ("answer_missing", "Last taken")
    ]


def test_what_does_not_fit_is_written_out_behind_the_form(
    agent_user: User, started: Application
) -> None:
    drugs = [{"name": name, "kind": "daily"} for name in ("metformin", "Ωμέγα-3", "lisinopril")]
    held = answer(agent_user, started, ANSWERS | {"medications": drugs}, started.version)
    (paper,) = papers(held.application, agent_user.actor())
    read = PdfReader(io.BytesIO(paper.document.read()))
    assert len(read.pages) == 2
    text = read.pages[1].extract_text()
    assert "Ωμέγα-3" in text
    assert "lisinopril" in text


def test_forms_and_their_questions_come_with_state_and_age(
    agent_user: User, started: Application
) -> None:
    old = {"signed_in": "NY", "insured_born": "1950-01-01"}
    held = answer(agent_user, started, ANSWERS | old, started.version).application
    assert "notice_read" in [one.question for one in missing(held, today(None))]
    assert [paper.form_key for paper in papers(held, agent_user.actor())] == [
        "application", "notice",
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_form_set_that_names_the_product_comes_first() -> None:
    published()
    head = FJORD.replace('series = "term-forms"', 'series = "own-forms"')
    own = published({"edition.toml": head.replace("[form_set]", 'products = ["term"]\n[form_set]')})
    day = today(None)
    assert form_set_for("fjord-life", "term", "term_life", day) == own
    assert form_set_for("fjord-life", "level", "term_life", day) != own
    assert form_set_for("fjord-life", "term-2", "annuity", day) is None


@pytest.mark.django_db
def test_a_form_set_published_meanwhile_is_seen_at_once() -> None:
    day = today(None)
    assert form_set_for("fjord-life", "term", "term_life", day) is None
    first = published()
    assert form_set_for("fjord-life", "term", "term_life", day) == first
    assert form_set_for("fjord-life", "term", "term_life", day) != later("2024-01-01")
    assert form_set_for("fjord-life", "term", "term_life", day) != first


def test_a_stale_form_is_not_in_good_order(agent_user: User, started: Application) -> None:
    held = answer(agent_user, started, ANSWERS, started.version).application
    later("2024-01-01")
    (one,) = missing(held, today(None))
    assert (one.problem.code, one.problem.found, one.problem.expected) == (
        "form_stale", "2020-01", "2023-12-31",
    )  # fmt: skip


def test_the_carrier_may_still_take_the_earlier_form(
    agent_user: User, started: Application
) -> None:
    held = answer(agent_user, started, ANSWERS, started.version).application
    newer = QUESTIONNAIRE.replace('edition = "2020-01"', 'edition = "2024-01"').replace(
        'purpose = "application"', 'purpose = "application"\nearlier_until = 2199-12-31'
    )
    later("2024-01-01", {"questionnaire.toml": newer})
    assert missing(held, today(None)) == []


def test_the_newer_edition_keeps_every_answer_it_asks_for(
    agent_user: User, started: Application
) -> None:
    held = answer(agent_user, started, ANSWERS, started.version).application
    newer = later("2024-01-01", {"sections/insured.toml": INSURED + _EXTRA})
    done = take_newer_forms(agent_user, held)
    assert done.application.form_set == newer
    assert done.let_go == []
    assert done.application.given["insured_ssn"].value == "078051121"
    assert [one.question for one in missing(done.application, today(None))] == ["shoe_size"]
    again = take_newer_forms(agent_user, done.application)
    assert again.application.version == done.application.version


_EXTRA = """
[[questions]]
key = "shoe_size"
type = "whole"
text = "Shoe size"
required = true
"""


def test_taking_newer_forms_ends_the_signatures_on_what_reads_otherwise(
    agent_user: User, started: Application
) -> None:
    held = answer(agent_user, started, ANSWERS, started.version).application
    ask_client_to_sign(agent_user, held)
    sign_for_client(held)
    later("2024-01-01")
    done = take_newer_forms(agent_user, held)
    assert [one.name for one in done.voided] == ["Kari Hope"]


def test_the_page_says_that_there_are_newer_forms_and_takes_them(
    agent_user: User, started: Application
) -> None:
    browser = Browser()
    browser.force_login(agent_user, backend=BACKEND)
    address = f"/applications/{started.pk}/"
    assert "newer forms" not in browser.get(f"{address}newer/").content.decode()
    later("2024-01-01")
    part = browser.get(f"{address}newer/").content.decode()
    assert "The carrier has newer forms" in part
    assert "2020-01 → 2024-01" in part
    page = browser.post(f"{address}renew/", follow=True).content.decode()
    assert "Every answer is kept" in page
    started.refresh_from_db()
    assert started.form_set is not None
    assert started.form_set.effective_from.isoformat() == "2024-01-01"


def test_who_is_asked_nothing_gets_no_link(agent_user: User, started: Application) -> None:
    whom = Asked(SignerRole.INSURED, "Kari Hope", "kari@example.com")
    with pytest.raises(Refused) as refused:
        ask_to_fill(agent_user, started, whom)
    assert [one.code for one in refused.value.problems] == ["nothing_to_fill"]


def test_what_a_client_must_still_answer_may_hang_on_the_line_or_on_what_is_worked_out(
    agent_user: User, quote: Quote
) -> None:
    asked = 'required = true\nwhen = { line = ["term_life"], insured_age = { min = 18 } }'
    published(
        {
            "sections/notice.toml": NOTICE.replace("required = true", asked),
            "questionnaire.toml": QUESTIONNAIRE.replace(
                'when = { signed_in = ["NY"], insured_age = { min = 60 } }', ""
            ),
        }
    )
    held = start_from_quote(agent_user, quote, 0)
    groups = open_questions(held, SignerRole.INSURED)
    assert [one.key for group in groups for one in group.questions] == ["notice_read"]
