"""Kills the worker at random during a day's work, and counts whether every effect came once.

`python -m benchmarks.killing [--kills 100] [--seed 1]` on an empty database of its own. The same day
is worked through twice: by a worker that nobody disturbs, and by workers each of which is killed
(SIGKILL) after a random time. What the day leaves behind must be counted alike both times.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

PATIENCE_SECONDS = 120
LONG_GONE = timedelta(minutes=5)
LIVES_SECONDS = (0.1, 1.0)
"""A worker is killed at some time within these of its birth: before, while and after it works."""

Counts = dict[str, int]


@dataclass(frozen=True)
class Outcome:
    """What a day left behind, undisturbed and disturbed, and how often the worker was killed."""

    undisturbed: Counts
    disturbed: Counts
    kills: int
    stuck: int

    @property
    def is_equal(self) -> bool:
        """Every effect came as often as without a kill, and no job is stuck."""
        return self.undisturbed == self.disturbed and self.stuck == 0


def count() -> Counts:
    """Everything that a day's jobs leave behind."""
    from django.db.models import Count

    from megler.cases.models import Requirement
    from megler.journal.models import Entry
    from megler.post.models import Message
    from megler.routines.models import Acted, Clock, TextMessage, Unread
    from megler.work.models import Assignment, Task

    found = {
        f"journal {row['verb']}": row["n"]
        for row in Entry.objects.values("verb").annotate(n=Count("pk")).order_by()
    }
    found |= {
        f"message {row['state']}": row["n"]
        for row in Message.objects.values("state").annotate(n=Count("pk")).order_by()
    }
    for model in (Task, Requirement, Acted, Clock, Assignment, TextMessage, Unread):
        found[model.__name__.lower()] = model.objects.count()
    found["clock ended"] = Clock.objects.exclude(ended_at=None).count()
    found["acted with problems"] = Acted.objects.exclude(problems=[]).count()
    return found


def growth(before: Counts, after: Counts) -> Counts:
    """What was added."""
    grown = {key: after[key] - before.get(key, 0) for key in after}
    return {key: n for key, n in sorted(grown.items()) if n}


class Nursery:
    """Workers in processes of their own, on this process's database."""

    def __enter__(self) -> "Nursery":
        from django.conf import settings
        from tests.house.server import SRC, database_url

        told = {
            "DATABASE_URL": database_url(),
            "PYTHONPATH": os.pathsep.join([str(SRC), str(SRC.parent)]),
            "MEGLER_SMTP_HOST": settings.EMAIL_HOST,
            "MEGLER_EMAIL_BACKEND": settings.EMAIL_BACKEND,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.nursery"],
            env=os.environ | told, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            cwd=SRC.parent,
        )  # fmt: skip
        return self

    def worker(self) -> int:
        """A worker that begins now; its process id."""
        assert self.process.stdin  # noqa: S101
        assert self.process.stdout  # noqa: S101
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def __exit__(self, *_error: object) -> None:
        self.process.kill()
        self.process.communicate()


def kill(worker: int) -> None:
    """End it at once, as a power cut would, and wait until it is gone."""
    with suppress(ProcessLookupError):
        os.kill(worker, signal.SIGKILL)
        while True:
            os.kill(worker, 0)
            time.sleep(0.01)


def waiting() -> int:
    """Jobs of the day that are not done, and moments nobody has read."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from megler.routines.models import Unread

    open_jobs = ProcrastinateJob.objects.filter(status__in=["todo", "doing"])
    jobs = open_jobs.exclude(task_name__startswith="journal.").exclude(
        task_name__in=["routines.jobs.take_up", "routines.jobs.look", "post.jobs.carry_due"]
    )
    return jobs.count() + Unread.objects.count()


def take_up_what_was_left() -> None:
    """What the next worker does when another has been silent for minutes, without waiting so long."""
    from django.db import connection

    from megler.journal.actions import take_up_stalled

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - make_interval(secs => %s)",
            [LONG_GONE.total_seconds()],
        )
    take_up_stalled()


def settle(nursery: Nursery) -> int:
    """Let a worker end the day; how much is stuck then."""
    until = time.monotonic() + PATIENCE_SECONDS
    take_up_what_was_left()
    worker = nursery.worker()
    while waiting() and time.monotonic() < until:
        time.sleep(0.1)
    kill(worker)
    take_up_what_was_left()
    return waiting()


def day(
    steps: Iterator[Callable[[], object]], nursery: Nursery, kills: int, dice: random.Random
) -> int:
    """Do the steps of a day while workers come and are killed; how many were."""
    done = 0
    for step in steps:
        step()
        if done < kills:
            worker = nursery.worker()
            time.sleep(dice.uniform(*LIVES_SECONDS))
            kill(worker)
            done += 1
            take_up_what_was_left()
    return done


def compare(
    a_day: Callable[[int], Iterator[Callable[[], object]]], kills: int, seed: int = 1
) -> Outcome:
    """Work through the same day without and with kills. `a_day` makes the steps of a day anew."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    with Nursery() as nursery:
        start = count()
        day(a_day(1), nursery, 0, dice)
        stuck = settle(nursery)
        middle = count()
        killed = day(a_day(2), nursery, kills, dice)
        stuck += settle(nursery)
    return Outcome(growth(start, middle), growth(middle, count()), killed, stuck)


def full(kills: int, seed: int) -> Outcome:
    """The whole comparison on a fresh database."""
    import django

    django.setup()
    from django.conf import settings
    from django.test.runner import DiscoverRunner

    settings.EMAIL_HOST = "mail.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    runner = DiscoverRunner(interactive=False, verbosity=0)
    databases = runner.setup_databases()
    try:
        from tests.house.a_day import prepare

        return compare(prepare(steps=max(kills, 20)), kills, seed)
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    import click

    @click.command()
    @click.option("--kills", default=100, show_default=True)
    @click.option("--seed", default=1, show_default=True)
    def main(kills: int, seed: int) -> None:
        """Compare a day with kills to one without; exit 1 when they differ."""
        found = full(kills, seed)
        for key in sorted(found.undisturbed.keys() | found.disturbed.keys()):
            both = found.undisturbed.get(key, 0), found.disturbed.get(key, 0)
            click.echo(
                f"{key:40} {both[0]:8} {both[1]:8} {'' if both[0] == both[1] else 'DIFFERS'}"
            )
        click.echo(f"killed {found.kills} times, {found.stuck} stuck")
        raise SystemExit(0 if found.is_equal else 1)

    main()
