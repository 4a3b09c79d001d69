"""Many requirements are asked for in one letter each, and the cases remember it."""

from dataclasses import asdict
from datetime import timedelta

import pytest
from django.utils import timezone

from megler.accounts.models import User
from megler.cases.actions.requirements import add_requirement, record_arrival
from megler.cases.models import Case, Requirement
from megler.journal.models import Entry
from megler.papers.actions.asking import Letter, Sending, ask, letters, to_ask_for
from megler.post.models import Message
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Refused
from tests.cases.cast import a_case


@pytest.fixture
def due(staff: User, case: Case) -> list[Requirement]:
    """Three things of two cases of one agent, and one of a vendor, all due."""
    other = a_case(case.agent)
    for kind in (RequirementKind.APS, RequirementKind.URINE):
        add_requirement(staff, other, kind)
    today = timezone.localdate()
    found = Requirement.objects.filter(case__in=[case, other])
    keys = list(found.order_by("pk").values_list("pk", flat=True)[:3])
    found.exclude(pk__in=keys).update(follow_up_on=today + timedelta(days=90))
    found.filter(pk__in=keys).update(holder="agent", follow_up_on=today)
    last = found.exclude(pk__in=keys).first()
    assert last is not None
    found.filter(pk=last.pk).update(
        holder="vendor", state="ordered", vendor="Swift Exams", follow_up_on=today
    )
    return to_ask_for(staff, today)


def sending(letter: Letter, to: str = "") -> Sending:
    told = asdict(letter) | {"to": to or letter.to}
    return Sending(**(told | {"requirements": tuple(one.pk for one in letter.requirements)}))


def test_each_gets_one_letter_and_the_follow_up_moves_on(
    staff: User, due: list[Requirement]
) -> None:
    made = {one.name: one for one in letters(due)}
    agent = due[0].case.agent
    assert len(made[agent.name].requirements) == 3
    assert made[agent.name].to == agent.email
    assert made["Swift Exams"].to == ""
    before = Message.objects.count()
    ask(staff, [sending(made[agent.name]), sending(made["Swift Exams"], "desk@swift.example")])
    assert Message.objects.count() == before + 2
    assert to_ask_for(staff, timezone.localdate()) == []
    assert Entry.objects.filter(verb="requirement.asked").count() == 4


def test_a_letter_that_cannot_go_stops_all(staff: User, due: list[Requirement]) -> None:
    made = [sending(one, "" if one.to else "no address") for one in letters(due)]
    before = Message.objects.count()
    with pytest.raises(Refused):
        ask(staff, made)
    assert Message.objects.count() == before
    assert len(to_ask_for(staff, timezone.localdate())) == 4


def test_what_came_in_meanwhile_is_not_asked_for(staff: User, due: list[Requirement]) -> None:
    made = [sending(one, one.to or "desk@swift.example") for one in letters(due)]
    record_arrival(staff, due[0])
    with pytest.raises(Refused) as refused:
        ask(staff, made)
    assert refused.value.problems[0].code == "paper_ask_changed"


def test_nothing_is_asked_of_nobody(staff: User) -> None:
    with pytest.raises(Refused):
        ask(staff, [])
