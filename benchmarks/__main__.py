"""`python -m benchmarks [NAME ...] [--quick]`: runs the benchmarks side by side in one run."""

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import click
from rich.console import Console

from benchmarks.report import Report, machine, show
from megler.config.compiled import compiled_code

NAMES = (
    "one_life",
    "bulk",
    "classes",
    "good_order",
    "sealing",
    "txlife",
    "vendors",
    "uploads",
    "api",
    "loading",
    "feeds",
    "pages",
)


@click.command("bench")
@click.argument("names", nargs=-1, type=click.Choice(NAMES))
@click.option("--quick", is_flag=True, help="Small sizes: proves agreement, its times mean little.")
def main(names: tuple[str, ...], quick: bool) -> None:
    """Print how fast Megler prices, beside other engines on the same questions."""
    # What Numba compiles is kept by its code, as in the product; processes begun here find it too.
    root = Path(__file__).parents[1]
    kept = root / "var" / "numba" / compiled_code(root / "src" / "megler")
    os.environ.setdefault("NUMBA_CACHE_DIR", str(kept))
    console = Console(width=140)
    console.print(machine(), end="\n\n", highlight=False)
    for name in names or NAMES:
        for report in reports(name, quick=quick):
            show(report, console)


def reports(name: str, *, quick: bool) -> Iterator[Report]:
    """The reports of one benchmark: its module's `full` or `quick`."""
    module = import_module(f"benchmarks.{name}")
    run: Callable[[], Iterator[Report]] = module.quick if quick else module.full
    yield from run()


if __name__ == "__main__":
    main()
