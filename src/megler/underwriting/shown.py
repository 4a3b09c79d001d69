"""What the assessment page shows: each carrier's word as a place on one scale, and what decides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from megler.carriers.rules.guide import Guide
from megler.underwriting.rules.answer_assessments import Assessed
from megler.underwriting.rules.assessment import Assessment, Likely, OpenFact, Outcome, likely_of
from megler.underwriting.rules.fact_inputs import input_of_fact, row_of_fact
from megler.underwriting.sentences import sentence
from megler.vocabulary.problems import Reason

CLASSES_END, TABLES_END = 45, 82
"""Where classes and tables end on the scale of 100; beyond lie consideration, postponement, decline."""
STANDARD = 36
"""Where every carrier's last class stands on the scale; its better ones are spread before it."""
_ENDS = {
    Outcome.INDIVIDUAL_CONSIDERATION.value: 88,
    Outcome.POSTPONE.value: 94,
    Outcome.DECLINE.value: 100,
}
_TABLES = 16


@dataclass
class Word:
    """A carrier's word on a person, for all its products that a guide judges alike."""

    carrier: str
    edition: str
    assessment: Assessment
    likely: Likely
    low: int
    high: int
    at: int
    best: str
    worst: str
    products: list[Assessed] = field(default_factory=list)
    closed: list[Assessed] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether anything could still move it."""
        return self.low != self.high

    @property
    def width(self) -> int:
        """The length of the range on the scale."""
        return max(self.high - self.low, 1)

    @property
    def reasons(self) -> list[tuple[str, Reason]]:
        """Why, each with its reason for the source."""
        return [(sentence(reason), reason) for reason in self.assessment.reasons]

    @property
    def improvements(self) -> list[str]:
        """What would make it better."""
        return [sentence(reason) for reason in self.assessment.improvements]

    @property
    def asked(self) -> list[OpenFact]:
        """What is open, without what was never touched on."""
        return [one for one in self.assessment.open if not one.supposed]


@dataclass(frozen=True)
class Deciding:
    """An open fact, its question, the carriers whose word it could change, and where it is typed.

    `place` is the id of its input on the page; empty: the page does not ask for it. `of` names the
    row of the history that it belongs to, and `key` is then the rest of the fact's key.
    """

    fact: str
    question: str
    carriers: Sequence[str]
    place: str = ""
    of: str = ""
    key: str = ""


def words_of(found: Iterable[Assessed]) -> list[Word]:
    """Each carrier's word once for all products judged alike, the likeliest best first."""
    words: dict[int, Word] = {}
    for one in found:
        told = one.assessment
        if id(told) not in words:
            words[id(told)] = _word(one)
        (words[id(told)].closed if one.why_not else words[id(told)].products).append(one)
    return sorted(words.values(), key=lambda w: (not w.products, w.at, w.low, w.high, w.carrier))


def _word(one: Assessed) -> Word:
    guide, told = one.judged.guide, one.assessment
    rules = guide.guide or Guide(classes=())
    likely = likely_of(told)
    best, worst = told.class_range
    return Word(
        carrier=guide.carrier_name,
        edition=guide.name,
        assessment=told,
        likely=likely,
        low=place(rules, best),
        high=max(place(rules, worst), place(rules, best)),
        at=place(rules, _code(likely)),
        best=best,
        worst=worst,
    )


def _code(likely: Likely) -> str:
    if likely.table is not None:
        return f"table_{likely.table}"
    return likely.class_code or likely.outcome.value


def place(rules: Guide, code: str) -> int:
    """Where a class, a table or an end stands on the scale from 0, the best, to 100, declined."""
    if code in _ENDS:
        return _ENDS[code]
    if code.startswith("table_"):
        number = Decimal(code.removeprefix("table_"))
        return CLASSES_END + int(number / _TABLES * (TABLES_END - CLASSES_END))
    one = next((c for c in rules.classes if c.code == code), None)
    if one is None:
        return 0
    ladder = [c for c in rules.classes if c.nicotine is one.nicotine and not c.on_review]
    if one not in ladder:
        return 0
    return STANDARD * ladder.index(one) // (len(ladder) - 1) if len(ladder) > 1 else STANDARD


def mark(table: int) -> int:
    """Where a table stands on the scale, for its legend."""
    return CLASSES_END + table * (TABLES_END - CLASSES_END) // _TABLES


def deciding(
    words: Sequence[Word], typed: Mapping[str, str] | None = None, most: int = 8
) -> list[Deciding]:
    """The open facts that could change most carriers' words, first, with where `typed` has them."""
    found: dict[str, tuple[str, list[str]]] = {}
    for word in words:
        for one in word.asked if word.products else ():
            question, carriers = found.setdefault(one.fact, (one.question, []))
            carriers.append(word.carrier)
            found[one.fact] = (question or one.question, carriers)
    every = [
        _deciding(fact, told, carriers, typed or {}) for fact, (told, carriers) in found.items()
    ]
    return sorted(every, key=lambda one: -len(one.carriers))[:most]


def _deciding(
    fact: str, question: str, carriers: Sequence[str], typed: Mapping[str, str]
) -> Deciding:
    row, key = row_of_fact(fact, typed)
    place, of = input_of_fact(fact, typed), row.name if row else ""
    return Deciding(fact, question, tuple(dict.fromkeys(carriers)), place, of, key)
