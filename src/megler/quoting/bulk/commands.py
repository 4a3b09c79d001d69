"""`./megler reprice BOOK --out FILE`: a whole book priced against all products."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from megler.vocabulary.problems import Refused

if TYPE_CHECKING:
    from megler.quoting.bulk.run import Repriced, Watch

_BAD_ROWS, _REFUSED = 1, 2


class _Keep(click.ParamType[int]):
    """How many offers to keep: a number from 1 on, or all (0)."""

    name = "N|all"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """The number, 0 for all."""
        if value == "all":
            return 0
        if not str(value).isdecimal() or int(value) < 1:
            self.fail(f"{value!r} is neither a number from 1 on nor all.", param, ctx)
        return int(value)


@click.command()
@click.argument("book", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="The result: .parquet or .csv."
)
@click.option("--scheduler", help="Address of a Dask cluster, as tcp://host:8786.")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to price for; default today."
)
@click.option(
    "--keep",
    type=_Keep(),
    default=1,
    show_default=True,
    help="The best so many offers of each wish and currency, or all.",
)
@click.option(
    "--workers", type=click.IntRange(1, 1024), help="Processes here; default one a processor."
)
@click.option("--json", "as_json", is_flag=True, help="Print what was done as one JSON document.")
def reprice(
    *,
    book: Path,
    out: Path,
    scheduler: str | None,
    on: datetime | None,
    keep: int,
    workers: int | None,
    as_json: bool,
) -> None:
    """Price every life of BOOK (.parquet or .csv) against all products (docs/bulk.md).

    Interrupted, the same command goes on where it stopped. Exit status 0: every row is priced;
    1: some rows are not, FILE's .problems.csv says why; 2: nothing could be done.
    """
    from django.utils import timezone

    from megler.quoting.bulk.crew import cores
    from megler.quoting.bulk.editions import contents_on
    from megler.quoting.bulk.run import Wanted
    from megler.quoting.bulk.run import reprice as run
    from megler.ui.console import tell_problems
    from megler.ui.problems import sentence

    day = on.date() if on else timezone.localdate()
    wanted = Wanted(book, out, day, keep or None, scheduler, workers or cores())
    try:
        with _progress() as watch:
            done = run(wanted, contents_on(day), sentence, watch)
    except Refused as refused:
        tell_problems(refused, as_json)
        sys.exit(_REFUSED)
    except KeyboardInterrupt:
        click.echo("Interrupted. The same command goes on where this one stopped.", err=True)
        raise
    _tell(done, as_json)
    sys.exit(_BAD_ROWS if done.bad_rows else 0)


@contextmanager
def _progress() -> "Iterator[Watch]":
    """A bar on a terminal's standard error: how much, how fast, how long still."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    from megler.quoting.bulk.run import Watch

    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("lives, remaining"),
        TimeRemainingColumn(),
        TextColumn("after"),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task("Looking through the book", total=None)
        yield Watch(
            begin=lambda total, before: bar.update(
                task, description="Pricing", total=total, completed=before
            ),
            done=lambda rows: bar.update(task, advance=rows),
        )


def _tell(done: "Repriced", as_json: bool) -> None:
    if as_json:
        from dataclasses import asdict

        from msgspec.json import encode

        paths = {"out": str(done.out), "problems_file": str(done.problems_file or "") or None}
        click.echo(encode({**asdict(done), **paths}).decode())
        return
    click.echo(f"rows         {done.lives:>12,}")
    if done.resumed_rows:
        click.echo(f"  of before  {done.resumed_rows:>12,}")
    click.echo(f"offers kept  {done.offers:>12,}  {done.out}")
    if done.unoffered:
        click.echo(f"no offer     {done.unoffered:>12,}  (./megler quote says why)")
    if done.bad_rows:
        click.echo(f"bad rows     {done.bad_rows:>12,}  {done.problems_file}", err=True)


commands = [reprice]
