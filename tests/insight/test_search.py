"""The search finds what one may see, and nothing of anybody else's."""

from collections.abc import Iterable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.insight.finds import HITS_MAX, find
from megler.insight.rules.words import wanted
from megler.post.models import Message
from tests.cast import signed_in
from tests.insight.rows import Agency, a_case, a_product, an_application, someone


def titles(person: User, text: str) -> list[str]:
    return [hit.title for shelf in find(person, wanted(text)) for hit in shelf.hits]


def everyone(agency: Agency) -> Iterable[User]:
    for person in (agency.agent.user, agency.stranger.user, agency.assistant, agency.carrier):
        assert person
        yield person


def test_staff_find_a_client_case_and_agent_by_beginnings_of_words(agency: Agency) -> None:
    found = titles(agency.manager, "ols kar")
    assert f"C-{agency.hers.number} Kari Olsen" in found
    assert "Kari Olsen" in found
    assert "Ada Agent" in titles(agency.manager, "age")


@pytest.mark.parametrize("text", ["{}", "C-{}", "c{}", "c {}"])
def test_a_case_is_found_by_its_number(agency: Agency, text: str) -> None:
    found = titles(agency.manager, text.format(agency.hers.number))
    assert f"C-{agency.hers.number} Kari Olsen" in found
    assert not [title for title in found if "Nordmann" in title]


@pytest.mark.parametrize("text", ["HM-77-123", "hm 77", "77-123 pia"])
def test_a_policy_is_found_however_its_number_is_written(agency: Agency, text: str) -> None:
    a_case(
        agency.agent, "Pia Policy", status="in_force", holder="", next_step="nothing",
        policy_number="HM-77-123",
    )  # fmt: skip
    assert any("Pia Policy" in title for title in titles(agency.manager, text))


def test_an_application_in_progress_is_found_by_name_and_number(agency: Agency) -> None:
    draft = an_application(agency.agent, "Dina Draft")
    assert f"{draft.reference} Dina Draft" in titles(agency.manager, "dina")
    assert f"{draft.reference} Dina Draft" in titles(agency.manager, draft.reference)


def test_carriers_and_products_are_for_those_who_see_editions(agency: Agency) -> None:
    a_product("Zenith Life", "Zen Term 10")
    assert titles(agency.manager, "zen") == ["Zenith Life", "Zen Term 10"]
    for person in everyone(agency):
        assert titles(person, "zen") == []


def test_messages_are_for_those_who_see_the_post(agency: Agency) -> None:
    Message.objects.create(
        to="kari@example.com", subject="Xylophone news", text="…", created_at=timezone.now()
    )
    assert titles(agency.manager, "xylo") == ["Xylophone news"]
    for person in [*everyone(agency), agency.licensing]:
        assert titles(person, "xylo") == []


def test_each_finds_only_their_own(agency: Agency) -> None:
    """“Kari” begins both names; each agent finds one, staff both, others none."""
    hers = {f"C-{agency.hers.number} Kari Olsen", "Kari Olsen"}
    theirs = {f"C-{agency.theirs.number} Karin Nordmann", "Karin Nordmann"}
    assert agency.agent.user
    assert agency.stranger.user
    assert set(titles(agency.agent.user, "kari")) == hers
    assert set(titles(agency.stranger.user, "kari")) == theirs
    assert set(titles(agency.assistant, "kari")) == {f"C-{agency.hers.number} Kari Olsen"}
    assert set(titles(agency.manager, "kari")) == hers | theirs
    assert titles(agency.carrier, "kari") == []
    assert titles(someone(Role.ASSISTANT, "Nobody's Assistant"), "kari") == []


def test_a_carrier_finds_what_was_sent_to_it(agency: Agency) -> None:
    sent = a_case(agency.agent, "Siri Sent", sent_at=timezone.now(), status="sent_to_carrier")
    other = a_product("Other Life", "Other Term")
    a_case(agency.agent, "Siri Elsewhere", product=other, sent_at=timezone.now())
    assert titles(agency.carrier, "siri") == [f"C-{sent.number} Siri Sent"]


def test_numbers_leak_nothing_either(agency: Agency) -> None:
    a_case(
        agency.stranger, "Olav Other", status="in_force", holder="", next_step="nothing",
        policy_number="ZZ-1",
    )  # fmt: skip
    draft = an_application(agency.stranger, "Dag Draft")
    assert agency.agent.user
    for text in (str(agency.theirs.number), "ZZ-1", draft.reference, agency.stranger.npn):
        assert titles(agency.agent.user, text) == []


def test_at_most_eight_of_a_kind_and_it_says_so(agency: Agency) -> None:
    for n in range(HITS_MAX + 2):
        a_case(agency.agent, f"Many Cases{n}")
    cases = find(agency.manager, wanted("many"))[0]
    assert (len(cases.hits), cases.more) == (HITS_MAX, True)
    assert b"the first 8" in signed_in(agency.manager).get("/search/", {"q": "many"}).content


@pytest.mark.parametrize("text", ["", " ", "a", "'", "%", "&|!():*", "<script>", "x" * 999])
def test_whatever_is_typed_gets_a_page(agency: Agency, text: str) -> None:
    page = signed_in(agency.manager).get("/search/", {"q": text})
    assert page.status_code == 200
    assert b"<script>" not in page.content
    assert b"Nordmann" not in page.content


def test_htmx_gets_what_was_found_alone(agency: Agency) -> None:
    part = signed_in(agency.manager).get("/search/?q=kari", headers={"HX-Request": "true"}).content
    assert b"Kari Olsen" in part
    assert b"<html" not in part


def test_a_stranger_to_the_house_is_sent_to_sign_in(client: object, db: None) -> None:
    answer = client.get("/search/?q=kari")  # type: ignore[attr-defined]
    assert answer.status_code == 302
    assert "login" in answer.url


def test_queries_do_not_grow_with_what_is_found(agency: Agency) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            find(agency.manager, wanted("grow"))
        return len(queries)

    a_case(agency.agent, "Grow One")
    small = cost()
    for n in range(12):
        a_case(agency.agent, f"Grow {n}")
    assert cost() == small


@pytest.mark.parametrize(
    ("text", "index"),
    [("kari", "client_word"), ("HM-77", "case_policy_begins"), ("kari", "insight_agent_words")],
)
def test_finding_walks_an_index(agency: Agency, text: str, index: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        find(agency.manager, wanted(text))
    plans = []
    with connection.cursor() as cursor:
        # On so few rows the planner may walk anything; less and less is left it beside a search.
        for way in ("seqscan", "indexonlyscan", "indexscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
            for query in queries:
                cursor.execute("EXPLAIN " + query["sql"])
                plans.append("\n".join(row[0] for row in cursor.fetchall()))
    assert any(index in plan for plan in plans)
