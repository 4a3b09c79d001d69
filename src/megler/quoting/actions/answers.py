"""A quote's answer as the API sends it: from the compiled market where this process has one.

A web process compiles the market of a day beside its work, for all that stands on it, and until that
is done the exact engine answers; the answers are the same to the byte.
"""

import fcntl
import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone
from msgspec.json import encode

from megler.quoting.actions.quotes import Market, market_on, quote_of, shown
from megler.quoting.keeping import kept_market
from megler.quoting.rules.market.compiling import Market as Compiled
from megler.quoting.rules.writing.answer import write_quote
from megler.quoting.sentences import sentence, speaker
from megler.ui.problems import sentence as problem_sentence
from megler.underwriting.actions.answers import facts_of
from megler.underwriting.rules.facts import read_facts

MOST_KEPT = 4
"""Markets of so many days and editions are kept; the oldest goes first."""
Application = Callable[[Any, Any], Any]
_Key = tuple[tuple[UUID, ...], date]
_SAMPLE = {"age": 40, "sex": "male", "jurisdiction": "TX", "nicotine": []}


class _Shelf:
    """The compiled markets of this process. `is_open`: it compiles what it lacks."""

    def __init__(self) -> None:
        self.is_open = False
        self._kept: dict[_Key, Compiled | None] = {}
        self._lock = threading.Lock()

    def find(self, market: Market, on: date) -> Compiled | None:
        """The compiled market, if it is there; if not, somebody sets out to compile it."""
        key = (market.edition_ids, on)
        with self._lock:
            if key in self._kept or not self.is_open:
                return self._kept.get(key)
            self._kept[key] = None
            while len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        threading.Thread(target=self.compile, args=(market, on), daemon=True).start()
        return None

    def compile(self, market: Market, on: date) -> None:
        """Compiles a market, with one answer as a trial, and keeps it.

        What goes wrong ends the thread and stands in the log; the exact engine goes on answering.
        """
        folder = settings.VAR_DIR / "markets"
        with _one_at_a_time(folder):
            made = kept_market(folder, market.books, market.guides, on)
            facts, _ = read_facts(_SAMPLE, on)
            if facts is not None:
                write_quote(
                    facts, market.books, market.guides, made,
                    text=sentence, problem_text=problem_sentence,
                )  # fmt: skip
        with self._lock:
            self._kept[market.edition_ids, on] = made
        # Editions and markets stay: the collector need not walk through them again and again.
        gc.collect()
        gc.freeze()


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Of the processes of a machine that start together, the first compiles for all."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


_SHELF = _Shelf()


def compiling_from_the_first(application: Application) -> Application:
    """A web application that, from its first request on, compiles the markets it quotes from.

    Today's is begun at once, beside the request.
    """

    def served(environ: Any, start_response: Any) -> Any:
        if not _SHELF.is_open:
            _SHELF.is_open = True
            threading.Thread(target=_begin, daemon=True).start()
        return application(environ, start_response)

    return served


def _begin() -> None:
    try:
        on = timezone.localdate()
        _SHELF.find(market_on(on), on)
    finally:
        connection.close()


def compile_for(on: date) -> None:
    """Compile the market of a day now, and wait for it."""
    _SHELF.compile(market_on(on), on)


def answer_to(document: object, on: date) -> bytes:
    """The answer to a facts document, as JSON. Raises `Refused`; nothing is saved."""
    facts, market = facts_of(document, on), market_on(on)
    compiled = _SHELF.find(market, on)
    if compiled is not None:
        written = write_quote(
            facts, market.books, market.guides, compiled,
            text=speaker(), problem_text=problem_sentence,
        )  # fmt: skip
        if written is not None:
            return written
    return encode(shown(quote_of(facts, on, market)))
