"""What kind a paper is: measured on papers the rules had never seen, and never sure of nonsense."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.papers.rules.kinds import PaperKind
from megler.papers.rules.sorting import name_words, sort_paper
from tests.papers.examples import alike, examples


def measured(which: str) -> tuple[int, int, int, int]:
    """Right, wrong though sure, sure, and all, over the examples of a set."""
    right = wrong_though_sure = sure = total = 0
    for kind, name, lines in examples(which):
        found = sort_paper(lines, name)
        is_right = found.kind is kind or (kind is PaperKind.OTHER and not found.is_sure)
        total += 1
        right += is_right
        sure += found.is_sure
        wrong_though_sure += found.is_sure and not is_right
    return right, wrong_though_sure, sure, total


def test_the_examples_of_both_sets_have_little_in_common() -> None:
    seen = list(examples("train"))
    near = [(a[1], b[1]) for a in examples("test") for b in seen if alike(a, b) > 0.5]
    assert near == []


@pytest.mark.parametrize(("which", "share"), [("train", 0.97), ("test", 0.9)])
def test_most_are_right_and_none_is_wrong_though_sure(which: str, share: float) -> None:
    right, wrong_though_sure, _sure, total = measured(which)
    assert wrong_though_sure == 0
    assert right / total >= share


def test_each_kind_is_among_the_examples() -> None:
    for which in ("train", "test"):
        assert {kind for kind, _name, _lines in examples(which)} == set(PaperKind)


def test_the_reasons_are_words_of_the_paper() -> None:
    found = sort_paper(["Attending Physician’s Statement", "office visit"])
    assert found.kind is PaperKind.APS
    assert found.reasons[0] == "attending physician's statement"


def test_two_kinds_alike_strong_are_not_sure() -> None:
    found = sort_paper(["x"] * 10 + ["laboratory report", "electrocardiogram"])
    assert not found.is_sure
    assert found.second is not None


def test_the_name_alone_is_a_hint_and_not_sure() -> None:
    found = sort_paper([], "Hope_APS.pdf")
    assert (found.kind, found.is_sure, found.reasons) == (PaperKind.APS, False, ("aps",))


def test_names_are_cut_into_words() -> None:
    assert name_words("KariHope-EKG(2).PDF") == ["kari", "hope", "ekg", "2"]


@given(st.lists(st.text(max_size=60), max_size=30), st.text(max_size=40))
def test_any_text_gives_an_answer(lines: list[str], name: str) -> None:
    found = sort_paper(lines, name)
    assert 0 <= found.confidence < 1
    assert found.is_sure <= bool(found.reasons)
