"""Reading an edition: edition.toml, and for a guide or a form set the files of its parts."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from megler.carriers.rules.edition import Correction, Edition, EditionKind
from megler.carriers.rules.keys import CODE, CURRENCY, SLUG, Keys
from megler.carriers.rules.layout import TableSpec
from megler.carriers.rules.place import place, shown
from megler.carriers.rules.products import Product
from megler.carriers.rules.reading.form_sets import read_form_set
from megler.carriers.rules.reading.guides import read_guide
from megler.carriers.rules.reading.layouts import read_layouts
from megler.carriers.rules.reading.parts import GuideFiles
from megler.carriers.rules.reading.products import read_products
from megler.carriers.rules.sheets import read_text
from megler.vocabulary.problems import Problem, errors

HEAD = "edition.toml"
LARGEST_HEAD = 256 * 1024
LONGEST_LINE = 1000
"""Longer lines are no edition's, and a TOML key of many dots takes quadratic time to read."""
_AT_LINE = re.compile(r"\(at line (\d+)")


def read_edition(files: Mapping[str, bytes]) -> tuple[Edition | None, list[Problem]]:
    """The edition that the files (name in the folder -> content) hold, and all that is wrong.

    None when anything in edition.toml or a guide's part is an error; the tables of a rate book are
    not read here.
    """
    edition, _, _, problems = read_with_files(files)
    return (None if errors(problems) else edition), problems


def read_with_files(
    files: Mapping[str, bytes],
) -> tuple[Edition | None, set[str], GuideFiles, list[Problem]]:
    """The edition as far as it can be read, even with errors; the names it uses; all problems."""
    problems: list[Problem] = []
    values = _toml(files, problems)
    if values is None:
        return None, {HEAD}, GuideFiles(), problems
    top = Keys(values, "", problems)
    if top.whole("format", least=0) not in (1, None):
        top.tell("unknown_format", "format", values.get("format"), "1")
    head = top.inside("edition", required=True)
    kind = head.choice("kind", EditionKind) if head else None
    if head is None or kind is None:
        return None, {HEAD}, GuideFiles(), problems
    guide, parts = None, GuideFiles()
    forms, named = None, set[str]()
    products: tuple[Product, ...] = ()
    tables: tuple[TableSpec, ...] = ()
    if kind is EditionKind.GUIDE:
        guide, parts = read_guide(top, files)
    elif kind is EditionKind.FORM_SET:
        forms, named = read_form_set(top, files)
    else:
        products, tables = read_products(top), read_layouts(top)
    corrections = tuple(_correction(keys) for keys in top.each("correction"))
    edition = replace(
        _head(head, kind),
        products=products,
        tables=tables,
        guide=guide,
        form_set=forms,
        corrections=corrections,
    )
    top.done()
    used = {HEAD, *parts.named(), *named, *(t.file for t in tables if t.file)}
    return edition, used, parts, problems


def _toml(files: Mapping[str, bytes], problems: list[Problem]) -> dict[str, object] | None:
    if HEAD not in files:
        problems.append(Problem("missing_file", HEAD, "", HEAD))
        return None
    content = files[HEAD]
    if len(content) > LARGEST_HEAD:
        problems.append(Problem("file_too_large", HEAD, str(len(content)), str(LARGEST_HEAD)))
        return None
    text, faults = read_text(HEAD, content)
    problems += faults
    if text is None:
        return None
    long = next((i for i, line in enumerate(text.split("\n"), 1) if len(line) > LONGEST_LINE), 0)
    if long:
        found = f"longer than {LONGEST_LINE} characters"
        problems.append(Problem("line_too_long", place(HEAD, long), found, "shorter lines"))
        return None
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError, OverflowError) as error:
        line = _AT_LINE.search(str(error))
        where = place(HEAD, int(line[1])) if line else HEAD
        problems.append(Problem("broken_toml", where, shown(str(error), 120), "TOML"))
        return None


def _head(head: Keys, kind: EditionKind) -> Edition:
    is_book = kind is EditionKind.RATE_BOOK
    products_for = () if is_book else head.texts("products") or ()
    currency = "" if not is_book else head.text("currency", like=CURRENCY)
    effective_from = head.day("effective_from")
    effective_until = head.day("effective_until", required=False)
    if effective_from and effective_until and effective_until < effective_from:
        head.tell("bounds_reversed", "effective_until", effective_until, f"from {effective_from}")
    if effective_from and not 1900 <= effective_from.year <= 2200:
        head.tell("out_of_range", "effective_from", effective_from, "1900 to 2200")
    edition = Edition(
        kind=kind,
        carrier=head.text("carrier", like=SLUG),
        carrier_name=head.text("carrier_name"),
        series=head.text("series", like=SLUG),
        title=head.text("title"),
        effective_from=effective_from or date.min,
        effective_until=effective_until,
        currency=currency,
        source=head.text("source", longest=LONGEST_LINE),
        products_for=products_for,
    )
    _codes(head, products_for)
    head.done()
    return edition


def _codes(head: Keys, codes: tuple[str, ...]) -> None:
    for i, code in enumerate(codes):
        if not CODE.fullmatch(code):
            head.tell("bad_code", f"products[{i}]", code, "lower-case letters, digits and hyphens")


def _correction(keys: Keys) -> Correction:
    read = Correction(
        file=keys.text("file"),
        row=keys.whole("row", least=2) or 2,
        column=keys.text("column"),
        published=keys.text("published"),
        stands=keys.text("stands"),
        because=keys.text("because", longest=LONGEST_LINE),
    )
    keys.done()
    return read
