import numpy as np
import pytest

from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.keeping import ALIGNMENT, MARK, from_kept_form, kept_form
from megler.carriers.rules.tables import Table
from tests.carriers.books import term_book
from tests.carriers.rules.areas import area_book

BOOKS = [term_book(), area_book()]


def kept(files: dict[str, bytes]) -> tuple[dict[str, Table], bytes]:
    """The tables of a book, and what is kept of it."""
    _, tables, _ = check_edition(files)
    assert tables
    return tables, b"".join(kept_form("digest", {"edition.toml": files["edition.toml"]}, tables))


@pytest.mark.parametrize("files", BOOKS)
def test_what_is_kept_gives_back_the_tables(files: dict[str, bytes]) -> None:
    tables, content = kept(files)
    found = from_kept_form(memoryview(content))
    assert found is not None
    assert found.digest == "digest"
    assert found.files == {"edition.toml": files["edition.toml"]}
    assert set(found.tables) == set(tables)
    for name, table in tables.items():
        again = found.tables[name].of(table.spec)
        assert again.axes == table.axes
        assert again.texts == table.texts
        assert (again.cells == table.cells).all()
        assert again.scale == table.scale


def test_the_cells_are_read_where_they_lie() -> None:
    _, content = kept(term_book())
    found = from_kept_form(memoryview(content))
    assert found is not None
    cells = found.tables["base"].cells
    assert not cells.flags.writeable
    at = cells.__array_interface__["data"][0] - np.frombuffer(content, np.uint8).ctypes.data
    assert at % ALIGNMENT == 0


@pytest.mark.parametrize("files", BOOKS)
def test_any_change_or_loss_of_bytes_is_seen(files: dict[str, bytes]) -> None:
    _, content = kept(files)
    for at in (0, len(MARK), len(MARK) + 32, len(MARK) + 41, len(content) // 2, len(content) - 1):
        spoilt = bytearray(content)
        spoilt[at] ^= 1
        assert from_kept_form(memoryview(bytes(spoilt))) is None
        assert from_kept_form(memoryview(content[:at])) is None
