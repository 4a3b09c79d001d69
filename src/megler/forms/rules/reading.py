"""Reads a questionnaire from TOML; everything wrong with it at once, each with its place.

A questionnaire names its `[[forms]]`, its `parts` (sections, each a TOML document of its own, so
that several questionnaires share them) and its `[[rules]]` between answers.
"""

import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from megler.forms.rules.consistency import KEYS
from megler.forms.rules.linking import linking_problems
from megler.forms.rules.questionnaire import (
    MASKED,
    AnswerType,
    AskedOf,
    Condition,
    Consistency,
    Derivation,
    Derived,
    FormSpec,
    Purpose,
    Question,
    Questionnaire,
    Section,
    SignerRole,
)
from megler.vocabulary.conditions import conditions
from megler.vocabulary.problems import Problem

_QUESTION = {
    "key", "type", "text", "short", "required", "when", "unless", "asked_of", "help", "choices",
    "fields", "items_min", "items_max", "min", "max", "past", "locked", "details", "half",
    "conditions",
}  # fmt: skip
_SECTION = {"key", "title", "form", "icon", "intro", "asked_of", "questions"}
_FORM = {
    "key", "name", "edition", "signers", "statements", "when", "unless", "number", "purpose",
    "valid_from", "accepted_until", "earlier_until", "pdf", "map",
}  # fmt: skip
_TOP = {"key", "name", "edition", "parts", "forms", "rules", "derived", "receipt"}
_DERIVED = {"key", "how", "of", "part", "only"}
_BOUNDS = {"min", "max"}
_DEEPEST = 8
"""Alternatives within alternatives; deeper ones are a slip of the pen, or an attack."""


class _Reader:
    """Collects problems while the pieces are read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def problem(self, code: str, where: str, found: object = "", expected: str = "") -> None:
        self.problems.append(Problem(code, where, str(found)[:80], expected))

    def known(self, table: Mapping[str, Any], keys: set[str], where: str) -> None:
        for key in sorted(set(table) - keys):
            self.problem("unknown_key", where, key, ", ".join(sorted(keys)))

    def text(
        self, table: Mapping[str, Any], key: str, where: str, default: str | None = None
    ) -> str:
        found = table.get(key, default)
        if not isinstance(found, str) or (default is None and not found.strip()):
            self.problem("missing_key" if found is None else "wrong_type", where, key, "text")
            return ""
        return found

    def conditions(self, table: Mapping[str, Any], where: str) -> tuple[Condition, ...]:
        """What `when` and `unless` of a table say."""
        found = list(self.when(table.get("when", {}), f"{where}.when"))
        for one in self.when(table.get("unless", {}), f"{where}.unless"):
            if one.values and not one.any_of:
                found.append(replace(one, negated=True))
            else:
                self.problem(
                    "unless_not_plain", f"{where}.unless", one.question, "a list of values"
                )
        return tuple(found)

    def when(self, given: object, where: str, deep: int = 0) -> Iterable[Condition]:
        """Conditions by question: a list of values, bounds, `item`, or under `any` the alternatives."""
        if not isinstance(given, dict):
            self.problem("wrong_type", where, given, "a table of question = [values]")
            return
        if deep > _DEEPEST:
            self.problem("too_deep", where, deep, str(_DEEPEST))
            return
        for question, told in given.items():
            place = f"{where}.{question}"
            if question == "any":
                groups = told if isinstance(told, list) else [told]
                yield Condition(
                    "", any_of=tuple(tuple(self.when(one, place, deep + 1)) for one in groups)
                )
            elif isinstance(told, dict):
                yield from self.bounds(question, told, place, deep)
            else:
                listed = told if isinstance(told, list) else [told]
                yield Condition(question, tuple(str(value) for value in listed))

    def bounds(
        self, question: str, told: Mapping[str, Any], where: str, deep: int
    ) -> Iterable[Condition]:
        """`{ min = 18, max = 64 }`, `{ item = { field = [values] } }`, `{ none = [values] }`."""
        if set(told) == {"item"}:
            yield Condition(question, item=tuple(self.when(told["item"], where, deep + 1)))
        elif set(told) == {"none"} and isinstance(told["none"], list):
            yield Condition(question, tuple(str(one) for one in told["none"]), negated=True)
        elif told and set(told) <= _BOUNDS:
            low, high = (self.figure(told.get(key), f"{where}.{key}") for key in ("min", "max"))
            yield Condition(question, low=low, high=high)
        else:
            self.problem("wrong_type", where, ", ".join(told), "min, max, item or none")

    def figure(self, given: object, where: str) -> Decimal | None:
        """A number of bounds, exact."""
        if given is None:
            return None
        if isinstance(given, int | str) and not isinstance(given, bool):
            with suppress(InvalidOperation):
                return Decimal(str(given))
        self.problem("wrong_type", where, given, 'a whole number, or a text such as "0.5"')
        return None

    def day(self, table: Mapping[str, Any], key: str, where: str) -> date | None:
        """A date without time; None when absent or wrong."""
        found = table.get(key)
        if found is None or (isinstance(found, date) and not isinstance(found, datetime)):
            return found
        self.problem("wrong_type", f"{where}.{key}", found, "a date such as 2026-01-01")
        return None

    def whole(self, table: Mapping[str, Any], key: str, where: str, default: int | None) -> Any:
        """A whole number; the default when absent or wrong."""
        found = table.get(key, default)
        if found is default or (isinstance(found, int) and not isinstance(found, bool)):
            return found
        self.problem("wrong_type", f"{where}.{key}", found, "a whole number")
        return default

    def texts(self, table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
        """A list of texts; none when absent or wrong."""
        found = table.get(key, [])
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return tuple(found)
        self.problem("wrong_type", f"{where}.{key}", found, "a list of texts")
        return ()

    def told_of(self, table: Mapping[str, Any], where: str) -> Iterable[str]:
        """Codes of the vocabulary's conditions; a group's name stands for every one of the group."""
        known = conditions()
        for one in self.texts(table, "conditions", where):
            of_group = [code for code, condition in known.items() if condition.group == one]
            if one in known or of_group:
                yield from [one] if one in known else of_group
            else:
                expected = "a condition or group of the vocabulary"
                self.problem("not_allowed_value", f"{where}.conditions", one, expected)

    def tables(self, table: Mapping[str, Any], key: str, where: str) -> list[dict[str, Any]]:
        """A list of tables; none when absent or wrong."""
        found = table.get(key, [])
        if isinstance(found, list) and all(isinstance(one, dict) for one in found):
            return found
        self.problem("wrong_type", f"{where}.{key}".strip("."), found, "a list of tables")
        return []

    def question(self, table: Mapping[str, Any], where: str, asked_of: str) -> list[Question]:
        """The question, and behind it the one for details when a yes must be explained."""
        self.known(table, _QUESTION, where)
        key, text = self.text(table, "key", where), self.text(table, "text", where)
        where = f"{where} {key}".strip()
        try:
            kind = AnswerType(table.get("type", ""))
        except (ValueError, TypeError):
            self.problem("not_allowed_value", where, table.get("type", ""), ", ".join(AnswerType))
            return []
        whom = table.get("asked_of", asked_of)
        if not isinstance(whom, str) or whom not in set(AskedOf):
            self.problem("not_allowed_value", where, whom, ", ".join(AskedOf))
            return []
        fields = [
            field
            for i, inner in enumerate(self.tables(table, "fields", where))
            for field in self.question(inner, f"{where}.fields[{i}]", whom)
        ]
        if (kind is AnswerType.LIST) is not bool(fields):
            self.problem("list_without_fields", where, kind, "fields, and only for a list")
        if masked := [field.key for field in fields if field.type in MASKED]:
            self.problem("masked_in_list", where, ", ".join(masked), "a question of its own")
        choices = table.get("choices", {})
        if not isinstance(choices, dict):
            self.problem("wrong_type", f"{where}.choices", choices, "a table of value = text")
            choices = {}
        if (kind in {AnswerType.CHOICE, AnswerType.MANY}) is not bool(choices):
            self.problem("choice_without_choices", where, kind, "choices, and only for a choice")
        made = Question(
            key=key,
            type=kind,
            text=text,
            short=self.text(table, "short", where, "") or text,
            required=bool(table.get("required", False)),
            when=self.conditions(table, where),
            asked_of=AskedOf(whom),
            help=self.text(table, "help", where, ""),
            choices=tuple((str(k), str(v)) for k, v in choices.items()),
            fields=tuple(fields),
            items_min=self.whole(table, "items_min", where, 0),
            items_max=self.whole(table, "items_max", where, 20),
            min=self.whole(table, "min", where, None),
            max=self.whole(table, "max", where, None),
            past=bool(table.get("past", False)),
            locked=bool(table.get("locked", False)),
            half=bool(table.get("half", False)),
            conditions=tuple(self.told_of(table, where)),
        )
        return [made, *self._details(table, made)]

    def _details(self, table: Mapping[str, Any], made: Question) -> Iterable[Question]:
        if "details" not in table:
            return
        yield Question(
            key=f"{made.key}_details",
            type=AnswerType.LONG_TEXT,
            text=str(table["details"]),
            short=f"{made.short}: details",
            required=True,
            when=(Condition(made.key, ("yes",)),),
            asked_of=made.asked_of,
        )

    def section(self, table: Mapping[str, Any], where: str) -> Section:
        self.known(table, _SECTION, where)
        whom = self.text(table, "asked_of", where, "agent")
        questions = [
            question
            for i, inner in enumerate(self.tables(table, "questions", where))
            for question in self.question(inner, f"{where} question {i + 1}", whom)
        ]
        return Section(
            key=self.text(table, "key", where),
            title=self.text(table, "title", where),
            form=self.text(table, "form", where),
            questions=tuple(questions),
            icon=self.text(table, "icon", where, "file-text"),
            intro=self.text(table, "intro", where, ""),
        )

    def form(self, table: Mapping[str, Any], where: str) -> FormSpec:
        self.known(table, _FORM, where)
        signers = []
        for signer in self.texts(table, "signers", where):
            if signer in set(SignerRole):
                signers.append(SignerRole(signer))
            else:
                self.problem("not_allowed_value", f"{where}.signers", signer, ", ".join(SignerRole))
        purpose = self.text(table, "purpose", where, Purpose.OTHER.value)
        if purpose not in set(Purpose):
            self.problem("not_allowed_value", f"{where}.purpose", purpose, ", ".join(Purpose))
            purpose = Purpose.OTHER.value
        first, last = self.day(table, "valid_from", where), self.day(table, "accepted_until", where)
        if first and last and last < first:
            self.problem("bounds_reversed", f"{where}.accepted_until", last, f"from {first}")
        return FormSpec(
            key=self.text(table, "key", where),
            name=self.text(table, "name", where),
            edition=self.text(table, "edition", where),
            signers=tuple(signers),
            statements=self.texts(table, "statements", where),
            when=self.conditions(table, where),
            number=self.text(table, "number", where, ""),
            purpose=Purpose(purpose),
            valid_from=first,
            accepted_until=last,
            earlier_until=self.day(table, "earlier_until", where),
            pdf=self.text(table, "pdf", where, ""),
        )

    def derivation(self, table: Mapping[str, Any], where: str) -> Iterable[Derived]:
        self.known(table, _DERIVED, where)
        how = table.get("how", "")
        if not isinstance(how, str) or how not in set(Derivation):
            self.problem("not_allowed_value", where, how, ", ".join(Derivation))
            return
        yield Derived(
            key=self.text(table, "key", where),
            how=Derivation(how),
            of=self.text(table, "of", where),
            part=self.text(table, "part", where, ""),
            only=tuple(self.when(table.get("only", {}), f"{where}.only")),
        )

    def parsed(self, text: str, where: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text)
        except (ValueError, RecursionError, OverflowError) as error:
            self.problem("not_toml", where, str(error))
            return {}


def read_questionnaire(
    text: str, parts: Mapping[str, str]
) -> tuple[Questionnaire | None, list[Problem]]:
    """The questionnaire in `text`, whose sections stand in `parts` by name; None when unusable."""
    reader = _Reader()
    top = reader.parsed(text, "questionnaire")
    reader.known(top, _TOP, "questionnaire")
    forms = [
        reader.form(table, f"form {i + 1}")
        for i, table in enumerate(reader.tables(top, "forms", ""))
    ]
    sections = []
    for name in reader.texts(top, "parts", "questionnaire"):
        if name not in parts:
            reader.problem("part_missing", "questionnaire.parts", name, ", ".join(sorted(parts)))
            continue
        sections.append(reader.section(reader.parsed(parts[name], name), name))
    derived = [
        one
        for i, table in enumerate(reader.tables(top, "derived", ""))
        for one in reader.derivation(table, f"derived {i + 1}")
    ]
    made = Questionnaire(
        key=reader.text(top, "key", "questionnaire"),
        name=reader.text(top, "name", "questionnaire"),
        edition=reader.text(top, "edition", "questionnaire"),
        forms=tuple(forms),
        sections=tuple(sections),
        rules=tuple(_rules(reader, reader.tables(top, "rules", ""))),
        derived=tuple(derived),
    )
    problems = reader.problems or list(linking_problems(made))
    return (None if problems else made), problems


def _rules(reader: _Reader, tables: list[dict[str, Any]]) -> Iterable[Consistency]:
    for i, table in enumerate(tables):
        name = str(table.get("rule", ""))
        if name not in KEYS:
            reader.problem("not_allowed_value", f"rule {i + 1}", name, ", ".join(sorted(KEYS)))
            continue
        yield Consistency(name, {k: str(v) for k, v in table.items() if k != "rule"})
