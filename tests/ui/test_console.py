"""What commands read: a file or standard input, bounded, or a clear refusal."""

from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from megler.ui.console import MOST_BYTES, content_of
from megler.vocabulary.problems import Refused


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_bytes(b"{}")
    assert content_of(path, "a facts document") == b"{}"


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"[1]")))
    assert content_of(Path("-"), "a facts document") == b"[1]"


def test_a_file_without_end_is_refused_with_the_limit() -> None:
    with pytest.raises(Refused) as refused:
        content_of(Path("/dev/zero"), "a facts document")
    (problem,) = refused.value.problems
    assert (problem.code, problem.where) == ("cannot_read", "/dev/zero")
    assert str(MOST_BYTES // 1024**2) in problem.expected


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        content_of(tmp_path / "none.json", "a facts document")
    (problem,) = refused.value.problems
    assert problem.where.endswith("none.json")
