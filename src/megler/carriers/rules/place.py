"""Where something stands in an edition: a file, and in a table its row and column."""

import re

_HEAD = "edition.toml "
_PLACE = re.compile(r"^(?P<file>.+?)(?: row (?P<row>\d+))?(?: column (?P<column>.+))?$", re.DOTALL)


def place(file: str, row: int | None = None, column: str = "") -> str:
    """The `where` of a problem in a file. Rows count as in a spreadsheet: the header is row 1.

    >>> place("base.csv", 7, "age")
    'base.csv row 7 column age'
    """
    return (
        file + (f" row {row}" if row is not None else "") + (f" column {column}" if column else "")
    )


def split_place(where: str) -> tuple[str, int | None, str]:
    """File, row and column (or key of edition.toml) of a problem's `where`.

    >>> split_place("base.csv row 7 column age")
    ('base.csv', 7, 'age')
    >>> split_place("edition.toml product[0].code")
    ('edition.toml', None, 'product[0].code')
    """
    found = _PLACE.match(where)
    if where.startswith(_HEAD) and (not found or not found["row"]):
        return _HEAD.strip(), None, where.removeprefix(_HEAD)
    if not found:
        return where, None, ""
    row = found["row"]
    return found["file"], int(row) if row else None, found["column"] or ""


def shown(text: str, longest: int = 60) -> str:
    """What stood there, short enough to print and without control characters.

    >>> shown("a\\tb")
    'a\\\\tb'
    """
    clean = "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[:longest]
    )
    return clean + ("…" if len(text) > longest else "")
