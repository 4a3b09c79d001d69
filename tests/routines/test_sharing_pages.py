"""Queues, teams, absences, office hours and promises, on their pages."""

from datetime import timedelta

from django.utils import timezone

from megler.accounts.models import User
from megler.cases.models import Case
from megler.routines.actions.taking_up import take_up
from megler.routines.models.promises import promised
from megler.routines.rules.promises import Step
from megler.work.actions.assigning import assign
from megler.work.models import Absence, Assignment, AssignmentRule, Team
from megler.work.models.office import office_hours
from tests.cases.cast import signed_in


def test_cases_are_handed_over_many_at_once(manager: User, new_business: User, case: Case) -> None:
    assign(manager.actor(), ("case", case.pk), person=manager)
    browser = signed_in(manager)
    of = f"person:{manager.pk}"
    assert "Kari Hope" in browser.get("/queues/", {"of": of}).content.decode()
    to = f"person:{new_business.pk}"
    browser.post("/queues/reassign/", {"of": of, "case": [str(case.pk), "x"], "to": to})
    assert Assignment.objects.get().person == new_business
    browser.post("/queues/reassign/", {"of": of, "case": str(case.pk), "to": "nobody"})
    assert Assignment.objects.get().person == new_business
    assert browser.get("/queues/", {"of": "person:x"}).status_code == 404


def test_teams_and_rules_are_made(manager: User) -> None:
    browser = signed_in(manager)
    browser.post("/teams/", {"name": "Term", "people": [str(manager.pk)]})
    team = Team.objects.get()
    rows = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-ORDER": "1"}
    rule = {"form-0-name": "all", "form-0-team": str(team.pk), "form-0-amount_from": "1000"}
    assert browser.post("/teams/rules/", rows | rule).status_code == 302
    assert AssignmentRule.objects.get().team == team
    both = rule | {"form-0-person": str(manager.pk)}
    answer = browser.post("/teams/rules/", rows | both)
    assert (answer.status_code, AssignmentRule.objects.count()) == (422, 1)
    assert "not to both" in answer.content.decode()
    browser.post(f"/teams/{team.pk}/", {"name": "Terms", "people": [str(manager.pk)]})
    assert Team.objects.get().name == "Terms"


def test_one_plans_ones_own_absence_and_nobody_elses(manager: User, new_business: User) -> None:
    day = timezone.localdate()
    told = {"since": str(day), "until": str(day + timedelta(days=3)), "cover": str(manager.pk)}
    browser = signed_in(new_business)
    assert browser.post("/absences/", told | {"person": str(manager.pk)}).status_code == 422
    browser.post("/absences/", told | {"person": str(new_business.pk)})
    away = Absence.objects.get()
    browser.post(f"/absences/{away.pk}/end/")
    assert not Absence.objects.filter(until__gte=day).exists()


def test_the_office_hours_are_set(administrator: User) -> None:
    browser = signed_in(administrator)
    assert "09:00" in browser.get("/office/").content.decode()
    told = {"opens_0": "08:00", "closes_0": "12:00", "closed": "2026-12-24 Christmas Eve"}
    browser.post("/office/", told)
    hours = office_hours()
    assert hours.week[1] is None
    assert [str(day) for day in hours.closed] == ["2026-12-24"]
    answer = browser.post("/office/", told | {"closed": "Christmas"})
    assert "Line 1: Christmas is no day" in answer.content.decode()


def test_promises_are_shown_and_changed(manager: User, case: Case) -> None:
    take_up()
    browser = signed_in(manager)
    assert "Application reviewed" in browser.get("/promises/").content.decode()
    told = {f"{step}_{part}": "" for step in Step for part in ("amount", "unit")}
    told |= {f"{step}_unit": "days" for step in Step} | {"review_amount": "2"}
    browser.post("/promises/change/", told)
    assert {step: str(amount) for step, (amount, _unit) in promised().items()} == {
        Step.REVIEW: "2.00"
    }


def test_the_case_shows_who_looks_after_it_and_its_promises_to_staff_alone(
    manager: User, case: Case
) -> None:
    take_up()
    browser = signed_in(manager)
    browser.post(f"/cases/{case.pk}/looked-after/", {"to": f"person:{manager.pk}"})
    part = browser.get(f"/cases/{case.pk}/work/").content.decode()
    assert manager.name in part
    assert "Application reviewed" in part
    assert "Whose days" in browser.get(f"/cases/{case.pk}/").content.decode()
    assert case.agent.user
    assert signed_in(case.agent.user).get(f"/cases/{case.pk}/work/").content == b""
