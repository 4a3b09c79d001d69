"""The field's words for what guides rate: conditions, events, hobbies; drugs and what they are for.

The lists stand in `data/`: `conditions.csv`, `medications.csv`. Carriers' guides add words and codes of
their own. Texts are compared without case, accents and signs, in British and American spelling, with
slips of the pen; an entry may name several things.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from megler.vocabulary.words import Phrasebook, Token, plain, tokens

__all__ = [
    "Condition",
    "Drug",
    "Named",
    "by_icd10",
    "conditions",
    "drug",
    "drug_classes",
    "drugs_named",
    "is_word_of_the_field",
    "likely_from",
    "medications",
    "named",
    "plain",
    "recognised",
    "wider",
]


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that guides rate. `listed` is the list of the facts document that it stands in.

    `parent` is the wider thing it is a kind of (a guide without a rule for melanoma judges cancer);
    `words` are its other names, lower case; `icd10` ICD-10-CM codes or beginnings of them.
    """

    code: str
    name: str
    listed: str
    group: str
    parent: str
    words: tuple[str, ...]
    icd10: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug, its class, and the codes of the conditions that it is usually taken for.

    `words` are brands and other names, lower case.
    """

    name: str
    drug_class: str
    likely: tuple[str, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """Something named in a text, from character `start` to `end`; `negated`: the text says it is not.

    `code` is a condition's code, or a drug's name.
    """

    code: str
    start: int
    end: int
    negated: bool = False


@cache
def conditions() -> Mapping[str, Condition]:
    """Every condition by its code, in the order of the list."""
    return {
        row["code"]: Condition(
            row["code"],
            row["name"],
            row["list"],
            row["group"],
            row["parent"],
            tuple(w for w in row["words"].split("|") if w),
            tuple(row["icd10"].split()),
        )
        for row in _rows("conditions.csv")
    }


@cache
def medications() -> Mapping[str, Drug]:
    """Every drug by its name; a class of drugs is one too, by its own name: `Beta blockers`."""
    drugs = {
        row["drug"]: Drug(
            row["drug"],
            row["drug_class"],
            tuple(row["likely"].split()),
            tuple(w for w in row["words"].split("|") if w),
        )
        for row in _rows("medications.csv")
    }
    named = {plain(word) for one in drugs.values() for word in (one.name, *one.words)}
    for one in list(drugs.values()):
        if plain(one.drug_class) not in named:
            drugs.setdefault(one.drug_class, Drug(one.drug_class, one.drug_class, one.likely))
    return drugs


def wider(code: str) -> Iterator[str]:
    """The code itself, then each wider thing it is a kind of.

    >>> list(wider("melanoma"))
    ['melanoma', 'cancer']
    """
    known: Condition | None = conditions().get(code)
    yield code
    while known is not None and known.parent:
        yield known.parent
        known = conditions().get(known.parent)


@lru_cache(maxsize=5000)
def recognised(text: str, listed: str | None = None) -> tuple[str, ...]:
    """The codes of what a text names, as `named` finds them: what is denied left out.

    Where it names a thing and a kind of that thing, only the kind counts.

    >>> recognised("T2DM, no stroke; heart attack 2019")
    ('diabetes_type_2', 'myocardial_infarction')
    """
    codes = dict.fromkeys(one.code for one in named(text, listed) if not one.negated)
    wide = {w for code in codes for w in wider(code) if w != code}
    return tuple(code for code in codes if code not in wide)


def named(text: str, listed: str | None = None) -> tuple[Named, ...]:
    """Every condition named in a text, where and whether denied; `listed`: only of that list."""
    words = tokens(text)
    found = _names(listed).find(words)
    denied = _denied(words, [(one.first, one.last) for one in found])
    return tuple(
        Named(one.value, words[one.first].start, words[one.last - 1].end, one.first in denied)
        for one in found
    )


def by_icd10(code: str) -> str | None:
    """The condition of an ICD-10-CM code, by the longest beginning that is known.

    >>> by_icd10("E11.9"), by_icd10("e119"), by_icd10("W00")
    ('diabetes_type_2', 'diabetes_type_2', None)
    """
    compact = "".join(code.split()).replace(".", "").upper()
    if len(compact) < 3 or not compact[0].isalpha() or not compact[1].isdigit():
        return None
    starts = _starts()
    return next(
        (starts[s] for n in range(len(compact), 0, -1) if (s := compact[:n]) in starts), None
    )


@lru_cache(maxsize=5000)
def drug(text: str) -> Drug | None:
    """The first drug, or class of drugs, that a text names; brands count as what is in them.

    >>> drug("Lipitor 40 mg daily").name
    'atorvastatin'
    """
    return next((medications()[one.code] for one in drugs_named(text)), None)


def drugs_named(text: str) -> tuple[Named, ...]:
    """Every drug named in a text, by its name, and whether denied."""
    words = tokens(text)
    found = _drug_names().find(words)
    denied = _denied(words, [(one.first, one.last) for one in found])
    return tuple(
        Named(one.value, words[one.first].start, words[one.last - 1].end, one.first in denied)
        for one in found
    )


@cache
def drug_classes() -> tuple[str, ...]:
    """Every class of drugs."""
    return tuple(dict.fromkeys(one.drug_class for one in medications().values()))


def likely_from(text: str) -> tuple[str, ...]:
    """The codes of the conditions that a drug in words is usually taken for.

    >>> likely_from("Eliquis")[0]
    'atrial_fibrillation'
    """
    found = drug(text)
    return found.likely if found else ()


@cache
def _names(listed: str | None) -> Phrasebook:
    pairs = [
        (word, one.code)
        for one in conditions().values()
        if listed is None or one.listed == listed
        for word in (one.code.replace("_", " "), one.name, *one.words)
    ]
    return Phrasebook(pairs, _known())


@cache
def _drug_names() -> Phrasebook:
    drugs = medications().values()
    return Phrasebook([(w, one.name) for one in drugs for w in (one.name, *one.words)], _known())


@cache
def _known() -> frozenset[str]:
    """Every word of a condition or drug: none of them is a slip of another."""
    names = [w for one in conditions().values() for w in (one.code, one.name, *one.words)]
    names += [w for one in medications().values() for w in (one.name, *one.words)]
    return frozenset(word for name in names for word in plain(name).split())


def is_word_of_the_field(word: str) -> bool:
    """Whether a word stands in the name of a condition or drug.

    >>> is_word_of_the_field("asthma"), is_word_of_the_field("banana")
    (True, False)
    """
    return plain(word) in _known()


@cache
def _starts() -> Mapping[str, str]:
    return {s.replace(".", ""): one.code for one in conditions().values() for s in one.icd10}


_DENIALS = {
    "no", "not", "never", "without", "deny", "denie", "denied", "denying", "negative", "neg", "nor",
    "neither", "hasnt", "havent", "doesnt", "dont", "didnt", "isnt", "wasnt", "none", "free",
}  # fmt: skip
_ENDS = {"but", "except", "and", "with", "however", "only", "now", "on", "takes", "take", "taking"}
_NO_DENIAL = {"longer", "more", "only", "sure", "known", "well"}
_AFTER = {"ruled", "excluded", "neg", "negative"}
_LISTED_ON = {"or", "nor"}
_REACH = 6
"""A denial reaches over so many words that name nothing."""
_LONGEST_LIST = 50
"""Words that one denial may reach over at all."""


def _denied(words: Sequence[Token], found: Sequence[tuple[int, int]]) -> set[int]:
    """The first words of those names found that the text denies: `no stroke or cancer, denies asthma`.

    A denial reaches to the next name, and over those that a list with `or` joins to it.
    """
    ends = dict(found)
    inside = {at for first, last in found for at in range(first, last)}
    denied: set[int] = set()
    for at, word in enumerate(words):
        if at in inside or at + 1 >= len(words) or words[at + 1].text in _NO_DENIAL:
            continue
        if word.text in _DENIALS:
            denied |= _reached(words, at + 1, ends)
        elif word.text == "non" and at + 1 in ends:
            denied.add(at + 1)
    after = {last: first for first, last in found}
    return denied | {
        after[at]
        for at, word in enumerate(words)
        if at in after and word.text in _AFTER and not word.before.strip()
    }


def _reached(words: Sequence[Token], at: int, ends: Mapping[int, int]) -> set[int]:
    reached: set[int] = set()
    idle = 0
    end = min(len(words), at + _LONGEST_LIST)
    stop = next((i for i in range(at, end) if _closes(words, i)), end)
    while at < stop and idle <= _REACH:
        if at in ends:
            reached.add(at)
            at, idle = ends[at], 0
            if not _goes_on(words[at:stop]):
                break
        else:
            at, idle = at + 1, idle + 1
    return reached


def _closes(words: Sequence[Token], at: int) -> bool:
    word = words[at]
    if any(sign in word.before for sign in ".;:!?\n(") or word.text in _ENDS:
        return True
    return "," in word.before and not _goes_on(words[at:])


def _goes_on(rest: Sequence[Token]) -> bool:
    """Whether the words that follow join more names with `or`, before the sentence ends."""
    for at, word in enumerate(rest):
        if at and any(sign in word.before for sign in ".;:!?\n"):
            return False
        if word.text in _LISTED_ON or "/" in word.before:
            return True
        if word.text in _ENDS | _DENIALS:
            return False
    return False


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("megler.vocabulary").joinpath("data", name).read_text("utf-8")
    yield from csv.DictReader(text.splitlines())
