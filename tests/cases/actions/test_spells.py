"""Who had a case when is written down as it changes hands."""

from datetime import timedelta

from megler.accounts.models import User
from megler.cases.actions import policy, review
from megler.cases.models import Case, Requirement
from megler.cases.rules.status import Closing
from tests.cases.cast import AT

DAY = timedelta(days=1)


def spells(case: Case) -> list[tuple[str, object, object]]:
    return list(case.spells.order_by("since", "pk").values_list("holder", "since", "until"))


def test_a_case_begins_with_the_agency(case: Case) -> None:
    assert spells(case) == [("agency", AT, None)]


def test_each_change_of_hands_ends_a_spell_and_begins_one(manager: User, case: Case) -> None:
    review.return_to_agent(manager, case, "no date", at=AT + DAY)
    agent = case.agent.user
    assert agent
    review.resubmit(agent, case, at=AT + 3 * DAY)
    assert spells(case) == [
        ("agency", AT, AT + DAY),
        ("agent", AT + DAY, AT + 3 * DAY),
        ("agency", AT + 3 * DAY, None),
    ]


def test_what_is_closed_is_with_nobody_and_its_requirements_rest(manager: User, case: Case) -> None:
    policy.close(manager, case, Closing.WITHDRAWN, "moved abroad", at=AT + DAY)
    assert spells(case) == [("agency", AT, AT + DAY)]
    assert not Requirement.objects.filter(case=case, is_live=True).exists()
    policy.reopen(manager, case, "came back", at=AT + 2 * DAY)
    assert spells(case)[1:] == [("agency", AT + 2 * DAY, None)]
    assert not Requirement.objects.filter(case=case, is_live=False).exists()


def test_history_told_late_ends_no_spell_before_it_began(manager: User, case: Case) -> None:
    review.return_to_agent(manager, case, "no date", at=AT - DAY)
    assert spells(case) == [("agent", AT - DAY, None), ("agency", AT, AT)]
