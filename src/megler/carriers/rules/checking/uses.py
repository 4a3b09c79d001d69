"""What a product uses: its steps and those of its riders, and the tables that they read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from megler.carriers.rules.layout import Dimension, TableSpec
from megler.carriers.rules.products import Product, Rider
from megler.carriers.rules.steps import JointAgeStep, LookUpStep, Step


@dataclass(frozen=True, slots=True)
class Part:
    """The steps of a product, or of one of its riders, and where they stand in edition.toml."""

    at: str
    steps: tuple[Step, ...]
    rider: Rider | None = None


def parts_of(product: Product, at: str) -> list[Part]:
    """The product's own steps first, then those of each rider."""
    riders = [Part(f"{at}.rider[{i}]", r.steps, r) for i, r in enumerate(product.riders)]
    return [Part(at, product.steps), *riders]


def table_of(step: Step) -> str | None:
    """The table that a step reads, if any."""
    return getattr(step, "table", None) or None


def reads_of(
    product: Product, specs: Mapping[str, TableSpec], at: str
) -> Iterator[tuple[str, Step, TableSpec]]:
    """Each step that reads a table that is there: where the step stands, the step, the table."""
    for part in parts_of(product, at):
        for i, step in enumerate(part.steps):
            name = table_of(step)
            if name and name in specs:
                yield f"{part.at}.step[{i}]", step, specs[name]


def dimensions_of(
    product: Product, specs: Mapping[str, TableSpec], at: str
) -> list[tuple[TableSpec, Dimension]]:
    """The dimensions of all tables that the product and its riders read, each once."""
    found = {spec.name: spec for _, _, spec in reads_of(product, specs, at)}
    return [(spec, dimension) for spec in found.values() for dimension in spec.dimensions]


def found_by(steps: Sequence[Step]) -> frozenset[str]:
    """The facts that the steps themselves find: rating areas, joint ages."""
    return frozenset(s.result for s in steps if isinstance(s, LookUpStep | JointAgeStep))
