"""Reading a guide: its classes from the head, its parts from their files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from megler.carriers.rules.guide import (
    BuildRow,
    Criterion,
    CriterionKind,
    FamilyCondition,
    FamilyEvent,
    FamilyRelation,
    FamilyRule,
    Guide,
    GuideClass,
    Nicotine,
    RequirementRow,
)
from megler.carriers.rules.keys import CODE, Keys, no_doubles
from megler.carriers.rules.reading.layouts import FILE_NAME
from megler.carriers.rules.rows import Row, each_row
from megler.carriers.rules.sheets import capped
from megler.carriers.rules.workbooks import sheet_in
from megler.vocabulary.codes import RequirementKind, RiskClass, Sex
from megler.vocabulary.problems import Problem

R = TypeVar("R")
TABLES = tuple(f"table_{number}" for number in range(1, 17))
OLDEST = 120


@dataclass(frozen=True, slots=True)
class GuideFiles:
    """The files that the parts of a guide stand in; '' for a part that it does not have."""

    build: str = ""
    criteria: str = ""
    family: str = ""
    requirements: str = ""


def read_guide(head: Keys, files: Mapping[str, bytes]) -> tuple[Guide, GuideFiles]:
    """The guide that the head describes; problems go to the head's list."""
    classes = _classes(head)
    codes = [c.code for c in classes]
    names = GuideFiles(*(_file(head, part) for part in GuideFiles.__slots__))
    if not any((names.build, names.criteria, names.family, names.requirements)):
        head.tell("empty_guide", "", "", "build, criteria, family or requirements")

    def part(file: str, required: Sequence[str], read: Callable[[Row], R | None]) -> tuple[R, ...]:
        return _part(file, files, required, read, head.problems)

    guide = Guide(
        classes=classes,
        build=part(names.build, _BUILD, lambda row: _build(row, codes)),
        criteria=part(names.criteria, _CRITERIA, lambda row: _criterion(row, codes)),
        family=part(names.family, _FAMILY, lambda row: _family(row, codes)),
        requirements=part(names.requirements, _REQUIREMENTS, _requirement),
    )
    return guide, names


def _classes(head: Keys) -> tuple[GuideClass, ...]:
    tables = list(head.each("class", required=True))
    read = []
    for keys in tables:
        code = keys.text("code", like=CODE)
        known = RiskClass(code) if code in set(RiskClass) else None
        read.append(
            GuideClass(
                code=code,
                name=keys.text("name"),
                rated_as=keys.text("rated_as", required=False, like=CODE) or code,
                nicotine=keys.choice("nicotine", Nicotine, required=False) or Nicotine.ANY,
                risk_class=keys.choice("risk_class", RiskClass, required=False) or known,
                on_review=keys.flag("on_review"),
            )
        )
        if code in TABLES or code == "any":
            keys.tell("reserved_code", "code", code, "a class, not a table or any")
        keys.done()
    no_doubles((k, "code", c.code) for k, c in zip(tables, read, strict=True))
    return tuple(read)


def _file(head: Keys, part: str) -> str:
    keys = head.inside(part)
    if keys is None:
        return ""
    file = keys.text("file")
    if file and not FILE_NAME.fullmatch(file):
        keys.tell("bad_file_name", "file", file, "a name such as build.csv")
        file = ""
    keys.done()
    return file


def _part(
    file: str,
    files: Mapping[str, bytes],
    required: Sequence[str],
    read: Callable[[Row], R | None],
    problems: list[Problem],
) -> tuple[R, ...]:
    if not file or file not in files:
        return ()
    sheet, found = sheet_in(file, files[file], required, ("page",))
    rows: list[R] = []
    if sheet:
        faults: list[Problem] = []
        for row in each_row(sheet, faults):
            record = read(row)
            if record is not None and row.sound:
                rows.append(record)
        found += capped(faults, file)
    problems += found
    return tuple(rows)


_BUILD = ("height_in", "sex", "class", "weight_min_lb", "weight_max_lb")
_CRITERIA = ("class", "criterion", "age_from", "age_to", "limit")
_FAMILY = ("class", "relation", "condition", "event", "before_age", "allowed")
_REQUIREMENTS = ("age_from", "age_to", "amount_from", "amount_to", "kinds")


def _build(row: Row, codes: list[str]) -> BuildRow | None:
    height = row.whole("height_in", 36, 96)
    sex = row.one_of("sex", ["any", *Sex])
    code = row.one_of("class", [*codes, *TABLES])
    low = row.maybe_whole("weight_min_lb", 20, 900)
    high = row.whole("weight_max_lb", 20, 900)
    page = row.maybe_text("page")
    if height is None or high is None:
        return None
    if low is not None and low > high:
        row.tell("bounds_reversed", "weight_max_lb", high, f"at least {low}")
    else:
        _plausible_weight(row, "weight_max_lb", height, high, _GREATEST_BMI)
        _plausible_weight(row, "weight_min_lb", height, low, _LEAST_BMI)
    return BuildRow(
        height, Sex(sex) if sex in set(Sex) else None, code, low, high, page, row.number
    )


_LEAST_BMI, _GREATEST_BMI = (10, 35), (16, 90)
"""Body-mass indexes that no chart's least and greatest weights leave: they catch kilograms."""
_POUNDS_PER_BMI = 1 / 703


def _plausible_weight(
    row: Row, column: str, height_in: int, weight_lb: int | None, bmi: tuple[int, int]
) -> None:
    least, most = (round(index * height_in**2 * _POUNDS_PER_BMI) for index in bmi)
    if weight_lb is not None and not least <= weight_lb <= most:
        expected = f"{least} to {most} lb at {height_in} in"
        row.tell("out_of_range", column, weight_lb, expected)


def _criterion(row: Row, codes: list[str]) -> Criterion | None:
    code = row.one_of("class", ["any", *codes])
    kind = row.choice("criterion", CriterionKind)
    age_from, age_to = _ages(row)
    limit = row.figure("limit", zero=True)
    page = row.maybe_text("page")
    if kind is None or limit is None:
        return None
    least, most = _PLAUSIBLE[kind]
    if not least <= limit <= most:
        row.tell("out_of_range", "limit", limit, f"{least} to {most}")
    if kind is CriterionKind.NICOTINE_FREE_MONTHS_MIN and limit != int(limit):
        row.tell("not_whole", "limit", limit, "whole months")
    class_code = None if code == "any" else code
    return Criterion(class_code, kind, age_from, age_to, limit, page, row.number)


_PLAUSIBLE: dict[CriterionKind, tuple[int, int]] = {
    CriterionKind.SYSTOLIC_MAX: (80, 220),
    CriterionKind.DIASTOLIC_MAX: (40, 140),
    CriterionKind.CHOLESTEROL_HDL_RATIO_MAX: (1, 20),
    CriterionKind.CHOLESTEROL_TOTAL_MIN: (50, 400),
    CriterionKind.CHOLESTEROL_TOTAL_MAX: (50, 600),
    CriterionKind.NICOTINE_FREE_MONTHS_MIN: (0, 240),
}
"""Bounds in mmHg, mg/dL, total/HDL and months that no guide leaves: they catch swapped columns."""


def _ages(row: Row) -> tuple[int | None, int | None]:
    low = row.maybe_whole("age_from", 0, OLDEST)
    high = row.maybe_whole("age_to", 0, OLDEST)
    if low is not None and high is not None and low > high:
        row.tell("bounds_reversed", "age_to", high, f"at least {low}")
    return low, high


def _family(row: Row, codes: list[str]) -> FamilyRule | None:
    code = row.one_of("class", codes)
    relation = row.choice("relation", FamilyRelation)
    condition = row.choice("condition", FamilyCondition)
    event = row.choice("event", FamilyEvent)
    before = row.whole("before_age", 1, OLDEST)
    allowed = row.whole("allowed", 0, 20)
    page = row.maybe_text("page")
    if relation is None or condition is None or event is None or before is None or allowed is None:
        return None
    return FamilyRule(code, relation, condition, event, before, allowed, page, row.number)


def _requirement(row: Row) -> RequirementRow | None:
    age_from = row.whole("age_from", 0, OLDEST)
    age_to = row.maybe_whole("age_to", 0, OLDEST)
    low, high = row.figure("amount_from", zero=True), row.maybe_figure("amount_to")
    kinds = _kinds(row)
    page = row.maybe_text("page")
    if age_from is None or low is None:
        return None
    if age_to is not None and age_from > age_to:
        row.tell("bounds_reversed", "age_to", age_to, f"at least {age_from}")
    if high is not None and low > high:
        row.tell("bounds_reversed", "amount_to", high, f"at least {low}")
    return RequirementRow(age_from, age_to, low, high, kinds, page, row.number)


def _kinds(row: Row) -> tuple[RequirementKind, ...]:
    words = row.cell("kinds").split()
    for word in words:
        if word not in set(RequirementKind):
            row.tell("unknown_value", "kinds", word, "kinds of requirement, spaces between")
        elif words.count(word) > 1:
            row.tell("duplicate_value", "kinds", word, "each once")
            break
    return tuple(RequirementKind(word) for word in words if word in set(RequirementKind))
