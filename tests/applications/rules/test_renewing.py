"""What a newer edition of the forms changes, and which answers go over."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from megler.applications.rules.renewing import FormChange, carried_over, form_changes, stale_forms
from megler.forms.rules.questionnaire import (
    AnswerType,
    FormSpec,
    Question,
    Questionnaire,
    Section,
)

FROM = date(2026, 1, 1)


def _made(*forms: FormSpec, questions: tuple[Question, ...] = ()) -> Questionnaire:
    asked = questions or (Question("name", AnswerType.TEXT, "Name", "Name"),)
    return Questionnaire("q", "Q", "1", forms, (Section("s", "S", forms[0].key, asked),))


def _form(key: str, edition: str, until: date | None = None) -> FormSpec:
    return FormSpec(key, key.title(), edition, (), number=f"N-{key}", earlier_until=until)


def test_forms_that_are_others_new_or_gone_are_named() -> None:
    old = _made(_form("a", "1"), _form("b", "1"), _form("c", "1"))
    new = _made(_form("a", "1"), _form("b", "2"), _form("d", "1"))
    assert form_changes(old, new, FROM) == [
        FormChange("b", "B", "N-b", "1", "2", date(2025, 12, 31)),
        FormChange("d", "D", "N-d", "", "1"),
        FormChange("c", "C", "N-c", "1", ""),
    ]


def test_an_earlier_form_is_stale_from_the_day_after_its_last() -> None:
    old, new = _made(_form("a", "1")), _made(_form("a", "2", date(2026, 3, 31)))
    changes = form_changes(old, new, FROM)
    assert stale_forms(old, {}, changes, date(2026, 3, 31)) == []
    (one,) = stale_forms(old, {}, changes, date(2026, 4, 1))
    assert (one.problem.code, one.form, one.problem.expected) == ("form_stale", "a", "2026-03-31")


def test_answers_go_over_where_the_question_takes_them() -> None:
    old = _made(
        _form("a", "1"),
        questions=(
            Question("name", AnswerType.TEXT, "Name", "Name"),
            Question("size", AnswerType.TEXT, "Size", "Size"),
            Question("shoe", AnswerType.TEXT, "Shoe", "Shoe"),
        ),
    )
    new = _made(
        _form("a", "2"),
        questions=(
            Question("name", AnswerType.TEXT, "Full name", "Name"),
            Question("size", AnswerType.WHOLE, "Size", "Size"),
        ),
    )
    kept = {
        key: {"value": value} for key, value in (("name", "Kari"), ("size", "big"), ("shoe", "7"))
    }
    answers, gone = carried_over(old, new, kept)
    assert answers["name"] == {"value": "Kari"}
    assert answers["size"] == {"value": None, "raw": "big"}
    assert answers["shoe"] == {"value": "7"}  # kept aside, should a later edition ask again
    assert gone == ["Size", "Shoe"]


@given(st.dictionaries(st.sampled_from(["name", "other"]), st.text(max_size=20)))
def test_nothing_that_was_given_is_lost(values: dict[str, str]) -> None:
    made = _made(_form("a", "1"))
    kept = {key: {"value": value, "by": "Kari"} for key, value in values.items()}
    answers, _ = carried_over(made, made, kept)
    for key, one in kept.items():
        assert answers[key]["by"] == "Kari"
        assert one["value"] in (answers[key]["value"], answers[key].get("raw"))


def test_a_list_that_is_asked_otherwise_keeps_its_rows_to_be_put_right() -> None:
    name, share = (Question(key, AnswerType.TEXT, key, key) for key in ("name", "share"))
    heirs = Question("heirs", AnswerType.LIST, "Heirs", "Heirs", fields=(name, share))
    other = Question("heirs", AnswerType.LIST, "Heirs", "Heirs", fields=(name,))
    rows = [{"name": "Ola", "share": "half"}]
    answers, gone = carried_over(
        _made(_form("a", "1"), questions=(heirs,)),
        _made(_form("a", "2"), questions=(other,)),
        {"heirs": {"value": rows, "raw": "", "by": "Anna"}},
    )
    assert gone == ["Heirs"]
    assert answers["heirs"] == {"value": None, "raw": rows, "by": "Anna"}
