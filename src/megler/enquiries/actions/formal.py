"""When a formal case opens from an enquiry: its evidence serves, and its rivals are linked."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from megler.cases.actions.doers import Robot
from megler.cases.actions.links import link_cases
from megler.cases.actions.raising import asking
from megler.cases.actions.requirements import record_arrival
from megler.cases.models import Case, CaseDocument, Requirement
from megler.cases.names import DocumentKind
from megler.cases.rules.links import LinkKind
from megler.cases.rules.moments import CaseHappened
from megler.cases.rules.requirements import State
from megler.enquiries.models import Enquiry, EnquiryCarrier, EvidenceUse, SharedEvidence
from megler.enquiries.rules.evidence import serving
from megler.journal.actions import record
from megler.vocabulary.codes import RequirementKind

_STILL_DUE = [State.NEEDED.value, State.REJECTED.value, State.EXPIRED.value]


def take_over(told: CaseHappened) -> None:
    """A case opened: if an enquiry led to it, what was gathered for all carriers serves it too."""
    if told.verb != "case.opened":
        return
    found = EnquiryCarrier.objects.filter(application__case=told.case_id)
    one = found.select_related("enquiry", "application__case").first()
    if one is None or one.application is None:
        return
    with transaction.atomic():
        case = one.application.case
        robot = Robot(f"Megler ({one.enquiry.reference})")
        if one.enquiry.client_id is None:
            Enquiry.objects.filter(pk=one.enquiry_id).update(client=case.client)
        served = serve_requirements(robot, one, case, told)
        rivals = _link_rivals(robot, one, case, told)
        data = {"case": case.reference, "served": served, "rivals": rivals}
        record(robot.actor(), "enquiry.case_opened", one.enquiry.subject, data, told.at)


def serve_requirements(robot: Robot, one: EnquiryCarrier, case: Case, told: CaseHappened) -> int:
    """Let the enquiry's evidence arrive for the case's requirements; returns for how many.

    One piece may serve several; none that is too old on the day. It is dated as it is of: a
    requirement served by it grows too old when the evidence does.
    """
    day = timezone.localtime(told.at).date()
    here = one.enquiry.evidence.filter(done_on__isnull=False).select_related("document")
    pieces = {str(piece.pk): piece for piece in here}
    gathered = [known for piece in pieces.values() if (known := piece.to_facts())]
    served = 0
    for requirement in case.requirements.filter(state__in=_STILL_DUE).order_by("raised_at", "kind"):
        kind, detail = RequirementKind(requirement.kind), str(requirement.detail or "")
        valid = asking(case, kind, requirement.valid_days).valid_days
        fitting = serving(kind, detail, gathered, day, valid_days=valid)
        if fitting is not None:
            _serve(robot, requirement, pieces[fitting.key], told)
            served += 1
    return served


def _serve(
    robot: Robot, requirement: Requirement, piece: SharedEvidence, told: CaseHappened
) -> None:
    papers = []
    if piece.document is not None:
        paper, _made = CaseDocument.objects.get_or_create(
            case=requirement.case,
            document=piece.document,
            defaults={"kind": DocumentKind.RESULT, "added_at": told.at},
        )
        papers.append(paper)
    record_arrival(robot, requirement, papers, of_day=piece.done_on, at=told.at)
    EvidenceUse.objects.create(evidence=piece, requirement=requirement, used_at=told.at)


def _link_rivals(robot: Robot, one: EnquiryCarrier, case: Case, told: CaseHappened) -> int:
    """Other cases of the same enquiry are alternatives: only one of them is to be placed."""
    others = Case.objects.filter(application__enquiry_carrier__enquiry=one.enquiry_id)
    rivals = list(others.exclude(pk=case.pk))
    for rival in rivals:
        link_cases(robot, rival, case, LinkKind.ALTERNATIVE, told.at)
    return len(rivals)


def enquiry_of(case_id: UUID) -> EnquiryCarrier | None:
    """The carrier's part of the enquiry from which a case came; None when it came otherwise."""
    found = EnquiryCarrier.objects.filter(application__case=case_id)
    return found.select_related("enquiry", "answer", "carrier").first()
