"""A document that is here already is filed once; papers lie on a requirement without moving it."""

import pytest

from megler.accounts.models import User
from megler.cases.actions import filing, requirements
from megler.cases.actions.doers import Robot
from megler.cases.models import Case, CaseDocument
from megler.documents.actions import store
from megler.vocabulary.codes import RequirementKind as Kind
from tests.cases import cast
from tests.cases.cast import AT

pytestmark = pytest.mark.django_db
SWIFT = Robot("Swift Records", "vendor:swift", "vendor")


def test_papers_are_filed_once_and_move_nothing(manager: User, case: Case) -> None:
    aps = requirements.add_requirement(manager, case, Kind.APS, at=AT)
    document = store(cast.pdf(2), "aps.pdf", SWIFT.actor(), AT)
    papers = [filing.file_document(SWIFT, case, document, at=AT) for _twice in range(2)]
    assert papers[0] == papers[1]
    for _twice in range(2):
        filing.add_papers(SWIFT, aps, papers, AT)
    aps.refresh_from_db()
    assert aps.state == "needed"
    assert list(aps.documents.all()) == [CaseDocument.objects.get(document=document)]
    assert cast.verbs(case)[-2:] == ["document.added", "requirement.papers_added"]


def test_what_a_vendor_gives_back_is_needed_again(manager: User, case: Case) -> None:
    aps = requirements.add_requirement(manager, case, Kind.APS, at=AT)
    requirements.order_requirement(manager, aps, "Swift Records", at=AT)
    again = requirements.give_back_requirement(SWIFT, aps, "no such patient", at=AT)
    assert (again.state, again.holder, again.vendor) == ("needed", "agency", "")
    assert requirements.order_requirement(manager, again, "Other", at=AT).state == "ordered"
