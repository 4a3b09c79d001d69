"""A routine is tried out on the past before it is switched on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from megler.accounts.models import User
from megler.cases.actions import review
from megler.cases.models import Case
from megler.routines.actions import previewing
from megler.routines.actions.making import save_routine
from megler.routines.models import Acted, Preview
from megler.vocabulary.problems import Refused
from tests.routines.making import IN_ORDER, TASK


def whole(preview: Preview) -> Preview:
    while preview.state == Preview.State.RUNNING:
        previewing.go_on_with_preview(str(preview.pk))
        preview.refresh_from_db()
    return preview


def test_it_says_how_often_on_which_cases_and_what_it_would_write(
    manager: User, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previewing, "SLICE", 1)
    now = timezone.now()
    review.start_review(manager, case, at=now - timedelta(hours=2))
    review.confirm_good_order(manager, case, at=now - timedelta(hours=1))
    routine = save_routine(manager, "r", {"when": IN_ORDER, "then": [TASK]})
    found = whole(previewing.start_preview(manager, routine))
    assert (found.times, found.cases, found.percent) == (2, [str(case.pk)], 100)
    assert found.samples[0]["texts"] == [
        {"do": "task", "text": f"Look at {case.reference} of Kari Hope", "kind": ""}
    ]
    assert not Acted.objects.exists()


def test_what_time_would_set_off_is_what_is_ripe_now(manager: User, case: Case) -> None:
    when = {"when": "held", "holder": "agency", "days": "1"}
    routine = save_routine(manager, "r", {"when": when, "then": [TASK]})
    assert whole(previewing.start_preview(manager, routine)).times == 1


def test_only_who_may_change_routines_tries_them(manager: User, new_business: User) -> None:
    routine = save_routine(manager, "r", {"when": IN_ORDER, "then": [TASK]})
    with pytest.raises(Refused):
        previewing.start_preview(new_business, routine)
