import io
import os
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.carriers.packages import (
    LARGEST_UNPACKED,
    digest,
    from_zip,
    pack,
    read_files,
    to_zip,
)
from megler.vocabulary.problems import Refused
from tests.carriers.books import term_book


def zipped(entries: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        warnings.simplefilter("ignore")
        for name, content in entries:
            package.writestr(name, content)
    return out.getvalue()


def codes(content: bytes) -> set[str]:
    with pytest.raises(Refused) as refused:
        from_zip(content)
    return {p.code for p in refused.value.problems}


def test_a_folder_and_its_zip_hold_the_same(tmp_path: Path) -> None:
    files = term_book()
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / ".DS_Store").write_bytes(b"litter")
    package = tmp_path.parent / "book.zip"
    package.write_bytes(to_zip(files))
    assert read_files(tmp_path) == read_files(package) == files
    assert digest(read_files(tmp_path)) == digest(read_files(package))
    assert to_zip(files) == to_zip(dict(reversed(files.items())))


def test_an_edition_in_one_folder_of_a_zip_is_found_and_litter_left_out() -> None:
    entries = [(f"book/{name}", content) for name, content in term_book().items()]
    assert from_zip(zipped([*entries, ("__MACOSX/book/._base.csv", b"x")])) == term_book()


def test_a_digest_tells_any_difference() -> None:
    files = term_book()
    assert digest(files) != digest({**files, "base.csv": files["base.csv"] + b" "})
    assert digest({"ab": b"c"}) != digest({"a": b"bc"})


@pytest.mark.parametrize(
    "name", ["../base.csv", "/base.csv", "a/../../b.csv", "a\\b.csv", "C:x.csv"]
)
def test_names_that_lead_outside_are_refused(name: str) -> None:
    assert codes(zipped([(name, b"x")])) == {"unsafe_name"}


def test_a_name_twice_is_refused_whatever_its_case() -> None:
    assert codes(zipped([("base.csv", b"x"), ("base.csv", b"y")])) == {"duplicate_file"}
    assert codes(zipped([("base.csv", b"x"), ("BASE.csv", b"y")])) == {"duplicate_file"}


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert codes(zipped([("base.csv", bytes(LARGEST_UNPACKED + 1))])) == {"package_too_large"}


def test_too_many_files_are_refused() -> None:
    assert codes(zipped([(f"{i}.csv", b"") for i in range(501)])) == {"too_many_files"}


@pytest.mark.parametrize("cut", [0, 1, 10, 200])
def test_what_is_no_whole_zip_is_refused(cut: int) -> None:
    assert codes(to_zip(term_book())[:cut]) == {"broken_zip"}


def test_a_spoilt_entry_is_refused() -> None:
    content = bytearray(to_zip(term_book()))
    content[60:70] = b"0123456789"
    assert codes(bytes(content)) == {"broken_zip"}


def test_links_and_absent_paths_are_refused(tmp_path: Path) -> None:
    (tmp_path / "base.csv").symlink_to("/etc/hostname")
    for path in (tmp_path, tmp_path / "absent"):
        with pytest.raises(Refused):
            read_files(path)


def test_a_large_file_is_packed_in_blocks_that_any_reader_joins() -> None:
    files = {"big.csv": b"".join(b"%d,%d\n" % (i, i * i) for i in range(300_000)), "empty.csv": b""}
    packed = pack(files)
    with zipfile.ZipFile(io.BytesIO(packed.content)) as package:
        assert package.testzip() is None
        assert {name: package.read(name) for name in package.namelist()} == files
        assert {e.date_time for e in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert from_zip(packed.content) == files
    assert packed.digest == digest(files)
    assert pack(files) == packed


@settings(deadline=None)
@given(st.dictionaries(st.from_regex(r"[a-zæ]{1,8}\.csv", fullmatch=True), st.binary(), max_size=4))
def test_a_zip_gives_back_what_was_packed(files: dict[str, bytes]) -> None:
    assert from_zip(to_zip(files)) == files


def test_what_is_neither_folder_nor_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Refused) as refused:
        read_files(tmp_path / "pipe")
    assert [p.code for p in refused.value.problems] == ["cannot_read"]
