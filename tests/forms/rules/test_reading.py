"""A questionnaire is read whole, or refused with every mistake in it."""

import json
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from megler.forms.rules.questionnaire import AskedOf, Condition
from megler.forms.rules.reading import _QUESTION as _KEYS
from megler.forms.rules.reading import read_questionnaire
from tests.forms.asking import PARTS, SMALL, small

_ANY = st.recursive(
    st.booleans() | st.integers(-9, 9) | st.sampled_from(["text", "list", "choice", "q", "yes"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["any", "item", "min", "none", "q", "key"]), inner)
    ),
    max_leaves=6,
)
_HEAD = 'key = "k"\nname = "n"\nedition = "e"\nparts = ["p"]\n'
_FORM = '[[forms]]\nkey = "f"\nname = "F"\nedition = "1"\nsigners = ["agent"]\n'


def _codes(part: str, top: str = _HEAD + _FORM) -> list[str]:
    made, problems = read_questionnaire(top, {"p": part})
    assert made is None
    return [p.code for p in problems]


def _section(question: str) -> str:
    return f'key = "p"\ntitle = "P"\nform = "f"\n[[questions]]\nkey = "q"\ntext = "Q"\n{question}'


def test_whom_to_ask_is_the_sections_unless_the_question_says() -> None:
    assert small().by_key["name"].asked_of is AskedOf.AGENT
    assert small().by_key["born"].asked_of is AskedOf.CLIENT


def test_a_detail_question_follows_its_yes() -> None:
    keys = [q.key for _, q in small().questions()]
    assert keys[keys.index("smokes") + 1] == "smokes_details"


def test_an_unknown_type_is_named() -> None:
    assert _codes(_section('type = "telepathy"')) == ["not_allowed_value"]


def test_an_unknown_key_is_named() -> None:
    assert _codes(_section('type = "text"\ncolour = "red"')) == ["unknown_key"]


def test_a_choice_needs_choices_and_a_list_needs_fields() -> None:
    assert _codes(_section('type = "choice"')) == ["choice_without_choices"]
    assert _codes(_section('type = "list"')) == ["list_without_fields"]


def test_a_secret_number_stands_in_no_list() -> None:
    fields = 'type = "list"\n[[questions.fields]]\nkey = "s"\ntype = "ssn"\ntext = "S"\n'
    assert _codes(_section(fields)) == ["masked_in_list"]


def test_a_condition_names_a_question_and_one_of_its_answers() -> None:
    assert _codes(_section('type = "text"\nwhen = { nobody = ["yes"] }')) == ["question_missing"]
    second = '\n[[questions]]\nkey = "r"\ntype = "yes_no"\ntext = "R"\n'
    found = _codes(_section('type = "text"\nwhen = { r = ["perhaps"] }') + second)
    assert found == ["not_allowed_value"]


def test_a_key_stands_once_and_a_form_exists() -> None:
    twice = '[[questions]]\nkey = "q"\ntext = "Again"\ntype = "text"\n'
    assert _codes(_section('type = "text"\n') + twice) == ["duplicate_key"]
    elsewhere = _section('type = "text"\n').replace('form = "f"', 'form = "g"')
    assert _codes(elsewhere) == ["form_missing"]


def test_text_that_is_not_toml_is_told() -> None:
    assert "not_toml" in _codes("key = ")


def test_a_missing_part_an_unknown_signer_and_rule_are_told_together() -> None:
    top = SMALL.replace('"person"', '"nobody"').replace('["agent"]', '["dog"]')
    top = top.replace("shares_add_up", "shares_sing")
    _, problems = read_questionnaire(top, PARTS)
    assert {"part_missing", "not_allowed_value"} <= {p.code for p in problems}
    assert {"dog", "shares_sing", "nobody"} <= {p.found for p in problems}


def _when(written: str) -> tuple[Condition, ...]:
    part = (
        _section('type = "text"')
        + f'\n[[questions]]\nkey = "r"\ntype = "text"\ntext = "R"\n{written}'
    )
    made, problems = read_questionnaire(_HEAD + _FORM, {"p": part})
    assert problems == []
    assert made is not None
    return made.by_key["r"].when


def test_conditions_are_read_with_bounds_items_and_alternatives() -> None:
    assert _when('when = { q = ["1", 2] }') == (Condition("q", ("1", "2")),)
    assert _when('when = { q = { min = 1, max = "2.5" } }') == (
        Condition("q", low=Decimal(1), high=Decimal("2.5")),
    )
    assert _when('when = { q = { none = ["1"] } }') == (Condition("q", ("1",), negated=True),)
    assert _when('unless = { q = ["1"] }') == (Condition("q", ("1",), negated=True),)
    assert _when('when = { any = [{ q = ["1"] }, { line = ["annuity"] }] }') == (
        Condition("", any_of=((Condition("q", ("1",)),), (Condition("line", ("annuity",)),))),
    )


def test_conditions_that_are_none_are_told() -> None:
    end = 'type = "text"\n'
    assert _codes(_section(f"{end}when = 7")) == ["wrong_type"]
    assert _codes(_section(f"{end}when = {{ q = {{ least = 1 }} }}")) == ["wrong_type"]
    assert _codes(_section(f'{end}when = {{ q = {{ min = "few" }} }}')) == ["wrong_type"]
    assert _codes(_section(f"{end}unless = {{ q = {{ min = 1 }} }}")) == ["unless_not_plain"]
    deep = "{ any = [" * 12 + '{ q = ["1"] }' + "] }" * 12
    assert _codes(_section(f"{end}when = {deep}")) == ["too_deep"]


@given(st.dictionaries(st.sampled_from(sorted(_KEYS)), _ANY, max_size=6))
def test_whatever_stands_in_a_question_is_read_or_told(table: dict[str, Any]) -> None:
    lines = [f"{key} = {_toml(value)}" for key, value in table.items()]
    part = 'key = "p"\ntitle = "P"\nform = "f"\n[[questions]]\n' + "\n".join(lines)
    made, problems = read_questionnaire(_HEAD + _FORM, {"p": part})
    assert (made is None) is bool(problems)


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_toml(key)} = {_toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value)
