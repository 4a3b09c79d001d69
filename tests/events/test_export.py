"""Everything as a file: what one may see, and no more."""

import csv
import io
import json

import pytest

from megler.accounts.rules.roles import Role
from megler.cases.models import Case
from megler.licensing.models import Agent
from tests.cases.cast import a_case, an_agent, signed_in, somebody

pytestmark = pytest.mark.django_db


def test_an_agent_gets_their_own_cases_and_staff_all(agent: Agent, case: Case) -> None:
    other = a_case(an_agent("Stig Stranger"), name="Nora Nes")
    assert agent.user is not None

    def numbers(person: object) -> set[str]:
        answer = signed_in(person).get("/export/cases.csv")  # type: ignore[arg-type]
        content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        return {row["number"] for row in csv.DictReader(io.StringIO(content))}

    assert numbers(agent.user) == {str(case.number)}
    assert numbers(somebody(Role.ACCOUNTING, "Al Cook")) == {str(case.number), str(other.number)}


@pytest.mark.parametrize("noun", ["cases", "requirements", "documents", "tasks", "messages"])
def test_every_kind_is_told_in_every_format(noun: str, case: Case) -> None:
    browser = signed_in(somebody(Role.ADMINISTRATOR, "Ada Boss"))
    for ends in ("csv", "json", "xlsx"):
        answer = browser.get(f"/export/{noun}.{ends}")
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert content
        if ends == "json":
            assert isinstance(json.loads(content), list)
    assert browser.get(f"/export/{noun}.pdf").status_code == 404


def test_messages_are_for_those_who_see_the_post(case: Case) -> None:
    assert case.agent.user is not None
    assert signed_in(case.agent.user).get("/export/messages.csv").status_code == 404
