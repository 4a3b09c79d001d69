"""The history of a case, line by line."""

import pytest
from django.utils import timezone

from megler.cases.models import Case
from megler.cases.timeline import line_of
from megler.journal.models import Entry
from megler.journal.words import timeline_words

pytestmark = pytest.mark.django_db


def line(verb: str, **data: str) -> str:
    entry = Entry(at=timezone.now(), actor_name="Kari Lund", verb=verb, data=data)
    return line_of(entry).sentence


def test_a_later_rooms_line_is_a_sentence() -> None:
    told = {"number": "O-1", "vendor": "Swift Exams"}
    assert line("order.placed", **told) == "placed order O-1 with Swift Exams"
    assert line("work.assigned", to="Marcus Bell") == "gave it to Marcus Bell"
    assert line("case.decided", decision="approved") == "recorded the decision: Approved as applied"


def test_what_an_older_line_does_not_tell_is_left_out() -> None:
    assert line("work.assigned") == "gave it to "
    assert line("never.heard_of") == "never heard of"


def test_every_line_that_a_case_gets_here_has_a_sentence(case: Case) -> None:
    from megler.cases.timeline import TIMELINE

    verbs = set(Entry.objects.filter(subject_type="case").values_list("verb", flat=True))
    assert verbs
    assert not [verb for verb in verbs if verb not in TIMELINE and not timeline_words(verb)]
