"""Letting the demo's year pass, by one process or shared among several.

Each process has its own share of the applicants. Everything about an applicant follows from the
seed and their number, so that it is the same however many processes share the year; only numbers
that the database gives out may then fall to others.
"""

import gc
import multiprocessing
import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from multiprocessing.connection import Connection, wait
from typing import Any

FEWEST_TO_SHARE = 100
MOST_PROCESSES = 4
BEGIN = "begin"
BATCH = 60
"""Acts to a commit."""
GARBAGE = 100_000
"""Objects made before the young are looked through for garbage; usually 700."""

Tell = Callable[[float], None]
"""Called with the share of the year that has passed."""


@dataclass(frozen=True, slots=True)
class Year:
    """The year to let pass: `quotes` applicants from `begun` to `until`, from a seed."""

    seed: int
    quotes: int
    begun: date
    until: datetime


@contextmanager
def hands(year: Year) -> Iterator[list[Connection]]:
    """Fresh processes that share the year, each with its own way to the database; none for few.

    They load the product while the caller prepares the year, and begin when they are told to.
    """
    processes = min(MOST_PROCESSES, os.cpu_count() or 1)
    if processes == 1 or year.quotes < FEWEST_TO_SHARE:
        yield []
        return
    fresh = multiprocessing.get_context("spawn")
    pipes, started = [], []
    try:
        for number in range(processes):
            here, there = fresh.Pipe()
            hand = fresh.Process(target=_work, args=(year, number, processes, there), daemon=True)
            hand.start()
            there.close()
            pipes.append(here)
            started.append(hand)
        yield pipes
    finally:
        for hand in started:
            hand.terminate()
            hand.join()


def let_pass(year: Year, shared: list[Connection], tell: Tell) -> None:
    """Let the year pass, here or in `hands`. Raises what went wrong in any of the processes."""
    for pipe in shared:
        pipe.send(BEGIN)
    if shared:
        _listen(shared, tell)
    else:
        with quickly(), no_mail():
            pass_share(year, 0, 1, tell)
    _mornings(year)


def _mornings(year: Year) -> None:
    """After all, when nobody else writes: it touches everybody's cases."""
    from django.db import transaction

    from megler.demo.actions.lives import mornings

    with quickly(), no_mail(), transaction.atomic():
        mornings(year.until)


def pass_share(year: Year, number: int, of: int, tell: Tell) -> None:
    """Let every `of`-th applicant's year pass, from number `number`."""
    from django.db import transaction

    from megler.demo.actions.lives import lives
    from megler.demo.rules.schedule import told

    acts = told(lives(year, number, of), year.until)
    whole = year.until.toordinal() - year.begun.toordinal()
    going = True
    while going:
        with transaction.atomic():
            for _number in range(BATCH):
                at = next(acts, None)
                if at is None:
                    going = False
                    break
                tell((at.toordinal() - year.begun.toordinal()) / whole)
    tell(1.0)


def _listen(pipes: list[Connection], tell: Tell) -> None:
    """Tell how far the slowest is until all have done their share."""
    passed = dict.fromkeys(range(len(pipes)), 0.0)
    waiting = {id(pipe): number for number, pipe in enumerate(pipes)}
    while waiting:
        for pipe in wait([p for p in pipes if id(p) in waiting]):
            said = _heard(pipe)
            if isinstance(said, str):
                raise RuntimeError(said)
            passed[waiting[id(pipe)]] = said
            if said >= 1.0:
                del waiting[id(pipe)]
        tell(min(passed.values()))


def _heard(pipe: Any) -> float | str:
    try:
        said: float | str = pipe.recv()
    except EOFError:
        return "a process that built the demo agency ended before its share was done"
    return said


def _work(year: Year, number: int, of: int, pipe: Connection) -> None:
    """What a fresh process does."""
    import django

    try:
        django.setup()
        _load()
        pipe.recv()
        with quickly(), no_mail():
            pass_share(year, number, of, _told_rarely(pipe))
    except BaseException:
        pipe.send(traceback.format_exc())


def _load() -> None:
    """What would otherwise be loaded with the first act."""
    from django.urls import get_resolver

    import_module("megler.demo.actions.lives")
    _ = get_resolver().url_patterns


def _told_rarely(pipe: Connection) -> Tell:
    """Tell through the pipe when a hundredth more has passed, and the end once."""
    last = 0.0

    def tell(share: float) -> None:
        nonlocal last
        share = min(share, 0.999) if share < 1.0 else share
        if share >= 1.0 or share - last >= 0.01:
            last = share
            pipe.send(share)

    return tell


@contextmanager
def quickly() -> Iterator[None]:
    """Commits need not wait for the disk, inner blocks not be undone alone, garbage not be gone soon.

    A build that was cut short is begun anew, and what goes wrong in it ends it.
    """
    from django.db import connection

    thresholds = gc.get_threshold()
    gc.set_threshold(GARBAGE, *thresholds[1:])
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        del connection.features.uses_savepoints
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("RESET synchronous_commit")


@contextmanager
def no_mail() -> Iterator[None]:
    """Messages of the demo's past are kept to be read and never sent."""
    from django.conf import settings

    host, settings.EMAIL_HOST = settings.EMAIL_HOST, ""
    try:
        yield
    finally:
        settings.EMAIL_HOST = host
