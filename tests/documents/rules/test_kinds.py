"""Names lead nowhere, and what is not taken is said with what was found and expected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.documents.rules.kinds import NAME_MAX, clean_name, kind_problem, size_problem
from megler.vocabulary.problems import Problem


@given(st.text(max_size=400))
def test_a_clean_name_is_a_plain_name(name: str) -> None:
    clean = clean_name(name)
    assert 1 <= len(clean) <= NAME_MAX
    assert not set(clean) & set("/\\\n\r\t\0\u202e")
    assert clean_name(clean) == clean
    assert not clean.startswith(".")


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("aps.pdf", "aps.pdf"),
        ("/home/x/aps.pdf", "aps.pdf"),
        ("..\\..\\aps.pdf", "aps.pdf"),
        ("Ærlig  søknad.pdf", "Ærlig søknad.pdf"),
        ("gnp.\u202efdp", "gnp. fdp"),
        ("", "document"),
        ("...", "document"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_names(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


def test_an_empty_and_an_oversized_file_are_refused() -> None:
    assert size_problem("a.pdf", 0, 100) == Problem(
        "document_empty", "a.pdf", "0 bytes", "PDF, PNG, JPEG, TIFF"
    )
    assert size_problem("a.pdf", 1025, 1024) == Problem(
        "document_too_large", "a.pdf", "1 kB", "1 kB"
    )
    assert size_problem("a.pdf", 1024, 1024) is None


def test_a_kind_that_is_not_taken_is_named() -> None:
    found = kind_problem("a.exe", "application/x-msdownload")
    assert found is not None
    assert (found.where, found.found) == ("a.exe", "application/x-msdownload")
    assert kind_problem("a.pdf", "application/pdf") is None
