"""What a person's facts mention, recognised as the impairments that a guide rates."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import Impairment, Listed
from megler.underwriting.rules.people import Entry, Person
from megler.vocabulary.conditions import by_icd10, conditions, drug, plain, recognised, wider

EVERY_OTHER = "*"
"""The word of a `travel` impairment for every country that no other names."""
HISTORY = (
    Listed.CONDITIONS,
    Listed.MEDICATIONS,
    Listed.DRIVING,
    Listed.CRIMINAL,
    Listed.AVOCATIONS,
    Listed.TRAVEL,
)
"""The lists of the facts document that tell a history."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry of the facts at its place (`conditions[0]`), and what it is.

    `codes` are what it is and every wider thing; `impairments` those of the guide that judge it.
    """

    place: str
    listed: Listed
    entry: Entry
    codes: frozenset[str]
    impairments: tuple[Impairment, ...]


def mentions(guide: Guide, person: Person) -> list[Mention]:
    """Everything that the person's lists and occupation mention, in the order of the lists."""
    return [
        mention_of(guide, place, listed, entry) for place, listed, entry in _entries(guide, person)
    ]


def _entries(guide: Guide, person: Person) -> Iterator[tuple[str, Listed, Entry]]:
    for listed in HISTORY[:-1]:
        for i, entry in enumerate(getattr(person, listed.value) or ()):
            yield f"{listed.value}[{i}]", listed, entry
    for i, trip in enumerate(person.travel or ()):
        entry = Entry(name=trip.country, since=trip.start, details=trip.details)
        yield f"travel[{i}]", Listed.TRAVEL, _with_days(entry, trip.days)
    if person.occupation is not None and guide.once("occupations", _judges_occupations):
        words = ", ".join(part for part in (person.occupation, person.duties) if part)
        yield "occupation", Listed.OCCUPATION, Entry(name=words, details=person.details)


def _with_days(entry: Entry, days: int | None) -> Entry:
    return entry if days is None else replace(entry, details={"days": days, **entry.details})


def _judges_occupations(guide: Guide) -> bool:
    return any(one.listed is Listed.OCCUPATION for one in guide.impairments)


def mention_of(guide: Guide, place: str, listed: Listed, entry: Entry) -> Mention:
    """An entry at a place, recognised; a condition may be called by its ICD-10 code."""
    icd10 = entry.icd10 or ""
    if listed is Listed.CONDITIONS and not icd10 and _ICD10.fullmatch(entry.name or ""):
        icd10 = entry.name or ""
    codes, found = _recognised(guide, listed, entry.name or "", icd10)
    return Mention(place, listed, entry, codes, found)


def _recognised(
    guide: Guide, listed: Listed, name: str, icd10: str
) -> tuple[frozenset[str], tuple[Impairment, ...]]:
    """The codes of an entry, and the impairments closest to it; kept, as names come again."""
    known: dict[tuple[Listed, str, str], tuple[frozenset[str], tuple[Impairment, ...]]]
    known = guide.once("recognised", lambda _: {})
    key = (listed, name, icd10)
    if key not in known:
        if len(known) > _MOST_KEPT:
            known.clear()
        known[key] = _recognise(guide, listed, name, icd10)
    return known[key]


_ICD10 = re.compile(r"\s*[A-TV-Z][0-9][0-9AB](?:\.?[0-9A-TV-Z]{1,4})?\s*", re.IGNORECASE)
_MOST_KEPT = 5000


def _recognise(
    guide: Guide, listed: Listed, name: str, icd10: str
) -> tuple[frozenset[str], tuple[Impairment, ...]]:
    if listed is Listed.TRAVEL:
        return _country(guide, name)
    own = _own(guide, listed, plain(name), icd10)
    if listed is Listed.MEDICATIONS:
        taken = drug(name)
        said = {taken.name.lower(), taken.drug_class.lower()} if taken else set()
        own = own or [one for one in _of(guide, listed) if said & set(one.words)]
        return frozenset(one.code for one in own), tuple(own)
    codes = [icd] if (icd := by_icd10(icd10) if icd10 else None) else []
    answers = _answers(guide, own, plain(name), listed)
    codes += [c for c in recognised(name, listed.value) if c not in codes and c not in answers]
    every = frozenset(w for code in (*codes, *(one.code for one in own)) for w in wider(code))
    if any(one.code not in conditions() for one in own):
        return every, tuple(own)
    by_code = {one.code: one for one in _of(guide, listed)}
    closest = (next((by_code[w] for w in wider(code) if w in by_code), None) for code in codes)
    found = dict.fromkeys([*own, *(one for one in closest if one is not None)])
    return every, _narrowest(tuple(found))


def _answers(guide: Guide, own: Sequence[Impairment], name: str, listed: Listed) -> set[str]:
    """What only answers in a name would say: "malignant" of a polyp is no cancer besides."""
    spaced, answers = f" {name} ", []
    for value in (
        value for one in own for value in guide.once("values", _values).get(one.code, ())
    ):
        if f" {value} " in spaced:
            spaced = spaced.replace(f" {value} ", "  ")
            answers.append(value)
    if not answers:
        return set()
    rated = {one.code for one in own}
    said = {code for value in answers for code in recognised(value, listed.value)}
    others = {code for code in said if rated.isdisjoint(wider(code))}
    return others - set(recognised(plain(spaced), listed.value))


def _values(guide: Guide) -> dict[str, list[str]]:
    """What the choices of each impairment may be answered by, in plain words, the longest first."""
    found: dict[str, list[str]] = {}
    for asked in guide.questions:
        if asked.impairment is not None:
            words = found.setdefault(asked.impairment, [])
            words += [plain(value.replace("_", " ")) for value in asked.values]
    return {code: sorted(words, key=len, reverse=True) for code, words in found.items()}


def _own(guide: Guide, listed: Listed, name: str, icd10: str) -> list[Impairment]:
    """The guide's impairments that its own words, names or codes find, the longest words first."""
    if icd10:
        fits = [
            (len(start), one)
            for one in _of(guide, listed)
            for start in one.icd10
            if icd10.upper().startswith(start.upper())
        ]
        if fits:
            return [max(fits, key=lambda fit: fit[0])[1]]
    words = guide.once(f"words of {listed}", lambda g: _words(g, listed))
    spaced = f" {name} "
    found = [(len(word), one) for word, one in words if f" {word} " in spaced]
    return [max(found, key=lambda fit: fit[0])[1]] if found else []


def _words(guide: Guide, listed: Listed) -> list[tuple[str, Impairment]]:
    return [
        (plain(word), one)
        for one in _of(guide, listed)
        for word in (one.code.replace("_", " "), one.name, *one.words)
    ]


def _of(guide: Guide, listed: Listed) -> list[Impairment]:
    by_list: Mapping[Listed, list[Impairment]] = guide.once("impairments by list", _by_list)
    return by_list[listed]


def _by_list(guide: Guide) -> Mapping[Listed, list[Impairment]]:
    return {listed: [i for i in guide.impairments if i.listed is listed] for listed in Listed}


def _country(guide: Guide, country: str) -> tuple[frozenset[str], tuple[Impairment, ...]]:
    either = {country.upper(), country.lower()}
    named = [one for one in _of(guide, Listed.TRAVEL) if either & set(one.words)]
    others = [one for one in _of(guide, Listed.TRAVEL) if EVERY_OTHER in one.words]
    found = named or others
    return frozenset(one.code for one in found), tuple(found)


def _narrowest(found: tuple[Impairment, ...]) -> tuple[Impairment, ...]:
    """Without those of which another found is a kind: a heart attack is no second heart disease."""
    wide = {w for one in found for w in wider(one.code) if w != one.code}
    return tuple(one for one in found if one.code not in wide)
