"""What a carrier pushes reaches its cases through its feed, once."""

import json

import pytest

from megler.accounts.rules.roles import Role
from megler.cases.models import Case
from megler.events.actions.hearing import hear, take_heard
from megler.events.models import Heard, Listening
from megler.feeds.actions.taking import take_file
from megler.feeds.models import FeedFile
from tests.cases import cast
from tests.feeds.cast import AT, DAY, a_case_at_carrier, a_source

pytestmark = pytest.mark.django_db
PUSHED = {
    "eventId": "e-1",
    "policyNumber": "NL-1",
    "applicationOrigin": {"platform": "Nordhavn"},
    "status": "inProgress",
    "eventType": "applicationStatus.v1.documentReviewActionNeeded",
    "notification": {
        "status": "inProgress",
        "isActionNeeded": True,
        "issues": [{"formName": "HIPAA Form", "note": "unsigned"}],
    },
}


def test_a_pushed_notification_moves_its_case_once(folder: None) -> None:
    case = a_case_at_carrier(cast.somebody(Role.CASE_MANAGER, "Kari Lund"))
    Case.objects.filter(pk=case.pk).update(policy_number="NL 1")
    a_source(slug="nordhavn-iri", format="iri", carrier=case.carrier)
    listening = Listening.objects.create(carrier=case.carrier, secret="x", made_at=AT)
    body = json.dumps(PUSHED).encode()
    assert [hear(listening, body, AT + DAY), hear(listening, body, AT + DAY)] == [True, False]
    heard = Heard.objects.get()
    assert [take_heard(str(heard.pk), AT + DAY), take_heard(str(heard.pk), AT + DAY)] == [
        True,
        False,
    ]
    file = FeedFile.objects.get()
    take_file(file.pk, AT + DAY)
    file.refresh_from_db()
    case.refresh_from_db()
    assert (file.state, case.status) == ("done", "in_underwriting")
    assert case.requirements.filter(kind="hipaa_authorisation").count() == 1
