"""A book looked through before it is priced: its columns, its rows, where its chunks lie."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl

from megler.quoting.rules.bulk.columns import ID, Column, read_header
from megler.quoting.rules.bulk.lines import cells_of, records
from megler.vocabulary.problems import Problem, Refused

LONGEST_ROW = 256 * 1024
"""A row of more bytes is refused: mostly a quote that opens and never closes."""
_BLOCK = 8 * 1024 * 1024
_MARK = b"\xef\xbb\xbf"
FIRST_ROW = 2
"""Rows count as a spreadsheet does: the header is row 1."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of a book on their way to be priced: CSV lines or an Arrow file, from row `first` on."""

    number: int
    first: int
    csv: bool
    data: bytes


@dataclass(frozen=True, slots=True)
class Book:
    """A book as it lies there. `places` are where each chunk of a CSV book begins and ends."""

    path: Path
    digest: str
    names: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: int
    chunk_rows: int
    places: tuple[tuple[int, int], ...] = ()

    @property
    def is_csv(self) -> bool:
        """Whether it is CSV; else Parquet."""
        return _is_csv(self.path)

    @property
    def chunks(self) -> int:
        """How many chunks there are."""
        return -(-self.rows // self.chunk_rows)

    def rows_in(self, number: int) -> int:
        """How many rows a chunk has."""
        return min(self.chunk_rows, self.rows - number * self.chunk_rows)

    def read(self, numbers: Sequence[int]) -> Iterator[Chunk]:
        """Those chunks, in rising order, one in memory at a time."""
        return self._read_csv(numbers) if self.is_csv else self._read_parquet(numbers)

    def _read_csv(self, numbers: Sequence[int]) -> Iterator[Chunk]:
        with self.path.open("rb") as stream:
            for number in numbers:
                start, stop = self.places[number]
                stream.seek(start)
                yield Chunk(number, self._first(number), True, stream.read(stop - start))

    def _read_parquet(self, numbers: Sequence[int]) -> Iterator[Chunk]:
        wanted = set(numbers)
        if not wanted:
            return
        number = min(wanted)
        scan = pl.scan_parquet(self.path).slice(number * self.chunk_rows)
        for frame in _even(scan, self.chunk_rows):
            if number in wanted:
                data = frame.rechunk().write_ipc(None, compat_level=pl.CompatLevel.newest())
                yield Chunk(number, self._first(number), False, data.getvalue())
            number += 1

    def _first(self, number: int) -> int:
        return number * self.chunk_rows + FIRST_ROW


def look_through(path: Path, chunk_rows: int) -> Book:
    """The book at `path`. Raises `Refused` with everything wrong with it as a whole."""
    try:
        return _csv_book(path, chunk_rows) if _is_csv(path) else _parquet_book(path, chunk_rows)
    except OSError as error:
        found = error.strerror or type(error).__name__
        raise Refused(Problem("cannot_read", str(path), found, "a book")) from error


def _is_csv(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix not in {".csv", ".parquet"}:
        raise Refused(Problem("bulk_unknown_format", str(path), suffix, ".parquet, .csv"))
    return suffix == ".csv"


def _even(scan: pl.LazyFrame, rows: int) -> Iterator[pl.DataFrame]:
    """Frames of exactly so many rows, but the last, however the reader cuts them."""
    kept: pl.DataFrame | None = None
    for batch in scan.collect_batches(chunk_size=rows, maintain_order=True):
        kept = batch if kept is None else pl.concat([kept, batch])
        while kept.height >= rows:
            yield kept.slice(0, rows)
            kept = kept.slice(rows)
    if kept is not None and kept.height:
        yield kept


def _parquet_book(path: Path, chunk_rows: int) -> Book:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    try:
        scan = pl.scan_parquet(path)
        schema = scan.collect_schema()
        rows = scan.select(pl.len()).collect().item()
    except pl.exceptions.PolarsError as error:
        found = str(error).partition("\n")[0][:200]
        raise Refused(Problem("bulk_not_parquet", str(path), found, "a Parquet file")) from error
    names = tuple(schema.names())
    columns, problems = read_header(names)
    problems += [
        Problem("bulk_column_type", name, str(dtype), expected)
        for name, dtype in schema.items()
        if (expected := _unfit(dtype, name, columns))
    ]
    _refuse(path, problems, rows)
    return Book(path, digest, names, columns, rows, chunk_rows)


def _unfit(dtype: pl.DataType, name: str, columns: Sequence[Column]) -> str:
    """What a column of this type should be instead; empty where it is fit."""
    if isinstance(dtype, pl.Binary | pl.Object | pl.Time | pl.Duration):
        return "text, figure, date, list"
    if isinstance(dtype, pl.Datetime) and name != ID:
        return "date"
    amounts = {column.path for column in columns if column.kind is column.kind.AMOUNT}
    return "text, decimal, whole number" if dtype.is_float() and name in amounts else ""


def _csv_book(path: Path, chunk_rows: int) -> Book:
    """One pass over the file: its digest, its header, and where every `chunk_rows` rows end."""
    total = hashlib.sha256()
    names: tuple[str, ...] | None = None
    marks: list[int] = []
    rows = last = 0
    for begin, data, ends in _blocks(path, total):
        of_rows = ends
        if names is None:
            names, of_rows = _header(data[: ends[0]]), ends[1:]
            marks.append(ends[0])
        every = range(chunk_rows - 1 - rows % chunk_rows, len(of_rows), chunk_rows)
        marks += [begin + of_rows[i] for i in every]
        rows, last = rows + len(of_rows), begin + ends[-1]
    if names is None:
        raise Refused(Problem("empty_file", str(path), "", "a header and rows"))
    columns, problems = read_header(names)
    _refuse(path, problems, rows)
    if rows % chunk_rows:
        marks.append(last)
    places = tuple(pairwise(marks))
    return Book(path, total.hexdigest(), names, columns, rows, chunk_rows, places)


def _blocks(path: Path, total: "hashlib._Hash") -> Iterator[tuple[int, bytes, list[int]]]:
    """Pieces of whole records: where each begins in the file, its bytes, where its records end."""
    size = _without_blank_end(path)
    begin, row, data, block = 0, 0, b"", b"."
    with path.open("rb") as stream:
        while block:
            block = stream.read(_BLOCK)
            total.update(block)
            data += block[: max(0, size - begin - len(data))]
            ends = records(data, last=not block).ends
            lengths = np.diff(ends, prepend=0, append=len(data))
            if (long := np.flatnonzero(lengths > LONGEST_ROW)).size:
                found, where = f"{lengths[long[0]]} bytes", f"row {row + long[0] + 1}"
                raise Refused(Problem("bulk_row_too_long", where, found, str(LONGEST_ROW)))
            if ends.size:
                yield begin, data, ends.tolist()
                begin, row, data = begin + int(ends[-1]), row + ends.size, data[ends[-1] :]


def _without_blank_end(path: Path) -> int:
    """The size of the file without blank lines at its end."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        stream.seek(max(0, size - 65536))
        tail = stream.read()
    return size - (len(tail) - len(tail.rstrip(b"\r\n")))


def _header(record: bytes) -> tuple[str, ...]:
    if record[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused(Problem("facts_wrong_encoding", "row 1", "UTF-16", "UTF-8"))
    try:
        return tuple(cell.decode() for cell in cells_of(record.removeprefix(_MARK)))
    except UnicodeDecodeError as error:
        found = f"byte {error.object[error.start]:02X}"
        raise Refused(Problem("facts_wrong_encoding", "row 1", found, "UTF-8")) from error


def _refuse(path: Path, problems: list[Problem], rows: int) -> None:
    if not problems and not rows:
        problems = [Problem("no_rows", str(path))]
    if problems:
        raise Refused(problems)
