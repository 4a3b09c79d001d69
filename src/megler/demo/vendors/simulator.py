"""A vendor that can be started, left to itself and asked what it did.

    with VendorSimulator("Swift Exams", Habits(seed=7, doubles=0.5, shuffles=True), folder) as swift:
        partner = TradingPartner.objects.create(slug="swift", **swift.partner("sftp"), ...)
        vendor = Vendor.objects.create(partner=partner, **swift.vendor("sftp"), ...)
        ...                          # orders are delivered over the wire, as by a worker
        swift.speak()                # all that it has to say goes into its out-folder
        polling.poll(str(vendor.pk)) # and is fetched

`speak(push=…)` hands each message to a function instead (one that posts it to `/api/v1/vendor-messages`),
and `speak(most=1)` says one at a time.
"""

import random
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

from django.utils import timezone

from megler.demo.vendors.script import STATUS_CODES, Habits, Seen, script
from megler.demo.vendors.serving import HOST, SECRET, USER, HttpsServer, SftpServer
from megler.demo.vendors.speaking import answer, message, seen_in

GARBAGE = b"<TXLife><TXLifeRequest>"


class VendorSimulator:
    """One vendor with both its servers. Deterministic by its habits' seed and the orders' numbers."""

    def __init__(self, name: str, habits: Habits | None = None, folder: Path | None = None) -> None:
        self.name, self.habits = name, habits or Habits()
        self._temporary = None if folder else TemporaryDirectory()
        self.folder = folder or Path(self._temporary.name if self._temporary else "")
        self._dice = random.Random(self.habits.seed)  # noqa: S311 - a play, not a secret
        self._lock = threading.Lock()
        self._errors_left = self.habits.errors
        self._answered: dict[str, bytes] = {}
        self._read: set[str] = set()
        self._shown = 0
        self.received: list[bytes] = []
        self.orders: dict[str, Seen] = {}
        self.waiting: list[bytes] = []
        self.said: list[bytes] = []

    def __enter__(self) -> "VendorSimulator":
        self.https = HttpsServer(self._take, self._status)
        self.sftp = SftpServer(self.folder)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.https.stop()
        self.sftp.stop()
        if self._temporary:
            self._temporary.cleanup()

    def partner(self, way: str = "sftp") -> dict[str, Any]:
        """The fields of a trading partner that deliver to this vendor by `sftp` or `https`."""
        if way == "sftp":
            return {
                "channel": "sftp", "address": HOST, "port": self.sftp.port, "user": USER,
                "secret": SECRET, "host_keys": self.sftp.host_key, "folder": "in",
            }  # fmt: skip
        return {
            "channel": "https", "address": self.https.url, "authority": self.https.authority,
            "secret": SECRET, "shape": "raw",
        }  # fmt: skip

    def vendor(self, way: str = "sftp") -> dict[str, Any]:
        """The fields of a vendor that fetch this one's messages and understand its codes."""
        back = {"out_folder": "out"} if way == "sftp" else {"status_address": self.https.url}
        return {"format": "txlife_121", "status_codes": dict(STATUS_CODES), **back}

    def _take(self, body: bytes, key: str) -> tuple[int, bytes]:
        """A message by HTTPS: once for its key, like a good receiver."""
        with self._lock:
            if self._errors_left > 0:
                self._errors_left -= 1
                return 503, b""
            if key not in self._answered:
                self._answered[key] = self._heard(body)
            return 200, self._answered[key]

    def _heard(self, body: bytes) -> bytes:
        """Take an order in, and what is to be said of it; the answer to it."""
        self.received.append(body)
        orders = [order for order in seen_in(body) if order.number not in self.orders]
        for order in orders:
            self.orders[order.number] = order
            for saying in script(order, self.habits):
                said = message(self.name, order, saying)
                if self._dice.random() < self.habits.garbage:
                    self.waiting.append(GARBAGE + str(len(self.waiting)).encode())
                self.waiting.append(said)
                if self._dice.random() < self.habits.doubles:
                    self.waiting.append(said)
        guid = orders[0].guid if orders else ""
        return answer(self.name, guid, orders[0].at if orders else timezone.now()) if guid else b""

    def _status(self) -> tuple[int, bytes]:
        """By HTTPS each message that was said is shown in turn, again and again."""
        with self._lock:
            if not self.said:
                return 204, b""
            self._shown = (self._shown + 1) % len(self.said)
            return 200, self.said[self._shown]

    def look(self) -> int:
        """Take in what was delivered by SFTP; how many orders are known now."""
        with self._lock:
            for file in sorted((self.folder / "in").iterdir()):
                if file.is_file() and not file.name.startswith(".") and file.name not in self._read:
                    self._read.add(file.name)
                    self._heard(file.read_bytes())
            return len(self.orders)

    def speak(self, most: int | None = None, push: Callable[[bytes], object] | None = None) -> int:
        """Say what waits, shuffled if that is its habit: into the out-folder, or to `push`; how many."""
        self.look()
        with self._lock:
            if self.habits.shuffles:
                self._dice.shuffle(self.waiting)
            now, self.waiting = self.waiting[:most], self.waiting[len(self.waiting[:most]) :]
            first = len(self.said)
            self.said += now
        for number, said in enumerate(now, start=first + 1):
            if push is not None:
                push(said)
            else:
                hidden = self.folder / "out" / f".{number:06d}.xml"
                hidden.write_bytes(said)
                hidden.rename(self.folder / "out" / f"{number:06d}.xml")
        return len(now)
