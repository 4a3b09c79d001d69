"""Names in what people write."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.vocabulary.words import Phrasebook, everyday, plain, slips, tokens


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Crohn's Disease", "crohn disease"),
        ("CROHNS   disease", "crohn disease"),
        ("Type II diabetic", "type 2 diabetic"),
        ("type2 diabetic", "type 2 diabetic"),
        ("stage IV", "stage 4"),
        ("I had IV fluids", "i had iv fluid"),
        ("Leukaemia, tumours", "leukemia tumor"),
        ("Guillain-Barré", "guillain barre"),
        ("a-fib", "a fib"),
        ("allergies", "allergy"),
        ("2nd degree", "second degree"),
        ("", ""),
        ("?!", ""),
    ],
)
def test_texts_are_compared_without_case_signs_and_plurals(written: str, compared: str) -> None:
    assert plain(written) == compared


def test_words_know_their_place_in_the_text() -> None:
    text = "Dr. Ødegård: Guillain-Barré, type2"
    for one in tokens(text):
        assert text[one.start : one.end]
    assert [text[one.start : one.end] for one in tokens(text)][-3:] == ["Barré", "type", "2"]


@given(st.text())
def test_any_text_has_words_within_it_in_order(text: str) -> None:
    found = tokens(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


BOOK = Phrasebook(
    [("heart attack", "mi"), ("attack", "a"), ("cerebral palsy", "cp"), ("asthma", "as")]
)


def found(text: str) -> list[str]:
    return [one.value for one in BOOK.find(tokens(text))]


def test_the_longest_name_wins_and_each_word_counts_once() -> None:
    assert found("asthma attack after a heart attack") == ["as", "a", "mi"]


def test_a_word_that_nobody_knows_is_the_name_it_is_a_slip_away_from() -> None:
    assert found("asthna, cerebrel palsey") == ["as", "cp"]


@pytest.mark.parametrize("word", ["hart", "attic", "bsthma", "asthmatics2"])
def test_short_words_other_beginnings_and_codes_are_left_alone(word: str) -> None:
    assert BOOK.mended(word) == word


def test_an_everyday_word_is_no_slip_of_a_name() -> None:
    assert "cancel" in everyday()
    assert Phrasebook([("cancer", "c")]).find(tokens("cancel my policy")) == []


def test_a_known_word_is_no_slip_of_another() -> None:
    assert Phrasebook([("angina", "a")], {"angine"}).find(tokens("angine")) == []


def test_a_name_belongs_to_one_value() -> None:
    with pytest.raises(ValueError, match="Strokes"):
        Phrasebook([("stroke", "a"), ("Strokes", "b")])


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_slips_are_the_same_both_ways_and_none_only_between_equals(one: str, other: str) -> None:
    far = slips(one, other, 9)
    assert far == slips(other, one, 9)
    assert (far == 0) == (one == other)
    assert slips(one, other, 1) == min(far, 2)


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [("hte", "the", 1), ("chrons", "crohns", 2), ("cat", "cart", 1), ("a", "b", 1)],
)
def test_a_swap_is_one_slip(one: str, other: str, far: int) -> None:
    assert slips(one, other, 3) == far
