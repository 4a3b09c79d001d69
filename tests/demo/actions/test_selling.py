"""From a quote to a submitted application in the demo."""

import random

import pytest
from django.utils import timezone

from megler.applications.models import Application
from megler.applications.models_filling import GoodOrderCheck
from megler.demo.actions.applicants import an_applicant
from megler.demo.actions.selling import NOT_IN_GOOD_ORDER, fill_in
from megler.demo.actions.telling import Told
from megler.demo.rules.applicants import Applicant

EVERY = [an_applicant(random.Random(seed), timezone.localdate()) for seed in range(300)]


def is_hasty(applicant: Applicant) -> bool:
    return random.Random(applicant.ssn).random() < NOT_IN_GOOD_ORDER


@pytest.mark.parametrize("applicant", [one for one in EVERY if is_hasty(one)][:4])
def test_who_submits_too_soon_is_counted_and_forgets_nothing_in_the_end(
    told: Told, held: Application, applicant: Applicant
) -> None:
    told.applicant = applicant
    fill_in(told, held)
    (check,) = GoodOrderCheck.objects.all()
    assert not check.passed
    assert not check.findings.filter(code="signature_missing").exists()
    forgotten = set(check.findings.values_list("question", flat=True))
    held.refresh_from_db()
    assert forgotten
    assert all(held.given[key].value is not None for key in forgotten if key in held.given)


@pytest.mark.parametrize("applicant", [one for one in EVERY if not is_hasty(one)][:2])
def test_most_forget_nothing(told: Told, held: Application, applicant: Applicant) -> None:
    told.applicant = applicant
    fill_in(told, held)
    assert not GoodOrderCheck.objects.exists()
