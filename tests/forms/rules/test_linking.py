"""The pieces of a questionnaire fit, or it is told what does not."""

from megler.forms.rules.linking import linking_problems
from megler.forms.rules.questionnaire import (
    AnswerType,
    Condition,
    Consistency,
    Derivation,
    Derived,
    FormSpec,
    Question,
    Questionnaire,
    Section,
)


def _yes(key: str, *when: Condition) -> Question:
    return Question(key, AnswerType.YES_NO, key, key, when=when)


def _made(
    *questions: Question,
    forms: tuple[FormSpec, ...] = (FormSpec("a", "A", "1", ()),),
    rules: tuple[Consistency, ...] = (),
    derived: tuple[Derived, ...] = (),
) -> Questionnaire:
    sections = (Section("s", "S", "a", questions),)
    return Questionnaire("q", "Q", "1", forms, sections, rules, derived)


def _codes(made: Questionnaire) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.where, problem.found) for problem in linking_problems(made)]


def test_what_fits_is_not_complained_of() -> None:
    made = _made(_yes("a"), _yes("b", Condition("a", ("yes",))))
    assert _codes(made) == []


def test_a_key_stands_once() -> None:
    assert _codes(_made(_yes("a"), _yes("a"))) == [("duplicate_key", "s a", "a")]
    line = _made(_yes("line"))
    assert _codes(line) == [("duplicate_key", "s line", "line")]


def test_conditions_name_what_exists() -> None:
    made = _made(_yes("a", Condition("b", ("yes",))))
    assert _codes(made) == [("question_missing", "s a", "b")]
    assert _codes(_made(_yes("a"), _yes("b", Condition("a", ("maybe",))))) == [
        ("not_allowed_value", "s b", "maybe")
    ]
    deep = Condition("", any_of=((Condition("c", ("yes",)),),))
    assert _codes(_made(_yes("a", deep))) == [("question_missing", "s a", "c")]


def test_conditions_may_name_the_line_and_what_is_derived() -> None:
    born = Question("born", AnswerType.DATE, "Born", "Born")
    age = Derived("age", Derivation.AGE, "born")
    made = _made(
        born, _yes("a", Condition("line", ("term_life",)), Condition("age")), derived=(age,)
    )
    assert _codes(made) == []


def test_what_is_derived_comes_of_a_question_that_fits() -> None:
    made = _made(_yes("a"), derived=(Derived("age", Derivation.AGE, "a"),))
    assert _codes(made) == [("wrong_type", "derived age", "yes_no")]
    made = _made(_yes("a"), derived=(Derived("age", Derivation.AGE, "born"),))
    assert _codes(made) == [("question_missing", "derived age", "born")]


def test_fields_of_an_item_name_fields_of_the_same_item() -> None:
    fields = (_yes("x"), _yes("y", Condition("a", ("yes",))))
    listed = Question("items", AnswerType.LIST, "Items", "Item", fields=fields)
    assert _codes(_made(_yes("a"), listed)) == [("question_missing", "s items.y", "a")]


def test_circles_are_told_however_long() -> None:
    when = [Condition(key, ("yes",)) for key in ("c", "a", "b")]
    made = _made(_yes("a", when[0]), _yes("b", when[1]), _yes("c", when[2]))
    assert [code for code, _, _ in _codes(made)] == ["condition_in_circle"]


def test_a_form_that_opens_by_its_own_question_is_a_circle() -> None:
    form = FormSpec("a", "A", "1", (), when=(Condition("q", ("yes",)),))
    assert [code for code, _, _ in _codes(_made(_yes("q"), forms=(form,)))] == [
        "condition_in_circle"
    ]


def test_rules_name_questions_that_exist_and_keys_that_they_know() -> None:
    rule = Consistency("same_answer", {"first": "a", "second": "b", "third": "c"})
    assert _codes(_made(_yes("a"), rules=(rule,))) == [
        ("question_missing", "rule 1 same_answer", "b"),
        ("unknown_key", "rule 1 same_answer", "third"),
    ]
    rule = Consistency("same_answer", {"first": "a"})
    assert _codes(_made(_yes("a"), rules=(rule,))) == [
        ("missing_key", "rule 1 same_answer", "second")
    ]


HEIRS = Question(
    "heirs",
    AnswerType.LIST,
    "Heirs",
    "Heirs",
    fields=(Question("share", AnswerType.PERCENT, "Share", "Share"), _yes("class")),
)


def test_a_rule_on_a_list_names_fields_of_its_items() -> None:
    def told(**keys: str) -> list[tuple[str, str, str]]:
        return _codes(_made(HEIRS, _yes("a"), rules=(Consistency("shares_add_up", keys),)))

    where = "rule 1 shares_add_up"
    assert told(list="heirs", share="share", by="class") == []
    assert told(list="heirs", by="class") == [("missing_key", where, "share")]
    assert told(list="heirs", share="percent", by="class") == [
        ("question_missing", where, "percent")
    ]
    assert told(list="a", share="share", by="class") == [("wrong_type", where, "a")]


def test_the_bounds_of_a_rule_are_whole_numbers() -> None:
    born = Question("born", AnswerType.DATE, "Born", "Born")
    for text, codes in (("18", []), ("x", ["not_a_whole_number"]), ("1.5", ["not_a_whole_number"])):
        rule = Consistency("age_between", {"question": "born", "min": text})
        assert [code for code, _where, _found in _codes(_made(born, rules=(rule,)))] == codes
