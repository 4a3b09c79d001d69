"""The pages of replacement, exchanges and money: what they show, to whom, and what they refuse."""

from copy import deepcopy
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.applications.actions.answering import answer
from megler.applications.actions.exchanges import send_request, start_exchange
from megler.applications.models import Application
from megler.applications.models_exchanges import (
    Exchange,
    ExchangeState,
    ReplacementCorrections,
)
from megler.applications.rules.replacement_table import STATE_COLUMNS
from tests.applications.complete import COMPLETE
from tests.applications.conftest import _person
from tests.applications.test_exchanges import RAW

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HTMX = {"HX-Request": "true"}
OLD = {
    "company": "Polar <b>Mutual</b>",
    "policy_number": "P-1",
    "kind": "life",
    "amount": "250000",
    "year_issued": "2010",
    "replace": "yes",
    "how": "surrender",
}
HEAD = ",".join(STATE_COLUMNS)
ROW = "ND,life,2020-01-01,any,naic_1984,replacing:owner,applies,3 business,,20,3,ours,asked,,"


def seen_by(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user, BACKEND)
    return browser


@pytest.fixture
def replacing(agent_user: User, started: Application) -> Application:
    """An application that replaces a policy of Polar Mutual."""
    given: dict[str, Any] = deepcopy(COMPLETE) | {
        "has_existing": "yes",
        "existing_cover": [OLD],
        "replacing": "yes",
        "report_replacing": "yes",
        "replacing_funds": "yes",
        "replacing_reason": "Cheaper",
    }
    return answer(agent_user, started, given, started.version).application


def page(browser: Browser, name: str, pk: object, **query: str) -> str:
    found = browser.get(reverse(name, args=[pk]), query)
    assert found.status_code == 200, found.status_code
    return found.content.decode()


def test_the_answer_tells_state_rule_papers_notices_and_money(
    agent_user: User, replacing: Application
) -> None:
    text = page(seen_by(agent_user), "application_replacement", replacing.pk)
    assert "What Texas asks" in text
    assert "Tex. Ins. Code ch. 1114" in text
    assert "Notice regarding replacement" in text
    assert "In the packet" in text
    assert "30 days after delivery" in text
    assert "The carrier&#x27;s own forms are not held here." in text
    assert "<b>Mutual</b>" not in text


def test_beside_the_questions_the_answer_is_short(agent_user: User, replacing: Application) -> None:
    url = reverse("application_replacement", args=[replacing.pk])
    text = seen_by(agent_user).get(url, headers=HTMX).content.decode()
    assert "<html" not in text
    assert "Notice regarding replacement" in text


def test_without_answers_the_pages_are_there(agent_user: User, started: Application) -> None:
    browser = seen_by(agent_user)
    assert "No policy in force is listed" in page(browser, "application_replacement", started.pk)
    assert "Nothing is replaced" in page(browser, "application_comparison", started.pk)
    url = reverse("application_comparison", args=[started.pk])
    assert browser.get(url, {"as": "pdf"}).status_code == 404


def test_the_comparison_is_a_page_and_a_paper(agent_user: User, replacing: Application) -> None:
    browser = seen_by(agent_user)
    text = page(browser, "application_comparison", replacing.pk)
    assert "ask the insurer" in text
    assert "$500,000" in text
    paper = browser.get(reverse("application_comparison", args=[replacing.pk]), {"as": "pdf"})
    assert paper.content.startswith(b"%PDF")
    assert paper.headers["Cache-Control"] == "private, no-store"


def test_the_notice_is_a_letter_to_an_insurer_that_is_replaced(
    agent_user: User, replacing: Application
) -> None:
    browser, url = seen_by(agent_user), reverse("application_notice", args=[replacing.pk])
    assert browser.get(url, {"company": OLD["company"]}).content.startswith(b"%PDF")
    assert browser.get(url, {"company": "Tundra Life"}).status_code == 404
    assert browser.get(url).status_code == 404


def test_an_exchange_is_filled_in_from_what_the_application_knows(
    agent_user: User, replacing: Application
) -> None:
    text = page(seen_by(agent_user), "exchange_new", replacing.pk, policy="0")
    assert 'value="P-1"' in text
    assert "Polar &lt;b&gt;Mutual&lt;/b&gt;" in text


@pytest.mark.parametrize("policy", ["7", "-1", "x", ""])
def test_a_policy_that_is_not_listed_gives_an_empty_form(
    agent_user: User, replacing: Application, policy: str
) -> None:
    assert 'value="P-1"' not in page(
        seen_by(agent_user), "exchange_new", replacing.pk, policy=policy
    )


def test_checking_tells_and_starts_nothing(agent_user: User, replacing: Application) -> None:
    url = reverse("exchange_new", args=[replacing.pk])
    found = seen_by(agent_user).post(url, RAW | {"same_owner": "no", "do": "check"})
    text = found.content.decode()
    assert found.status_code == 200
    assert "Does not cover it" in text
    assert "The owner must be the same before and after." in text
    assert "Let the present owner apply" in text
    assert not Exchange.objects.exists()


def test_a_refused_start_tells_why_and_keeps_what_was_typed(
    agent_user: User, replacing: Application
) -> None:
    url = reverse("exchange_new", args=[replacing.pk])
    bad = RAW | {"same_owner": "no", "policy_number": "P-77", "do": "start"}
    found = seen_by(agent_user).post(url, bad)
    assert found.status_code == 422
    assert 'value="P-77"' in found.content.decode()
    found = seen_by(agent_user).post(url, {"do": "start", "source_kind": "life"})
    assert found.status_code == 422
    assert not Exchange.objects.exists()


def test_from_form_to_money(agent_user: User, staff: User, replacing: Application) -> None:
    browser = seen_by(agent_user)
    started = browser.post(
        reverse("exchange_new", args=[replacing.pk]), RAW | {"do": "start"}, follow=True
    )
    held = Exchange.objects.get()
    assert "The exchange is being prepared." in started.content.decode()
    sent = browser.post(reverse("exchange_step", args=[held.pk, "sent"]), {}, follow=True)
    assert "Request sent" in sent.content.decode()
    assert "The money came" not in sent.content.decode()
    desk = seen_by(staff)
    desk.post(reverse("exchange_step", args=[held.pk, "noted"]), {"words": "Asked by <phone>"})
    text = page(desk, "exchange", held.pk)
    assert "Asked by &lt;phone&gt;" in text
    bad = desk.post(reverse("exchange_step", args=[held.pk, "arrived"]), {"amount": "ten"})
    assert bad.status_code == 422
    assert 'value="ten"' in bad.content.decode()
    desk.post(reverse("exchange_step", args=[held.pk, "arrived"]), {"amount": "39812.44"})
    held.refresh_from_db()
    assert held.state == ExchangeState.ARRIVED
    assert "$39,812.44" in page(desk, "exchange", held.pk)


def test_an_exchange_being_prepared_can_be_corrected(
    agent_user: User, complete: Application
) -> None:
    held = start_exchange(agent_user, complete, RAW | {"same_owner": ""})
    browser = seen_by(agent_user)
    assert "First answer what section 1035 leaves open." in page(browser, "exchange", held.pk)
    url = reverse("exchange_change", args=[held.pk])
    assert 'value="Polar Mutual"' in browser.get(url).content.decode()
    assert browser.post(url, RAW | {"do": "start", "expected": "1234.5"}).status_code == 302
    held.refresh_from_db()
    assert str(held.expected) == "1234.50"
    send_request(agent_user, held)
    assert browser.post(url, RAW | {"do": "start"}).status_code == 422


def test_the_letter_is_the_one_that_went_out(agent_user: User, complete: Application) -> None:
    held = start_exchange(agent_user, complete, RAW)
    browser, url = seen_by(agent_user), reverse("exchange_letter", args=[held.pk])
    assert browser.get(url).content.startswith(b"%PDF")
    send_request(agent_user, held)
    kept = Exchange.objects.get().letter
    assert kept is not None
    assert b"".join(browser.get(url).streaming_content) == kept.read()  # type: ignore[attr-defined]


def test_a_step_that_does_not_exist_changes_nothing(
    agent_user: User, complete: Application
) -> None:
    held = start_exchange(agent_user, complete, RAW)
    browser = seen_by(agent_user)
    assert browser.post(reverse("exchange_step", args=[held.pk, "sung"])).status_code == 404
    assert browser.get(reverse("exchange_step", args=[held.pk, "sent"])).status_code == 405
    held.refresh_from_db()
    assert held.state == ExchangeState.PREPARING


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("sent", {"on": "yesterday"}),
        ("noted", {"words": "\x07\x1b"}),
        ("arrived", {"amount": "٣٠"}),
        ("arrived", {"amount": "1_000"}),
    ],
)
def test_what_cannot_be_read_is_refused_and_changes_nothing(
    staff: User, complete: Application, step: str, data: dict[str, str]
) -> None:
    held = start_exchange(staff, complete, RAW)
    if step == "arrived":
        send_request(staff, held)
    found = seen_by(staff).post(reverse("exchange_step", args=[held.pk, step]), data)
    assert found.status_code == 422
    assert held.events.filter(what=step).count() == 0


def test_words_are_kept_without_what_cannot_be_shown(
    agent_user: User, complete: Application
) -> None:
    held = start_exchange(agent_user, complete, RAW)
    url = reverse("exchange_step", args=[held.pk, "noted"])
    seen_by(agent_user).post(url, {"words": "Dana\x07 says\nso"})
    assert held.events.get(what="noted").words == "Dana says so"


def test_strangers_find_nothing(stranger: User, agent_user: User, replacing: Application) -> None:
    held = start_exchange(agent_user, replacing, RAW)
    browser = seen_by(stranger)
    for name in ("application_replacement", "application_comparison", "exchange_new"):
        assert browser.get(reverse(name, args=[replacing.pk])).status_code == 404
    for name in ("exchange", "exchange_change", "exchange_letter"):
        assert browser.get(reverse(name, args=[held.pk])).status_code == 404
    assert browser.post(reverse("exchange_step", args=[held.pk, "sent"])).status_code == 404
    assert "Polar Mutual" not in browser.get(reverse("exchanges")).content.decode()


def test_money_on_its_way_is_listed_oldest_first_a_page_at_a_time(
    agent_user: User, staff: User, complete: Application
) -> None:
    for n in range(27):
        start_exchange(agent_user, complete, RAW | {"policy_number": f"N-{n:02}"})
    browser = seen_by(staff)
    first = browser.get(reverse("exchanges")).content.decode()
    assert first.index("N-00") < first.index("N-24")
    assert "N-25" not in first
    last = Exchange.objects.order_by("number")[24].number
    second = browser.get(reverse("exchanges"), {"page": f"a{last}"}).content.decode()
    assert "N-25" in second
    assert "N-24" not in second
    nothing = browser.get(reverse("exchanges"), {"page": "a99999999999999999999"})
    assert nothing.status_code == 200
    assert "N-00" not in browser.get(reverse("exchanges"), {"closed": "1"}).content.decode()


def test_the_list_costs_the_same_for_one_and_for_many(
    agent_user: User,
    staff: User,
    complete: Application,
    django_assert_max_num_queries: Any,
) -> None:
    for n in range(12):
        start_exchange(agent_user, complete, RAW | {"policy_number": f"N-{n:02}"})
    browser = seen_by(staff)
    browser.get(reverse("exchanges"))
    with django_assert_max_num_queries(8):
        browser.get(reverse("exchanges"))


@pytest.fixture
def publisher(db: None) -> User:
    return _person("Una Writer", Role.UNDERWRITER)


def table(text: str | bytes) -> SimpleUploadedFile:
    content = text if isinstance(text, bytes) else text.encode()
    return SimpleUploadedFile("table.csv", content, "text/csv")


def test_the_table_shows_what_is_not_confirmed(staff: User) -> None:
    browser = seen_by(staff)
    text = browser.get(reverse("replacement_rules")).content.decode()
    assert "Minnesota" in text
    assert "Minn. Stat. 61A.53 to 61A.60" in text
    assert "all confirmed" in text
    assert "Correct the table" not in text
    assert "Comparison" in browser.get(reverse("replacement_rules"), {"line": "annuity"}).text


def test_an_agency_corrects_the_table(publisher: User) -> None:
    browser = seen_by(publisher)
    url = reverse("replacement_rules_correct")
    found = browser.post(url, {"table": table(f"{HEAD}\n{ROW}\n")}, follow=True)
    assert "1 row holds now." in found.content.decode()
    assert "1 row is your own, given by Una Writer" in found.content.decode()
    assert "ND,life,2020-01-01" in browser.get(reverse("replacement_rules_csv")).text
    product = browser.get(reverse("replacement_rules_csv"), {"which": "product"}).text
    assert "ND,life,2020-01-01" not in product
    browser.post(url, {"table": table(f"{HEAD}\n{ROW}\n")})
    assert ReplacementCorrections.objects.count() == 1
    browser.post(url, {"table": table(f"{HEAD}\n")})
    assert "ND,life,2020-01-01" not in browser.get(reverse("replacement_rules_csv")).text


def test_what_is_downloaded_can_be_given_back(publisher: User) -> None:
    browser = seen_by(publisher)
    text = browser.get(reverse("replacement_rules_csv")).text
    found = browser.post(reverse("replacement_rules_correct"), {"table": table(text)}, follow=True)
    assert "104 rows hold now." in found.content.decode()
    assert browser.get(reverse("replacement_rules_csv")).text == text


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (f"{HEAD}\n{ROW.replace('ND', 'XX')}\n", "row 2 state"),
        (b"\xff\xfe\x00", "cannot be read as CSV"),
        (f"{HEAD}\n{ROW}\x00\n", "cannot be read as CSV"),
        (f"{HEAD}\n{ROW}\n{ROW}\n", "more than once"),
        ("colour\nred\n", "The column colour is not known"),
        (None, "There is no row in the table."),
    ],
)
def test_a_bad_table_is_told_by_row_and_nothing_is_kept(
    publisher: User, sent: str | bytes | None, told: str
) -> None:
    data = {} if sent is None else {"table": table(sent)}
    found = seen_by(publisher).post(reverse("replacement_rules_correct"), data)
    assert found.status_code == 422
    assert told in found.content.decode()
    assert not ReplacementCorrections.objects.exists()


def test_who_may_not_publish_corrects_nothing(staff: User) -> None:
    url = reverse("replacement_rules_correct")
    found = seen_by(staff).post(url, {"table": table(f"{HEAD}\n{ROW}\n")})
    assert found.status_code == 404
    assert not ReplacementCorrections.objects.exists()
