"""People at their browsers, with what they look at kept as pictures and checked by axe-core."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, Route

PICTURES = Path(__file__).parents[2] / "var" / "screenshots"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
QUIET_LOOKS = 3
SETTLE_SECONDS_MAX = 3
GRAVE = {"serious", "critical"}


def grave_violations(page: Page) -> list[str]:
    """What axe-core finds serious or critical on the page: rule, and where."""
    found = Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {' | '.join(str(n['target']) for n in v['nodes'])}"
        for v in found
        if v["impact"] in GRAVE
    ]


@dataclass
class Person:
    """Somebody with a browser window of their own."""

    name: str
    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)
    on_their_way: set[Request] = field(default_factory=set)
    also: Mapping[str, int] | None = None
    """Another size at which what is looked at is pictured, too."""

    @classmethod
    def at(cls, browser: Browser, name: str, base: str, viewport: Mapping[str, int]) -> "Person":
        """`name` at a window of that size, in a context that shares no cookie with anybody."""
        context = browser.new_context(viewport=dict(viewport), locale="en-US")  # type: ignore[arg-type]
        page = context.new_page()
        made = cls(name, page, base)
        page.on(
            "console",
            lambda said: made.complaints.append(said.text) if said.type == "error" else None,
        )
        page.on("pageerror", lambda error: made.complaints.append(str(error)))
        page.on("request", lambda asked: made.on_their_way.add(asked))  # noqa: PLW0108 - a built-in tells no signature
        page.on("requestfinished", lambda asked: made.on_their_way.discard(asked))  # noqa: PLW0108 - a built-in tells no signature
        page.on("requestfailed", lambda asked: made.on_their_way.discard(asked))  # noqa: PLW0108 - a built-in tells no signature
        return made

    def goes_to(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.base + path)

    def signs_in(self, email: str, password: str) -> None:
        self.goes_to("/account/login/")
        self.page.fill("[name=login]", email)
        self.page.fill("[name=password]", password)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(re.compile(r"^(?!.*/login/)"))

    def looks(self, what: str) -> None:
        """Keep a picture of the page, and let axe-core look at it."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.settles()
        self.page.evaluate("window.scrollTo(0, 0)")
        self.page.screenshot(path=PICTURES / f"{what}-{self.name}.png", full_page=True)
        found = grave_violations(self.page)
        assert found == [], f"{what}: {found}"
        self._fits(what)
        if self.also and (size := self.page.viewport_size):
            self.page.set_viewport_size(self.also)  # type: ignore[arg-type]
            self.settles()
            narrow = PICTURES / f"{what}-{self.name}-{self.also['width']}.png"
            self.page.screenshot(path=narrow, full_page=True)
            self._fits(f"{what} at {self.also['width']} px")
            self.page.set_viewport_size(size)

    def _fits(self, what: str) -> None:
        width = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert width <= 0, f"{what} is {width} px wider than the window"

    def settles(self) -> None:
        """Wait until the page has all it asked for; of what was called off no end may be told."""
        self.page.wait_for_load_state("load")
        deadline, quiet = time.monotonic() + SETTLE_SECONDS_MAX, 0
        while quiet < QUIET_LOOKS and time.monotonic() < deadline:
            self.page.wait_for_timeout(50)
            quiet = 0 if self.on_their_way else quiet + 1
        self.on_their_way.clear()

    def holds_back(self, address: re.Pattern[str]) -> list[Route]:
        """From now on what the page sends there stays on its way until it is let go."""
        on_the_way: list[Route] = []

        def held_back(route: Route) -> None:
            on_the_way.append(route)

        self.page.route(address, held_back)
        return on_the_way

    def fills(self, answers: Mapping[str, object], prefix: str = "") -> None:
        """Fill whatever fields of the page are named in `answers`; parts of an answer by dots."""
        for key, value in answers.items():
            name = prefix + key
            if isinstance(value, list):
                for number, item in enumerate(value):
                    self.fills(item, f"{name}.{number}.")
            elif isinstance(value, dict):
                self.fills(value, f"{name}.")
            else:
                self._fills_one(name, str(value))

    def _fills_one(self, name: str, value: str) -> None:
        found = self.page.locator(f'main [name="{name}"]:not([type=hidden])')
        if found.count() == 0:
            return
        kind = found.first.evaluate("e => e.type")
        if kind == "radio":
            choice = self.page.locator(f'main [name="{name}"][value="{value}"]')
            choice.locator("xpath=..").click()
        elif kind.startswith("select"):
            found.first.select_option(value)
        else:
            found.first.fill(value)

    def has_no_complaints(self) -> bool:
        """Nothing was refused by the Content-Security-Policy, and no script failed."""
        return self.complaints == []
