"""Underwriting guides of the fictional carriers: classes, build, criteria, family, requirements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from megler.demo.rules.books.common import House, head
from megler.demo.rules.impairments.appetite import (
    EVIDENCE_COLUMNS,
    NICOTINE_COLUMNS,
    RULE_COLUMNS,
    SUBSTITUTE_COLUMNS,
    SUBSTITUTES,
    TRIGGER_COLUMNS,
    Appetite,
    evidence_days,
)
from megler.demo.rules.impairments.blocks import (
    IMPAIRMENT_COLUMNS,
    QUESTION_COLUMNS,
    RATING_COLUMNS,
    Ladder,
    parts_of,
)
from megler.demo.rules.text import Table, csv_file, toml_file

HEIGHTS_IN = range(56, 82)
FIRST_IMPAIRMENT_PAGE = 10
LB_PER_BMI = 703
"""Body mass index is pounds x 703 / inches squared."""


@dataclass(frozen=True, slots=True)
class ClassRule:
    """A class of a guide and what it asks; 0 or None: it does not ask.

    `bmi` is the largest body mass index; `pressure` the highest systolic and diastolic to 60, to
    which people above get 5 more systolic; `ratio` total / HDL cholesterol; `nicotine_free_months`
    before the application; `family_age` and `family_allowed`: at most so many parents with
    cardiovascular disease or cancer dead before that age.
    """

    code: str
    name: str
    bmi: str
    pressure: tuple[int, int] | None = None
    ratio: str = ""
    nicotine_free_months: int = 0
    family_age: int = 0
    family_allowed: int = 0
    nicotine: str = "none"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A requirements grid: the exam starts at an amount that falls with age.

    `exam_from` has an amount for each of `ages` (the last is open), in rising age; MVR comes with
    it, ECG at four times that amount, statements from physicians at eight times, finances and
    inspection at `finances_from`. Below the exam a telephone interview and data are enough.
    """

    ages: tuple[tuple[int, int | None], ...]
    exam_from: tuple[int, ...]
    finances_from: int
    ecg_times: int = 4
    aps_times: int = 8
    cognitive_age: int = 71


@dataclass(frozen=True, slots=True)
class GuideBook:
    """A guide: its series, the products it answers for, classes best first, tables by build.

    `appetite` None: the guide knows build, vitals, nicotine and family only.
    """

    series: str
    title: str
    products: tuple[str, ...]
    classes: tuple[ClassRule, ...]
    evidence: Evidence
    effective_from: date
    bmi_min: str = "16.5"
    tables: tuple[tuple[int, str], ...] = ()
    cholesterol_max: int = 0
    appetite: Appetite | None = None


def guide_edition(house: House, book: GuideBook) -> dict[str, bytes]:
    """The files of a guide's edition."""
    criteria, family = _criteria(book), _family(book)
    document: Table = {
        "format": 1,
        "edition": head(house, "guide", book.series, book.title, book.effective_from)
        | {"products": list(book.products) or None},
        "class": [{"code": c.code, "name": c.name, "nicotine": c.nicotine} for c in book.classes],
        "build": {"file": "build.csv"},
        "requirements": {"file": "requirements.csv"},
    }
    files = {
        "build.csv": csv_file(
            ["height_in", "sex", "class", "weight_min_lb", "weight_max_lb", "page"], _build(book)
        ),
        "requirements.csv": csv_file(
            ["age_from", "age_to", "amount_from", "amount_to", "kinds", "page"],
            evidence_rows(book.evidence),
        ),
    }
    if criteria:
        document["criteria"] = {"file": "criteria.csv"}
        header = ["class", "criterion", "age_from", "age_to", "limit", "page"]
        files["criteria.csv"] = csv_file(header, criteria)
    if family:
        document["family"] = {"file": "family.csv"}
        header = ["class", "relation", "condition", "event", "before_age", "allowed", "page"]
        files["family.csv"] = csv_file(header, family)
    if book.appetite is not None:
        document["combination"] = _combination(book.appetite)
        for part, columns, rows in _appetite_parts(book, book.appetite):
            document[part] = {"file": f"{part}.csv"}
            files[f"{part}.csv"] = csv_file(columns, rows)
    return {"edition.toml": toml_file(document), **files}


def _combination(appetite: Appetite) -> Table:
    return {
        "method": appetite.method,
        "within_group": appetite.within_group,
        "points_per_table": 25,
        "tables_max": appetite.tables_max,
        "beyond": appetite.beyond,
    }


def _appetite_parts(
    book: GuideBook, appetite: Appetite
) -> Iterator[tuple[str, list[str], list[list[object]]]]:
    """The parts beyond the limits of classes that have a row."""
    ladder = Ladder([one.code for one in book.classes], appetite.tables_max, appetite.beyond)
    judged = parts_of(appetite.blocks, appetite.leanings, ladder, FIRST_IMPAIRMENT_PAGE)
    parts: tuple[tuple[str, list[str], list[list[object]]], ...] = (
        ("rules", RULE_COLUMNS, [[*rule, 5] for rule in appetite.rules]),
        ("nicotine", NICOTINE_COLUMNS, [_nicotine(*rule) for rule in appetite.nicotine]),
        ("questions", QUESTION_COLUMNS, judged.questions),
        ("impairments", IMPAIRMENT_COLUMNS, judged.impairments),
        ("ratings", RATING_COLUMNS, judged.ratings),
        ("triggers", TRIGGER_COLUMNS, [[*trigger, 9] for trigger in appetite.triggers]),
        ("evidence", EVIDENCE_COLUMNS, evidence_days(appetite)),
        ("substitutes", SUBSTITUTE_COLUMNS, [list(one) for one in SUBSTITUTES]),
    )
    yield from (part for part in parts if part[2])


def _nicotine(code: str, product: str, months: int, per_year: int | None) -> list[object]:
    return [code, product, months, "" if per_year is None else per_year, "", 6]


def weight_at(bmi: str, height_in: int) -> int:
    """The largest whole weight in pounds within a body mass index: bmi x height^2 / 703, cut.

    >>> weight_at("25", 70)
    174
    """
    return int(Fraction(bmi) * height_in**2 / LB_PER_BMI)


def _build(book: GuideBook) -> list[list[object]]:
    named = [(c.code, c.bmi) for c in book.classes]
    named += [(f"table_{number}", bmi) for number, bmi in book.tables]
    return [
        [h, "any", code, weight_at(book.bmi_min, h) + 1, weight_at(bmi, h), 4]
        for code, bmi in named
        for h in HEIGHTS_IN
    ]


def _criteria(book: GuideBook) -> list[list[object]]:
    rows: list[list[object]] = []
    for one in book.classes:
        if one.pressure:
            systolic, diastolic = one.pressure
            rows += [
                [one.code, "systolic_max", "", 60, systolic, 5],
                [one.code, "systolic_max", 61, "", systolic + 5, 5],
                [one.code, "diastolic_max", "", "", diastolic, 5],
            ]
        if one.ratio:
            rows.append([one.code, "cholesterol_hdl_ratio_max", "", "", one.ratio, 5])
        if one.nicotine_free_months:
            months = one.nicotine_free_months
            rows.append([one.code, "nicotine_free_months_min", "", "", months, 6])
    if book.cholesterol_max:
        rows.append(["any", "cholesterol_total_max", "", "", book.cholesterol_max, 5])
    return rows


def _family(book: GuideBook) -> list[list[object]]:
    return [
        [one.code, "parent", condition, "death", one.family_age, one.family_allowed, 7]
        for one in book.classes
        if one.family_age
        for condition in ("cardiovascular", "cancer")
    ]


LIGHT = ("mib", "prescription_history", "telephone_interview")
EXAM = ("mvr", "paramedical_exam", "blood_profile", "urine")


def evidence_rows(evidence: Evidence) -> list[list[object]]:
    """The grid's rows: each age band, amounts from 0 up without gap, never less for more."""
    rows: list[list[object]] = []
    for (low, high), exam_from in zip(evidence.ages, evidence.exam_from, strict=True):
        steps = [
            (0, LIGHT),
            (exam_from, EXAM),
            (_times(exam_from, evidence.ecg_times), ("ecg",)),
            (_times(exam_from, evidence.aps_times), ("aps",)),
            (evidence.finances_from, ("financial_statements", "inspection_report")),
        ]
        if low >= evidence.cognitive_age:
            steps.append((exam_from, ("cognitive_test", "aps")))
        starts = sorted({start for start, _ in steps})
        for place, start in enumerate(starts):
            stop = starts[place + 1] - 1 if place + 1 < len(starts) else ""
            kinds = dict.fromkeys(k for at, some in sorted(steps) if at <= start for k in some)
            rows.append([low, "" if high is None else high, start, stop, " ".join(kinds), 8])
    return rows


def _times(start: int, times: int) -> int:
    """The first dollar above so many times the most that lies below `start`.

    >>> _times(500_001, 4)
    2000001
    """
    return (start - 1) * times + 1
