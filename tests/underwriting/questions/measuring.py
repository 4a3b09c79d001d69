"""How well a set of questions is understood and answered, in figures and as a report."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.underwriting.questions.comparing import INTENTS, KINDS, Compared, compared, rows_of
from tests.underwriting.questions.market import answered

SETS = (
    "questions.csv",
    "questions_second.csv",
    "questions_third.csv",
    "questions_fourth.csv",
    "questions_fifth.csv",
)
"""The sets, oldest first."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A set of questions with what became of each."""

    found: tuple[Compared, ...]

    @property
    def of_facts(self) -> tuple[Compared, ...]:
        """Those in which facts are compared."""
        return tuple(one for one in self.found if one.compares_facts)

    @property
    def abstained(self) -> tuple[Compared, ...]:
        """Those without an answer: "I don't know", or not understood."""
        return tuple(one for one in self.found if one.kind in ("dont_know", "not_understood"))

    def figures(self) -> dict[str, tuple[int, int]]:
        """Each figure as so many of so many."""
        facts = self.of_facts
        right = sum(len(one.right) for one in facts)
        asks = [one for one in self.found if one.row.asks]
        return {
            "intent right": _of(self.found, "intent_right"),
            "all facts right": _of(facts, "facts_right"),
            "facts told that were read": (right, right + sum(len(one.missed) for one in facts)),
            "facts read that were told": (right, right + sum(len(one.added) for one in facts)),
            "what is looked up right": _of(asks, "asks_right"),
            "kind of answer right": _of(self.found, "kind_right"),
            "without an answer": (len(self.abstained), len(self.found)),
            "… and rightly": (
                sum(one.row.kind in ("dont_know", "refused") for one in self.abstained),
                len(self.abstained),
            ),
            "confident and wrong": (len(self.wrong()), len(self.found)),
        }

    def wrong(self) -> tuple[Compared, ...]:
        """Answers by carriers that should not have been given so."""
        return tuple(one for one in self.found if one.confidently_wrong)


def _of(found: Sequence[Compared], what: str) -> tuple[int, int]:
    return sum(bool(getattr(one, what)) for one in found), len(found)


def measured(name: str) -> Measured:
    """Every question of a set asked."""
    return Measured(tuple(compared(row, answered(row.question)) for row in rows_of(name)))


def report(sets: Sequence[tuple[str, Measured]]) -> Iterator[str]:
    """The figures of several sets beside each other, and the matrices of all of them together."""
    every = [one.figures() for _name, one in sets]
    yield "| | " + " | ".join(name for name, _one in sets) + " |"
    yield "|---|" + "---|" * len(sets)
    for figure in every[0]:
        yield f"| {figure} | " + " | ".join("{} of {}".format(*one[figure]) for one in every) + " |"
    found = [each for _name, one in sets for each in one.found]
    yield ""
    yield from _matrix(
        "intent", [(one.row.intent, one.intent) for one in found], INTENTS, "unknown"
    )
    yield ""
    kinds = [(one.row.kind, one.kind) for one in found]
    yield from _matrix("kind of answer", kinds, KINDS, "not_understood")


def _matrix(
    title: str, pairs: Sequence[tuple[str, str]], names: Sequence[str], unknown: str
) -> Iterator[str]:
    counted = Counter(pairs)
    columns = (*names, unknown)
    yield f"| {title}: expected ↓ given → | " + " | ".join(columns) + " |"
    yield "|---|" + "---|" * len(columns)
    for name in names:
        cells = [str(counted[name, column] or "") for column in columns]
        yield f"| {name} | " + " | ".join(cells) + " |"


def errors(found: Measured) -> Iterator[str]:
    """What went wrong, question by question, for whoever mends the reader."""
    for one in found.found:
        wrong = [
            f"intent {one.row.intent} → {one.intent}" if not one.intent_right else "",
            f"kind {one.row.kind} → {one.kind}" if not one.kind_right else "",
            f"missed {_joined(one.missed)}" if one.missed and one.compares_facts else "",
            f"added {_joined(one.added)}" if one.added and one.compares_facts else "",
            f"asks {one.row.asks}" if not one.asks_right else "",
        ]
        if any(wrong):
            mark = "!" if one.confidently_wrong else " "
            yield f"{mark}{one.row.id:>4} {one.row.question}\n       " + "; ".join(
                filter(None, wrong)
            )


def _joined(atoms: Sequence[tuple[str, ...]]) -> str:
    return ", ".join("/".join(atom) for atom in atoms)
