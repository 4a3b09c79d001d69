"""What an agent, or an assistant for their agents, has on hand: each part one bounded query or two."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case as Choose
from django.db.models import IntegerField, Value, When
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.applications.models import OPEN_STATES, Application, State
from megler.cases import names
from megler.cases.models import Case, Requirement
from megler.cases.rules.standing import NextStep
from megler.cases.rules.words import Decision, Holder, Status
from megler.forms.models import SignatureRequest
from megler.forms.rules.questionnaire import SignerRole
from megler.insight.rules.stages import OPEN, WAY, step_of
from megler.licensing.models import Agent
from megler.quoting.models import Quote
from megler.vocabulary.codes import RequirementKind
from megler.work.models import Task

CASES_MAX = 12
SHORT_MAX = 6
WAITING_MAX = 30

STEPS: dict[str, Promise] = {
    NextStep.CORRECT: gettext_lazy("Answer the agency and submit again"),
    NextStep.DELIVER: gettext_lazy("Deliver the policy"),
}
YOUR_STEPS: dict[str, Promise] = {
    NextStep.CORRECT: gettext_lazy("You answer what the agency asked, and submit again."),
    NextStep.DELIVER: gettext_lazy("You deliver the policy to the client."),
    NextStep.BRING_REQUIREMENTS: gettext_lazy("You bring in what the carrier still needs."),
    NextStep.BRING_DELIVERY_REQUIREMENTS: gettext_lazy("You send in the signed delivery papers."),
}
STEP_ICONS: dict[str, str] = {NextStep.CORRECT: "arrow-back", NextStep.DELIVER: "package"}


@dataclass(frozen=True, slots=True)
class Mine:
    """One thing that waits for the agent: what to do, about what, since when."""

    what: str
    about: tuple[str, ...]
    since: datetime
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """An open case in plain words; `steps` says of each step of the way done, now or empty."""

    case: Case
    status: str
    tone: str
    holder_icon: str
    holder: str
    with_me: bool
    next_step: str
    steps: list[str]


def agents_of(person: User) -> list[Agent]:
    """The agents whose business this is."""
    return list(Agent.objects.acted_for_by(person).order_by("name", "pk")[:50])


def my_cases(person: User) -> tuple[list[CaseLine], bool]:
    """Open cases, those with the agent first, then the latest moved; and whether there are more."""
    is_agent = person.role == Role.AGENT
    with_agent = Choose(
        When(holder=Holder.AGENT, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = (
        Case.objects.visible_to(person)
        .filter(status__in=OPEN)
        .select_related("client", "product", "carrier", "agent")
        .defer("carrier_words", "returned_because", "client__ssn")
        .order_by(with_agent, "-holder_since", "-pk")[: CASES_MAX + 1]
    )
    found = list(rows)
    return [_line(case, is_agent) for case in found[:CASES_MAX]], len(found) > CASES_MAX


def _status(case: Case) -> str:
    """Where it is; once decided, what was decided, until the policy is issued."""
    if case.status == Status.DECIDED and case.decision:
        return str(names.DECISION[Decision(case.decision)])
    return str(names.STATUS[Status(case.status)])


def _line(case: Case, is_agent: bool) -> CaseLine:
    with_me = case.holder == Holder.AGENT
    step = NextStep(case.next_step)
    behind = step_of(Status(case.status))
    steps = ["done" if at < behind else "now" if at == behind else "" for at in range(len(WAY))]
    return CaseLine(
        case=case,
        status=_status(case),
        tone=names.TONES.get(Status(case.status), "quiet"),
        holder_icon=names.HOLDER_ICONS.get(Holder(case.holder), "user"),
        holder=_("You") if with_me and is_agent else str(names.HOLDER[Holder(case.holder)]),
        with_me=with_me,
        next_step=_next_step(step, with_me and is_agent),
        steps=steps,
    )


def _next_step(step: NextStep, with_you: bool) -> str:
    told = YOUR_STEPS.get(step) if with_you else None
    return str(told or names.NEXT_STEP[step])


def waits_for_me(person: User) -> list[Mine]:
    """What only the agent can do now, longest waiting first."""
    found = [*_held(person), *_to_bring(person), *_to_sign(person), *_tasks(person)]
    return sorted(found, key=lambda mine: (mine.since, mine.url, mine.what))[:WAITING_MAX]


def _held(person: User) -> Iterable[Mine]:
    rows = (
        Case.objects.visible_to(person)
        .filter(status__in=OPEN, holder=Holder.AGENT, next_step__in=list(STEPS))
        .order_by("holder_since", "pk")
        .values("pk", "number", "client__name", "product__name", "next_step", "holder_since")
    )
    for row in rows[:WAITING_MAX]:
        yield Mine(
            str(STEPS[row["next_step"]]),
            (row["client__name"], row["product__name"], f"C-{row['number']}"),
            row["holder_since"],
            reverse("case", args=[row["pk"]]),
            STEP_ICONS[row["next_step"]],
        )


def _to_bring(person: User) -> Iterable[Mine]:
    rows = (
        Requirement.objects.visible_to(person)
        .filter(holder=Holder.AGENT, case__status__in=OPEN)
        .order_by("since", "pk")
        .values("kind", "since", "case__pk", "case__number", "case__client__name")
    )
    for row in rows[:WAITING_MAX]:
        what = str(names.KIND[RequirementKind(row["kind"])])
        yield Mine(
            _("Bring in: %(what)s") % {"what": what},
            (row["case__client__name"], f"C-{row['case__number']}"),
            row["since"],
            reverse("case", args=[row["case__pk"]]),
            "file-upload",
        )


def _to_sign(person: User) -> Iterable[Mine]:
    """Applications that wait for the agent's own signature."""
    signing = Application.objects.visible_to(person).filter(state=State.SIGNING)
    rows = signing.order_by("-number").values(
        "pk", "number", "insured_name", "agent__name", "agent__user"
    )
    by_id = {str(row["pk"]): row for row in rows[:WAITING_MAX]}
    unsigned = SignatureRequest.objects.standing().filter(
        subject_type="application", subject_id__in=list(by_id), signed_at=None,
        role=SignerRole.AGENT,
    )  # fmt: skip
    for asked in unsigned.values("subject_id", "requested_at"):
        row = by_id[asked["subject_id"]]
        yield Mine(
            _("Sign the application")
            if row["agent__user"] == person.pk
            else _("%(agent)s signs the application") % {"agent": row["agent__name"]},
            (row["insured_name"], f"A-{row['number']}"),
            asked["requested_at"],
            reverse("application", args=[row["pk"]]),
            "signature",
        )


def _tasks(person: User) -> Iterable[Mine]:
    waiting = Task.objects.visible_to(person).waiting_for(person)
    for task in waiting.order_by("due_on", "created_at", "id")[:WAITING_MAX]:
        told = _("by %(name)s") % {"name": task.created_by}
        url = task.url or reverse("tasks")
        yield Mine(task.text, (told,), task.created_at, url, "square-check")


def applications_in_progress(person: User) -> list[Application]:
    """The latest applications that are not submitted yet; their answers are not read."""
    return list(
        Application.objects.visible_to(person)
        .filter(state__in=OPEN_STATES)
        .select_related("product", "agent")
        .defer("answers", "offer")
        .order_by("-number")[:SHORT_MAX]
    )


def recent_quotes(person: User) -> list[Quote]:
    """The latest saved quotes; their facts and answers are not read."""
    quotes = Quote.objects.visible_to(person).defer("facts", "answer", "editions")
    return list(quotes.order_by("-made_at", "-pk")[:SHORT_MAX])
