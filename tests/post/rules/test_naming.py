"""A file travels under a name that means the same everywhere, or not at all."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.post.rules.naming import FILES_MAX, NAME_BYTES_MAX, name_problems


@pytest.mark.parametrize("name", ["A-10001.pdf", "Åse Lund.xml", "a", "x" * 120, "a.tar.gz"])
def test_plain_names_travel(name: str) -> None:
    assert name_problems([name]) == []


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a/b",
        "a\\b",
        "..",
        ".hidden",
        "c:x",
        "a\nb",
        "a\0",
        " a",
        "a ",
        "x" * 121,
        "a*",
        "Å" * 110,
    ],
)
def test_other_names_do_not(name: str) -> None:
    assert [p.code for p in name_problems([name])] == ["delivery_name"]


def test_names_are_one_that_some_servers_take_for_one() -> None:
    for twice in (["a", "a"], ["a.PDF", "A.pdf"], ["\u00e5", "a\u030a"]):
        assert [p.code for p in name_problems(twice)] == ["delivery_name_twice"]


def test_a_delivery_has_some_files_and_not_too_many() -> None:
    assert name_problems([])[0].code == "delivery_empty"
    names = [f"{n}.pdf" for n in range(FILES_MAX + 1)]
    assert [p.found for p in name_problems(names)] == [str(len(names))]
    assert name_problems(names[1:]) == []


def test_everything_wrong_is_told_at_once() -> None:
    assert len(name_problems(["a/b", "..", "x", "X"])) == 3


@settings(max_examples=50)
@given(st.text(max_size=130))
def test_a_name_that_travels_is_one_part_of_a_path_everywhere(name: str) -> None:
    if name_problems([name]) == []:
        assert PurePosixPath(name).parts == (name,)
        assert PureWindowsPath(name).parts == (name,)
        assert len(name.encode()) <= NAME_BYTES_MAX
