"""The agent's pages: only one's own, saved as typed, nobody's typing lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.applications.actions.answering import answer
from megler.applications.models import Application, State
from megler.applications.models_filling import GoodOrderCheck
from megler.applications.rules.moments import ApplicationSubmitted
from megler.forms.models import SignatureRequest
from megler.forms.rules.questionnaire import SignerRole
from megler.quoting.models import Quote
from tests.applications.conftest import marks, seen, sign_for_client

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HTMX = {"HX-Request": "true"}


def _url(name: str, application: Application, *more: str) -> str:
    return reverse(name, args=[application.pk, *more])


def _post(browser: Browser, application: Application, section: str, **typed: str) -> Any:
    """What the page sends by itself while somebody types; `__` stands for a dot."""
    page = browser.get(_url("application", application), {"section": section, "change": "1"})
    data = marks(page.content.decode()) | {"section": section}
    data |= {key.replace("__", "."): text for key, text in typed.items()}
    return browser.post(_url("application_answers", application), data, headers=HTMX)


def test_a_quotes_offer_becomes_an_application(browser: Browser, quote: Quote) -> None:
    answered = browser.post(reverse("application_start"), {"quote": str(quote.pk), "offer": "0"})
    made = Application.objects.get()
    assert answered.headers["Location"] == _url("application", made)


@pytest.mark.parametrize(
    ("quote_id", "offer", "status"), [("nonsense", "0", 404), (None, "5", 422), (None, "x", 422)]
)
def test_a_bad_start_is_answered_clearly(
    browser: Browser, quote: Quote, quote_id: str | None, offer: str, status: int
) -> None:
    data = {"quote": quote_id or str(quote.pk), "offer": offer}
    assert browser.post(reverse("application_start"), data).status_code == status
    assert not Application.objects.exists()


def test_somebody_elses_application_is_not_there(stranger: User, signed: Application) -> None:
    other = Browser()
    other.force_login(stranger, BACKEND)
    for name, more in (
        ("application", ()),
        ("application_packet", ()),
        ("application_paper", ("application",)),
        ("application_sign", ()),
    ):
        assert other.get(_url(name, signed, *more)).status_code == 404
    for name in ("answers", "ask", "sign", "submit", "withdraw"):
        assert other.post(_url(f"application_{name}", signed)).status_code == 404
    assert "Kari" not in other.get(reverse("applications")).content.decode()


@pytest.mark.parametrize("role", [Role.UNDERWRITER, Role.ACCOUNTING, Role.CARRIER])
def test_roles_that_may_not_apply_find_nothing(role: Role, started: Application) -> None:
    person = User.objects.create_user(f"{role}@example.com", name="X", role=role)
    other = Browser()
    other.force_login(person, BACKEND)
    assert other.get(reverse("applications")).status_code == 404
    assert other.get(_url("application", started)).status_code == 404


def test_every_section_is_shown(browser: Browser, complete: Application) -> None:
    for section in complete.questionnaire.sections:
        page = browser.get(_url("application", complete), {"section": section.key})
        assert page.status_code == 200
    assert browser.get(_url("application", complete), {"section": "nope"}).status_code == 404


def test_a_secret_number_never_reaches_the_page(browser: Browser, complete: Application) -> None:
    page = browser.get(_url("application", complete), {"section": "insured"}).content.decode()
    assert "•••-••-1121" in page
    assert "078051121" not in page.replace("-", "")


def test_what_is_typed_is_saved_and_what_is_left_is_told(
    browser: Browser, started: Application
) -> None:
    answered = _post(browser, started, "insured", insured_first_name="Kari").content.decode()
    started.refresh_from_db()
    assert started.given["insured_first_name"].value == "Kari"
    assert started.given["insured_first_name"].by == "Anna Berg"
    assert 'id="order"' in answered
    assert "Last name" in answered


def test_what_cannot_be_read_stays_as_typed_with_its_reason(
    browser: Browser, started: Application
) -> None:
    answered = _post(browser, started, "insured", insured_ssn="666-12-3456").content.decode()
    assert "cannot be a Social Security number" in answered
    page = browser.get(_url("application", started), {"section": "insured"}).content.decode()
    assert 'value="666-12-3456"' in page


def test_a_yes_brings_its_details(browser: Browser, started: Application) -> None:
    answered = _post(browser, started, "medical", med_heart="yes").content.decode()
    assert 'name="med_heart_details"' in answered


def test_an_address_and_a_list_are_saved_by_their_parts(
    browser: Browser, started: Application
) -> None:
    _post(
        browser,
        started,
        "insured",
        insured_address__street="1 Oak St",
        insured_address__zip="75001",
    )
    _post(
        browser,
        started,
        "beneficiaries",
        beneficiaries__sent="1",
        beneficiaries__0__name="Ola",
        beneficiaries__0__share="50",
        beneficiaries__3__name="Per",
    )
    started.refresh_from_db()
    assert started.given["insured_address"].value["street"] == "1 Oak St"
    assert started.given["beneficiaries"].value == [{"name": "Ola", "share": "50"}, {"name": "Per"}]


def test_an_item_is_added_and_removed(browser: Browser, started: Application) -> None:
    rows = {
        "beneficiaries__sent": "1",
        "beneficiaries__0__name": "Ola",
        "beneficiaries__1__name": "Per",
    }
    more = _post(browser, started, "beneficiaries", add="beneficiaries", **rows).content.decode()
    assert 'name="beneficiaries.2.name"' in more
    _post(browser, started, "beneficiaries", remove="beneficiaries.0", **rows)
    started.refresh_from_db()
    assert started.given["beneficiaries"].value == [{"name": "Per"}]


def _mark(browser: Browser, application: Application, key: str) -> str:
    page = browser.get(_url("application", application), {"section": "insured"}).content.decode()
    return marks(page)[f"was.{key}"]


def test_both_answers_are_shown_when_two_people_change_the_same(
    browser: Browser, staff: User, agent_user: User, started: Application
) -> None:
    mark = _mark(browser, started, "insured_first_name")
    answer(staff, started, {"insured_first_name": "Karen"}, started.version)
    typed = {
        "insured_first_name": "Kari",
        "was__insured_first_name": mark,
        "insured_last_name": "Hope",
    }

    both = _post(browser, started, "insured", **typed).content.decode()
    started.refresh_from_db()
    assert "Cara Holm changed this" in both
    assert "Karen" in both
    assert "Kari" in both
    assert started.given["insured_first_name"].value == "Karen"
    assert started.given["insured_last_name"].value == "Hope"

    _post(browser, started, "insured", keep="insured_first_name", **typed)
    started.refresh_from_db()
    assert started.given["insured_first_name"].value == "Kari"


def test_without_scripts_a_conflict_shows_both_and_saves_the_rest(
    browser: Browser, staff: User, started: Application
) -> None:
    mark = _mark(browser, started, "insured_first_name")
    answer(staff, started, {"insured_first_name": "Karen"}, started.version)
    data = {
        "section": "insured",
        "insured_first_name": "Kari",
        "was.insured_first_name": mark,
        "insured_last_name": "Hope",
    }
    shown = browser.post(_url("application_answers", started), data)
    started.refresh_from_db()
    assert shown.status_code == 422
    assert "Karen" in shown.content.decode()
    assert started.insured_name == "Karen Hope"


def test_a_field_left_alone_does_not_undo_somebody_elses_change(
    browser: Browser, staff: User, agent_user: User, started: Application
) -> None:
    held = answer(agent_user, started, {"insured_first_name": "Kari"}, started.version).application
    mark = _mark(browser, held, "insured_first_name")
    answer(staff, held, {"insured_first_name": "Karen"}, held.version)
    typed = {
        "insured_first_name": "Kari",
        "was__insured_first_name": mark,
        "insured_last_name": "Hope",
    }
    shown = _post(browser, held, "insured", **typed).content.decode()
    held.refresh_from_db()
    assert "changed this" not in shown
    assert held.insured_name == "Karen Hope"


def test_saving_without_scripts_goes_on_to_the_next_section(
    browser: Browser, started: Application
) -> None:
    data = {"section": "insured", "insured_first_name": "Kari"}
    answered = browser.post(_url("application_answers", started), data)
    assert answered.headers["Location"].endswith("?section=owner")


def test_answers_are_locked_once_signed_until_somebody_means_to_change_them(
    browser: Browser, signed: Application
) -> None:
    url = _url("application", signed)
    assert "Answers are locked" in browser.get(url).content.decode()
    page = browser.get(url, {"section": "report", "change": "1"}).content.decode()
    assert "hx-post" in page
    answered = _post(browser, signed, "report", report_known="over_5").content.decode()
    assert "The signature of Anna Berg no longer counts" in answered


def test_the_papers_are_pdf(browser: Browser, started: Application) -> None:
    answered = browser.get(_url("application_paper", started, "application"))
    assert b"".join(answered.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert browser.get(_url("application_paper", started, "replacement")).status_code == 404
    assert browser.get(_url("application_packet", started)).status_code == 404


def test_the_agent_asks_signs_and_submits(
    browser: Browser, complete: Application, handed_over: list[ApplicationSubmitted]
) -> None:
    browser.post(_url("application_ask", complete))
    assert SignatureRequest.objects.get().email == "kari@example.com"
    sign_for_client(complete)
    page = browser.get(_url("application_sign", complete)).content.decode()
    shown = seen(complete, SignerRole.AGENT, "Anna Berg")
    assert shown.seen_hash in page

    wrong = {"typed_name": "Bo Strand", "consent": "yes", "seen": shown.seen_hash}
    refused = browser.post(_url("application_sign", complete), wrong)
    assert refused.status_code == 422
    assert 'value="Bo Strand"' in refused.content.decode()

    browser.post(_url("application_sign", complete), {**wrong, "typed_name": "Anna Berg"})
    for _ in range(2):
        done = browser.post(_url("application_submit", complete), follow=True)
        assert "Submitted" in done.content.decode()
    complete.refresh_from_db()
    assert complete.state == State.SUBMITTED
    assert len(handed_over) == 1
    packet = browser.get(_url("application_packet", complete))
    assert packet.headers["Content-Disposition"].startswith("attachment")


def test_what_keeps_it_from_being_submitted_is_told_in_words(
    browser: Browser, started: Application
) -> None:
    page = browser.post(_url("application_submit", started), follow=True).content.decode()
    assert "First name: not answered yet." in page
    assert "keep it from being submitted" in page
    assert 'href="?section=insured#q-insured_first_name"' in page


def test_a_missing_signature_says_the_way_to_it(browser: Browser, complete: Application) -> None:
    once = {"once": "6f9b5b7e-6a52-4b63-a8f5-0c5c6c1e7f00"}
    page = browser.post(_url("application_submit", complete), once, follow=True).content.decode()
    assert GoodOrderCheck.objects.filter(application=complete, passed=False).count() == 1
    assert "Not signed by Kari Hope" in page
    assert f'href="{_url("application_sign", complete)}"' in page
    assert "not answered" not in page.split("<form")[1]


def test_the_list_goes_by_pages_names_numbers_and_states(
    browser: Browser, agent_user: User, make_quote: Callable[..., Quote]
) -> None:
    from megler.applications.actions.starting import start_from_quote

    quote = make_quote()
    made = [start_from_quote(agent_user, quote, 0) for _ in range(27)]
    answer(agent_user, made[3], {"insured_first_name": "Kari", "insured_last_name": "Hope"}, 1)
    url = reverse("applications")

    first = browser.get(url).content.decode()
    assert made[26].reference in first
    assert made[0].reference not in first
    older = browser.get(url, {"page": f"o{made[2].number}"}).content.decode()
    assert made[1].reference in older
    assert made[2].reference not in older
    newer = browser.get(url, {"page": f"n{made[1].number}"}).content.decode()
    assert made[2].reference in newer
    assert made[26].reference in newer

    assert made[3].reference in browser.get(url, {"q": "kari"}).content.decode()
    assert made[4].reference not in browser.get(url, {"q": made[3].reference}).content.decode()
    assert "Nothing found" in browser.get(url, {"state": "submitted"}).content.decode()


@pytest.mark.parametrize("name", ["applications", "application"])
def test_a_page_asks_the_database_a_fixed_number_of_times(
    name: str, browser: Browser, signed: Application, django_assert_max_num_queries: Any
) -> None:
    url = reverse(name) if name == "applications" else _url(name, signed)
    browser.get(url)
    with django_assert_max_num_queries(14):
        browser.get(url)
