"""The parts of a guide: the files each stands in, and its rows read out of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from megler.carriers.rules.keys import Keys
from megler.carriers.rules.place import place
from megler.carriers.rules.reading.layouts import FILE_NAME
from megler.carriers.rules.rows import Row, each_row
from megler.carriers.rules.sheets import capped
from megler.carriers.rules.workbooks import sheet_in
from megler.vocabulary.problems import Problem

R = TypeVar("R")

_FLAT = ("flat_extra", "flat_extra_to", "flat_years", "postpone_months", "counted_from", "as_user")
METRIC = (
    ("height_cm", "sex", "class", "weight_min_kg", "weight_max_kg"),
    ("age_from", "age_to", "page"),
)
"""The columns of a build chart in centimetres and kilograms."""
COLUMNS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "build": (
        ("height_in", "sex", "class", "weight_min_lb", "weight_max_lb"),
        ("age_from", "age_to", "page"),
    ),
    "criteria": (("class", "criterion", "age_from", "age_to", "limit"), ("page",)),
    "rules": (("class", "requires"), ("when", "text", "page")),
    "nicotine": (("class", "product", "free_months"), ("per_year", "when", "page")),
    "family": (
        ("class", "relation", "condition", "event", "before_age", "allowed"),
        ("age_from", "age_to", "sex", "except", "page"),
    ),
    "questions": (("impairment", "key", "type", "values", "unit", "usual", "text"), ("page",)),
    "impairments": (("impairment", "name", "list", "group", "words", "icd10"), ("page",)),
    "ratings": (("impairment", "rule", "when", "best", "worst"), (*_FLAT, "text", "page")),
    "requirements": (("age_from", "age_to", "amount_from", "amount_to", "kinds"), ("page",)),
    "triggers": (("when", "kinds"), ("text", "page")),
    "evidence": (
        ("kind", "ordered_by", "usual_days", "valid_days"),
        ("age_from", "age_to", "page"),
    ),
    "substitutes": (("kind", "within_days", "stands_for"), ("page",)),
}
"""The parts of a guide, with the columns that each must have and those that it may have."""
MOST_ROWS: Mapping[str, int] = {
    "rules": 500, "nicotine": 1_000, "triggers": 2_000, "criteria": 5_000, "family": 5_000,
    "evidence": 5_000, "substitutes": 5_000, "requirements": 20_000, "impairments": 20_000,
    "questions": 40_000, "ratings": 60_000, "build": 200_000,
}  # fmt: skip
"""How many rows a part may have: many times what carriers print. Rows are held against each other."""


class Units(StrEnum):
    """What a build chart is written in."""

    IMPERIAL = "imperial"
    METRIC = "metric"


@dataclass(frozen=True, slots=True)
class GuideFiles:
    """The files that the parts of a guide stand in, and from which of them each row was read."""

    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    origins: dict[int, str] = field(default_factory=dict)
    """By the identity of a record, which the guide keeps alive."""
    metric: bool = False
    """Whether the build chart has centimetres and kilograms."""

    def of(self, part: str) -> tuple[str, ...]:
        """The files of a part; empty where the guide does not have it."""
        return self.files.get(part, ())

    def named(self) -> set[str]:
        """Every file of every part."""
        return {file for files in self.files.values() for file in files}

    def file(self, record: object, part: str) -> str:
        """The file that a record was read from."""
        return self.origins.get(id(record)) or next(iter(self.of(part)), f"{part}.csv")


def part_files(head: Keys) -> dict[str, tuple[str, ...]]:
    """The files of each part that the head names: `file`, or a list `files`."""
    found = {part: _files(head, part) for part in COLUMNS}
    return {part: files for part, files in found.items() if files}


def is_metric(head: Keys) -> bool:
    """Whether the head says that the build chart is metric."""
    keys = head.inside("build")
    return keys is not None and keys.choice("units", Units, required=False) is Units.METRIC


def _files(head: Keys, part: str) -> tuple[str, ...]:
    keys = head.inside(part)
    if keys is None:
        return ()
    if keys.has("files") and keys.has("file"):
        keys.tell("contradicting_keys", "files", "file and files", "one of them")
    if keys.has("files"):
        named = [(f"files[{i}]", file) for i, file in enumerate(keys.texts("files") or ())]
        if keys.has("file"):
            keys.text("file")
    else:
        named = [("file", keys.text("file"))]
    files = []
    for key, file in named:
        if file and not FILE_NAME.fullmatch(file):
            keys.tell("bad_file_name", key, file, f"a name such as {part}.csv")
        elif file:
            files.append(file)
    if part == "build":
        keys.choice("units", Units, required=False)
    keys.done()
    return tuple(files)


@dataclass(slots=True)
class Reader:
    """Reads the parts of one guide; problems of all files go to one list."""

    content: Mapping[str, bytes]
    files: GuideFiles
    problems: list[Problem]

    def part(
        self,
        part: str,
        read: Callable[[Row], R | None],
        refused: Callable[[Row], None] = lambda _row: None,
    ) -> tuple[R, ...]:
        """The sound rows of a part, file after file; `refused` hears of each that is not."""
        return tuple(self._records(part, read, refused))

    def _records(
        self, part: str, read: Callable[[Row], R | None], refused: Callable[[Row], None]
    ) -> Iterable[R]:
        metric = part == "build" and self.files.metric
        required, optional = METRIC if metric else COLUMNS[part]
        left = MOST_ROWS[part]
        for file in self.files.of(part):
            if file not in self.content:
                continue
            sheet, found = sheet_in(file, self.content[file], required, optional)
            faults: list[Problem] = []
            if sheet and (count := len(sheet.rows)) > left:
                most = f"at most {MOST_ROWS[part]} in {part}"
                found.append(Problem("too_many_rows", file, str(count), most))
                sheet = None
            left -= len(sheet.rows) if sheet else 0
            for row in each_row(sheet, faults) if sheet else ():
                record = read(row)
                if record is not None and row.sound:
                    self.files.origins[id(record)] = file
                    yield record
                else:
                    refused(row)
            self.problems += [*found, *capped(faults, file)]


def at(files: GuideFiles, part: str, record: object, column: str = "") -> str:
    """The `where` of a problem with a record of a part. Records know their `row`."""
    return place(files.file(record, part), getattr(record, "row", None), column)


def beside(files: GuideFiles, part: str, record: object, other: object) -> str:
    """How a problem with `record` names `other`: its row, and its file where that is another."""
    file, row = files.file(other, part), getattr(other, "row", 0)
    return f"row {row}" if file == files.file(record, part) else place(file, row)
