"""Applications that a message may tell of a second time."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from megler.accounts.models import User
from megler.applications.models import OPEN_STATES, Application
from megler.applications.models_messages import ApplicationMessage, Direction
from megler.applications.rules.acord.measures import same_number
from megler.applications.rules.acord.report import Report, report_on, submission_in
from megler.applications.rules.acord.understanding import Understood, understand
from megler.carriers.models import Product
from megler.exchange.txlife.checking import Story
from megler.exchange.txlife.dialects import Dialect
from megler.forms.rules.questionnaire import Questionnaire
from megler.vocabulary.problems import Problem, Severity

_LOOKED_AT = 50
_NAMED = 20

SAME = "the very same message"
GUID = "the message id is the same"
TRACKING = "the sender's number is the same"
ELSEWHERE = "what no question takes"
ALIKE = "the insured, the product and the amount are the same"


@dataclass(frozen=True, slots=True)
class Double:
    """An application that a message may be about, why, and the message that it came from."""

    application: Application
    why: str
    message: ApplicationMessage | None = None


def possible_doubles(
    person: User, report: Report, story: Story, product: Product, data: bytes
) -> list[Double]:
    """Applications that may be the same one: by the message itself, its id, the sender's number, or an
    open one of the same insured for the same product and amount. Staff learn of all, others of theirs."""
    visible = Application.objects.visible_to(person)
    found: dict[Any, Double] = {}
    received = ApplicationMessage.objects.filter(
        direction=Direction.RECEIVED, application__in=visible
    ).select_related("application", "document")
    sender = report.found.message.sender[:200] if report.found else ""
    policy, guid = story.policy, story.request.guid[:200]
    tracking = policy.tracking_id[:200] if policy else ""
    same = [(SAME, {"document__sha256": sha256(data).hexdigest()})]
    same += [(GUID, {"guid": guid})] if guid else []
    same += [(TRACKING, {"sender": sender, "tracking_id": tracking})] if tracking and sender else []
    for why, told in same:
        for one in received.filter(**told).order_by("-at")[:_LOOKED_AT]:
            found.setdefault(one.application_id, Double(one.application, why, one))
    for held in _alike(visible, story, product):
        found.setdefault(held.pk, Double(held, ALIKE))
    return sorted(found.values(), key=lambda one: one.application.number)


def _alike(visible: Any, story: Story, product: Product) -> list[Application]:
    insured = story.insured
    if insured is None or not insured.last_name:
        return []
    parts = (insured.first_name, insured.middle_name, insured.last_name)
    name = " ".join(part for part in parts if part)
    open_now = visible.filter(
        product=product, state__in=OPEN_STATES, insured_name__iexact=name[:400]
    )
    found = []
    for one in open_now[:_LOOKED_AT]:
        amount = str(one.offer.get("face_amount") or "")
        born = one.answers.get("insured_born", {}).get("value")
        if same_number(amount, story.face_amount) and (not born or born == insured.born):
            found.append(one)
    return found


def told_of(one: Double, now: Understood, asked: Questionnaire, dialect: Dialect) -> list[Problem]:
    """That it may be here already, and which questions a changed message answers otherwise."""
    reference = one.application.reference
    problems = [Problem("txlife_double", "message", reference, one.why)]
    if one.message is None or one.why == SAME:
        return problems
    report = report_on(one.message.document.read(), dialect)
    story = submission_in(report)[0]
    if story is None or report.found is None:
        return problems
    then = understand(report.found, story, asked, dialect)
    before = then.answers
    changed = [
        question.short or question.text
        for key, question in asked.by_key.items()
        if (before[key].value if key in before else None)
        != (now.answers[key].value if key in now.answers else None)
    ]
    if changed:
        more = f" (+{len(changed) - _NAMED})" if len(changed) > _NAMED else ""
        named = ", ".join(changed[:_NAMED]) + more
        problems.append(Problem("txlife_changed", "message", named, reference, Severity.WARNING))
    elif _texts(then) != _texts(now):
        problem = Problem("txlife_changed", "message", ELSEWHERE, reference, Severity.WARNING)
        problems.append(problem)
    return problems


def _texts(understood: Understood) -> list[tuple[str, str]]:
    return [(one.path, one.text) for one in understood.left]
