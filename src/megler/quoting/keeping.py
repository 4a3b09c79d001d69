"""The compiled market on disk: a file of cells that all processes of a machine map and share.

Cells are kept by book, so that a new edition compiles its own book only, and end to end by market,
which is what processes map. Names hold a digest of editions, guides and layout: what is there is
right, nothing is ever changed. Files are written aside and moved into place, so that processes
that start together may all write.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from megler.quoting.rules.books import Book
from megler.quoting.rules.market.blocks import Block
from megler.quoting.rules.market.compiling import Arranged, BookCells, Market, arrange, fill
from megler.quoting.rules.market.limits import Ints
from megler.underwriting.rules.standing import Guides

FORMAT = 1
"""Goes up when the layout of cells changes in a way that their addresses do not tell."""
KEPT_MARKETS = 3
"""So many markets stay; processes that map an older one keep it until they end."""


def kept_market(
    folder: Path,
    books: Sequence[Book],
    guides: Guides,
    on: date,
    digest_of: Callable[[Book], str] | None = None,
) -> Market:
    """The market of a day with its cells mapped from the folder, compiled only where missing.

    `digest_of` tells a book's content; by itself its cells are read for it.
    """
    arranged = arrange(books, guides, on)
    of_content = digest_of or content_digest
    names = {
        id(book): _digest([of_content(book), *map(_layout, blocks)])
        for book, blocks in arranged.by_book
    }
    home = folder / f"market-{_digest(list(names.values()))}"
    if not (home / "index.json").exists():
        _write_market(folder, home, arranged, names)
        _drop_old(folder)
    return _mapped(home, arranged)


def content_digest(book: Book) -> str:
    """The digest of a book's name, heads and figures."""
    total = hashlib.blake2b(book.edition.name.encode(), digest_size=16)
    for name in sorted(book.tables):
        table = book.tables[name]
        total.update(repr((name, table.axes, table.scale)).encode())
        total.update(np.ascontiguousarray(table.cells).tobytes())
    return total.hexdigest()


def _digest(parts: Sequence[str]) -> str:
    total = hashlib.blake2b(f"{FORMAT}\n".encode(), digest_size=16)
    for part in parts:
        total.update(f"{len(part)}\n{part}\n".encode())
    return total.hexdigest()


def _layout(block: Block) -> str:
    """Everything that decides where a block's cells lie, and which they are."""
    lanes = [(lane.plan.order, lane.modes, lane.kind.available) for lane in block.lanes]
    axes = [
        (operand.axes, operand.by_outcome, [cells.axes for cells in operand.lanes])
        for operand in block.operands
    ]
    return repr((block.width, lanes, axes, block.slot.rows, block.key.shape))


def _mapped(home: Path, arranged: Arranged) -> Market:
    index = json.loads((home / "index.json").read_text("utf-8"))
    cells: Ints = np.load(home / "cells.npy", mmap_mode="r")
    firsts = np.cumsum([0, *index["sizes"]])
    books = {id(book): number for number, (book, _) in enumerate(arranged.by_book)}

    def of_book(book: Book, _blocks: Sequence[Block]) -> BookCells:
        at = books[id(book)]
        part = cells[firsts[at] : firsts[at + 1]]
        starts, tops = index["starts"][at], index["tops"][at]
        return BookCells(part, tuple(map(tuple, starts)), tuple(map(tuple, tops)))

    return arranged.with_cells(of_book, lambda _: cells)


def _write_market(folder: Path, home: Path, arranged: Arranged, names: dict[int, str]) -> None:
    parts = [
        _book_cells(folder / f"book-{names[id(book)]}", book, blocks)
        for book, blocks in arranged.by_book
    ]
    sizes = [len(part.cells) for part in parts]

    def write(aside: Path) -> None:
        cells = np.lib.format.open_memmap(
            aside / "cells.npy", mode="w+", dtype=np.int32, shape=(max(sum(sizes), 1),)
        )
        first = 0
        for part, size in zip(parts, sizes, strict=True):
            cells[first : first + size] = part.cells
            first += size
        cells.flush()
        index = {
            "sizes": sizes,
            "starts": [part.starts for part in parts],
            "tops": [part.tops for part in parts],
        }
        (aside / "index.json").write_text(json.dumps(index), "utf-8")

    _put(home, write)


def _book_cells(home: Path, book: Book, blocks: Sequence[Block]) -> BookCells:
    """A book's cells from its file, made first where there is none."""
    if not (home / "index.json").exists():
        made = fill(book, blocks)

        def write(aside: Path) -> None:
            np.save(aside / "cells.npy", made.cells)
            index = {"starts": made.starts, "tops": made.tops}
            (aside / "index.json").write_text(json.dumps(index), "utf-8")

        _put(home, write)
        return made
    index = json.loads((home / "index.json").read_text("utf-8"))
    cells: Ints = np.load(home / "cells.npy", mmap_mode="r")
    return BookCells(cells, tuple(map(tuple, index["starts"])), tuple(map(tuple, index["tops"])))


def _put(home: Path, write: Callable[[Path], None]) -> None:
    """Writes a folder aside and moves it into place; another's that came first is as good."""
    home.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".aside-", dir=home.parent))
    try:
        write(aside)
        aside.replace(home)
    except OSError:
        if not (home / "index.json").exists():
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _drop_old(folder: Path) -> None:
    """Removes all but the latest markets."""
    markets = sorted(folder.glob("market-*"), key=lambda path: path.stat().st_mtime)
    for old in markets[:-KEPT_MARKETS]:
        shutil.rmtree(old, ignore_errors=True)
