"""The work folder beside the result: parts finished so far, and what they were made from."""

import csv
import fcntl
import io
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import polars as pl

from megler.quoting.bulk.chunks import Done, header
from megler.vocabulary.problems import Problem, Refused

_MANIFEST, _LOCK, _JOINED = "manifest.json", "lock", "joined"
PROBLEM_COLUMNS = ("row", "id", "column", "code", "found", "expected", "sentence")
_ROW_GROUP = 100_000
Sentence = Callable[[Problem], str]


@dataclass(frozen=True, slots=True)
class Note:
    """Of a finished chunk: sizes of its files in bytes, and what it counted."""

    part: int
    problems: int
    lives: int
    offers: int
    unoffered: int
    bad_rows: int
    problem_rows: int


class WorkFolder:
    """`FILE.work` beside the result FILE, held by one run at a time.

    A chunk is finished when its note stands there: it is written last, so a run killed at any
    moment leaves only whole parts behind. Another book, edition, day, option or program starts anew.
    """

    def __init__(self, out: Path, manifest: Mapping[str, object]) -> None:
        self.out = out
        self.path = out.with_name(f"{out.name}.work")
        self.manifest = dict(manifest)
        self.notes: dict[int, Note] = {}

    def __enter__(self) -> Self:
        self.path.mkdir(mode=0o700, exist_ok=True)
        self._lock = (self.path / _LOCK).open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            raise Refused(Problem("bulk_running", str(self.out), "", "")) from error
        if self._known() != self.manifest:
            for path in self.path.iterdir():
                if path.name != _LOCK:
                    path.unlink()
            self._write(_MANIFEST, json.dumps(self.manifest, indent=1).encode())
        self.notes = dict(self._finished())
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.close()

    def keep(self, done: Done, sentence: Sentence) -> Note:
        """Keeps what came of a chunk; its problems get their sentences here."""
        problems = _problem_lines(done, sentence)
        note = Note(
            part=len(done.part),
            problems=len(problems),
            lives=done.lives,
            offers=done.offers,
            unoffered=done.unoffered,
            bad_rows=len({one.row for one in done.problems}),
            problem_rows=len(done.problems),
        )
        self._write(self._part(done.number).name, done.part)
        self._write(self._problems(done.number).name, problems)
        self._write(f"note-{done.number:08}.json", json.dumps(asdict(note)).encode())
        self.notes[done.number] = note
        return note

    def join(self) -> Path | None:
        """Makes the result out of the parts, in their order, and then leaves the folder.

        Returns the problems file, None without problems. Both appear whole or not at all.
        """
        problems_file = self.out.with_suffix(".problems.csv")
        numbers = sorted(self.notes)
        has_problems = any(note.problem_rows for note in self.notes.values())
        if has_problems:
            head = (",".join(PROBLEM_COLUMNS) + "\n").encode()
            self._concatenate(head, map(self._problems, numbers))
            (self.path / _JOINED).replace(problems_file)
        else:
            problems_file.unlink(missing_ok=True)
        parts = [self._part(number) for number in numbers]
        if self.out.suffix.lower() == ".csv":
            self._concatenate(header(), parts)
        else:
            pl.scan_parquet(parts).sink_parquet(
                self.path / _JOINED, compression="zstd", row_group_size=_ROW_GROUP
            )
        (self.path / _JOINED).replace(self.out)
        shutil.rmtree(self.path)
        return problems_file if has_problems else None

    def _known(self) -> object:
        try:
            return json.loads((self.path / _MANIFEST).read_bytes())
        except (OSError, ValueError):
            return None

    def _finished(self) -> Iterable[tuple[int, Note]]:
        """The chunks whose note and files stand there as they were written."""
        for path in self.path.glob("note-*.json"):
            number = int(path.stem.removeprefix("note-"))
            note = Note(**json.loads(path.read_bytes()))
            sizes = [_size(self._part(number)), _size(self._problems(number))]
            if sizes == [note.part, note.problems]:
                yield number, note

    def _part(self, number: int) -> Path:
        return self.path / f"part-{number:08}{self.out.suffix.lower()}"

    def _problems(self, number: int) -> Path:
        return self.path / f"problems-{number:08}.csv"

    def _write(self, name: str, content: bytes) -> None:
        """A file that stands there whole or not at all, also after the power went."""
        draft = self.path / f"{name}.draft"
        with draft.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(self.path / name)

    def _concatenate(self, head: bytes, parts: Iterable[Path]) -> None:
        with (self.path / _JOINED).open("wb") as stream:
            stream.write(head)
            for part in parts:
                with part.open("rb") as source:
                    shutil.copyfileobj(source, stream)
            stream.flush()
            os.fsync(stream.fileno())


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else -1


def _problem_lines(done: Done, sentence: Sentence) -> bytes:
    buffer = io.StringIO()
    lines = csv.writer(buffer, lineterminator="\n")
    for one in done.problems:
        told = one.problem
        lines.writerow(
            (one.row, one.id, one.column, told.code, told.found, told.expected, sentence(told))
        )
    return buffer.getvalue().encode()
