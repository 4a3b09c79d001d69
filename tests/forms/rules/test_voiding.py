"""A change ends exactly the signatures on papers that read otherwise."""

from typing import Any

from hypothesis import given as holds_for
from hypothesis import strategies as st

from megler.forms.rules.printing import Head, paper_content
from megler.forms.rules.questionnaire import (
    Answer,
    AnswerType,
    FormSpec,
    Question,
    Questionnaire,
    Section,
    SignerRole,
    forms_needed,
)
from megler.forms.rules.voiding import (
    answers_changed,
    contents,
    contents_for,
    forms_changed,
    forms_of_masked,
    questions_behind,
)
from tests.forms.asking import HOME, WHOLE, given, small

HEAD = Head("A-1", (("Carrier", "Fjord Life"),))
NAMES = {"insured": "Kari Hope", "agent": "Anna Berg"}
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "name": st.sampled_from(["Kari Hope", "Ola Lie"]),
    "born": st.sampled_from(["1985-06-14", "1985-06-15"]),
    "smokes": st.sampled_from(["yes", "no"]),
    "smokes_details": st.sampled_from(["pipe", "cigars"]),
    "home": st.sampled_from([HOME, {**HOME, "unit": "2"}]),
    "heirs": st.lists(
        st.fixed_dictionaries(
            {"who": st.sampled_from("AB"), "class": st.just("primary"), "share": st.just("100")}
        ),
        max_size=2,
    ),
    "met": st.sampled_from(["yes", "no"]),
}
CHANGES = st.fixed_dictionaries({}, optional=VALUES)


def after(change: dict[str, Any]) -> dict[str, Answer]:
    return WHOLE | given(**change)


@holds_for(first=CHANGES, second=CHANGES, names=st.sampled_from([NAMES, {"agent": "Anna Berg"}]))
def test_exactly_the_forms_whose_paper_reads_otherwise_are_changed(
    first: dict[str, Any], second: dict[str, Any], names: dict[str, str]
) -> None:
    made = small()
    before, now = after(first), after(second)
    for role in SignerRole:
        changed = forms_changed(
            contents_for(made, contents(made, before, HEAD, NAMES), NAMES, role),
            contents_for(made, contents(made, now, HEAD, names), names, role),
        )

        def reads(answers: dict[str, Answer], people: dict[str, str], role: SignerRole) -> Any:
            return {
                form.key: paper_content(made, form, answers, HEAD, people)
                for form in forms_needed(made, answers)
                if role in form.signers and role.value in people
            }

        was, is_now = reads(before, NAMES, role), reads(now, names, role)
        assert changed == {key for key in was | is_now if was.get(key) != is_now.get(key)}


@holds_for(CHANGES)
def test_the_questions_behind_a_change_are_those_that_were_answered_anew(
    change: dict[str, Any],
) -> None:
    made, now = small(), after(change)
    changed = answers_changed(WHOLE, now)
    assert changed == {key for key in change if key not in WHOLE or change[key] != WHOLE[key].value}
    behind = questions_behind(made, changed, {"report"})
    assert behind == (["met"] if "met" in changed else [q for q in made.by_key if q in changed])


def test_a_form_that_appears_concerns_its_signers_alone() -> None:
    made, now = small(), after({"smokes": "yes"})
    was = contents(made, WHOLE, HEAD, NAMES)
    will = contents(made, now, HEAD, NAMES)
    concerned = {
        role: forms_changed(
            contents_for(made, was, NAMES, role), contents_for(made, will, NAMES, role)
        )
        for role in SignerRole
    }
    assert concerned[SignerRole.INSURED] == {"application", "notice"}
    assert concerned[SignerRole.AGENT] == {"application"}
    assert concerned[SignerRole.OWNER] == frozenset()


def test_a_number_of_which_papers_show_the_end_alone_counts_as_changed() -> None:
    from megler.applications.rules.questionnaires import questionnaire

    made = questionnaire("life")
    assert forms_of_masked(made, {"insured_ssn", "insured_employer", "gone"}) == {"application"}


def test_a_list_that_holds_such_a_number_counts_too() -> None:
    share, number = (Question(key, AnswerType(key), key, key) for key in ("percent", "ssn"))
    heirs = Question("heirs", AnswerType.LIST, "Heirs", "Heirs", fields=(share, number))
    plain = Question("plain", AnswerType.LIST, "Plain", "Plain", fields=(share,))
    form = FormSpec("application", "Application", "2026-01", (SignerRole.INSURED,))
    section = Section("people", "People", "application", (heirs, plain))
    made = Questionnaire("one", "One", "2026-01", (form,), (section,))
    assert forms_of_masked(made, {"heirs"}) == {"application"}
    assert forms_of_masked(made, {"plain"}) == frozenset()
