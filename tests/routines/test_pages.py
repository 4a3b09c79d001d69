"""The pages of routines."""

from megler.accounts.models import User
from megler.cases.models import Case
from megler.routines.models import Routine
from tests.cases.cast import signed_in
from tests.routines.making import IN_ORDER, TASK, a_routine

FILLED = {
    "name": "Thank the agent",
    "when": "status",
    "when_status": "in_force",
    "if_amount_from": "250000",
    "then_0_do": "mail",
    "then_0_to": "agent",
    "then_0_subject": "{case}",
    "then_0_text": "Dear {agent}, thank you.",
}


def test_a_routine_is_made_tried_switched_on_and_taken_off(manager: User, case: Case) -> None:
    browser = signed_in(manager)
    answer = browser.post("/routines/new/", FILLED)
    made = Routine.objects.get()
    assert answer.url == f"/routines/{made.pk}/"  # type: ignore[attr-defined]
    assert made.definition["then"][0]["text"] == "Dear {agent}, thank you."
    browser.post(f"/routines/{made.pk}/preview/")
    assert b"lines of the journal read" in browser.get(f"/routines/{made.pk}/").content
    browser.post(f"/routines/{made.pk}/switch/", {"on": "1"})
    page = browser.get("/routines/").content.decode()
    assert "Thank the agent" in page
    assert "a case reaches a status: In force" in page
    browser.post(f"/routines/{made.pk}/remove/")
    assert browser.get(f"/routines/{made.pk}/").status_code == 404


def test_a_wrong_field_is_named_at_its_place(manager: User) -> None:
    browser = signed_in(manager)
    answer = browser.post("/routines/new/", FILLED | {"then_0_text": "Dear {agnet}"})
    assert answer.status_code == 422
    assert "{agnet} is no field" in answer.content.decode()
    assert not Routine.objects.exists()


def test_what_is_chosen_says_what_is_asked(manager: User) -> None:
    browser = signed_in(manager)
    asked = {"when": "held", "then_0_do": "text"}
    part = browser.post("/routines/fields/", asked, headers={"HX-Request": "true"}).content.decode()
    assert 'name="when_holder"' in part
    assert 'name="then_0_text"' in part
    assert 'name="when_status"' not in part


def test_somebody_elses_newer_version_is_not_saved_over(manager: User) -> None:
    made = a_routine(manager, IN_ORDER, TASK)
    browser = signed_in(manager)
    browser.post(f"/routines/{made.pk}/", FILLED | {"version": "1"})
    answer = browser.post(f"/routines/{made.pk}/", FILLED | {"version": "1"})
    assert answer.status_code == 422
    made.refresh_from_db()
    assert made.version == 2
