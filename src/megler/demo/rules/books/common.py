"""What the rate books have in common: heads, dimensions and the usual steps of a premium."""

from dataclasses import dataclass
from datetime import date

from megler.demo.rules.text import Table, toml_file
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Mode


@dataclass(frozen=True, slots=True)
class House:
    """A carrier: who it is, how it counts ages, where it does not sell, its fee and modes.

    `fee` is dollars a year, `modes` the factor of the yearly premium for each payment.
    """

    slug: str
    name: str
    age_basis: AgeBasis
    not_in: tuple[str, ...]
    fee: str
    modes: dict[Mode, str]


@dataclass(frozen=True, slots=True)
class Dated:
    """One edition of a series: its first day, and how its rates stand to the carrier's plan."""

    effective_from: date
    level: float = 1.0


def head(house: House, kind: str, series: str, title: str, effective_from: date) -> Table:
    """The [edition] of edition.toml."""
    made: Table = {
        "kind": kind,
        "carrier": house.slug,
        "carrier_name": house.name,
        "series": series,
        "title": f"{title}, {effective_from:%B %Y}",
        "effective_from": effective_from,
    }
    if kind == "rate_book":
        made["currency"] = "USD"
    made["source"] = "demo agency, fictional carrier"
    return made


def life_steps(
    house: House, base: str, factor: str | None = None, riders: bool = False
) -> list[Table]:
    """Rate, band factor if there is one, table rating at 25 %, flat extra, riders, fee, mode."""
    steps: list[Table] = [{"name": "base", "do": "rate", "table": base, "per": "1000"}]
    added: list[Table] = [{"name": "riders", "do": "riders"}] if riders else []
    if factor:
        steps.append({"name": "amount band", "do": "multiply", "table": factor})
    return [
        *steps,
        {"name": "table rating", "do": "table_rating", "percent": "25"},
        {"name": "flat extra", "do": "flat_extra"},
        *added,
        {"name": "policy fee", "do": "add", "amount": house.fee},
        *rounded_modes(house.modes),
    ]


def rounded_modes(modes: dict[Mode, str]) -> list[Table]:
    """To the cent, then to each mode."""
    return [
        {"name": "rounded", "do": "round", "to": "0.01", "how": "half_up"},
        {"name": "mode", "do": "mode", "factors": {m.value: f for m, f in modes.items()}},
    ]


def whole(name: str, start: int, stop: int, step: int = 1) -> Table:
    """A dimension of whole numbers in the column of its name."""
    made: Table = {"name": name, "kind": "whole", "column": name, "from": start, "to": stop}
    return made if step == 1 else {**made, "step": step}


def choice(name: str, values: list[str], across: bool = False) -> Table:
    """A dimension of listed values, in the column of its name or across."""
    made: Table = {"name": name, "kind": "choice"}
    made |= {"across": True} if across else {"column": name}
    return {**made, "values": values}


def band(name: str) -> Table:
    """A dimension of bands, in the columns name_from and name_to."""
    return {"name": name, "kind": "band", "columns": [f"{name}_from", f"{name}_to"]}


def where_sold(house: House) -> Table:
    """The jurisdictions of an [eligibility]; nothing when the carrier sells everywhere."""
    return {"jurisdictions": {"except": list(house.not_in)}} if house.not_in else {}


def table(name: str, measure: str, dimensions: list[Table], **more: object) -> Table:
    """A [[table]] in the file of its name."""
    made: Table = {"name": name, "file": f"{name}.csv", "measure": measure, **more}
    return {**made, "dimension": dimensions}


def document(described: Table, products: list[Table], tables: list[Table]) -> bytes:
    """`edition.toml` of a rate book."""
    whole_book: Table = {"format": 1, "edition": described, "product": products, "table": tables}
    return toml_file(whole_book)
