"""What a question was understood as: facts, what it asks, of what, and the words that nobody knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from megler.vocabulary.problems import Problem


class Intent(StrEnum):
    """What a question asks. The last ones are not answered from guides."""

    BEST = "best"
    CLASS = "class"
    REQUIREMENTS = "requirements"
    RULE = "rule"
    LIMITS = "limits"
    NO_EXAM = "no_exam"
    INCOME = "income"
    VALIDITY = "validity"
    DAYS = "days"
    WHO_ORDERS = "who_orders"
    FROM_WHEN = "from_when"
    MEDICATION = "medication"
    PRICE = "price"
    ELSEWHERE = "elsewhere"
    ABUSE = "abuse"
    CONCEAL = "conceal"
    MARKUP = "markup"
    UNKNOWN = "unknown"


class Subject(StrEnum):
    """What a rule is asked of, besides conditions and other things by their codes."""

    BLOOD_PRESSURE = "blood_pressure"
    CHOLESTEROL = "cholesterol"
    BUILD = "build"
    NICOTINE = "nicotine"
    FAMILY = "family"
    LAB = "lab"
    TRAVEL = "travel"
    OCCUPATION = "occupation"
    WAIT = "wait"
    COMBINATION = "combination"
    SUBSTITUTE = "substitute"
    NET_WORTH = "net_worth"


@dataclass(frozen=True, slots=True)
class Chip:
    """A piece of the question as it was understood: its words, and where it stands in the facts.

    `place` is a key of the facts document (`conditions[0]`), empty for what is no fact: `class`.
    """

    kind: str
    words: str
    value: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question is about.

    `codes` are conditions, events and pastimes; `subjects` other things; `class_word` a class as the
    industry names it, or `table_2`; `labs` keys of laboratory values; `products` nicotine products;
    `kinds` requirements; `drugs` names of drugs; `limits` which bound of a product is asked for;
    `carriers` their slugs; `sold` codes of their products.
    """

    codes: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    class_word: str = ""
    labs: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    sold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """A question understood. `facts` is a facts document, which may be changed and asked again.

    `unread` are words that meant nothing here; `supposed` codes of what was supposed in reading;
    `problems` what is wrong with the facts; `place` where a question belongs that is not ours.
    """

    text: str
    intents: tuple[Intent, ...]
    facts: Mapping[str, object] = field(default_factory=dict)
    topic: Topic = Topic()
    chips: tuple[Chip, ...] = ()
    unread: tuple[str, ...] = ()
    supposed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    place: str = ""
