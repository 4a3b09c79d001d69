"""What a carrier says of one case: a record, whatever file or message it came in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from megler.feeds.rules.words import Meaning, RequirementMeaning
from megler.vocabulary.codes import RequirementKind

LINES_A_SHEET = 1_000_000
"""More than a sheet has: line 7 of the third sheet that is read is 2,000,007 to the file."""


def place_of(line: int) -> str:
    """A line as people see it in the file, from the second sheet on with the sheet's number.

    >>> place_of(7), place_of(2_000_007)
    ('7', '3: 7')
    """
    sheet, row = divmod(line, LINES_A_SHEET)
    return f"{sheet + 1}: {row}" if sheet else str(row)


@dataclass(frozen=True, slots=True)
class Keys:
    """By what a record's case is found; numbers and names in their plain form, empty if untold."""

    policy: str = ""
    application: str = ""
    ours: str = ""
    name: str = ""
    born: date | None = None
    product: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing tells whose it is."""
        return not (self.policy or self.application or self.ours or self.name)


@dataclass(frozen=True, slots=True)
class RequirementSaid:
    """A requirement as the carrier names it; `kind` and `meaning` None when that is not understood."""

    words: str
    kind: RequirementKind | None = None
    state_words: str = ""
    meaning: RequirementMeaning | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What the carrier says of one case.

    `line` is where it stands in the file, `policy_number` and `insured` as written there, `offer`
    what it would issue by `Field`, `said_on` the day on which the carrier last touched it.
    """

    line: int
    keys: Keys
    policy_number: str = ""
    insured: str = ""
    agent: str = ""
    status: str = ""
    meaning: Meaning | None = None
    comment: str = ""
    said_on: date | None = None
    offer: Mapping[str, str] = field(default_factory=dict)
    issued_on: date | None = None
    paid_on: date | None = None
    requirements: tuple[RequirementSaid, ...] = ()
