"""A questionnaire is read whole, or refused with every mistake in it."""

from megler.forms.rules.questionnaire import AskedOf
from megler.forms.rules.reading import read_questionnaire
from tests.forms.asking import PARTS, SMALL, small

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
