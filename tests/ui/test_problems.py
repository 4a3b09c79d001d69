"""Problems as sentences, and in the form where they belong."""

from django import forms
from django.utils.translation import override

from megler.ui.problems import add_to_form, sentence
from megler.vocabulary.problems import Problem


class Question(forms.Form):
    born = forms.CharField()


def test_a_code_without_a_sentence_hides_nothing() -> None:
    told = sentence(Problem("brand_new", "rates.csv row 7", "abc", "a number"))
    assert told == "rates.csv row 7: brand_new, abc (a number)"


def test_percent_signs_in_what_was_found_do_no_harm() -> None:
    assert "100 %s" in sentence(Problem("wrong_value", "share", "100 %s", "less"))


def test_problems_stand_at_their_field_or_at_the_top() -> None:
    form = Question({"born": "x"})
    add_to_form(
        form, [Problem("missing", "born", "", "a date"), Problem("missing", "sex", "", "it")]
    )
    assert form.errors["born"] == ["born is missing: expected a date."]
    assert form.non_field_errors() == ["sex is missing: expected it."]


def test_parts_that_a_room_knows_are_told_in_the_readers_language() -> None:
    problem = Problem("too_many_files", "zip", "900", "at most 500")
    with override("nb"):
        assert sentence(problem) == "zip: for mange filer (900); høyst 500 er tillatt."
    assert sentence(problem) == "zip: too many files (900); at most 500 are allowed."


def test_what_nobody_knows_is_told_as_it_stands() -> None:
    with override("nb"):
        told = sentence(Problem("not_an_amount", "Beløp", "at most #", "# of 3 things"))
    assert told == "Beløp: «at most #» er ikke et beløp. Skriv # of 3 things."
