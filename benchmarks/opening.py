"""A process on one agency's database: builds it, makes it larger, or opens its pages and counts."""

import json
import random
import sys
import time
from collections.abc import Callable

from megler.config.database import set_up_django

set_up_django()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from megler.accounts.models import User  # noqa: E402
from megler.accounts.rules.roles import Role  # noqa: E402
from megler.cases.models import Case, Requirement  # noqa: E402

SAMPLED = 400
Ask = Callable[[random.Random], tuple[User, str]]


class Pages:
    """The pages that are opened, by whom, and about what."""

    def __init__(self) -> None:
        self.manager = User.objects.filter(role=Role.CASE_MANAGER).order_by("email")[0]
        self.underwriter = User.objects.filter(role=Role.UNDERWRITER).order_by("email")[0]
        self.cases = list(
            Case.objects.raw(
                "SELECT * FROM cases_case WHERE number %% %s = 0 ORDER BY md5(id::text) LIMIT %s",
                [max(Case.objects.count() // 20_000, 1), SAMPLED],
            )
        )
        known = Case.objects.select_related("client", "agent__user")
        self.cases = list(known.filter(pk__in=[case.pk for case in self.cases]))
        self.insured = [case for case in self.cases if case.agent.user]
        self.policies = [case for case in self.cases if case.policy_number]
        self.asks: dict[str, Ask] = {
            "Today, case manager": lambda _dice: (self.manager, reverse("today")),
            "Today, underwriter": lambda _dice: (self.underwriter, reverse("today")),
            "Cases": lambda _dice: (self.manager, reverse("cases")),
            "Case, case manager": self._case,
            "Case, agent": self._agents_case,
            "My business, agent": lambda dice: (self._agent(dice), reverse("my_business")),
            "Search, last name": lambda dice: self._search(self._one(dice).client.last_name),
            "Search, whole name": lambda dice: self._search(self._one(dice).client.name),
            "Search, first letters": lambda dice: self._search(
                self._one(dice).client.last_name[:3]
            ),
            "Search, case number": lambda dice: self._search(self._one(dice).reference),
            "Search, policy number": lambda dice: self._search(
                dice.choice(self.policies).policy_number
            ),
            "Search, agent, last name": self._agents_search,
        }
        self.browsers: dict[str, Client] = {}

    def _one(self, dice: random.Random) -> Case:
        return dice.choice(self.cases)

    def _case(self, dice: random.Random) -> tuple[User, str]:
        return self.manager, reverse("case", args=[self._one(dice).pk])

    def _agents_case(self, dice: random.Random) -> tuple[User, str]:
        case = dice.choice(self.insured)
        return _user(case), reverse("case", args=[case.pk])

    def _agent(self, dice: random.Random) -> User:
        return _user(dice.choice(self.insured))

    def _search(self, words: str, person: User | None = None) -> tuple[User, str]:
        return person or self.manager, f"{reverse('search')}?q={words}"

    def _agents_search(self, dice: random.Random) -> tuple[User, str]:
        case = dice.choice(self.insured)
        return self._search(case.client.last_name, _user(case))

    def opened(self, page: str, count: int, seed: int) -> list[float]:
        """Seconds of each opening."""
        dice, took = random.Random(f"{page} {seed}"), []  # noqa: S311 - not a secret
        for _ in range(count):
            person, url = self.asks[page](dice)
            browser = self._browser(person)
            begun = time.perf_counter()
            answer = browser.get(url, headers={"host": "localhost"})
            took.append(time.perf_counter() - begun)
            if answer.status_code != 200:
                raise RuntimeError(f"{url} answered {answer.status_code}")
        return took

    def _browser(self, person: User) -> Client:
        key = str(person.pk)
        if key not in self.browsers:
            self.browsers[key] = Client()
            self.browsers[key].force_login(person)
        return self.browsers[key]


def _user(case: Case) -> User:
    if case.agent.user is None:
        raise ValueError(f"{case.agent} does not sign in")
    return case.agent.user


def answer() -> None:
    """Answer one question a line until there are no more."""
    settings.ALLOWED_HOSTS = ["localhost"]
    pages = Pages()
    for line in sys.stdin:
        asked = json.loads(line)
        if "page" in asked:
            told: dict[str, object] = {
                "seconds": pages.opened(asked["page"], asked["count"], asked["seed"])
            }
        else:
            told = {
                "cases": Case.objects.count(),
                "requirements": Requirement.objects.count(),
                "pages": list(pages.asks),
            }
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


def main() -> None:
    """`build N`, `grow N`, or questions on standard input."""
    match sys.argv[1:]:
        case ["build", cases]:
            from megler.config.database import migrate
            from megler.demo.actions.build import build_demo

            migrate()
            build_demo(lambda *_done: None, cases=int(cases))
        case ["grow", copies]:
            from benchmarks.growing import grow

            for told in grow(int(copies)):
                sys.stderr.write(f"{connection.settings_dict['NAME']}: {told}\n")
        case _:
            answer()


if __name__ == "__main__":
    main()
