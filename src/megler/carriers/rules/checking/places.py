"""What a look-up finds must be what the product has rates for; the places it reads are places."""

import re
from collections.abc import Iterator, Mapping

from megler.carriers.rules.building import Built
from megler.carriers.rules.checking.uses import parts_of, table_of
from megler.carriers.rules.edition import Edition
from megler.carriers.rules.place import shown
from megler.carriers.rules.products import Product
from megler.carriers.rules.sheets import capped
from megler.carriers.rules.steps import LookUpStep
from megler.carriers.rules.tables import ChoiceAxis
from megler.vocabulary.problems import Problem

ZIP3 = re.compile(r"[0-9]{3}")


def place_problems(edition: Edition, built: Mapping[str, Built]) -> list[Problem]:
    """Rows of a look-up table whose text a table of the product lacks, unless it is sparse."""
    problems: list[Problem] = []
    for product in edition.products:
        for step in (step for part in parts_of(product, "") for step in part.steps):
            if isinstance(step, LookUpStep) and step.table in built:
                for name, known in _held(product, step.result, built):
                    problems += _unknown(built[step.table], name, known)
    for made in built.values():
        problems += capped(list(_zip3_problems(made)), made.sheet.file)
    return list(dict.fromkeys(problems))


def _zip3_problems(built: Built) -> Iterator[Problem]:
    """The first three digits of a ZIP code that are not three digits: spreadsheets drop zeros."""
    for dimension in built.table.spec.dimensions:
        if dimension.name != "zip3" or dimension.across:
            continue
        column = dimension.columns[0]
        for i, text in enumerate(built.sheet.columns[column]):
            if not ZIP3.fullmatch(text):
                short = text.isascii() and text.isdigit() and len(text) < 3
                code = "zip_zeros_lost" if short else "bad_zip"
                expected = text.zfill(3) if short else "three digits"
                yield Problem(code, built.sheet.place(i, column), shown(text), expected)


def _held(
    product: Product, fact: str, built: Mapping[str, Built]
) -> list[tuple[str, tuple[str, ...]]]:
    """The tables of the product's steps that read a fact, and the values that they have."""
    found = []
    for step in (step for part in parts_of(product, "") for step in part.steps):
        name = table_of(step) or ""
        if name in built and not built[name].table.spec.sparse:
            axes = [axis for axis in built[name].table.axes if axis.name == fact]
            found += [(name, axis.values) for axis in axes if isinstance(axis, ChoiceAxis)]
    return found


def _unknown(places: Built, name: str, known: tuple[str, ...]) -> list[Problem]:
    sheet = places.sheet
    expected = f"a value of table {name}: " + " | ".join(known)[:160]
    wanted = set(known)
    return capped(
        [
            Problem("not_in_table", sheet.place(i, "value"), value, expected)
            for i, value in enumerate(sheet.columns["value"])
            if value not in wanted
        ],
        sheet.file,
    )
