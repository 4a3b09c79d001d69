"""Whether the pieces of a questionnaire fit: names that exist, each once, and no circles."""

from collections.abc import Iterable, Iterator, Mapping

from megler.forms.rules.consistency import KEYS
from megler.forms.rules.questionnaire import (
    CONTEXT,
    AnswerType,
    Condition,
    Derivation,
    Question,
    Questionnaire,
)
from megler.vocabulary.problems import Problem


def linking_problems(made: Questionnaire) -> list[Problem]:
    """Keys that stand twice, names of questions and forms that do not exist, conditions in circles."""
    found = [*_doubles(made), *_forms(made)]
    if not found:
        found = [*_conditions(made), *_derived(made), *_rules(made)]
    return found or list(_circles(made))


def _doubles(made: Questionnaire) -> Iterator[Problem]:
    seen: set[str] = set(CONTEXT)
    keys = [
        (f"{section.key} {question.key}", question.key) for section, question in made.questions()
    ]
    keys += [(f"derived {one.key}", one.key) for one in made.derived]
    for where, key in keys:
        if key in seen:
            yield Problem("duplicate_key", where, key)
        seen.add(key)
    for _, question in made.questions():
        yield from _twice(question.key, [one.key for one in question.fields])
    yield from _twice("forms", [form.key for form in made.forms])
    yield from _twice("sections", [section.key for section in made.sections])


def _twice(where: str, keys: list[str]) -> Iterator[Problem]:
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Problem("duplicate_key", where, key)


def _forms(made: Questionnaire) -> Iterator[Problem]:
    known = {form.key for form in made.forms}
    for section in made.sections:
        if section.form not in known:
            yield Problem("form_missing", section.key, section.form, ", ".join(sorted(known)))


def _conditions(made: Questionnaire) -> Iterator[Problem]:
    for section, question in made.questions():
        yield from _unusable(made, f"{section.key} {question.key}", question.when)
        inside = {one.key: one for one in question.fields}
        for field in question.fields:
            where = f"{section.key} {question.key}.{field.key}"
            yield from _in_item(inside, where, field.when)
    for form in made.forms:
        yield from _unusable(made, f"form {form.key}", form.when)


def _unusable(
    made: Questionnaire, where: str, conditions: Iterable[Condition]
) -> Iterator[Problem]:
    for condition in conditions:
        for group in condition.any_of:
            yield from _unusable(made, where, group)
        if not condition.question:
            continue
        if condition.question not in made.names:
            yield Problem("question_missing", where, condition.question, "a question of this form")
        elif target := made.by_key.get(condition.question):
            yield from _value_problems(target, where, condition)


def _in_item(
    fields: dict[str, Question], where: str, conditions: Iterable[Condition]
) -> Iterator[Problem]:
    for condition in conditions:
        for group in condition.any_of:
            yield from _in_item(fields, where, group)
        if condition.question and condition.question not in fields:
            expected = ", ".join(sorted(fields))
            yield Problem("question_missing", where, condition.question, expected)
        elif condition.question:
            yield from _value_problems(fields[condition.question], where, condition)


def _value_problems(target: Question, where: str, condition: Condition) -> Iterator[Problem]:
    if condition.item:
        if target.type is not AnswerType.LIST:
            yield Problem("wrong_type", where, target.key, "a list")
        yield from _in_item({one.key: one for one in target.fields}, where, condition.item)
        return
    allowed = {"yes", "no"} if target.type is AnswerType.YES_NO else {k for k, _ in target.choices}
    for value in condition.values:
        if allowed and value not in allowed:
            yield Problem("not_allowed_value", where, value, ", ".join(sorted(allowed)))


_DERIVED_OF = {
    Derivation.AGE: {AnswerType.DATE},
    Derivation.SUM: {AnswerType.LIST},
    Derivation.COUNT: {AnswerType.LIST},
}


def _derived(made: Questionnaire) -> Iterator[Problem]:
    for one in made.derived:
        target, where = made.by_key.get(one.of), f"derived {one.key}"
        if target is None:
            yield Problem("question_missing", where, one.of, "a question of this form")
            continue
        if target.type not in _DERIVED_OF[one.how]:
            yield Problem("wrong_type", where, target.type, ", ".join(_DERIVED_OF[one.how]))
        fields = {field.key: field for field in target.fields}
        if one.how is Derivation.SUM and one.part not in fields:
            yield Problem("question_missing", where, one.part, ", ".join(sorted(fields)))
        yield from _in_item(fields, where, one.only)


def _rules(made: Questionnaire) -> Iterator[Problem]:
    """Every key of a rule is one it knows, and those that name questions name ones that exist."""
    for i, rule in enumerate(made.rules):
        where, (questions, others) = f"rule {i + 1} {rule.rule}", KEYS[rule.rule]
        needed = {*questions, *(key for key in others if (rule.rule, key) not in _OPTIONAL)}
        for key in sorted(needed - set(rule.keys)):
            yield Problem("missing_key", where, key, "text")
        for key, value in rule.keys.items():
            if key not in questions and key not in others:
                yield Problem("unknown_key", where, key, ", ".join((*questions, *others)))
            elif key in questions and value not in made.by_key:
                yield Problem("question_missing", where, value, "a question of this form")
            elif key in _NUMBERS and not (value.isascii() and value.isdecimal()):
                yield Problem("not_a_whole_number", where, value, "12")
        yield from _fields_named(made, where, rule.keys)


_OPTIONAL = {("age_between", "min"), ("age_between", "max"), ("items_differ", "by")}
_NUMBERS = frozenset({"min", "max", "times"})
_FIELDS = ("share", "by")


def _fields_named(made: Questionnaire, where: str, keys: Mapping[str, str]) -> Iterator[Problem]:
    """A rule that sums or groups the items of a list names fields of theirs: else it would never apply."""
    target = made.by_key.get(keys.get("list", ""))
    if target is None:
        return
    if target.type is not AnswerType.LIST:
        yield Problem("wrong_type", where, target.key, "a list")
        return
    fields = {field.key for field in target.fields}
    for key in _FIELDS:
        if key in keys and keys[key] not in fields:
            yield Problem("question_missing", where, keys[key], ", ".join(sorted(fields)))


def _circles(made: Questionnaire) -> Iterator[Problem]:
    """Questions that are asked only when they are answered."""
    opened = made.opened_by
    state: dict[str, int] = {}
    for start in sorted(opened):
        waiting = [(start, iter(sorted(opened.get(start, ()))))]
        if state.setdefault(start, 1) == 2:
            continue
        while waiting:
            key, rest = waiting[-1]
            following = next(rest, None)
            if following is None:
                state[key] = 2
                waiting.pop()
            elif state.get(following) == 1:
                yield Problem("condition_in_circle", following, key, "a question asked before")
                return
            elif following not in state:
                state[following] = 1
                waiting.append((following, iter(sorted(opened.get(following, ())))))
