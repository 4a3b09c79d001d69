"""The people of the demo agency: staff, firms, agents, assistants, and people of carriers."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password

from megler.accounts.models import User
from megler.accounts.rules.roles import STAFF as STAFF_ROLES
from megler.accounts.rules.roles import Role
from megler.carriers.models import Carrier, CarrierMember
from megler.demo.rules.names import FEMALE, FIRMS, LAST, MALE, PLACES, STAFF, mail_name, phone
from megler.licensing.actions import add_agent, let_assist
from megler.licensing.models import Agent

PASSWORD = "fjord-prairie-2026"  # noqa: S105 - printed for everybody who starts the demo
STAFF_DOMAIN = "megler-demo.example"
ASSISTANTS = 8
FIRST_NPN = 17_400_112


@dataclass(frozen=True)
class Cast:
    """Everybody who acts in the demo."""

    staff: dict[Role, list[User]]
    agents: list[Agent]

    def of(self, dice: random.Random, role: Role) -> User:
        """One of the staff in a role."""
        return dice.choice(self.staff[role])


def the_cast() -> Cast:
    """Everybody who acts, in an order that does not change."""
    staff: dict[Role, list[User]] = {}
    for person in User.objects.filter(role__in=STAFF_ROLES).order_by("email"):
        staff.setdefault(Role(person.role), []).append(person)
    return Cast(staff, list(Agent.objects.select_related("user", "firm").order_by("npn")))


def bring_in(dice: random.Random, agents: int, begun: date, at: datetime) -> None:
    """Make everybody, as if the agency had grown over the years before `begun`."""
    secret = make_password(PASSWORD)
    people = [
        User.objects.create_user(_mail(name, STAFF_DOMAIN), name=name, role=role)
        for role, name in STAFF
    ]
    administrator = people[0]
    made = _agents(dice, administrator, agents, begun, at)
    _assistants(dice, administrator, made, at)
    _carrier_people(dice)
    User.objects.update(password=secret)


def _mail(name: str, domain: str) -> str:
    return f"{mail_name(name)}@{domain}"


def _new_name(dice: random.Random, taken: set[str]) -> str:
    while True:
        name = f"{dice.choice((*FEMALE, *MALE))} {dice.choice(LAST)}"
        if name not in taken:
            taken.add(name)
            return name


def _agents(dice: random.Random, by: User, count: int, begun: date, at: datetime) -> list[Agent]:
    """Agents in firms; the first of a firm is the upline of its others, and one firm's of another's."""
    made: list[Agent] = []
    heads: dict[str, Agent] = {}
    taken = {name for _role, name in STAFF}
    for number in range(count):
        firm, domain = FIRMS[number % len(FIRMS)]
        name, place = _new_name(dice, taken), dice.choice(PLACES)
        upline = heads.get(firm)
        if upline is None and number % 4 == 3:
            upline = heads[FIRMS[number % len(FIRMS) - 1][0]]
        agent = add_agent(
            by,
            name=name,
            email=_mail(name, f"{domain}.example"),
            npn=str(FIRST_NPN + number * 731 + dice.randrange(700)),
            jurisdiction=place.jurisdiction,
            phone=phone(place.area_code, dice.randrange(100)),
            firm=firm,
            upline=upline,
            since=begun - timedelta(days=dice.randint(20, 2800)),
            invite=False,
            at=at,
        )
        heads.setdefault(firm, agent)
        made.append(agent)
    return made


def _assistants(dice: random.Random, by: User, agents: list[Agent], at: datetime) -> None:
    """Each works for the agents of one firm."""
    taken = {name for _role, name in STAFF} | {agent.name for agent in agents}
    for firm, domain in FIRMS[: min(ASSISTANTS, len(agents))]:
        name = _new_name(dice, taken)
        person = User.objects.create_user(
            _mail(name, f"{domain}.example"), name=name, role=Role.ASSISTANT
        )
        of_firm = [agent for agent in agents if agent.firm and agent.firm.name == firm]
        let_assist(by, person, of_firm, at)


def _carrier_people(dice: random.Random) -> None:
    """Somebody at each carrier who sees what was sent there."""
    taken: set[str] = set()
    for carrier in Carrier.objects.order_by("slug"):
        name = _new_name(dice, taken)
        person = User.objects.create_user(
            _mail(name, f"{carrier.slug}.example"), name=name, role=Role.CARRIER
        )
        CarrierMember.objects.create(user=person, carrier=carrier)
