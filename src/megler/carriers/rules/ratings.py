"""What a guide says beyond limits: its questions, impairments and their ratings, rules of classes.

An impairment is anything that a guide rates: a condition, an event at the wheel, a crime, a hobby, a
journey, an occupation, or a figure of the person (finances, a lab value). Its rules are rows with a
`when` (docs/guides.md, "Conditions in words"). Amounts of flat extras are dollars a year per 1,000 of
face amount; points are debits (25 are one table, unless the guide says otherwise).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from megler.carriers.rules.when.tree import When
from megler.vocabulary.codes import RequirementKind

PRODUCTS = (
    "cigarette", "e_cigarette", "cigar", "cigarillo", "pipe", "chewing_tobacco", "snuff", "snus",
    "nicotine_pouch", "nicotine_gum", "nicotine_patch", "hookah", "other",
)  # fmt: skip
"""What a guide's nicotine rules may speak of: the products of the facts document."""


class QuestionType(StrEnum):
    """How a question is answered. A `date` is asked of by `months_since_KEY` and `years_since_KEY`."""

    NUMBER = "number"
    CHOICE = "choice"
    FLAG = "flag"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the guide, answered under `details` by its `key`.

    `impairment` None: asked of the person (the top level's `details`), else in the entry's own
    `details`, and failing that in the person's. `usual` is the answer of most people ("" : none is):
    the likely outcome supposes it, the range does not.
    """

    impairment: str | None
    key: str
    type: QuestionType
    text: str
    values: tuple[str, ...] = ()
    unit: str = ""
    usual: str = ""
    page: str = ""
    row: int = 0


class Listed(StrEnum):
    """The list of the facts document whose entries an impairment is found in.

    `person` is no list: the impairment is judged of everybody, as finances and lab values are.
    """

    CONDITIONS = "conditions"
    MEDICATIONS = "medications"
    DRIVING = "driving"
    CRIMINAL = "criminal"
    AVOCATIONS = "avocations"
    TRAVEL = "travel"
    OCCUPATION = "occupation"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Impairment:
    """Something that the guide rates, and how an entry of the facts is recognised as it.

    `code` is the code of `vocabulary.conditions` where that knows it, whose words and ICD-10 codes
    count then too. `words` are more names, lower case; for `travel` ISO 3166 alpha-2 codes of
    countries (or `*`: every other); `icd10` are ICD-10-CM codes or beginnings of them. `group` is
    the body system or kind within which ratings combine by `Combination.within_group`.
    """

    code: str
    name: str
    listed: Listed
    group: str
    words: tuple[str, ...] = ()
    icd10: tuple[str, ...] = ()
    page: str = ""
    row: int = 0


class Verb(StrEnum):
    """What a rating row does where its `when` holds.

    `base`: the one rating that the impairment has (no two rows may hold at once); `add`: points on
    top of it; `at_least`: the outcome is this or worse, whatever the base says.
    """

    BASE = "base"
    ADD = "add"
    AT_LEAST = "at_least"


class OutcomeKind(StrEnum):
    """The kinds of outcome that a rating may state, mildest first."""

    ANY = "any"
    CLASS = "class"
    POINTS = "points"
    TABLE = "table"
    INDIVIDUAL_CONSIDERATION = "individual_consideration"
    POSTPONE = "postpone"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Rated:
    """One end of a rating: `any` limits nothing, a `class` is the best that may be had.

    `number`: the points (may be negative in an `add` row) or the table, 0 otherwise.
    """

    kind: OutcomeKind
    class_code: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class FlatExtraRange:
    """A flat extra from `low` to `high` for `years` (None: permanent). Both None: left open."""

    low: Decimal | None
    high: Decimal | None
    years: int | None = None


class CountedFrom(StrEnum):
    """The day from which the months of a postponement count."""

    SINCE = "since"
    UNTIL = "until"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class Rating:
    """What the guide makes of an impairment where `when` holds (None: always).

    `best` and `worst` are the ends of what the underwriter may give; the same where it is one.
    A postponement counts from `counted_from`, or from the answer to the date question `counted_key`
    ("": none; else `counted_from` is today).
    `as_user`: the person has the classes of nicotine users. `text` says the case in words.
    """

    impairment: str
    verb: Verb
    when: When | None
    best: Rated
    worst: Rated
    flat_extra: FlatExtraRange | None = None
    postpone_months: int | None = None
    counted_from: CountedFrom = CountedFrom.SINCE
    as_user: bool = False
    text: str = ""
    page: str = ""
    row: int = 0
    counted_key: str = ""


@dataclass(frozen=True, slots=True)
class ClassRule:
    """A class (None: every class) `requires` something of those of whom `when` holds (None: all)."""

    class_code: str | None
    requires: When
    when: When | None = None
    text: str = ""
    page: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class NicotineRule:
    """How a class (None: every class) takes one nicotine product (None: every other product).

    Use counts against the class unless it is `free_months` ago, or was at most `per_year` times a
    year (None: no such allowance) and `when` holds.
    """

    class_code: str | None
    product: str | None
    free_months: int
    per_year: int | None = None
    when: When | None = None
    page: str = ""
    row: int = 0


class Method(StrEnum):
    """How ratings of several impairments combine: `refer` leaves it to an underwriter."""

    ADD = "add"
    WORST = "worst"
    REFER = "refer"


@dataclass(frozen=True, slots=True)
class Combination:
    """How the guide combines ratings: between groups, and within one (None: as between).

    Points that are no whole table count as the next one. Beyond `tables_max` the outcome is
    `beyond`: decline or individual consideration. Ratings by build count as the group `build`.
    """

    method: Method = Method.ADD
    within_group: Method | None = None
    points_per_table: int = 25
    tables_max: int = 16
    beyond: OutcomeKind = OutcomeKind.DECLINE


@dataclass(frozen=True, slots=True)
class Trigger:
    """`kinds` are called for where `when` holds, whatever the grid says."""

    when: When
    kinds: tuple[RequirementKind, ...]
    text: str = ""
    page: str = ""
    row: int = 0


class OrderedBy(StrEnum):
    """Who orders a requirement."""

    AGENCY = "agency"
    AGENT = "agent"
    CARRIER = "carrier"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """Who orders a kind, how many days it usually takes, how many it stays valid, at these ages."""

    kind: RequirementKind
    ordered_by: OrderedBy
    usual_days: int | None
    valid_days: int | None
    age_from: int | None = None
    age_to: int | None = None
    page: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Substitute:
    """Evidence of a kind at most `within_days` old may stand for the kinds of `stands_for`."""

    kind: RequirementKind
    within_days: int
    stands_for: tuple[RequirementKind, ...]
    page: str = ""
    row: int = 0
