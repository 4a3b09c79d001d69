"""The agency's review: good order, back to the agent and again, and on to the carrier."""

from datetime import datetime

from django.db import transaction

from megler.accounts.rules.roles import Can
from megler.cases.actions.doers import Doer
from megler.cases.actions.duties import put_up_review, review_is_done
from megler.cases.actions.holding import carry_out, moment
from megler.cases.models import Case
from megler.cases.names import DocumentKind
from megler.cases.rules.status import Act
from megler.vocabulary.problems import Problem, Refused

GOES_WITH_APPLICATION = (DocumentKind.APPLICATION, DocumentKind.ILLUSTRATION)


def start_review(
    person: Doer, case: Case, version: int | None = None, at: datetime | None = None
) -> Case:
    """Begin to check a submitted application."""
    with transaction.atomic():
        return carry_out(person, case, Act.START_REVIEW, version=version, at=moment(at))


def confirm_good_order(
    person: Doer, case: Case, version: int | None = None, at: datetime | None = None
) -> Case:
    """Say that the application is in good order and can go to the carrier."""
    at = moment(at)
    with transaction.atomic():
        changes = {"good_order_at": at, "returned_because": None}
        held = carry_out(
            person, case, Act.CONFIRM_GOOD_ORDER, version=version, changes=changes, at=at
        )
        review_is_done(person.actor(), held, at)
    return held


def return_to_agent(
    person: Doer, case: Case, because: str, version: int | None = None, at: datetime | None = None
) -> Case:
    """Give the application back with what it lacks. Raises `Refused` without a reason."""
    if not because.strip():
        raise Refused(Problem("case_reason_missing", "because"))
    at = moment(at)
    with transaction.atomic():
        changes = {"good_order_at": None, "returned_because": because.strip()}
        held = carry_out(person, case, Act.RETURN_TO_AGENT, version=version, changes=changes, at=at)
        review_is_done(person.actor(), held, at)
    return held


def resubmit(
    person: Doer, case: Case, version: int | None = None, at: datetime | None = None
) -> Case:
    """The agent has answered what the agency asked."""
    at = moment(at)
    with transaction.atomic():
        held = carry_out(person, case, Act.RESUBMIT, needs=Can.ADD_TO_CASE, version=version, at=at)
        put_up_review(held, at)
    return held


def send_to_carrier(
    person: Doer, case: Case, version: int | None = None, at: datetime | None = None
) -> Case:
    """Send the application with its papers; from now on the carrier's people see the case."""
    at = moment(at)

    def send_papers(held: Case) -> None:
        held.documents.filter(kind__in=GOES_WITH_APPLICATION, sent_at=None).update(sent_at=at)

    with transaction.atomic():
        return carry_out(
            person,
            case,
            Act.SEND_TO_CARRIER,
            version=version,
            changes={"sent_at": at},
            before=send_papers,
            at=at,
        )
