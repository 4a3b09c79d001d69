"""What an impairment of a fictional carrier is made of, and its rows in a guide's files.

Outcomes are written once for all carriers and moved by each carrier's leanings: a step stricter
makes `standard` table_2, and so on along the classes that the carrier has.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Row = list[object]

SCALE = (
    "preferred", "standard_plus", "standard", "table_2", "table_3", "table_4", "table_5", "table_6",
    "table_8", "decline",
)  # fmt: skip
"""The steps of leaning. What is not among them (any, points, postpone) is never moved."""

QUESTION_COLUMNS = ["impairment", "key", "type", "values", "unit", "usual", "text", "page"]
IMPAIRMENT_COLUMNS = ["impairment", "name", "list", "group", "words", "icd10", "page"]
RATING_COLUMNS = [
    "impairment", "rule", "when", "best", "worst", "flat_extra", "flat_extra_to", "flat_years",
    "postpone_months", "counted_from", "as_user", "text", "page",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ask:
    """A question: its key and type, how it is worded, and what most people answer."""

    key: str
    type: str
    text: str
    usual: str = ""
    values: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A rating: `when` it holds and what then; a flat extra `flat` is (low, high, years)."""

    when: str
    best: str
    worst: str = ""
    text: str = ""
    rule: str = "base"
    flat: tuple[str, str, str] = ("", "", "")
    postpone: tuple[str, str] = ("", "")
    as_user: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """An impairment with its questions and cases. `listed` is the list that its entries stand in."""

    code: str
    name: str
    group: str
    cases: tuple[Case, ...]
    asks: tuple[Ask, ...] = ()
    listed: str = "conditions"
    words: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The classes of a carrier and its tables to the last; `beyond` stands after it."""

    classes: Sequence[str]
    last_table: int = 16
    beyond: str = "decline"


@dataclass(frozen=True, slots=True)
class Parts:
    """The rows of a guide's questions, impairments and ratings."""

    questions: list[Row] = field(default_factory=list)
    impairments: list[Row] = field(default_factory=list)
    ratings: list[Row] = field(default_factory=list)


def parts_of(
    blocks: Iterable[Block], leanings: Mapping[str, int], ladder: Ladder, first_page: int
) -> Parts:
    """The rows of these impairments, moved by the leanings; each group has pages of its own.

    `leanings` are steps by impairment or by group, stricter above 0.
    """
    found = Parts()
    pages: dict[str, int] = {}
    for block in blocks:
        page = pages.setdefault(block.group, first_page + len(pages))
        lean = leanings.get(block.code, leanings.get(block.group, 0))
        found.impairments.append(
            [block.code, block.name, block.listed, block.group, block.words, "", page]
        )
        owner = "person" if block.listed == "person" else block.code
        found.questions.extend(
            [owner, a.key, a.type, a.values, a.unit, a.usual, a.text, page] for a in block.asks
        )
        found.ratings.extend(_rating(block, case, lean, ladder, page) for case in block.cases)
    return found


def _rating(block: Block, case: Case, lean: int, ladder: Ladder, page: int) -> Row:
    best, worst = (leaned(outcome, lean, ladder) for outcome in (case.best, case.worst))
    return [
        block.code, case.rule, case.when, best, "" if worst == best else worst, *case.flat,
        *case.postpone, "yes" if case.as_user else "", case.text, page,
    ]  # fmt: skip


def leaned(outcome: str, lean: int, ladder: Ladder) -> str:
    """An outcome so many steps stricter, or milder, on the ladder of a carrier.

    What a carrier declines it always declines; a class that it does not have is the next worse.

    >>> leaned("standard", 1, Ladder(["preferred", "standard"]))
    'table_2'
    >>> leaned("table_2", -2, Ladder(["preferred", "standard"]))
    'standard'
    >>> leaned("table_4", 1, Ladder(["standard"], last_table=4))
    'decline'
    """
    if outcome not in SCALE or outcome == "decline":
        return outcome
    at = min(max(SCALE.index(outcome) + lean, 0), len(SCALE) - 1)
    while not SCALE[at].startswith(("table", "decline")) and SCALE[at] not in ladder.classes:
        at += 1
    table = SCALE[at].removeprefix("table_")
    return ladder.beyond if table.isdigit() and int(table) > ladder.last_table else SCALE[at]
