"""Reads a questionnaire from TOML; everything wrong with it at once, each with its place.

A questionnaire names its `[[forms]]`, its `parts` (sections, each a TOML document of its own, so
that several questionnaires share them) and its `[[rules]]` between answers.
"""

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from megler.forms.rules.consistency import RULES
from megler.forms.rules.questionnaire import (
    MASKED,
    AnswerType,
    AskedOf,
    Condition,
    Consistency,
    FormSpec,
    Question,
    Questionnaire,
    Section,
    SignerRole,
)
from megler.vocabulary.problems import Problem

_QUESTION = {
    "key", "type", "text", "short", "required", "when", "unless", "asked_of", "help", "choices",
    "fields", "items_min", "items_max", "min", "max", "past", "locked", "details", "half",
}  # fmt: skip
_SECTION = {"key", "title", "form", "icon", "intro", "asked_of", "questions"}
_FORM = {"key", "name", "edition", "signers", "statements", "when", "unless"}
_TOP = {"key", "name", "edition", "parts", "forms", "rules"}


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
        found = []
        for word in ("when", "unless"):
            given = table.get(word, {})
            if not isinstance(given, dict):
                self.problem(
                    "wrong_type", f"{where}.{word}", given, "a table of question = [values]"
                )
                continue
            for question, values in given.items():
                listed = values if isinstance(values, list) else [values]
                texts = tuple(str(value) for value in listed)
                found.append(Condition(question, texts, negated=word == "unless"))
        return tuple(found)

    def question(self, table: Mapping[str, Any], where: str, asked_of: str) -> list[Question]:
        """The question, and behind it the one for details when a yes must be explained."""
        self.known(table, _QUESTION, where)
        key, text = self.text(table, "key", where), self.text(table, "text", where)
        where = f"{where} {key}".strip()
        try:
            kind = AnswerType(table.get("type", ""))
        except ValueError:
            self.problem("not_allowed_value", where, table.get("type", ""), ", ".join(AnswerType))
            return []
        whom = table.get("asked_of", asked_of)
        if whom not in set(AskedOf):
            self.problem("not_allowed_value", where, whom, ", ".join(AskedOf))
            return []
        fields = [
            field
            for i, inner in enumerate(table.get("fields", []))
            for field in self.question(inner, f"{where}.fields[{i}]", whom)
        ]
        if (kind is AnswerType.LIST) is not bool(fields):
            self.problem("list_without_fields", where, kind, "fields, and only for a list")
        if masked := [field.key for field in fields if field.type in MASKED]:
            self.problem("masked_in_list", where, ", ".join(masked), "a question of its own")
        choices = table.get("choices", {})
        if (kind is AnswerType.CHOICE) is not bool(choices):
            self.problem("choice_without_choices", where, kind, "choices, and only for a choice")
        made = Question(
            key=key,
            type=kind,
            text=text,
            short=table.get("short", "") or text,
            required=bool(table.get("required", False)),
            when=self.conditions(table, where),
            asked_of=AskedOf(whom),
            help=table.get("help", ""),
            choices=tuple((str(k), str(v)) for k, v in choices.items()),
            fields=tuple(fields),
            items_min=int(table.get("items_min", 0)),
            items_max=int(table.get("items_max", 20)),
            min=table.get("min"),
            max=table.get("max"),
            past=bool(table.get("past", False)),
            locked=bool(table.get("locked", False)),
            half=bool(table.get("half", False)),
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
            for i, inner in enumerate(table.get("questions", []))
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
        for signer in table.get("signers", []):
            if signer in set(SignerRole):
                signers.append(SignerRole(signer))
            else:
                self.problem("not_allowed_value", f"{where}.signers", signer, ", ".join(SignerRole))
        return FormSpec(
            key=self.text(table, "key", where),
            name=self.text(table, "name", where),
            edition=self.text(table, "edition", where),
            signers=tuple(signers),
            statements=tuple(str(s) for s in table.get("statements", [])),
            when=self.conditions(table, where),
        )

    def parsed(self, text: str, where: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self.problem("not_toml", where, str(error))
            return {}


def read_questionnaire(
    text: str, parts: Mapping[str, str]
) -> tuple[Questionnaire | None, list[Problem]]:
    """The questionnaire in `text`, whose sections stand in `parts` by name; None when unusable."""
    reader = _Reader()
    top = reader.parsed(text, "questionnaire")
    reader.known(top, _TOP, "questionnaire")
    forms = [reader.form(table, f"form {i + 1}") for i, table in enumerate(top.get("forms", []))]
    sections = []
    for name in top.get("parts", []):
        if name not in parts:
            reader.problem("part_missing", "questionnaire.parts", name, ", ".join(sorted(parts)))
            continue
        sections.append(reader.section(reader.parsed(parts[name], name), name))
    made = Questionnaire(
        key=reader.text(top, "key", "questionnaire"),
        name=reader.text(top, "name", "questionnaire"),
        edition=reader.text(top, "edition", "questionnaire"),
        forms=tuple(forms),
        sections=tuple(sections),
        rules=tuple(_rules(reader, top.get("rules", []))),
    )
    problems = [*reader.problems, *_unlinked(made)]
    return (None if problems else made), problems


def _rules(reader: _Reader, tables: list[dict[str, str]]) -> Iterable[Consistency]:
    for i, table in enumerate(tables):
        name = table.get("rule", "")
        if name not in RULES:
            reader.problem("not_allowed_value", f"rule {i + 1}", name, ", ".join(sorted(RULES)))
            continue
        yield Consistency(name, {k: str(v) for k, v in table.items() if k != "rule"})


def _unlinked(made: Questionnaire) -> Iterable[Problem]:
    """Keys that stand twice, and names of questions and forms that do not exist."""
    seen: set[str] = set()
    for section, question in made.questions():
        if question.key in seen:
            yield Problem("duplicate_key", f"{section.key} {question.key}", question.key)
        seen.add(question.key)
    forms = {form.key for form in made.forms}
    for section in made.sections:
        if section.form not in forms:
            yield Problem("form_missing", section.key, section.form, ", ".join(sorted(forms)))
    owners = [(q.key, q.when) for _, q in made.questions()] + [(f.key, f.when) for f in made.forms]
    for where, conditions in owners:
        for condition in conditions:
            yield from _unusable(made, where, condition)


def _unusable(made: Questionnaire, where: str, condition: Condition) -> Iterable[Problem]:
    target = made.by_key.get(condition.question)
    if target is None:
        yield Problem("question_missing", where, condition.question, "a question of this form")
        return
    allowed = {"yes", "no"} if target.type is AnswerType.YES_NO else {k for k, _ in target.choices}
    for value in condition.values:
        if allowed and value not in allowed:
            yield Problem("not_allowed_value", where, value, ", ".join(sorted(allowed)))
