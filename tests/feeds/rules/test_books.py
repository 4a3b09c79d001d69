"""Every sheet that a layout fits is read; what is left out is told."""

from megler.exchange.sheets import Sheet
from megler.feeds.rules.books import read_book
from megler.feeds.rules.guessing import guess

HEAD = ("Policy", "Insured", "Status", "Requirement")


def a_sheet(name: str, *rows: tuple[str, ...], is_hidden: bool = False) -> Sheet:
    return Sheet(name, rows, tuple(range(1, len(rows) + 1)), is_hidden=is_hidden)


PENDING = a_sheet("Pending", HEAD, ("NL-1", "Kari Hope", "UW", "APS"))
ISSUED = a_sheet(
    "Issued", ("Issued",), HEAD, ("NL-2", "Nils Berg", "Issued", ""), ("NL-1", "", "", "MIB")
)
CODES = a_sheet("Codes", HEAD, ("X1", "Nobody", "UW", ""), is_hidden=True)
OTHER = a_sheet("Closed", ("Contract", "Client", "Outcome", "Stage"), ("NL-3", "A B", "x", "NTO"))
COVER = a_sheet("Cover", ("Nordhavn Life",), ("Agency", "Fjord"))


def test_all_sheets_of_a_book_are_one_file() -> None:
    found = guess(PENDING.rows)
    assert found is not None
    book = read_book([found.layout()], [COVER, CODES, PENDING, ISSUED, OTHER])
    assert book is not None
    assert [(r.policy_number, r.line) for r in book.records] == [("NL-1", 2), ("NL-2", 1_000_003)]
    assert [r.words for r in book.records[0].requirements] == ["APS", "MIB"]
    assert [(p.code, p.where) for p in book.problems] == [("feed_sheet_left", "Closed")]
    assert book.titles == (("Issued",),)


def test_each_sheet_is_read_by_the_layout_that_fits_it() -> None:
    one, other = guess(PENDING.rows), guess(OTHER.rows)
    assert one is not None
    assert other is not None
    book = read_book([other.layout(), one.layout()], [PENDING, OTHER])
    assert book is not None
    assert [r.status for r in book.records] == ["UW", "NTO"]
    assert read_book([other.layout()], [PENDING]) is None
