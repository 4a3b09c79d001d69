"""What was not in good order is kept, by form and question, and never an answer."""

import pytest

from megler.accounts.models import User
from megler.applications.actions.answering import answer
from megler.applications.actions.checks import Finding, Looked, note_check
from megler.applications.actions.signing import ask_client_to_sign
from megler.applications.actions.submitting import submit, withdraw
from megler.applications.models import Application
from megler.applications.models_filling import (
    CheckedForm,
    GoodOrderCheck,
    GoodOrderFinding,
    Occasion,
)
from megler.applications.rules.moments import ApplicationSubmitted
from megler.licensing.models import Agent
from megler.vocabulary.problems import Refused


def _refused_submission(person: User, application: Application) -> None:
    with pytest.raises(Refused):
        submit(person, application)


def test_a_refused_submission_keeps_what_was_lacking(
    agent_user: User, complete: Application
) -> None:
    held = answer(agent_user, complete, {"med_lungs": "yes"}, complete.version).application
    _refused_submission(agent_user, held)
    check = GoodOrderCheck.objects.get()
    assert (check.passed, check.is_first, check.occasion) == (False, True, Occasion.SUBMIT)
    assert check.agent == held.agent
    found = GoodOrderFinding.objects.values_list("code", "form", "question")
    assert ("answer_missing", "application", "med_lungs_details") in found
    assert ("signature_missing", "hipaa", "") in found
    by_form = dict(CheckedForm.objects.values_list("key", "findings"))
    assert by_form["application"] == 3
    assert "replacement" not in by_form


def test_no_answer_is_kept_with_it(agent_user: User, complete: Application) -> None:
    wrong = {"insured_born": "2031-02-03", "insured_occupation": "diver of secrets"}
    held = answer(agent_user, complete, wrong, complete.version).application
    _refused_submission(agent_user, held)
    kept = str(list(GoodOrderFinding.objects.values())) + str(list(CheckedForm.objects.values()))
    assert "in_the_future" in kept
    assert "2031" not in kept
    assert "secrets" not in kept


def test_a_second_click_is_not_counted_and_a_new_try_is(
    agent_user: User, started: Application
) -> None:
    _refused_submission(agent_user, started)
    _refused_submission(agent_user, started)
    assert GoodOrderCheck.objects.count() == 1
    answer(agent_user, started, {"insured_first_name": "Kari"}, started.version)
    _refused_submission(agent_user, started)
    assert list(GoodOrderCheck.objects.order_by("pk").values_list("is_first", flat=True)) == [
        True,
        False,
    ]


def test_a_submission_in_good_order_counts_once(
    agent_user: User, signed: Application, handed_over: list[ApplicationSubmitted]
) -> None:
    submit(agent_user, signed)
    submit(agent_user, signed)
    check = GoodOrderCheck.objects.get(occasion=Occasion.SUBMIT)
    assert (check.passed, check.is_first) == (True, True)
    assert CheckedForm.objects.filter(check_of=check, findings=0).count() == 3


def test_asking_the_client_too_early_is_kept(agent_user: User, started: Application) -> None:
    with pytest.raises(Refused):
        ask_client_to_sign(agent_user, started)
    check = GoodOrderCheck.objects.get()
    assert check.occasion == Occasion.ASK
    assert check.findings.filter(question="insured_last_name").exists()
    assert not check.findings.filter(question="med_heart").exists()


def test_a_refusal_for_another_reason_says_nothing_of_good_order(
    agent_user: User, stranger: User, complete: Application
) -> None:
    _refused_submission(stranger, complete)
    withdraw(agent_user, complete)
    _refused_submission(agent_user, complete)
    assert not GoodOrderCheck.objects.exists()


def test_who_sees_which_checks(
    agent_user: User, stranger: User, staff: User, started: Application
) -> None:
    _refused_submission(agent_user, started)
    seen = GoodOrderCheck.objects.visible_to
    assert [seen(who).count() for who in (agent_user, staff, stranger)] == [1, 1, 0]


def test_a_strangers_papers_are_kept_without_an_application(agent: Agent) -> None:
    looked = Looked(agent, Occasion.SCRUB, "fjord-life/forms", {"application": "Application"})
    finding = Finding("page_missing", "application", "", "Page 3")
    for _ in range(2):
        note_check(looked, [finding])
    assert GoodOrderCheck.objects.filter(is_first=True, passed=False).count() == 2
