"""Building the whole demo agency, once, and telling who may sign in."""

import random
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, tzinfo

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from megler.accounts.models import ROLE_NAMES, User
from megler.accounts.rules.roles import Role
from megler.cases.actions.days import measure_days
from megler.demo.actions.answering import let_ask, let_hear
from megler.demo.actions.arriving import let_arrive
from megler.demo.actions.editions import edition_files, publish_all
from megler.demo.actions.enquiring import enquire
from megler.demo.actions.feeding import tell_of_cases
from megler.demo.actions.form_sets import form_sets
from megler.demo.actions.keeping import keep_house
from megler.demo.actions.ordering import let_order
from megler.demo.actions.partners import let_deliver
from megler.demo.actions.people import PASSWORD, bring_in
from megler.demo.actions.sharing import share_work
from megler.demo.actions.showing import show
from megler.demo.actions.year import Year, hands, let_pass, no_mail, quickly
from megler.journal.actions import record, seal
from megler.journal.models import Entry
from megler.journal.rules.actors import Actor
from megler.licensing.models import Agent
from megler.vocabulary.problems import Problem, Refused

SEED = 20260101
CASES, AGENTS, DAYS = 500, 80, 365
QUOTES_PER_CASE = 1.27
"""Some quotes come to nothing: so many are made for each case wished for."""
BUILT = "demo.built"
BUILDER = Actor("demo", "Demo agency", "system")

Progress = Callable[[int, int, str], None]
"""Called with how much is done, of how much, and what is being done."""


def is_built() -> bool:
    """Whether the demo agency stands here, whole."""
    return Entry.objects.filter(verb=BUILT).exists()


def build_demo(
    progress: Progress | None = None,
    *,
    cases: int = CASES,
    agents: int = AGENTS,
    seed: int = SEED,
    at: datetime | None = None,
    only: Container[str] | None = None,
) -> None:
    """Build the demo agency as of `at` (now). Does nothing when it is built.

    `only` names the form sets to publish, as `carrier/series`; all of them without it.

    The same seed on the same day makes the same agency. Raises `Refused` on an installation that
    is not a demo, or where somebody works already. Without `progress` a bar is drawn.
    """
    if is_built():
        return
    problems = [] if settings.DEMO else [Problem("demo_only", "MEGLER_DEMO", "0", "1")]
    if User.objects.exists():
        problems.append(Problem("demo_not_empty", "demo", str(User.objects.count()), "0"))
    if problems:
        raise Refused(problems)
    until = at or timezone.now()
    begun = timezone.localtime(until).date() - timedelta(days=DAYS)
    year = Year(seed, round(cases * QUOTES_PER_CASE), begun, until)
    with _bar(progress) as tell, hands(year) as shared:
        _publish(tell, form_sets(timezone.localtime(until).date(), only))
        _bring_in(tell, seed, agents, begun)
        let_pass(year, shared, lambda share: tell(round(cases * share), cases, "cases"))
        _finish(tell, year, cases, agents)


def _publish(tell: Progress, chosen: Iterable[dict[str, bytes]]) -> None:
    every = [*edition_files(), *chosen]
    with quickly(), transaction.atomic():
        for done, _title in enumerate(publish_all(BUILDER, every), start=1):
            tell(done, len(every), "editions")


def _bring_in(tell: Progress, seed: int, agents: int, begun: date) -> None:
    tell(0, agents, "people")
    morning = datetime(begun.year, begun.month, begun.day, 9, 0, tzinfo=_zone())
    with quickly(), transaction.atomic():
        bring_in(random.Random(seed), agents, begun, morning)  # noqa: S311 - not a secret
    tell(agents, agents, "people")


def _finish(tell: Progress, year: Year, cases: int, agents: int) -> None:
    """Show the agency, count its days, seal the journal, and say last that it stands."""
    people = dict(one_of_each())
    with no_mail():
        _live(people, year.until)
    tell(0, 1, "journal")
    while seal():
        pass
    record(BUILDER, BUILT, ("demo", year.seed), {"cases": cases, "agents": agents}, year.until)
    tell(1, 1, "journal")


def _live(people: dict[Role, User], until: datetime) -> None:
    """What stands in the house today, beside the year's cases."""
    administrator, manager = people[Role.ADMINISTRATOR], people[Role.CASE_MANAGER]
    if agent := Agent.objects.filter(user=people.get(Role.AGENT)).first():
        show(administrator, agent, until)
        enquire(manager, agent, until)
        let_ask(manager, agent, until)
    let_arrive(manager, until)
    let_deliver(administrator, until)
    keep_house(manager, until)
    tell_of_cases(administrator, until)
    let_order(administrator, manager, until)
    measure_days(until)
    share_work(administrator, until)
    let_hear(administrator, until)


def _zone() -> tzinfo:
    return timezone.get_default_timezone()


@contextmanager
def _bar(progress: Progress | None) -> Iterator[Progress]:
    """The caller's progress, or a bar on the terminal."""
    if progress is not None:
        yield progress
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, TimeElapsedColumn()) as bar:
        tasks: dict[str, object] = {}

        def tell(done: int, total: int, what: str) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(f"Building the demo agency: {what}", total=total)
            bar.update(tasks[what], completed=done, total=total)  # type: ignore[arg-type]

        yield tell


def sign_ins() -> list[tuple[str, str, str, str]]:
    """One person of each role: role, name, e-mail, password."""
    return [(str(ROLE_NAMES[role]), p.name, p.email, PASSWORD) for role, p in one_of_each()]


def one_of_each() -> list[tuple[Role, User]]:
    """The person to sign in as in each role; of those outside, the one with most business."""
    found = []
    for role in Role:
        people = User.objects.filter(role=role, is_active=True)
        if path := _BUSINESS.get(role):
            people = people.annotate(business=Count(path)).order_by("-business", "email")
        else:
            people = people.order_by("joined_at", "email")
        if person := people.first():
            found.append((role, person))
    return found


_BUSINESS = {
    Role.AGENT: "agent__cases",
    Role.ASSISTANT: "assistant__agents__cases",
    Role.CARRIER: "carriermember__carrier__cases",
}
"""From a person to the cases that are theirs."""
