"""Whether a question was understood and answered as the set expects it. The README says by what rules."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from megler.underwriting.rules.asking.answers import Answered, AnswerKind
from megler.underwriting.rules.asking.understood import Intent, Subject, Understood
from megler.vocabulary.conditions import conditions, recognised, wider
from tests.underwriting.questions.atoms import Atom, atoms, is_kind_of
from tests.underwriting.questions.market import ON

HERE = Path(__file__).parent
INTENTS = ("who_is_best", "requirements", "limit", "rule", "evidence", "price", "other", "refuse")
KINDS = ("carriers", "asks_back", "dont_know", "hand_over", "refused")
_MEANS = {
    Intent.BEST: "who_is_best", Intent.CLASS: "who_is_best", Intent.REQUIREMENTS: "requirements",
    Intent.RULE: "rule", Intent.LIMITS: "limit", Intent.NO_EXAM: "limit", Intent.INCOME: "rule",
    Intent.VALIDITY: "evidence", Intent.DAYS: "evidence", Intent.WHO_ORDERS: "evidence",
    Intent.MEDICATION: "rule", Intent.PRICE: "price", Intent.ELSEWHERE: "other",
    Intent.ABUSE: "refuse", Intent.MARKUP: "refuse", Intent.CONCEAL: "refuse",
    Intent.FROM_WHEN: "requirements",
}  # fmt: skip
_ANSWERS = {
    AnswerKind.ANSWERED: "carriers", AnswerKind.ASKS: "asks_back", AnswerKind.SILENT: "dont_know",
    AnswerKind.HANDED_OVER: "hand_over", AnswerKind.DECLINED: "refused",
}  # fmt: skip
_SAME_PRODUCT = ({"snuff", "chewing_tobacco", "snus"}, {"cigar", "cigarillo"})
_ALWAYS_FINE = {"date", "detail", "last_used", "per_week", "treated", "hdl_ratio"}
_ONLY_PART_OF = ("driving", "criminal", "avocations")


@dataclass(frozen=True, slots=True)
class Row:
    """A question with what is expected of it. `also` are atoms that its note calls right too."""

    id: str
    question: str
    intent: str
    facts: Mapping[str, Any]
    asks: str
    kind: str
    also: tuple[Atom, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A question beside what became of it. `intent` and `kind` are told in the set's words."""

    row: Row
    intent: str
    kind: str
    right: tuple[Atom, ...]
    missed: tuple[Atom, ...]
    added: tuple[Atom, ...]
    asks_right: bool

    @property
    def compares_facts(self) -> bool:
        """In what is refused or belongs elsewhere nothing need be understood."""
        return self.row.intent not in ("refuse", "other")

    @property
    def facts_right(self) -> bool:
        """Every fact expected is there, and none besides."""
        return not self.missed and not self.added

    @property
    def intent_right(self) -> bool:
        """What is asked was understood; strange words may be refused or plainly not understood."""
        return self.intent == self.row.intent or (
            self.intent == "unknown" and self.row.intent == "refuse"
        )

    @property
    def kind_right(self) -> bool:
        """The kind of answer is the expected one."""
        return self.kind == self.row.kind or (
            self.kind == "not_understood" and self.row.kind == "refused"
        )

    @property
    def confidently_wrong(self) -> bool:
        """Answered by carriers though it should not have been, or of something else than was asked."""
        if self.kind != "carriers":
            return False
        wrong_facts = self.compares_facts and bool(self.missed or self.added)
        return self.row.kind != "carriers" or not self.intent_right or wrong_facts


def rows_of(name: str) -> list[Row]:
    """A set of questions from its file."""
    with (HERE / name).open(encoding="utf-8") as file:
        return [
            Row(
                told["id"], told["question"], told["intent"], json.loads(told["facts"] or "{}"),
                told["asks"], told["answer_kind"],
                tuple(tuple(one.strip().split(":")) for one in told["also"].split(";") if one.strip()),
            )
            for told in csv.DictReader(file)
        ]  # fmt: skip


def compared(row: Row, found: Answered) -> Compared:
    """A row beside the answer that it got."""
    understood = found.understood
    means = [_MEANS.get(one, "unknown") for one in understood.intents]
    right, missed, added = _facts(row, understood)
    return Compared(
        row,
        row.intent if row.intent in means else means[0],
        _ANSWERS.get(found.kind, "not_understood"),
        right,
        missed,
        added,
        all(_asks(one.split(), understood) for one in row.asks.split(";") if one.strip()),
    )


def _facts(
    row: Row, understood: Understood
) -> tuple[tuple[Atom, ...], tuple[Atom, ...], tuple[Atom, ...]]:
    expected = atoms(row.facts, ON)
    given = list(atoms(understood.facts, ON))
    words = json.dumps(understood.facts).lower()
    right, missed = [], []
    for atom in expected:
        fitting = next((one for one in given if _same(atom, one)), None)
        if fitting is not None:
            given.remove(fitting)
            right.append(atom)
        elif len(atom) > 3 and atom[2] == "detail" and _told_anyhow(atom[4], words):
            right.append(atom)
        else:
            missed.append(atom)
    added = [one for one in given if not _may_stand(one, row, expected)]
    return tuple(right), tuple(missed), tuple(added)


def _same(expected: Atom, given: Atom) -> bool:
    if expected == given:
        return True
    if expected[0] != given[0] or len(expected) != len(given) or expected[:2] == ("wants", "line"):
        return False
    if expected[0] == "nicotine":
        alike = any({expected[1], given[1]} <= one for one in _SAME_PRODUCT)
        same = alike and expected[2:] == given[2:]
    elif expected[0] == "family":
        same = (
            expected[1] == given[1]
            and expected[3:] == given[3:]
            and is_kind_of(given[2], expected[2])
        )
    elif expected[0] in _ONLY_PART_OF and len(expected) == 2:
        same = is_kind_of(expected[1], given[1]) or is_kind_of(given[1], expected[1])
    else:
        same = expected[2:3] == ("detail",) == given[2:3] and expected[4] == given[4]
    return same


def _told_anyhow(value: str, words: str) -> bool:
    """A detail under another key, or in the words of its entry."""
    return all(
        f'"{one}' in words or f" {one}" in words or f": {one}" in words for one in value.split()
    )


def _may_stand(atom: Atom, row: Row, expected: Sequence[Atom]) -> bool:
    """Whether something that the set does not expect is right too."""
    if set(atom[1:]) & _ALWAYS_FINE or any(atom[: len(one)] == one for one in row.also):
        return True
    if atom == ("wants", "line", "term_life"):
        return any(one[:2] == ("wants", "term_years") for one in expected) or row.intent == "limit"
    if atom == ("nicotine", "none"):
        return any(one[0] == "nicotine" and one[2:] == ("past",) for one in expected)
    asked = set(row.asks.replace(";", " ").split())
    return any(part in asked or any(is_kind_of(part, one) for one in asked) for part in atom[1:])


_SUBJECTS = {one.value for one in Subject}
_OF_CODES = {"condition", "driving", "avocation", "finance", "substance"}
_LIMITS = {"max_age": "age_max", "min_age": "age_min", "max_amount": "amount_max",
           "min_amount": "amount_min", "terms": "terms", "jurisdictions": "jurisdictions"}  # fmt: skip
_EVIDENCE = {"valid_days": Intent.VALIDITY, "usual_days": Intent.DAYS, "ordered_by": Intent.WHO_ORDERS,
             "substitute": Intent.VALIDITY}  # fmt: skip


def _asks(words: Sequence[str], understood: Understood) -> bool:
    """Whether a question's subject and what narrows it were understood."""
    subject, *narrower = words
    topic, intents = understood.topic, understood.intents
    if subject == "drug":
        return set(narrower) <= set(topic.drugs)
    no_exam = subject == "max_amount" and Intent.NO_EXAM in intents
    first = (
        (subject in _OF_CODES and bool(topic.codes))
        or (subject == "nicotine" and bool(topic.products))
        or (_LIMITS.get(subject) in topic.limits or no_exam)
        or (subject in _EVIDENCE and _EVIDENCE[subject] in intents)
        or (subject.endswith("_multiple") and Intent.INCOME in intents)
        or subject in topic.subjects
        or subject in topic.limits
    )
    return first and all(one in _narrowers(understood) for one in narrower)


def _narrowers(understood: Understood) -> set[str]:
    """Everything that a question was understood to be of, in the set's words."""
    topic, facts = understood.topic, understood.facts
    wants: Any = facts.get("wants") or {}
    travel: Any = facts.get("travel") or []
    treated: Any = facts.get("blood_pressure") or {}
    used: Any = facts.get("nicotine")
    words: set[str] = {
        "any",
        *topic.codes,
        *topic.labs,
        *topic.products,
        *topic.kinds,
        *topic.carriers,
    }
    words |= {topic.class_word, str(wants.get("line")), f"term_{wants.get('term_years')}"}
    words |= {f"age_{facts.get('age')}", f"height_{facts.get('height_in')}"}
    words |= {str(one["country"]) for one in travel} | {str(facts.get("occupation"))}
    words |= {"treated"} if treated.get("treated") else set()
    words |= (
        {"non_user"} if used == [] else {"user"} if used or "tobacco" in topic.class_word else set()
    )
    words |= {"no_exam"} if Intent.NO_EXAM in understood.intents else set()
    family: Any = facts.get("family") or []
    related = {code for one in family for code in recognised(str(one.get("condition") or ""))}
    words |= {wider for code in related for wider in _parents(code)} | set(topic.sold)
    words |= {f"{code.split('-')[0]}-life" for code in topic.sold}
    words |= {wider for code in topic.codes for wider in _parents(code)}
    return words


def _parents(code: str) -> Iterable[str]:
    return [*wider(code), *([conditions()[code].group] if code in conditions() else [])]
