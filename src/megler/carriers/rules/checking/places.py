"""Rating areas that a look-up finds must be ones that the product has rates for."""

from collections.abc import Mapping

from megler.carriers.rules.building import Built
from megler.carriers.rules.edition import Edition
from megler.carriers.rules.products import Product
from megler.carriers.rules.sheets import capped
from megler.carriers.rules.steps import LookUpStep
from megler.carriers.rules.tables import ChoiceAxis
from megler.vocabulary.problems import Problem


def place_problems(edition: Edition, built: Mapping[str, Built]) -> list[Problem]:
    """Rows of a look-up table whose text a table of the product lacks, unless it is sparse."""
    problems: list[Problem] = []
    for product in edition.products:
        for step in product.steps:
            if isinstance(step, LookUpStep) and step.table in built:
                for name, known in _held(product, step.result, built):
                    problems += _unknown(built[step.table], name, known)
    return list(dict.fromkeys(problems))


def _held(
    product: Product, fact: str, built: Mapping[str, Built]
) -> list[tuple[str, tuple[str, ...]]]:
    """The tables of the product's steps that read a fact, and the values that they have."""
    found = []
    for step in product.steps:
        name = str(getattr(step, "table", ""))
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
