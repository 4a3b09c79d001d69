"""Answers gathered question by question from the records of a message."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from megler.applications.rules.acord.places import SAID_AS, can_say, fits
from megler.applications.rules.acord.taking import Taker
from megler.exchange.txlife.checking import Story
from megler.exchange.txlife.codes import label
from megler.exchange.txlife.records import Party, Relation
from megler.forms.rules.answers import read_answer
from megler.forms.rules.questionnaire import AnswerType, Question, Questionnaire
from megler.vocabulary.problems import Problem, Severity

_FAMILY = ("spouse", "child", "parent", "sibling", "employer", "partner")


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

    def _readable_parts(
        self, question: Question, raw: Mapping[str, str], wrong: list[Problem]
    ) -> tuple[Any, list[Problem]]:
        """An address without the parts that cannot be read; what is wrong with them is told."""
        bad = {one.where.rpartition(".")[2] for one in wrong}
        value, still = read_answer(question, {k: v for k, v in raw.items() if k not in bad})
        return value, [*wrong, *still]

    def relations(self, relations: Iterable[Relation]) -> None:
        for one in relations:
            self.take.aside(one, "from_type", "to_type", "role", "sequence")

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
        if self.wants(key) and one.government_id_kind.word in kinds and one.government_id:
            self.take.aside(one, "government_id_kind")
            self.put(key, self.take.text(one, "government_id"))

    def contact(self, one: Party, whose: str) -> None:
        """The first address, telephone and e-mail of somebody."""
        take = self.take
        if self.wants(f"{whose}_address") and one.addresses:
            first = one.addresses[0]
            take.aside(first, "kind", "country", "country_text", "state", "state_text")
            take.aside(one, "residence_state", "residence_country")
            parts = {
                "street": take.text(first, "line1"),
                "unit": " ".join(
                    filter(None, (take.text(first, "line2"), take.text(first, "line3")))
                ),
                "city": take.text(first, "city"),
                "state": first.state.word or first.state_text or first.state.text,
                "zip": _zip(take.text(first, "zip")),
            }
            self.put(f"{whose}_address", {k: v for k, v in parts.items() if v})
        elif self.wants(f"{whose}_address") and one.residence_state:
            self.put(f"{whose}_address", {"state": take.text(one, "residence_state")})
        if self.wants(f"{whose}_phone") and one.phones:
            mobile = [p for p in one.phones if p.kind.word == "mobile"]
            phone = (mobile or list(one.phones))[0]
            take.aside(phone, "kind")
            self.put(f"{whose}_phone", take.text(phone, "area") + take.text(phone, "number"))
        if self.wants(f"{whose}_email") and one.emails:
            take.aside(one.emails[0], "kind")
            self.put(f"{whose}_email", take.text(one.emails[0], "address"))

    def relationship(self, one: Party, roles: tuple[str, ...]) -> str:
        """What somebody is to the insured, as the relation to the policy or to the insured tells."""
        for relation in self.story.relations(*roles):
            if one.id in {relation.to_id, relation.from_id} and relation.description:
                said = self.take.text(relation, "description")
                return label("relationship", said)
        insured = self.story.insured
        for relation in self.story.relations(*_FAMILY):
            ends = {relation.to_id, relation.from_id}
            if insured is not None and ends == {one.id, insured.id}:
                self.relations([relation])
                if relation.description:
                    return label("relationship", self.take.text(relation, "description"))
                return label("role", relation.role.word)
        return ""


def _zip(code: str) -> str:
    """Nine digits in one piece as they are read here: `07102-0001`."""
    return f"{code[:5]}-{code[5:]}" if len(code) == 9 and code.isdigit() else code
