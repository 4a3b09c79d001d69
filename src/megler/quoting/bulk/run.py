"""Re-pricing a book from beginning to end: look through, price what is missing, join."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic

from megler.quoting.bulk.book import Book, look_through
from megler.quoting.bulk.chunks import Done, Order, price
from megler.quoting.bulk.folder import Sentence, WorkFolder
from megler.quoting.bulk.market import code_digest, know
from megler.vocabulary.problems import Problem, Refused

CHUNK_ROWS, CHUNK_ROWS_ALL = 20_000, 500
"""Rows a chunk with few offers of each life kept, and with all: both fit easily into memory."""
_MANY = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to do: price the book `book` into `out` for the day `on`.

    `keep`: the best so many offers a wish and currency; None: all. `scheduler`: the address of
    a Dask cluster; else `workers` processes of this machine price. `chunk_rows`: rows priced at
    once; without it fewer where more offers of each are kept. Others are
    started when the rest would take this process more than `alone_seconds`.
    """

    book: Path
    out: Path
    on: date
    keep: int | None = 1
    scheduler: str | None = None
    workers: int = 1
    chunk_rows: int | None = None
    alone_seconds: float = 15.0


@dataclass(frozen=True, slots=True)
class Repriced:
    """What was done. `unoffered` lives have no offer; `bad_rows` could not be priced, or not whole."""

    lives: int
    offers: int
    unoffered: int
    bad_rows: int
    problems: int
    resumed_rows: int
    out: Path
    problems_file: Path | None


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told how far it is: `begin(rows, rows done before)`, then `done(rows)` each time."""

    begin: Callable[[int, int], None] = lambda total, before: None
    done: Callable[[int], None] = lambda rows: None


def reprice(
    wanted: Wanted, contents: Mapping[str, bytes], sentence: Sentence, watch: Watch | None = None
) -> Repriced:
    """Prices a book with the editions `contents` (zips by digest).

    Raises `Refused` when the book as a whole cannot be priced. Interrupted at any moment it leaves
    its work folder, and the same call goes on from there.
    """
    watch = watch or Watch()
    _refuse_places(wanted)
    book = look_through(wanted.book, wanted.chunk_rows or _chunk_rows(wanted.keep))
    order = _order(wanted, book, tuple(sorted(contents)))
    with WorkFolder(wanted.out, _manifest(wanted, book, order)) as folder:
        before = sum(book.rows_in(number) for number in folder.notes)
        watch.begin(book.rows, before)
        _price(wanted, book, order, contents, _Keep(book, folder, sentence, watch))
        notes = list(folder.notes.values())
        problems_file = folder.join()
    return Repriced(
        lives=book.rows,
        offers=sum(note.offers for note in notes),
        unoffered=sum(note.unoffered for note in notes),
        bad_rows=sum(note.bad_rows for note in notes),
        problems=sum(note.problem_rows for note in notes),
        resumed_rows=before,
        out=wanted.out,
        problems_file=problems_file,
    )


def _price(
    wanted: Wanted, book: Book, order: Order, contents: Mapping[str, bytes], keep: "_Keep"
) -> None:
    """Prices what is missing: alone, unless the rest would take this process long.

    Most books are done alone in the time that other processes take to start.
    """
    if wanted.scheduler is None:
        know(contents)
        _price_alone(wanted, book, order, keep)
    if missing := keep.missing():
        from megler.quoting.bulk.crew import crew_at

        with crew_at(wanted.scheduler, min(wanted.workers, len(missing)), contents) as crew:
            for done in crew.price(book.read(missing), order):
                keep(done)


def _price_alone(wanted: Wanted, book: Book, order: Order, keep: "_Keep") -> None:
    """Prices in this process until all is done, or the rest is seen to be long.

    The first chunk is not measured: it opens the market.
    """
    missing = keep.missing()
    begun = monotonic()
    for done, chunk in enumerate(book.read(missing)):
        keep(price(chunk, order))
        if done == 0:
            begun = monotonic()
        elif wanted.workers > 1:
            rest = (monotonic() - begun) / done * (len(missing) - done - 1)
            if rest > wanted.alone_seconds:
                return


@dataclass(frozen=True, slots=True)
class _Keep:
    """Keeps what came of a chunk and tells who watches."""

    book: Book
    folder: WorkFolder
    sentence: Sentence
    watch: Watch

    def __call__(self, done: Done) -> None:
        self.folder.keep(done, self.sentence)
        self.watch.done(self.book.rows_in(done.number))

    def missing(self) -> list[int]:
        """The chunks not finished yet."""
        return [number for number in range(self.book.chunks) if number not in self.folder.notes]


def _chunk_rows(keep: int | None) -> int:
    return CHUNK_ROWS_ALL if keep is None or keep > _MANY else CHUNK_ROWS


def _refuse_places(wanted: Wanted) -> None:
    """A result needs a folder to stand in and a format, and never takes the book's own place."""
    out = wanted.out
    if out.suffix.lower() not in {".csv", ".parquet"}:
        raise Refused(Problem("bulk_unknown_format", str(out), out.suffix, ".parquet, .csv"))
    if not out.parent.is_dir():
        raise Refused(Problem("bulk_no_folder", str(out), str(out.parent)))
    if out.resolve() == wanted.book.resolve():
        raise Refused(Problem("bulk_over_book", str(out)))


def _order(wanted: Wanted, book: Book, editions: tuple[str, ...]) -> Order:
    return Order(
        names=book.names,
        columns=book.columns,
        editions=editions,
        on=wanted.on,
        keep=wanted.keep,
        csv=wanted.out.suffix.lower() == ".csv",
        code=code_digest(),
    )


def _manifest(wanted: Wanted, book: Book, order: Order) -> dict[str, object]:
    """What the parts are made from: the same makes the same parts."""
    return {
        "book": book.digest,
        "format": wanted.book.suffix.lower(),
        "rows": book.rows,
        "chunk_rows": book.chunk_rows,
        "editions": list(order.editions),
        "on": order.on.isoformat(),
        "keep": order.keep,
        "code": order.code,
    }
