"""Answers gathered question by question from the records of a message."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from megler.applications.rules.acord.places import RECIPROCAL, SAID_AS, can_say, fits
from megler.applications.rules.acord.taking import Taker
from megler.exchange.txlife.checking import Story
from megler.exchange.txlife.codes import label
from megler.exchange.txlife.records import (
    Address,
    Email,
    Participant,
    Party,
    Phone,
    Relation,
)
from megler.forms.rules.answers import read_answer
from megler.forms.rules.questionnaire import AnswerType, Question, Questionnaire
from megler.vocabulary.problems import Problem, Severity

HOMES = ("home", "", "headquarters", "business")
OFFICES = ("business", "headquarters", "", "home", "mailing")
"""Kinds of address, the best first; "" is an address whose kind is not said."""
UNITED_STATES = ("US", "USA", "U.S.", "U.S.A.", "United States", "United States of America")
PHONES = ("mobile", "home", "primary", "", "voice", "business", "alternate", "other")
_Kinded = TypeVar("_Kinded", Address, Phone, Email)


@dataclass(frozen=True, slots=True)
class Told:
    """An answer that the message gives; `raw` is what cannot be read, `by` and `at` its history."""

    value: Any
    raw: Any = ""
    by: str = ""
    at: str = ""
    whom: str = ""


class Gathering:
    """What was understood so far, and what was wrong with it."""

    def __init__(self, story: Story, asked: Questionnaire) -> None:
        self.story, self.asked = story, asked
        self.take = Taker()
        self.answers: dict[str, Told] = {}
        self.problems: list[Problem] = []
        self.understood: set[str] = set()

    def wants(self, key: str) -> bool:
        """Whether there is such a question, whose answer stands where ACORD has it."""
        question = self.asked.by_key.get(key)
        return question is not None and fits(question)

    def put(self, key: str, raw: Any, where: str = "") -> bool:
        """Take an answer if it can be read; otherwise tell why, and leave the question open."""
        question = self.asked.by_key[key]
        value, wrong = read_answer(question, raw)
        if wrong and question.type is AnswerType.ADDRESS:
            value, wrong = self._readable_parts(question, raw, wrong)
        for one in wrong:
            at = f"{where} {one.where}".strip()
            self.problems.append(Problem(one.code, at, one.found, one.expected, Severity.WARNING))
        if value is None:
            return False
        self.answers[key] = Told(value)
        return True

    def told(self, code: str, where: str, found: str, expected: str) -> None:
        """Note something that whoever imports should look at."""
        self.problems.append(Problem(code, where, found, expected, Severity.WARNING))

    def _readable_parts(
        self, question: Question, raw: Mapping[str, str], wrong: list[Problem]
    ) -> tuple[Any, list[Problem]]:
        """An address without the parts that cannot be read; what is wrong with them is told."""
        bad = {one.where.rpartition(".")[2] for one in wrong}
        value, still = read_answer(question, {k: v for k, v in raw.items() if k not in bad})
        return value, [*wrong, *still]

    def roles(self, party: Party, *roles: str) -> None:
        """Note what says that somebody has one of these roles; that others have it too is left."""
        for one, said in self.story.parts(*roles):
            if one is party:
                self.relations([said])

    def relations(self, relations: Iterable[Relation | Participant]) -> None:
        for one in relations:
            self.take.aside(one, "from_type", "to_type", "role", "sequence")

    def name(self, party: Party) -> str:
        """Somebody's name in one piece, with nothing else that they are called taken along."""
        take = self.take
        parts = ("prefix", "first_name", "middle_name", "last_name", "suffix")
        if any(getattr(party, part) for part in parts):
            take.aside(party, *parts)
            first, middle, last = party.first_name, party.middle_name, party.last_name
            take.same(party, "full_name", party.name, f"{first} {last}", f"{first} {middle} {last}")
        else:
            take.text(party, "full_name", "trade_name")
        take.same(party, "trade_name", party.name)
        return party.name

    def texts(self, record: Any, fields: Mapping[str, str]) -> None:
        for key, field in fields.items():
            if self.wants(key) and (text := self.take.text(record, field)):
                self.put(key, text)

    def codes(self, record: Any, fields: Mapping[str, str]) -> None:
        for key, field in fields.items():
            word = getattr(record, field).word
            word = SAID_AS.get(key, {}).get(word, word)
            if self.wants(key) and can_say(self.asked.by_key[key], word):
                self.take.word(record, field)
                self.put(key, word)

    def number(self, one: Party, key: str, kinds: set[str]) -> None:
        kind = one.government_id_kind
        fit = kind.word in kinds if kind else "" in kinds
        if self.wants(key) and fit and one.government_id:
            self.take.aside(one, "government_id_kind")
            self.put(key, self.take.text(one, "government_id"))

    def contact(self, one: Party, whose: str) -> None:
        """The address somebody lives at or works from, a telephone and an e-mail."""
        take = self.take
        first = _of_kind(one.addresses, HOMES if one.kind.word != "organisation" else OFFICES)
        if self.wants(f"{whose}_address") and first is not None:
            self._address(one, first, whose)
        elif self.wants(f"{whose}_address") and one.residence_state and not one.addresses:
            self.put(f"{whose}_address", {"state": take.text(one, "residence_state")})
        phone = _of_kind(one.phones, PHONES)
        if self.wants(f"{whose}_phone") and phone is not None:
            take.aside(phone, "kind")
            self.put(f"{whose}_phone", self.phone(phone))
        if self.wants(f"{whose}_email") and one.emails:
            take.aside(one.emails[0], "kind")
            self.put(f"{whose}_email", take.text(one.emails[0], "address"))

    def _address(self, one: Party, first: Address, whose: str) -> None:
        take = self.take
        take.aside(first, "kind", "state", "state_text")
        self.at_home(first)
        if one.residence_state == first.state:
            take.aside(one, "residence_state")
        if one.residence_country.word == "US":
            take.aside(one, "residence_country")
        unit = " ".join(filter(None, (take.text(first, "line2"), take.text(first, "line3"))))
        parts = {
            "street": take.text(first, "line1"),
            "unit": unit,
            "city": take.text(first, "city"),
            "state": first.state.word or first.state_text or first.state.text,
            "zip": _zip(take.text(first, "zip")),
        }
        self.put(f"{whose}_address", {k: v for k, v in parts.items() if v})

    def at_home(self, one: Address) -> None:
        """Note that an address is in the United States; another country is left."""
        self.take.aside(one, *(["country"] if one.country.word == "US" else []))
        self.take.same(one, "country_text", *UNITED_STATES)

    def phone(self, one: Phone) -> str:
        """A number with its area code, once."""
        area, number = self.take.text(one, "area"), self.take.text(one, "number")
        digits = "".join(filter(str.isdigit, number))
        return (
            number if len(digits) >= 10 and digits.startswith((area, f"1{area}")) else area + number
        )

    def relationship(self, one: Party, roles: tuple[str, ...]) -> str:
        """What somebody is to the insured, as the relation to the policy or to the insured tells."""
        for party, relation in self.story.parts(*roles):
            if party is one and isinstance(relation, Relation) and relation.description:
                return label("relationship", self.take.text(relation, "description"))
        insured = self.story.insured
        for relation in self.story.relations(*RECIPROCAL):
            if insured is None or {relation.to_id, relation.from_id} != {one.id, insured.id}:
                continue
            if relation.to_id == one.id:
                self.relations([relation])
                if relation.description:
                    return label("relationship", self.take.text(relation, "description"))
                return label("role", relation.role.word)
            self.relations([relation])  # what the insured is to them, turned round
            return label("role", RECIPROCAL[relation.role.word])
        return ""


def _of_kind(given: Sequence[_Kinded], kinds: Sequence[str]) -> _Kinded | None:
    """The one of the kind that comes first in `kinds`; what has another kind is not taken."""
    for kind in kinds:
        for one in given:
            if (one.kind.word or ("" if not one.kind else "?")) == kind:
                return one
    return None


def _zip(code: str) -> str:
    """Nine digits in one piece as they are read here: `07102-0001`."""
    return f"{code[:5]}-{code[5:]}" if len(code) == 9 and code.isdigit() else code
