"""Where a carrier sells, and which states share a rule of replacement."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from megler.applications.rules.replacement_table import RuleTable
from megler.demo.rules.books.common import House
from megler.vocabulary.codes import JURISDICTIONS


@dataclass(frozen=True, slots=True)
class Sold:
    """The states where a carrier sells, and the states of each family of replacement rules.

    `families` has them by line (`life` or `annuity`) and family.
    """

    states: tuple[str, ...]
    families: Mapping[tuple[str, str], tuple[str, ...]]

    def family(self, line: str, name: str) -> tuple[str, ...]:
        """The states of a family of rules for a line, in alphabetical order."""
        return self.families.get((line, name), ())


def everywhere(table: RuleTable) -> Sold:
    """All states, with the families of the table's newest rows."""
    newest = {}
    for row in sorted(table.rows, key=lambda row: row.effective_from):
        newest[row.line, row.state] = row.family
    families: dict[tuple[str, str], tuple[str, ...]] = {}
    for (line, state), family in sorted(newest.items()):
        families[line, family] = (*families.get((line, family), ()), state)
    return Sold(tuple(sorted(JURISDICTIONS)), families)


def sold_states(house: House, sold: Sold) -> Sold:
    """The same without the states where the carrier does not sell."""
    return replace(sold, states=tuple(one for one in sold.states if one not in house.not_in))
