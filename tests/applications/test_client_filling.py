"""The client fills in their part: only theirs, known by their birth date, kept as they type."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from megler.accounts.models import User
from megler.applications.actions.answering import answer
from megler.applications.actions.filling import Asked, ask_to_fill, filler
from megler.applications.models import Application
from megler.applications.models_filling import FillLink
from megler.forms.rules.questionnaire import SignerRole
from megler.post.models import Message
from megler.vocabulary.problems import Refused
from tests.applications.conftest import marks

HTMX = {"HX-Request": "true"}
OWNED_BY_ANOTHER = {
    "owner_is_insured": "no",
    "owner_kind": "person",
    "owner_name": "Per Berg",
    "owner_born": "1980-01-02",
    "owner_email": "per@example.com",
}


def token_of(application: Application) -> str:
    text: str = (
        Message.objects.filter(about_id=str(application.pk), private=True).latest("created_at").text
    )
    return next(word for word in text.split() if "/fill/" in word).split("/fill/")[1].strip("/")


def asks(
    person: User, application: Application, role: SignerRole = SignerRole.INSURED, **more: str
) -> str:
    """Send the link; returns its token."""
    ask_to_fill(
        person, application, Asked(role, more.pop("name", "Kari Hope"), "k@example.com", **more)
    )
    return token_of(application)


@pytest.fixture
def phone() -> Browser:
    return Browser()


def enters(phone: Browser, token: str, born: str = "06/14/1985") -> Any:
    return phone.post(reverse("fill", args=[token]), {"born": born}, follow=True)


@pytest.fixture
def inside(agent_user: User, started: Application, phone: Browser) -> str:
    """The insured has opened their link; its token."""
    token = asks(agent_user, started)
    enters(phone, token)
    return token


def test_nothing_is_shown_before_the_birth_date(
    agent_user: User, started: Application, phone: Browser
) -> None:
    token = asks(agent_user, started)
    page = phone.get(reverse("fill", args=[token])).content.decode()
    assert "Your date of birth" in page
    assert "Medical" not in page
    assert phone.get(reverse("fill_section", args=[token, "medical"])).status_code == 302
    assert phone.get(reverse("fill_changes", args=[token, "medical"])).status_code == 404
    wrong = enters(phone, token, "06/15/1985")
    assert wrong.status_code == 422
    overview = enters(phone, token).content.decode()
    assert "Medical" in overview


def test_too_many_wrong_birth_dates_end_the_link(
    agent_user: User, started: Application, phone: Browser
) -> None:
    token = asks(agent_user, started)
    statuses = [enters(phone, token, "01/01/1990").status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 410]
    assert enters(phone, token).status_code == 410


def test_answers_are_kept_as_typed_by_the_client(
    phone: Browser, inside: str, started: Application
) -> None:
    address = reverse("fill_section", args=[inside, "medical"])
    data = marks(phone.get(address).content.decode()) | {"med_heart": "yes"}
    shown = phone.post(address, data, headers=HTMX)
    assert shown.headers["X-Version"]
    assert 'name="med_heart_details"' in shown.content.decode()
    started.refresh_from_db()
    given = started.given["med_heart"]
    assert (given.value, given.by, given.origin) == ("yes", "Kari Hope", "client")


def test_a_section_leads_on_without_scripts_and_back_again(
    phone: Browser, inside: str, started: Application
) -> None:
    overview = phone.get(reverse("fill", args=[inside])).content.decode()
    assert "Go on" in overview
    address = reverse("fill_section", args=[inside, "insured"])
    page = phone.get(address).content.decode()
    data = marks(page) | {"insured_phone": "(512) 555-0142"}
    following = phone.post(address, data).headers["Location"]
    assert following != address
    assert 'name="med_heart"' not in page
    assert "512-555-0142" in phone.get(address).content.decode()
    unread = phone.post(
        address, marks(phone.get(address).content.decode()) | {"insured_phone": "5"}
    )
    assert unread.status_code == 422


def test_what_is_not_the_clients_cannot_be_answered_by_the_link(
    phone: Browser, inside: str, started: Application
) -> None:
    address = reverse("fill_section", args=[inside, "insured"])
    phone.post(address, {"insured_first_name": "Eve", "cover_face_amount": "9"}, headers=HTMX)
    started.refresh_from_db()
    assert "insured_first_name" not in started.answers
    assert phone.get(reverse("fill_section", args=[inside, "report"])).status_code == 404


def test_each_client_sees_only_their_part(
    agent_user: User, started: Application, phone: Browser
) -> None:
    answer(agent_user, started, OWNED_BY_ANOTHER, started.version)
    owner = asks(agent_user, started, SignerRole.OWNER, name="Per Berg")
    overview = enters(phone, owner, "01/02/1980").content.decode()
    assert "Owner" in overview
    assert "Medical" not in overview
    assert phone.get(reverse("fill_section", args=[owner, "medical"])).status_code == 404
    page = phone.get(reverse("fill_section", args=[owner, "owner"])).content.decode()
    assert 'name="owner_ssn"' in page
    assert 'name="owner_born"' not in page


def test_the_agents_answer_appears_on_the_clients_page(
    agent_user: User, phone: Browser, inside: str, started: Application
) -> None:
    address = reverse("fill_changes", args=[inside, "insured"])
    since = {"since": str(started.version), "at": started.changed_at.isoformat()}
    assert phone.get(address, since).status_code == 204
    changed = {"insured_phone": "5125550199", "insured_first_name": "Kari"}
    answer(agent_user, started, changed, started.version)
    shown = phone.get(address, since).content.decode()
    assert "512-555-0199" in shown
    assert 'id="w-insured_first_name"' not in shown


def test_being_done_is_told_to_the_agent_once(
    agent_user: User, phone: Browser, complete: Application
) -> None:
    token = asks(agent_user, complete)
    assert "that you are done" in enters(phone, token).content.decode()
    for _ in range(2):
        phone.post(reverse("fill", args=[token]), {"step": "done"})
    told = Message.objects.filter(to=complete.agent.email, subject__contains="filled in")
    assert told.count() == 1
    assert FillLink.objects.get().done_at is not None


def test_links_that_cannot_be_used_say_why(
    agent_user: User, staff: User, complete: Application, phone: Browser, browser: Browser
) -> None:
    assert phone.get(reverse("fill", args=["nonsense"])).status_code == 404
    first = asks(agent_user, complete)
    second = asks(staff, complete)
    assert "newer link" in phone.get(reverse("fill", args=[first])).content.decode()
    assert browser.get(reverse("fill", args=[second])).status_code == 403
    FillLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert "expired" in phone.get(reverse("fill", args=[second])).content.decode()


def test_once_signed_the_answers_are_not_the_links_any_more(
    agent_user: User, signed: Application, phone: Browser
) -> None:
    token = asks(agent_user, signed)
    assert "being signed" in phone.get(reverse("fill", args=[token])).content.decode()
    section = reverse("fill_section", args=[token, "medical"])
    assert phone.post(section, {"med_heart": "yes"}, headers=HTMX).status_code == 410


def test_a_link_needs_a_client_a_name_and_an_address(
    agent_user: User, stranger: User, started: Application
) -> None:
    with pytest.raises(Refused) as refused:
        ask_to_fill(agent_user, started, Asked(SignerRole.OWNER, " ", "kari@"))
    assert [p.code for p in refused.value.problems] == [
        "no_such_client",
        "answer_missing",
        "not_an_email",
    ]
    with pytest.raises(Refused):
        ask_to_fill(stranger, started, Asked(SignerRole.INSURED, "Kari", "k@example.com"))
    assert not FillLink.objects.exists()


def test_the_agent_sends_the_link_from_the_page(
    browser: Browser, started: Application, phone: Browser
) -> None:
    data = {"role": "insured", "name": "Kari Hope", "email": "k@example.com", "language": "nb"}
    sent = browser.post(reverse("application_ask_to_fill", args=[started.pk]), data, follow=True)
    assert "on their way to Kari Hope" in sent.content.decode()
    assert Message.objects.get(private=True).language == "nb"
    page = phone.get(reverse("fill", args=[token_of(started)])).content.decode()
    assert 'lang="nb"' in page
    bad = browser.post(
        reverse("application_ask_to_fill", args=[started.pk]), {"role": "x"}, follow=True
    )
    assert "Nobody is asked" in bad.content.decode()


def test_the_page_asks_the_database_a_fixed_number_of_times(
    phone: Browser, inside: str, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    address = reverse("fill_section", args=[inside, "medical"])
    phone.get(address)
    with django_assert_max_num_queries(12):
        phone.get(address)


OWNED_BY_A_TRUST = {
    "owner_is_insured": "no",
    "owner_kind": "trust",
    "owner_name": "The Hope Family Trust",
    "owner_email": "k@example.com",
}


@pytest.fixture
def trusts(agent_user: User, started: Application) -> str:
    """The token of the link of a trust, of which no birth date is known."""
    answer(agent_user, started, OWNED_BY_A_TRUST, started.version)
    return asks(agent_user, started, SignerRole.OWNER, name="The Hope Family Trust")


def codes_sent(application: Application) -> list[str]:
    mails = Message.objects.filter(about_id=str(application.pk), private=True)
    texts = [str(mail.text) for mail in mails.order_by("created_at")]
    found = [re.search(r"^ +([0-9]{6})$", text, re.MULTILINE) for text in texts]
    return [one[1] for one in found if one]


def types_code(phone: Browser, token: str, code: str) -> Any:
    data = {"step": "code", "code": code}
    return phone.post(reverse("fill", args=[token]), data, follow=True)


def test_who_fills_in_for_a_trust_types_a_code_from_the_mailbox(
    phone: Browser, trusts: str, started: Application
) -> None:
    page = phone.get(reverse("fill", args=[trusts])).content.decode()
    phone.get(reverse("fill", args=[trusts]))
    assert "k•••@example.com" in page
    assert "Your date of birth" not in page
    assert "Hello, The Hope Family Trust" in page
    assert phone.get(reverse("fill_section", args=[trusts, "owner"])).status_code == 302
    (code,) = codes_sent(started)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert types_code(phone, trusts, wrong).status_code == 422
    assert types_code(phone, trusts, "").status_code == 422
    assert "Owner" in types_code(phone, trusts, f" {code[:3]} {code[3:]}").content.decode()
    assert phone.get(reverse("fill_section", args=[trusts, "owner"])).status_code == 200
    assert types_code(Browser(), trusts, code).status_code == 422


def test_a_trusts_code_dies_of_five_wrong_ones_and_of_a_newer_one(
    phone: Browser, trusts: str, started: Application
) -> None:
    phone.get(reverse("fill", args=[trusts]))
    (code,) = codes_sent(started)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(5):
        types_code(phone, trusts, wrong)
    assert types_code(phone, trusts, code).status_code == 422
    again = phone.post(reverse("fill", args=[trusts]), {"step": "new"})
    assert again.status_code == 422, "a minute has not passed"
    FillLink.objects.update(code_sent_at=timezone.now() - timedelta(minutes=2))
    assert phone.post(reverse("fill", args=[trusts]), {"step": "new"}).status_code == 200
    newer = codes_sent(started)[-1]
    if newer != code:
        assert types_code(phone, trusts, code).status_code == 422
    assert types_code(phone, trusts, newer).status_code == 200


def test_a_link_ends_when_somebody_else_owns_the_policy(
    agent_user: User, started: Application
) -> None:
    held = answer(agent_user, started, OWNED_BY_ANOTHER, started.version).application
    whom = Asked(SignerRole.OWNER, "Per Berg", "per@example.com")
    link = ask_to_fill(agent_user, held, whom)
    held = answer(agent_user, held, {"owner_name": "Per N. Berg"}, held.version).application
    own = answer(filler(link), held, {"owner_email": "berg@example.com"}, held.version)
    link.refresh_from_db()
    assert link.closed_at is None

    again = ask_to_fill(
        agent_user, own.application, Asked(SignerRole.OWNER, "Per", "berg@example.com")
    )
    other = {"owner_name": "Ida Lie", "owner_email": "ida@example.com"}
    answer(agent_user, own.application, other, own.application.version)
    again.refresh_from_db()
    assert again.closed_why == "signer_changed"
    page = Browser().get(reverse("fill", args=[token_of(held)]))
    assert page.status_code == 410
