"""A carrier's word of a case that is not here opens one, where its source is set so."""

import pytest

from megler.accounts.models import User
from megler.cases.models import Case
from megler.feeds.actions.taking import take_file
from megler.feeds.models import FeedRow, FeedSource
from megler.licensing.models import Agent
from tests.cases import cast
from tests.feeds.cast import AT, DAY, LATER, send, sheet

pytestmark = pytest.mark.django_db
HEAD = "Policy Number,Insured,DOB,Plan,Agent,Status,Face Amount"


def test_a_case_is_opened_once_and_stands_where_the_carrier_says(
    manager: User, case: Case, source: FeedSource
) -> None:
    FeedSource.objects.update(makes_new_cases=True)
    agent = Agent.objects.get(pk=case.agent_id)
    rows = [
        f'NL-5,"NYMANN, ADA",3/4/1981,{case.product.name},{agent.name},Approved,"$250,000"',
        f'NL-6,"Berg, Nils",3/4/1982,{case.product.name},Nobody Known,UW,',
        f"NL-7,,,{case.product.name},{agent.name},UW,",
    ]
    held = send(manager, source, sheet(HEAD, *rows), as_of=AT + DAY)
    take_file(held.pk, LATER)
    made = Case.objects.get(policy_number="NL-5")
    assert (made.client.name, made.agent_id, made.product_id) == (
        "Ada Nymann", agent.pk, case.product_id,
    )  # fmt: skip
    assert (made.status, made.decision) == ("decided", "approved")
    assert cast.verbs(made).count("case.decided") == 1
    left = {
        row.policy_key: [p["code"] for p in row.why] for row in FeedRow.objects.exclude(case=made)
    }
    assert left == {"NL6": ["feed_no_agent"], "NL7": ["feed_no_person"]}
    send(manager, source, sheet(HEAD, *rows, ""), as_of=AT + 2 * DAY)
    assert Case.objects.filter(client__name="Ada Nymann").count() == 1


def test_without_that_a_stranger_stays_in_the_tray(
    manager: User, case: Case, source: FeedSource
) -> None:
    row = f"NL-5,Ada Nymann,3/4/1981,{case.product.name},{case.agent.name},Approved,"
    assert send(manager, source, sheet(HEAD, row), as_of=AT + DAY).counts == {"unmatched": 1}
    assert Case.objects.count() == 1
