"""Finding a text in a table: the rating area of a place, the class of an occupation."""

from collections.abc import Mapping
from dataclasses import dataclass

from megler.carriers.rules.tables import Fact, Table
from megler.vocabulary.problems import Problem, Reason, Source

_PLACES = ("zip", "zip3", "county", "jurisdiction")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The one place that the facts allow."""

    place: str


@dataclass(frozen=True, slots=True)
class NotLookedUp:
    """Why there is not one place, and what to say to find it."""

    reasons: tuple[Reason, ...]
    problems: tuple[Problem, ...] = ()


def look_up(table: Table, facts: Mapping[str, Fact], edition: str) -> LookedUp | NotLookedUp:
    """The text of a look-up table (rating area, occupation class) for the facts.

    Texts compare without regard to case. A ZIP code in several counties with different areas needs
    the county: the problem names those to choose from.
    """
    names = [dimension.name for dimension in table.spec.dimensions]
    source = Source(edition, rule=table.spec.name)
    if facts.get(names[0]) is None:
        return NotLookedUp((Reason("fact_needed", {"fact": names[0]}, source),))
    found = table.find(facts)
    if not found and (names[0] not in _PLACES or table.find({names[0]: facts[names[0]]})):
        found = table.find(_as_listed(table, names, facts))
    if len(found) == 1:
        return LookedUp(found[0])
    asked = str(facts[names[0]])
    if not found and names[0] not in _PLACES:
        params = {"fact": names[0], "asked": asked, "offered": _few(table)}
        return NotLookedUp((Reason("choice_not_offered", params, source),))
    if not found:
        at = ", ".join(f"{n} {facts[n]}" for n in names if facts.get(n) is not None)
        return NotLookedUp((Reason("not_served", {"at": at}, source),))
    unknown = [name for name in names if facts.get(name) is None]
    fact = "county" if "county" in unknown else (unknown or names)[0]
    choices = ", ".join(_choices(table, names, fact, facts))
    params = {"fact": fact, names[0]: asked, "choices": choices}
    reason = Reason("several_areas", params, source)
    return NotLookedUp((reason,), (Problem("quote_several_areas", fact, asked, choices),))


def _choices(table: Table, names: list[str], fact: str, facts: Mapping[str, Fact]) -> list[str]:
    column = names.index(fact)
    known = [(i, str(facts[name])) for i, name in enumerate(names) if facts.get(name) is not None]
    return sorted(
        {key[column] for key in table.texts if all(key[i] == value for i, value in known)}
    )


def _few(table: Table) -> str:
    """The first texts that a table knows, for who asked for another."""
    known = sorted({key[0] for key in table.texts})
    return ", ".join(known[:_SHOWN]) + (" …" if len(known) > _SHOWN else "")


def _as_listed(table: Table, names: list[str], facts: Mapping[str, Fact]) -> Mapping[str, Fact]:
    """The facts with their texts spelled as the table spells them."""
    spelled = dict(facts)
    for column, name in enumerate(names):
        asked = facts.get(name)
        if asked is not None:
            known = {key[column] for key in table.texts}
            wanted = _folded(asked)
            same = sorted(text for text in known if _folded(text) == wanted)
            spelled[name] = same[0] if same else asked
    return spelled


def _folded(text: Fact) -> str:
    return str(text).casefold().removesuffix(" county")
