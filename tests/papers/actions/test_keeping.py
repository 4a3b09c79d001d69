"""Papers end only by rule, after two people agreed, never under a hold; killed anywhere, all the same."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction

from megler.accounts.models import User
from megler.cases.actions.papers import add_document
from megler.cases.models import Case, CaseDocument
from megler.documents.models import Document, Standing
from megler.forms.actions.seal_checks import verify_seal
from megler.forms.actions.sealing import seal_key
from megler.papers.actions import destroying, keeping
from megler.papers.actions.reading import read_document
from megler.papers.models import Destruction, PageWords, RetentionRule
from megler.papers.rules.retention import Rule
from megler.vocabulary.problems import Refused
from tests.documents.files import picture, written
from tests.papers.sheets import APS

TODAY = date(2026, 3, 2)


@pytest.fixture
def over(staff: User, case: Case, settings: Any, tmp_path: Path) -> CaseDocument:
    """A paper of a case that was closed long ago, and a rule of seven years."""
    settings.VAR_DIR = tmp_path
    paper = add_document(staff, case, written(APS), "APS Kari Hope.pdf")
    read_document(paper.document)
    Case.objects.filter(pk=case.pk).update(
        status="closed", holder="", closed_at=datetime(2015, 1, 5, tzinfo=UTC)
    )
    keeping.make_rule(staff, Rule("", 7))
    return paper


def approved(staff: User, other_staff: User) -> Destruction:
    found = keeping.propose(TODAY)
    assert found is not None
    keeping.agree(staff, found)
    return keeping.approve(other_staff, found)


def test_what_is_over_is_destroyed_by_two_and_certified(
    staff: User, other_staff: User, over: CaseDocument
) -> None:
    with_original = add_document(staff, over.case, picture(), "photo.png")
    places = [
        str(over.document.file),
        *(str(o.file) for o in with_original.document.originals.all()),
    ]
    done = destroying.destroy(approved(staff, other_staff).pk)
    assert done is not None
    assert done.step == Destruction.Step.DONE
    document = Document.objects.get(pk=over.document_id)
    assert (document.standing, document.name, bool(document.file)) == (
        "destroyed",
        "destroyed",
        False,
    )
    assert not any(default_storage.exists(place) for place in places)
    assert not PageWords.objects.filter(document=document).exists()
    with pytest.raises(Refused):
        document.read()
    assert done.certificate is not None
    content = done.certificate.read()
    assert verify_seal(content, seal_key().certificates, "c.pdf").holds
    assert destroying.destroy(done.pk) is None
    assert keeping.propose(TODAY) is None


def test_the_same_person_cannot_agree_twice(staff: User, over: CaseDocument) -> None:
    found = keeping.propose(TODAY)
    assert found is not None
    keeping.agree(staff, found)
    with pytest.raises(Refused) as refused:
        keeping.approve(staff, found)
    assert refused.value.problems[0].code == "paper_same_person"
    with pytest.raises(DatabaseError), transaction.atomic():
        Destruction.objects.filter(pk=found.pk).update(approved_by=staff)


def test_a_hold_stops_what_is_proposed_and_what_is_approved(
    staff: User, other_staff: User, over: CaseDocument
) -> None:
    found = approved(staff, other_staff)
    hold = keeping.place_hold(staff, over.case, "a claim")
    done = destroying.destroy(found.pk)
    assert done is not None
    assert set(done.papers.values_list("kept_because", flat=True)) == {"hold"}
    assert Document.objects.get(pk=over.document_id).standing == Standing.CLEAR
    assert keeping.propose(TODAY) is None
    keeping.lift_hold(other_staff, hold)
    with pytest.raises(Refused):
        keeping.lift_hold(staff, hold)
    assert keeping.propose(TODAY) is not None
    keeping.place_hold(staff, None, "everything")
    assert keeping.propose(TODAY) is None


def test_what_is_not_over_or_has_no_rule_is_not_proposed(staff: User, over: CaseDocument) -> None:
    assert keeping.propose(date(2022, 1, 3)) is None
    keeping.end_rule(staff, RetentionRule.objects.get())
    assert keeping.propose(TODAY) is None


def test_a_second_run_of_the_day_proposes_nothing_more(over: CaseDocument) -> None:
    first = keeping.propose(TODAY)
    assert first is not None
    count = first.papers.count()
    assert keeping.propose(TODAY) is None
    assert first.papers.count() == count


class Killed(BaseException):
    """The worker is gone."""


@pytest.mark.parametrize("step", ["delete_files", "_certify", "store"])
def test_killed_at_any_step_it_ends_complete(
    step: str,
    staff: User,
    other_staff: User,
    over: CaseDocument,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = str(over.document.file)
    found = approved(staff, other_staff)

    def killed(*args: Any, **more: Any) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(destroying, step, killed)
        with pytest.raises(Killed):
            destroying.destroy(found.pk)
    assert destroying.finish_destructions() == 1
    found.refresh_from_db()
    assert found.step == Destruction.Step.DONE
    assert not default_storage.exists(place)
    assert not found.papers.filter(done_at=None, kept_because="").exists()
    assert Document.objects.filter(name__startswith="certificate-").count() == 1


def test_nothing_else_deletes_a_document(over: CaseDocument) -> None:
    statement = "DELETE FROM documents_document WHERE id = %s"
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(statement, [over.document_id])


def test_an_agent_keeps_and_destroys_nothing(over: CaseDocument) -> None:
    agent = over.case.agent.user
    assert agent is not None
    with pytest.raises(Refused):
        keeping.make_rule(agent, Rule("", 1))
    with pytest.raises(Refused):
        keeping.place_hold(agent, over.case, "x")
