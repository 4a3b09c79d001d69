"""My business: what an agent has on hand."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from megler.accounts.models import User
from megler.forms.models import SignatureRequest
from megler.insight.business import CASES_MAX, my_cases, waits_for_me
from megler.insight.figures import open_cases, placed_by_month, placed_by_week
from megler.licensing.models import Agent
from megler.quoting.models import Quote
from megler.work.models import Task
from tests.cast import signed_in
from tests.insight.rows import Agency, a_case, a_requirement, an_application


def user_of(agent: Agent) -> User:
    assert agent.user
    return agent.user


def page_of(person: User) -> str:
    answer = signed_in(person).get("/my-business/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_sees_only_their_own(agency: Agency) -> None:
    hers, theirs = page_of(user_of(agency.agent)), page_of(user_of(agency.stranger))
    assert "Kari Olsen" in hers
    assert "Karin Nordmann" not in hers
    assert "Karin Nordmann" in theirs
    assert "Kari Olsen" not in theirs


def test_an_assistant_sees_their_agents_business(agency: Agency) -> None:
    page = page_of(agency.assistant)
    assert "Kari Olsen" in page
    assert "Karin Nordmann" not in page
    assert "Ada Agent" in page


def test_a_case_says_where_it_is_who_has_it_and_what_is_next(agency: Agency) -> None:
    page = page_of(user_of(agency.agent))
    assert "Submitted to the agency" in page
    assert "The agency, " in page
    assert "The agency checks that the application is in good order." in page


def test_cases_with_the_agent_come_first_and_say_you(agency: Agency) -> None:
    a_case(
        agency.agent, "Rita Returned", 30, status="returned", holder="agent", next_step="correct"
    )
    lines, more = my_cases(user_of(agency.agent))
    assert [line.case.client.name for line in lines] == ["Rita Returned", "Kari Olsen"]
    assert lines[0].holder == "You"
    assert lines[0].next_step.startswith("You ")
    assert not more
    assert my_cases(agency.assistant)[0][0].holder == "The agent"


def test_finished_cases_are_not_open(agency: Agency) -> None:
    told: dict[str, Any] = {"holder": "", "next_step": "nothing"}
    a_case(agency.agent, "Inge Inforce", status="in_force", policy_number="1", **told)
    a_case(agency.agent, "Carl Closed", status="closed", closed_at=timezone.now(), **told)
    names = [line.case.client.name for line in my_cases(user_of(agency.agent))[0]]
    assert names == ["Kari Olsen"]


def test_what_waits_for_the_agent_longest_first(agency: Agency) -> None:
    now = timezone.now()
    a_case(agency.agent, "Rita Returned", 9, status="returned", holder="agent", next_step="correct")
    a_requirement(agency.hers, "illustration", 4, state="needed", holder="agent")
    a_requirement(agency.theirs, "illustration", 4, state="needed", holder="agent")
    signing = an_application(agency.agent, "Sig Natur", state="signing")
    SignatureRequest.objects.create(
        subject_type="application", subject_id=str(signing.pk), role="agent", name="Ada Agent",
        token_digest="d", requested_at=now - timedelta(days=2), expires_at=now,
    )  # fmt: skip
    Task.objects.create(
        title="Call Kari", person=user_of(agency.agent), due_on=now.date(), created_at=now,
        created_by="Mona",
    )  # fmt: skip
    assert [mine.what for mine in waits_for_me(user_of(agency.agent))] == [
        "Answer the agency and submit again",
        "Bring in: Illustration",
        "Sign the application",
        "Call Kari",
    ]
    assert "Ada Agent signs the application" in [m.what for m in waits_for_me(agency.assistant)]


def test_a_signature_given_waits_no_longer(agency: Agency) -> None:
    now = timezone.now()
    signing = an_application(agency.agent, "Sig Natur", state="signing")
    SignatureRequest.objects.create(
        subject_type="application", subject_id=str(signing.pk), role="agent", name="Ada Agent",
        token_digest="d", requested_at=now, expires_at=now, signed_at=now, packet_hash="h",
        typed_name="Ada Agent", consent_hash="c",
    )  # fmt: skip
    assert waits_for_me(user_of(agency.agent)) == []


def test_placed_this_year_counts_policies_and_their_premium_a_year(agency: Agency) -> None:
    day = timezone.localdate()
    told: dict[str, Any] = {
        "status": "in_force",
        "holder": "",
        "next_step": "nothing",
        "policy_number": "1",
    }
    a_case(agency.agent, "A", in_force_on=day, **told)
    a_case(
        agency.agent, "B", in_force_on=day, premium_approved=Decimal("700.50"),
        mode_approved="annual", **told,
    )  # fmt: skip
    a_case(agency.agent, "Old", in_force_on=day.replace(month=1, day=1) - timedelta(days=1), **told)
    a_case(agency.stranger, "C", in_force_on=day, **told)
    months = placed_by_month(user_of(agency.agent), day)
    assert len(months) == day.month
    assert months[-1].count == 2
    assert sum(month.count for month in months) == 2
    assert months[-1].premium_annual == 12 * 50 + Decimal("700.50")
    assert placed_by_week(user_of(agency.agent), day)[-1][1] == 2
    assert placed_by_week(agency.manager, day)[-1][1] == 3


def test_open_cases_are_counted_by_stage_and_age_for_who_asks(agency: Agency) -> None:
    a_case(agency.agent, "Old One", 45, status="in_underwriting", holder="carrier")
    day = timezone.localdate()
    all_cases, hers = open_cases(agency.manager, day), open_cases(user_of(agency.agent), day)
    assert (all_cases.count, hers.count) == (3, 2)
    assert sum(n for _, n in hers.stages) == sum(step.count for step in hers.ages) == 2
    assert [step.count for step in hers.ages] == [1, 0, 0, 1, 0]


def test_quotes_and_applications_in_progress_are_ones_own(agency: Agency) -> None:
    for agent, title in ((agency.agent, "Term for Kari"), (agency.stranger, "Term for Karin")):
        an_application(agent, f"Draft of {agent.name}")
        Quote.objects.create(
            agent=agent, made_by=user_of(agent), made_at=timezone.now(), title=title,
            on=timezone.localdate(), facts={}, answer={}, editions=[],
        )  # fmt: skip
    page = page_of(user_of(agency.agent))
    assert "Term for Kari" in page
    assert "Draft of Ada Agent" in page
    assert "Term for Karin" not in page
    assert "Draft of Sten Stranger" not in page


def test_the_quote_box_leads_to_the_quote_page(agency: Agency) -> None:
    page = page_of(user_of(agency.agent))
    assert 'action="/quotes/new/" method="get"' in page
    for name in ("age", "sex", "jurisdiction", "face_amount"):
        assert f'name="{name}"' in page


def test_staff_and_carriers_have_no_business_of_their_own(agency: Agency) -> None:
    for person in (agency.manager, agency.licensing, agency.carrier):
        assert signed_in(person).get("/my-business/").status_code == 404


def test_a_seller_without_agents_sees_an_empty_page(agency: Agency) -> None:
    agency.assistant.assistant.agents.clear()
    assert "Kari Olsen" not in page_of(agency.assistant)


def test_queries_do_not_grow_with_the_cases(agency: Agency) -> None:
    def cost() -> int:
        browser = signed_in(user_of(agency.agent))
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/my-business/").status_code == 200
        return len(queries)

    cost()
    a_case(agency.agent, "Rita 0", status="returned", holder="agent", next_step="correct")
    small = cost()
    for n in range(CASES_MAX + 2):
        case = a_case(agency.agent, f"Rita {n}", status="returned", holder="agent",
                      next_step="correct")  # fmt: skip
        a_requirement(case, "illustration", state="needed", holder="agent")
        an_application(agency.agent, f"Draft {n}")
    assert cost() == small <= 22
