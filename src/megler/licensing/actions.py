"""Taking agents on, and the marks that the agency, firms and agents show."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from megler.accounts.models import User
from megler.accounts.rules.roles import Can, Role
from megler.clients.actions import share_access
from megler.documents.actions import store
from megler.documents.models import Document
from megler.journal.actions import later, record
from megler.licensing.logos import logo_png
from megler.licensing.models import Agency, Agent, Assistant, Firm
from megler.licensing.rules.colours import colour_problem
from megler.vocabulary.codes import JURISDICTIONS
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Problem, Refused


def add_agent(
    person: User,
    *,
    name: str,
    email: str,
    npn: str,
    jurisdiction: str,
    phone: str = "",
    firm: str = "",
    upline: Agent | None = None,
    since: date,
    invite: bool = True,
    at: datetime | None = None,
) -> Agent:
    """Take an agent on, with a user to sign in as. Raises `Refused` with every problem.

    The user has no password until the agent sets one by the link in the invitation, which goes
    out by e-mail unless `invite` is False (imports, the demo).
    """
    if not person.may(Can.CHANGE_AGENTS):
        raise Refused(Problem("not_allowed", "agent"))
    problems = []
    if whole(npn, 10) is None:
        problems.append(Problem("npn_shape", "npn", npn, "1 to 10 digits"))
    if jurisdiction not in JURISDICTIONS:
        problems.append(
            Problem("unknown_jurisdiction", "jurisdiction", jurisdiction, "a state's code")
        )
    if Agent.objects.filter(npn=npn).exists():
        problems.append(Problem("npn_taken", "npn", npn, "an agent who is not here yet"))
    if User.objects.filter(email=email.strip().lower()).exists():
        problems.append(Problem("email_taken", "email", email, "an address nobody here has"))
    if problems:
        raise Refused(problems)
    with transaction.atomic():
        user = User.objects.create_user(email, None, name=name, role=Role.AGENT)
        working_for = Firm.objects.get_or_create(name=firm.strip())[0] if firm.strip() else None
        agent = Agent.objects.create(
            user=user,
            name=name,
            email=user.email,
            phone=phone,
            npn=npn,
            jurisdiction=jurisdiction,
            firm=working_for,
            upline=upline,
            since=since,
        )
        record(person.actor(), "agent.added", ("agent", agent.pk), {"npn": npn}, at)
        if invite:
            later("accounts.jobs.send_invitation", person=str(user.pk))
    return agent


def agent_by_npn(person: User, npn: str) -> Agent | None:
    """The agent with this National Producer Number in whose name the person may act.

    None when no number is given; `Refused` when there is no such agent.
    """
    if not npn.strip():
        return None
    found = Agent.objects.acted_for_by(person).filter(npn=npn.strip()).first()
    if found is None:
        raise Refused(Problem("no_such_agent", "agent_npn", npn.strip()[:20], "an agent's number"))
    return found


def let_assist(
    person: User, user: User, agents: list[Agent], at: datetime | None = None
) -> Assistant:
    """Let an assistant act for these agents and see their clients, and nobody else's."""
    if not person.may(Can.CHANGE_AGENTS):
        raise Refused(Problem("not_allowed", "assistant"))
    if user.role != Role.ASSISTANT:
        raise Refused(Problem("not_an_assistant", "user", user.role, Role.ASSISTANT))
    with transaction.atomic():
        assistant, _ = Assistant.objects.get_or_create(user=user)
        assistant.agents.set(agents)
        told = {"agents": [str(a.pk) for a in agents]}
        record(person.actor(), "assistant.assigned", ("user", user.pk), told, at)
        share_access(person.actor(), user, [a.user for a in agents if a.user], at)
    return assistant


def let_see_downline(person: User, agent: Agent, sees: bool, at: datetime | None = None) -> Agent:
    """Write down whether the contract lets an agent see the cases of the downline."""
    if not person.may(Can.CHANGE_AGENTS):
        raise Refused(Problem("not_allowed", "agent"))
    with transaction.atomic():
        changed = Agent.objects.filter(pk=agent.pk).exclude(sees_downline=sees)
        if changed.update(sees_downline=sees):
            told = {"sees": sees}
            record(person.actor(), "agent.downline_seen", ("agent", agent.pk), told, at)
    agent.sees_downline = sees
    return agent


_SHOWN = (
    "name",
    "address",
    "phone",
    "email",
    "website",
    "colour",
    "small_print_en",
    "small_print_nb",
)


def present_agency(
    person: User,
    told: dict[str, Any],
    version: int,
    *,
    logo: "UploadedFile[bytes] | None" = None,
    without_logo: bool = False,
    at: datetime | None = None,
) -> Agency:
    """Change how the agency shows itself: `told` has its fields by name. Raises `Refused`."""
    if not person.may(Can.CHANGE_AGENCY):
        raise Refused(Problem("not_allowed", "agency"))
    told = {key: str(value).strip() for key, value in told.items() if key in _SHOWN}
    told["colour"] = told.get("colour", "").lower()
    if problem := colour_problem(told["colour"]):
        raise Refused(problem)
    picture = logo_png(logo) if logo else None
    with transaction.atomic():
        Agency.objects.get_or_create(pk=Agency.ONLY)
        agency = Agency.objects.select_for_update(of=("self",)).get(pk=Agency.ONLY)
        if agency.version != version:
            raise Refused(Problem("changed_meanwhile", "agency", str(agency.version), str(version)))
        changed = [key for key, value in told.items() if getattr(agency, key) != value]
        for key, value in told.items():
            setattr(agency, key, value)
        if picture or without_logo:
            agency.logo = _kept(person, picture, at)
            changed.append("logo")
        agency.version += 1
        agency.save()
        record(person.actor(), "agency.presented", ("agency", 1), {"changed": sorted(changed)}, at)
    return agency


def put_logo(
    person: User,
    whose: Agent | Firm,
    logo: "UploadedFile[bytes] | None",
    at: datetime | None = None,
) -> None:
    """Put an agent's or a firm's logo up, or with None take it down. Raises `Refused`.

    An agent's own by whoever acts for the agent; a firm's, which others wear too, by staff.
    """
    if isinstance(whose, Firm):
        allowed = person.may(Can.CHANGE_AGENTS)
    else:
        allowed = Agent.objects.acted_for_by(person).filter(pk=whose.pk).exists()
    kind = "firm" if isinstance(whose, Firm) else "agent"
    if not allowed:
        raise Refused(Problem("not_allowed", kind))
    picture = logo_png(logo) if logo else None
    with transaction.atomic():
        whose.logo = _kept(person, picture, at)
        whose.save(update_fields=["logo"])
        told = {"logo": whose.logo.sha256 if whose.logo else ""}
        record(person.actor(), f"{kind}.logo_put", (kind, whose.pk), told, at)


def _kept(person: User, picture: bytes | None, at: datetime | None) -> Document | None:
    return store(picture, "logo.png", person.actor(), at) if picture else None
