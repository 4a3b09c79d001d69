"""What waits in the demo agency's tray shows each kind of answer."""

from django.utils import timezone

from megler.accounts.models import User
from megler.cases.models import Case
from megler.demo.actions.arriving import let_arrive
from megler.papers.actions.proposing import proposals_for
from megler.papers.models import Arrival
from megler.papers.rules.matching import Certainty
from tests.papers.conftest import case, kept_apart, staff  # noqa: F401 - fixtures


def test_the_tray_holds_one_of_each(staff: User, case: Case) -> None:  # noqa: F811
    let_arrive(staff, timezone.now())
    arrivals = list(Arrival.objects.order_by("at", "document__name"))
    found = proposals_for(arrivals)
    told = {
        one.document.name: [each.proposal.certainty for each in found[one.pk]] for one in arrivals
    }
    assert told["scan_0412.pdf"] == [Certainty.SURE]
    assert told["batch morning.pdf"] == [Certainty.SURE]
    assert told[f"{case.client.name} records.pdf"] == [Certainty.BARRED]
    assert told["fax 14.pdf"] == []
