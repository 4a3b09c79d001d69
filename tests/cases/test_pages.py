"""The pages of cases: what each person sees and does, and in how many queries."""

import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.actions import carrier, papers, requirements, review
from megler.cases.models import Case, Requirement
from megler.cases.rules.words import Decision
from megler.licensing.models import Agent
from megler.vocabulary.codes import RequirementKind as Kind
from tests.cases import cast
from tests.cases.cast import AT

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def page(manager: User) -> Browser:
    return cast.signed_in(manager)


def act(page: Browser, case: Case, name: str, **given: Any) -> Any:
    version = Case.objects.values_list("version", flat=True).get(pk=case.pk)
    given = {"version": version, **given}
    return page.post(f"/cases/{case.pk}/do/{name}/", given, follow=True)


def test_a_case_manager_takes_a_case_to_in_force(page: Browser, case: Case) -> None:
    for name in ("confirm_good_order", "send_to_carrier", "record_received"):
        assert act(page, case, name).status_code == 200
    act(page, case, "record_in_underwriting")
    form = text(page.get(f"/cases/{case.pk}/do/record_decision/"))
    assert "Counter-offer" in form
    assert 'value="Preferred"' in form
    act(page, case, "record_decision", decision="approved", words="Approved", channel="portal")
    act(page, case, "record_issue", policy_number="NH-1")
    act(page, case, "record_delivery", on="2026-03-02")
    receipt = Requirement.objects.get(case=case, kind="delivery_receipt")
    act_on = f"/cases/{case.pk}/requirements/{receipt.pk}/arrive/"
    assert "New documents" in text(page.get(act_on))
    scan = SimpleUploadedFile("receipt.pdf", cast.pdf())
    page.post(act_on, {"seen": "needed", "uploads": [scan]})
    answer = act(page, case, "record_first_premium", on="2026-03-02")
    case.refresh_from_db()
    assert (case.status, case.outcome) == ("in_force", "placed")
    assert "In force" in text(answer)
    assert receipt.documents.get().document.name == "receipt.pdf"


def test_what_is_offered_is_what_can_be_done(page: Browser, case: Case) -> None:
    shown = text(page.get(f"/cases/{case.pk}/"))
    assert "In good order" in shown
    assert "Record the decision" not in shown
    act(page, case, "confirm_good_order")
    shown = text(page.get(f"/cases/{case.pk}/"))
    assert "Send to the carrier" in shown


def test_htmx_gets_the_part_and_is_told_what_was_done(page: Browser, case: Case) -> None:
    answer = page.post(
        f"/cases/{case.pk}/do/start_review/", {"version": 1}, headers={"HX-Request": "true"}
    )
    where = json.loads(answer.headers["HX-Location"])
    assert (where["target"], where["push"]) == ("#case", "false")
    assert "review has begun" in answer.headers["HX-Trigger"]
    part = text(page.get(where["path"], headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert "Agency review" in part
    again = page.post(
        f"/cases/{case.pk}/do/start_review/", {"version": 1}, headers={"HX-Request": "true"}
    )
    assert again.status_code == 422
    assert "nothing was changed" in text(again)
    assert cast.verbs(case).count("case.review_started") == 1


def test_a_form_over_a_newer_change_is_refused_with_what_was_typed(
    page: Browser, case: Case, manager: User
) -> None:
    review.start_review(manager, case, at=AT)
    given = {"version": 1, "because": "Page 4 lacks"}
    answer = page.post(f"/cases/{case.pk}/do/return_to_agent/", given)
    assert answer.status_code == 422
    assert "changed by somebody else" in text(answer)
    assert "Page 4 lacks" in text(answer)
    case.refresh_from_db()
    assert case.status == "agency_review"


def test_a_reason_left_out_is_asked_for(page: Browser, case: Case) -> None:
    answer = page.post(f"/cases/{case.pk}/do/close/", {"version": 1, "closing": "withdrawn"})
    assert answer.status_code == 422
    assert "This field is required" in text(answer)


def test_notes_tasks_documents_and_requirements_are_added(page: Browser, case: Case) -> None:
    url = f"/cases/{case.pk}/"
    page.post(url + "notes/", {"text": "Call Dr. Lie", "for_agent": "on"})
    page.post(url + "tasks/", {"title": "Call", "due_on": "2026-03-05", "role": "case_manager"})
    page.post(url + "requirements/", {"kind": "aps", "detail": "Dr. Lie"})
    files = [SimpleUploadedFile(f"{n}.pdf", cast.pdf(n)) for n in (1, 2)]
    page.post(url + "documents/", {"uploads": files, "kind": "other", "visible_to_agent": "on"})
    shown = text(page.get(url))
    for said in ("Call Dr. Lie", "Attending physician statement", "2.pdf", "2 pages"):
        assert said in shown
    task = case_task = None
    for found in page.get(url).context["tasks"]:
        case_task = found if found.title == "Call" else case_task
    task = case_task
    assert task is not None
    page.post(f"{url}tasks/{task.pk}/finish/")
    task.refresh_from_db()
    assert task.done_by == "Kari Lund"


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_form_sent_twice_adds_once(page: Browser, case: Case, headers: dict[str, str]) -> None:
    given = {"text": "Once", "once": str(uuid.uuid4())}
    answers = [page.post(f"/cases/{case.pk}/notes/", given, headers=headers) for _ in range(2)]
    assert case.notes.count() == 1
    for name in ("Location", "HX-Location", "HX-Trigger"):
        assert answers[0].headers.get(name) == answers[1].headers.get(name)


def test_one_bad_file_keeps_all_of_them_out(page: Browser, case: Case) -> None:
    good, bad = SimpleUploadedFile("a.pdf", cast.pdf()), SimpleUploadedFile("b.pdf", b"MZ")
    answer = page.post(f"/cases/{case.pk}/documents/", {"uploads": [good, bad], "kind": "other"})
    assert answer.status_code == 422
    assert "b.pdf cannot be taken" in text(answer)
    assert case.documents.count() == 1


def test_a_document_is_shown_and_previewed_and_not_kept_by_the_browser(
    page: Browser, case: Case
) -> None:
    paper = case.documents.get()
    url = f"/cases/{case.pk}/documents/{paper.pk}/"
    whole = page.get(url)
    assert b"".join(whole.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert whole.headers["Content-Type"] == "application/pdf"
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert "attachment" in page.get(url + "?download=1").headers["Content-Disposition"]
    preview = page.get(url + "preview/?page=2")
    assert preview.content.startswith(b"\x89PNG")
    for answer in (whole, preview):
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert page.get(url + "preview/?page=9").status_code == 404


def test_the_agent_sees_the_same_in_plain_words(agent: Agent, case: Case, manager: User) -> None:
    papers.add_note(manager, case, "Internal matter", at=AT)
    review.return_to_agent(manager, case, "Page 4 is unsigned", at=AT)
    assert agent.user is not None
    mine = cast.signed_in(agent.user)
    shown = text(mine.get(f"/cases/{case.pk}/"))
    assert "Page 4 is unsigned" in shown
    assert "You" in shown
    assert "Submit again" in shown
    assert "Internal matter" not in shown
    assert "Close the case" not in shown
    act(mine, case, "resubmit")
    case.refresh_from_db()
    assert case.status == "submitted"


def test_the_agent_brings_what_is_theirs_with_a_document(
    agent: Agent, case: Case, manager: User
) -> None:
    form = requirements.add_requirement(manager, case, Kind.REPLACEMENT_FORM, at=AT)
    exam = requirements.add_requirement(manager, case, Kind.PARAMEDICAL_EXAM, at=AT)
    assert agent.user is not None
    mine = cast.signed_in(agent.user)
    url = f"/cases/{case.pk}/requirements/"
    assert mine.get(f"{url}{exam.pk}/arrive/").status_code == 404
    assert mine.post(f"{url}{exam.pk}/arrive/", {"seen": "needed"}).status_code == 422
    assert mine.post(f"{url}{form.pk}/arrive/", {"seen": "needed"}).status_code == 422
    scan = SimpleUploadedFile("form.pdf", cast.pdf())
    mine.post(f"{url}{form.pk}/arrive/", {"seen": "needed", "uploads": [scan]})
    form.refresh_from_db()
    assert form.state == "received"
    assert mine.post(f"{url}{form.pk}/waive/", {"because": "x"}).status_code == 404


def paths(case: Case, requirement: Requirement) -> list[tuple[str, str]]:
    url = f"/cases/{case.pk}/"
    paper = case.documents.earliest("added_at")
    return [
        ("get", url),
        ("get", url + "timeline/"),
        ("get", url + "do/close/"),
        ("post", url + "do/close/"),
        ("post", url + "do/resubmit/"),
        ("post", url + "notes/"),
        ("post", url + "tasks/"),
        ("post", url + "documents/"),
        ("post", url + "requirements/"),
        ("post", f"{url}requirements/{requirement.pk}/arrive/"),
        ("get", f"{url}documents/{paper.pk}/"),
        ("get", f"{url}documents/{paper.pk}/preview/"),
    ]


def test_to_a_stranger_there_is_nothing(case: Case, manager: User) -> None:
    requirement = requirements.add_requirement(manager, case, Kind.APS, at=AT)
    stranger, rival = cast.an_agent("Ola Nes").user, cast.a_carrier("tundra-life")
    assert stranger is not None
    for person in (stranger, cast.a_carrier_person(rival), cast.a_carrier_person(case.carrier)):
        browser = cast.signed_in(person)
        for method, path in paths(case, requirement):
            answer = getattr(browser, method)(path)
            assert answer.status_code == 404, (person, method, path)


def test_a_carrier_reads_what_was_sent_and_changes_nothing(case: Case, manager: User) -> None:
    secret = papers.add_document(manager, case, cast.pdf(), "internal.pdf", at=AT)
    papers.add_note(manager, case, "Internal matter", True, at=AT)
    review.confirm_good_order(manager, case, at=AT)
    review.send_to_carrier(manager, case, at=AT)
    una = cast.signed_in(cast.a_carrier_person(case.carrier))
    shown = text(una.get(f"/cases/{case.pk}/"))
    assert "application.pdf" in shown
    assert "internal.pdf" not in shown
    assert "Internal matter" not in shown
    assert "<form" not in shown[shown.index('id="case"') :]
    assert una.get(f"/cases/{case.pk}/documents/{secret.pk}/").status_code == 404
    assert una.post(f"/cases/{case.pk}/notes/", {"text": "x"}).status_code == 404
    assert una.post(f"/cases/{case.pk}/do/close/", {}).status_code == 404


def test_an_unknown_act_is_not_there(page: Browser, case: Case) -> None:
    assert page.get(f"/cases/{case.pk}/do/explode/").status_code == 404
    assert page.get(f"/cases/{case.pk}/do/submit/").status_code == 404


def queries(run: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as ran:
        assert run().status_code == 200
    return len(ran)


def test_the_list_costs_the_same_however_many_cases_there_are(
    page: Browser, agent: Agent, case: Case
) -> None:
    page.get("/cases/")
    one = queries(lambda: page.get("/cases/"))
    for number in range(5):
        cast.a_case(agent, name=f"Per Vik{number}")
    assert queries(lambda: page.get("/cases/")) == one
    assert one <= 10


def test_the_case_costs_the_same_however_much_is_in_it(
    page: Browser, case: Case, manager: User, agent: Agent
) -> None:
    requirements.add_requirement(manager, case, Kind.APS, at=AT)
    papers.add_note(manager, case, "Note", at=AT)
    few = queries(lambda: page.get(f"/cases/{case.pk}/"))
    for kind in (Kind.ECG, Kind.MD_EXAM, Kind.URINE):
        paper = papers.add_document(manager, case, cast.pdf(), f"{kind}.pdf", at=AT)
        added = requirements.add_requirement(manager, case, kind, at=AT)
        requirements.record_arrival(manager, added, [paper], at=AT)
        papers.add_note(manager, case, "Note", at=AT)
        papers.add_task(manager, case, "Task", AT.date(), at=AT)
        cast.a_case(agent, name="Per Vik")
    assert queries(lambda: page.get(f"/cases/{case.pk}/")) == few
    assert few <= 21


def found(page: Browser, **query: str) -> list[str]:
    return [case.client.name for case in page.get("/cases/", query).context["page"].cases]


def test_cases_are_found_by_name_number_and_policy(
    page: Browser, case: Case, manager: User, agent: Agent
) -> None:
    other = cast.a_case(cast.an_agent("Ola Nes"), name="José O'Brien")
    review.confirm_good_order(manager, other, at=AT)
    review.send_to_carrier(manager, other, at=AT)
    carrier.record_decision(manager, other, Decision.APPROVED, at=AT)
    from megler.cases.actions import policy

    policy.record_issue(manager, other, "NH-778/B", at=AT)
    for words in ("obri", "jose ob", "C-" + str(other.number), "nh-778", "NH 778"):
        assert found(page, q=words) == ["José O'Brien"], words
    assert found(page, q="hope") == ["Kari Hope"]
    assert found(page, q="nobody & ! | :*'") == []
    assert found(page, status="issued") == ["José O'Brien"]
    assert found(page, status="open") == ["José O'Brien", "Kari Hope"]
    silent = Case.objects.filter(client__name="Kari Hope")
    said = timezone.now() - timedelta(days=9)
    silent.update(status="in_underwriting", holder="carrier", carrier_said_at=said)
    assert found(page, status="stale") == ["Kari Hope"]
    assert "9 days ago" in page.get("/cases/").content.decode()
    silent.update(carrier_said_at=timezone.now(), holder="agency")
    assert found(page, status="stale") == []
    assert found(page, holder="agency") == ["Kari Hope"]
    assert found(page, agent=str(agent.pk)) == ["Kari Hope"]
    assert found(page, carrier="tundra-life") == []
    assert found(page, status="nonsense", holder="x", agent="y") == ["José O'Brien", "Kari Hope"]


@pytest.mark.parametrize("sort", ["", "waiting"])
def test_the_list_goes_on_and_comes_back(
    page: Browser, agent: Agent, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    from megler.cases import finding

    names = [f"Ada N{number}" for number in range(7)]
    for name in names:
        cast.a_case(agent, name=name)
    cases = finding.found(cast.somebody(Role.SERVICE, "Sol Vik"), finding.Wanted())
    by_wait = sort == "waiting"
    order = names if by_wait else names[::-1]

    def part(mark: str) -> finding.Page:
        return finding.page_of(cases, mark, by_wait, size=3)

    first = part("")
    second = part(first.older or "")
    third = part(second.older or "")
    shown = [[c.client.name for c in p.cases] for p in (first, second, third)]
    assert shown == [order[:3], order[3:6], order[6:]]
    assert first.newer is None
    assert third.older is None
    back = part(third.newer or "")
    assert [c.client.name for c in back.cases] == order[3:6]
    assert part("o" + "9" * 30).cases
    assert part("nonsense").cases


def test_the_timeline_goes_on(page: Browser, case: Case, manager: User) -> None:
    for number in range(20):
        papers.add_note(manager, case, f"Note {number}", at=AT)
    older = page.get(f"/cases/{case.pk}/").context["timeline"].older
    url = f"/cases/{case.pk}/timeline/"
    rest = text(page.get(url, {"before": older}, headers={"HX-Request": "true"}))
    assert "opened the case" in rest
    assert "<html" not in rest
    assert "<html" in text(page.get(url, {"before": "x"}))
