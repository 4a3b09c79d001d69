"""Spoiling the editions of docs/lines: one text for another, and what the check then says."""

from collections.abc import Mapping

from megler.carriers.rules.checks import check_edition
from tests import lines
from tests.carriers.books import replaced

HEAD = "edition.toml"
Told = tuple[str, str]


def line(name: str) -> Mapping[str, bytes]:
    """The edition of a page of docs/lines, which passes the check."""
    return lines.page(name).files


def told_when(name: str, old: str, new: str, file: str = HEAD) -> set[Told]:
    """(code, where) of what is told when a text of the edition is another."""
    return told(replaced(line(name), file, old, new))


def told(files: Mapping[str, bytes]) -> set[Told]:
    """(code, where) of all that the check tells."""
    return {(problem.code, problem.where) for problem in check_edition(files)[2]}


def product(key: str, number: int = 0) -> str:
    """The place of a key of a product."""
    return f"edition.toml product[{number}].{key}"


def step(name: str, do: str, **keys: str) -> str:
    """A product's step as edition.toml writes it."""
    more = "".join(f'{key} = "{value}"\n' for key, value in keys.items())
    return f'[[product.step]]\nname = "{name}"\ndo = "{do}"\n{more}'


def rider_step(name: str, do: str, **keys: str) -> str:
    """A rider's step as edition.toml writes it."""
    return step(name, do, **keys).replace("product.step", "product.rider.step")
