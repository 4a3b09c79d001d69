"""What an underwriting guide says: classes, build, criteria, family history, requirements.

Heights are inches, weights whole pounds, amounts in the carrier's currency. `row` is the
row in the guide's file (the header is row 1) and `page` the page of the carrier's own guide.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar, cast

from megler.carriers.rules.heights import Height
from megler.carriers.rules.ratings import (
    ClassRule,
    Combination,
    EvidenceRule,
    Impairment,
    NicotineRule,
    Question,
    Rating,
    Substitute,
    Trigger,
)
from megler.vocabulary.codes import RequirementKind, RiskClass, Sex

T = TypeVar("T")


class Nicotine(StrEnum):
    """Whom a class or a term is for; `any` asks nothing."""

    ANY = "any"
    NONE = "none"
    USER = "user"


@dataclass(frozen=True, slots=True)
class GuideClass:
    """A class of the carrier.

    `risk_class` is the industry's word for it, when there is one; `rated_as` the class whose rates
    it pays; `on_review`: an underwriter grants it, the guide's figures alone do not.
    """

    code: str
    name: str
    rated_as: str
    nicotine: Nicotine = Nicotine.ANY
    risk_class: RiskClass | None = None
    on_review: bool = False


@dataclass(frozen=True, slots=True)
class Metric:
    """A chart's row as a metric chart writes it: centimetres and kilograms."""

    height_cm: Height
    weight_min_kg: Decimal | None
    weight_max_kg: Decimal


@dataclass(frozen=True, slots=True)
class BuildRow:
    """Weights (pounds, inclusive) that a class or table accepts at a height; sex None: both.

    `class_code` is a class of the guide or table_1..table_16. No lower bound: weight_min_lb None.
    `height_in` is an int where it is whole. Charts by age have age_from..age_to (None: no bound).
    Of a metric chart the inches and pounds are the nearest ones, and `metric` what it says itself.
    """

    height_in: Height
    sex: Sex | None
    class_code: str
    weight_min_lb: int | None
    weight_max_lb: int
    page: str = ""
    row: int = 0
    age_from: int | None = None
    age_to: int | None = None
    metric: Metric | None = None


class CriterionKind(StrEnum):
    """What a class asks of the facts, and the direction of its limit (inclusive)."""

    SYSTOLIC_MAX = "systolic_max"
    DIASTOLIC_MAX = "diastolic_max"
    CHOLESTEROL_HDL_RATIO_MAX = "cholesterol_hdl_ratio_max"
    CHOLESTEROL_TOTAL_MIN = "cholesterol_total_min"
    CHOLESTEROL_TOTAL_MAX = "cholesterol_total_max"
    NICOTINE_FREE_MONTHS_MIN = "nicotine_free_months_min"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One limit of a class (None: every class) at ages age_from..age_to (None: no bound)."""

    class_code: str | None
    kind: CriterionKind
    age_from: int | None
    age_to: int | None
    limit: Decimal
    page: str = ""
    row: int = 0


class FamilyCondition(StrEnum):
    """Conditions of parents and siblings that guides count."""

    ANY = "any"
    CARDIOVASCULAR = "cardiovascular"
    STROKE = "stroke"
    CANCER = "cancer"
    DIABETES = "diabetes"


class FamilyEvent(StrEnum):
    """What is counted: the condition's onset, a death from it, or whichever came."""

    ONSET = "onset"
    DEATH = "death"
    EITHER = "either"


class FamilyRelation(StrEnum):
    """Whose history is counted."""

    ANY = "any"
    PARENT = "parent"
    SIBLING = "sibling"


@dataclass(frozen=True, slots=True)
class FamilyRule:
    """A class allows at most `allowed` relatives with the event before `before_age`.

    It asks this of a person of `sex` (None: either) at ages `age_from` to `age_to` (None: no bound).
    Illnesses of the codes in `but`, or of kinds of them, do not count.
    """

    class_code: str
    relation: FamilyRelation
    condition: FamilyCondition
    event: FamilyEvent
    before_age: int
    allowed: int
    page: str = ""
    row: int = 0
    age_from: int | None = None
    age_to: int | None = None
    sex: Sex | None = None
    but: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """What ages and amounts within the bounds (inclusive; upper None: no end) call for."""

    age_from: int
    age_to: int | None
    amount_from: Decimal
    amount_to: Decimal | None
    kinds: tuple[RequirementKind, ...]
    page: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Guide:
    """An underwriting guide: classes best first, and its parts (empty: the guide has none).

    `once` keeps what is found in a guide that never changes: its rows by class, by height and so on.
    """

    classes: tuple[GuideClass, ...]
    build: tuple[BuildRow, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    family: tuple[FamilyRule, ...] = ()
    requirements: tuple[RequirementRow, ...] = ()
    rules: tuple[ClassRule, ...] = ()
    nicotine: tuple[NicotineRule, ...] = ()
    questions: tuple[Question, ...] = ()
    impairments: tuple[Impairment, ...] = ()
    ratings: tuple[Rating, ...] = ()
    combination: Combination = field(default_factory=Combination)
    triggers: tuple[Trigger, ...] = ()
    evidence: tuple[EvidenceRule, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    _found: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, key: Hashable, find: Callable[["Guide"], T]) -> T:
        """What `find` finds in this guide, found the first time it is asked for under `key`."""
        if key not in self._found:
            self._found[key] = find(self)
        return cast(T, self._found[key])
