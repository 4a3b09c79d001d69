"""The demo's vendors while it runs: orders come to them over real wires, and they answer by themselves.

One takes orders by HTTPS and pushes what it has to say to `/api/v1/vendor-messages`; the other is the
SFTP folder of `receiving`, with an `out` beside the orders. Their days last seconds: `DAY`. What an
order brings was decided by their habits and its number, so a vendor that is started again goes on
where it was; what it has said is noted beside its folder.
"""

import hashlib
import logging
import random
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from django.conf import settings
from django.db import Error as DatabaseFailed
from django.db import close_old_connections
from django.utils import timezone
from procrastinate.exceptions import ConnectorException

from megler.demo.vendors.script import Habits, Saying, Seen, script
from megler.demo.vendors.serving import HttpsServer
from megler.demo.vendors.speaking import answer, message, seen_in
from megler.journal.actions import later
from megler.orders.models import Vendor
from megler.post.models import TradingPartner
from megler.post.rules.partners import Channel

DAY = timedelta(seconds=6)
"""How long a vendor's day lasts here: an exam's results come after half a minute."""
LOOK_SECONDS = 2.0
HABITS = {
    "clearpath-exams": Habits(seed=5, misses=0.3, wrong_person=0.15, silent=0.05, busy=0.1),
    "archive-records": Habits(seed=6, fee="$60.00", fails=0.1, doubles=0.3),
}
"""The demo's vendors by their short names."""
_LONG_AGO = timedelta(hours=1)
"""An order that was delivered later than this after it was made is told of day by day."""
_CANCELLED = re.compile(rb">cancel</TransMode>", re.IGNORECASE)
_SECONDS_MAX = 20
_PASSING = (OSError, DatabaseFailed, ConnectorException)
"""A full disk, or a database that is being started again; anything else is a mistake of ours."""
_log = logging.getLogger(__name__)


class LivingVendor:
    """One vendor with its folder: orders lie in it, and in `out` what is to be fetched."""

    def __init__(self, slug: str, name: str, habits: Habits, folder: Path) -> None:
        self.slug, self.name, self.habits = slug, name, habits
        self.out = folder / "out"
        self._folder, self._noted = folder, folder.with_name(f"{slug}.said")
        self.out.mkdir(parents=True, exist_ok=True)
        self._said = set(self._noted.read_text().splitlines()) if self._noted.exists() else set()
        self._read: set[str] = set()
        self._sayings: dict[str, list[tuple[Seen, Saying]]] = {}

    def take(self, body: bytes, key: str) -> tuple[int, bytes]:
        """An order by HTTPS: kept once for its key. Now and then too busy at the first try."""
        name = hashlib.sha256(key.encode() or body).hexdigest()[:32]
        kept, busy = self._folder / f"{name}.xml", self._folder / f".{name}.busy"
        is_busy = random.Random(f"{self.habits.seed} {name}").random() < self.habits.busy  # noqa: S311
        if is_busy and not kept.exists() and not busy.exists():
            busy.touch()
            return 503, b""
        if not kept.exists():
            hidden = self._folder / f".{name}.part"
            hidden.write_bytes(body)
            hidden.rename(kept)
        orders = seen_in(body)
        return 200, answer(self.name, orders[0].guid, timezone.now()) if orders else b""

    def speak(self, now: datetime, hand_over: Callable[[bytes], bool]) -> int:
        """Say what is due by `now` and was not said; what nobody took is said again later. How many."""
        self._look()
        count = 0
        for order, saying in [pair for pairs in self._sayings.values() for pair in pairs]:
            key = f"{saying.unique_id} {saying.code} {saying.at.isoformat()} {saying.person.last_name}"
            if saying.at > now or key in self._said:
                continue
            said = message(self.name, order, saying)
            twice = random.Random(key).random() < self.habits.doubles  # noqa: S311 - a play
            if not all(hand_over(said) for _time in range(2 if twice else 1)):
                break
            self._said.add(key)
            with self._noted.open("a") as noted:
                noted.write(f"{key}\n")
            count += 1
        return count

    def _look(self) -> None:
        """Read the orders that have come, oldest first; a cancelled one is spoken of no more."""
        new = [f for f in self._folder.glob("*.xml") if f.name not in self._read]
        for file in sorted(new, key=lambda one: (one.stat().st_mtime, one.name)):
            self._read.add(file.name)
            data = file.read_bytes()
            came_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            for order in seen_in(data):
                day = timedelta(days=1) if came_at - order.at > _LONG_AGO else DAY
                found = [(order, saying) for saying in script(order, self.habits, day)]
                self._sayings.setdefault(order.number, found)
            if _CANCELLED.search(data):
                for number, pairs in self._sayings.items():
                    if f">{number}<".encode() in data:
                        self._sayings[number] = [p for p in pairs if p[1].at <= came_at]

    def put_out(self, data: bytes) -> bool:
        """Lay a message where it is fetched; twice the same under two names."""
        name = f"{timezone.now():%Y%m%d%H%M%S%f}.xml"
        (hidden := self.out / f".{name}").write_bytes(data)
        hidden.rename(self.out / name)
        return True


def pushing(vendor: Vendor) -> Callable[[bytes], bool]:
    """How a vendor posts to us, with a new key of its own."""
    key = vendor.new_key()
    vendor.save(update_fields=["push_digest"])
    address = f"{settings.PUBLIC_URL}/api/v1/vendor-messages"
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/xml"}

    def push(data: bytes) -> bool:
        try:
            answered = httpx.post(address, content=data, headers=headers, timeout=_SECONDS_MAX)
        except httpx.HTTPError:
            return False
        return answered.status_code == httpx.codes.ACCEPTED

    return push


def _opened(found: Vendor, folder: Path) -> tuple[Callable[[], object], HttpsServer | None]:
    """A vendor at work: what it does at each look, and its server if it has one."""
    vendor = LivingVendor(found.slug, found.name, HABITS[found.slug], folder / found.slug)
    if found.partner and found.partner.channel == Channel.HTTPS:
        server = HttpsServer(vendor.take, lambda: (204, b""))
        here = TradingPartner.objects.filter(pk=found.partner.pk)
        here.update(address=server.url, authority=server.authority)
        push = pushing(found)
        return lambda: vendor.speak(timezone.now(), push), server

    def look() -> None:
        if vendor.speak(timezone.now(), vendor.put_out):
            later("orders.jobs.poll", id=str(found.pk))

    return look, None


@contextmanager
def vendors_living(folder: Path, pause_seconds: float = LOOK_SECONDS) -> Iterator[None]:
    """Let the demo's vendors work, each in its folder under `folder`, until the caller leaves."""
    known = Vendor.objects.filter(slug__in=HABITS, is_active=True).select_related("partner")
    opened = [_opened(found, folder) for found in known.order_by("slug")]
    over = threading.Event()

    def work() -> None:
        while not over.wait(pause_seconds):
            close_old_connections()
            for look, _server in opened:
                try:
                    look()
                except _PASSING:
                    _log.exception("a vendor of the demo tries again at its next look")
        close_old_connections()

    thread = threading.Thread(target=work, name="vendors", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(_SECONDS_MAX)
        for _look, server in opened:
            if server is not None:
                server.stop()
