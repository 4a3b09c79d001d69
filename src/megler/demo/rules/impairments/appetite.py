"""How a fictional carrier takes risks: what it rates and how strictly, what it asks for and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from megler.demo.rules.impairments.blocks import Block, Row

RULE_COLUMNS = ["class", "requires", "when", "text", "page"]
NICOTINE_COLUMNS = ["class", "product", "free_months", "per_year", "when", "page"]
TRIGGER_COLUMNS = ["when", "kinds", "text", "page"]
EVIDENCE_COLUMNS = [
    "kind", "ordered_by", "usual_days", "valid_days", "age_from", "age_to", "page",
]  # fmt: skip
SUBSTITUTE_COLUMNS = ["kind", "within_days", "stands_for", "page"]


@dataclass(frozen=True, slots=True)
class Appetite:
    """What a guide holds beyond its classes, build and vitals.

    `leanings` are steps by impairment or group, stricter above 0. `rules` are (class, requires, when,
    text); `nicotine` (class, product, months free, times a year allowed); `triggers` (when, kinds,
    text); `haste` makes evidence come in so many percent of the usual days.
    """

    blocks: tuple[Block, ...]
    method: str = "add"
    within_group: str = "worst"
    tables_max: int = 8
    beyond: str = "decline"
    leanings: Mapping[str, int] = field(default_factory=dict)
    rules: tuple[tuple[str, str, str, str], ...] = ()
    nicotine: tuple[tuple[str, str, int, int | None], ...] = ()
    triggers: tuple[tuple[str, str, str], ...] = ()
    haste: int = 100
    labs_from_age: int = 71
    """From this age laboratory evidence is valid for half a year only."""


_DAYS = (
    ("mib", "carrier", 1, 30),
    ("prescription_history", "carrier", 1, 60),
    ("telephone_interview", "agency", 5, 180),
    ("mvr", "carrier", 2, 180),
    ("paramedical_exam", "agency", 8, 365),
    ("blood_profile", "agency", 9, 365),
    ("urine", "agency", 9, 365),
    ("ecg", "agency", 10, 365),
    ("cognitive_test", "agency", 7, 180),
    ("aps", "agency", 22, 365),
    ("inspection_report", "agency", 9, 180),
    ("financial_statements", "agent", 7, 365),
)
_LABS = {"paramedical_exam", "blood_profile", "urine", "ecg"}
SUBSTITUTES: tuple[Row, ...] = (
    ["md_exam", 365, "paramedical_exam", 9],
    ["treadmill", 365, "ecg", 9],
)


def evidence_days(appetite: Appetite) -> list[Row]:
    """How long each kind takes this carrier and how long it stays valid; labs by age."""
    rows: list[Row] = []
    for kind, by, days, valid in _DAYS:
        usual = max(1, days * appetite.haste // 100)
        if kind in _LABS:
            last = appetite.labs_from_age - 1
            rows.append([kind, by, usual, valid, "", last, 9])
            rows.append([kind, by, usual, valid // 2, last + 1, "", 9])
        else:
            rows.append([kind, by, usual, valid, "", "", 9])
    return rows
