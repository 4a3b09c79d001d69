"""What the carriers' guides ask of an entry of the history, each question once."""

from collections.abc import Iterable
from dataclasses import dataclass

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.ratings import Listed, Question, QuestionType
from megler.underwriting.rules.mentions import mention_of
from megler.underwriting.rules.people import Entry


@dataclass(frozen=True, slots=True)
class AskedOf:
    """A question of one or several guides. `carriers` who ask it; `usual` what most answer."""

    key: str
    type: QuestionType
    text: str
    values: tuple[str, ...]
    unit: str
    usual: str
    carriers: tuple[str, ...]


def asked_about(guides: Iterable[Edition], listed: Listed, name: str) -> list[AskedOf]:
    """The questions of all guides for an entry by its name; what most guides ask comes first.

    A question that most people answer alike comes after those that decide for everybody.
    """
    found: dict[str, list[tuple[str, Question]]] = {}
    for guide in guides:
        rules = guide.guide
        if rules is None or not rules.questions:
            continue
        mention = mention_of(rules, "", listed, Entry(name=name))
        codes = {one.code for one in mention.impairments}
        for asked in rules.questions:
            if asked.impairment in codes:
                found.setdefault(asked.key, []).append((guide.carrier_name, asked))
    merged = [_merged(key, asked) for key, asked in found.items()]
    return sorted(merged, key=lambda one: (bool(one.usual), -len(one.carriers)))


def asked_of_person(guides: Iterable[Edition]) -> list[AskedOf]:
    """The questions of all guides that are asked of the person and not of an entry."""
    found: dict[str, list[tuple[str, Question]]] = {}
    for guide in guides:
        for asked in guide.guide.questions if guide.guide else ():
            if asked.impairment is None:
                found.setdefault(asked.key, []).append((guide.carrier_name, asked))
    return [_merged(key, asked) for key, asked in found.items()]


def _merged(key: str, asked: list[tuple[str, Question]]) -> AskedOf:
    first = asked[0][1]
    values = dict.fromkeys(value for _, one in asked for value in one.values)
    carriers = tuple(dict.fromkeys(carrier for carrier, _ in asked))
    return AskedOf(key, first.type, first.text, tuple(values), first.unit, first.usual, carriers)


def is_recognised(guides: Iterable[Edition], listed: Listed, name: str) -> bool:
    """Whether any guide rates what an entry's name says."""
    return any(
        mention_of(guide.guide, "", listed, Entry(name=name)).impairments
        for guide in guides
        if guide.guide is not None
    )
