"""Slips of the pen in the field's plain words: `wieght`, `final expence`, `smokin`, `permanant`."""

import re
from functools import lru_cache

from megler.underwriting.rules.asking.fillers import FILLERS
from megler.vocabulary.conditions import is_word_of_the_field
from megler.vocabulary.words import everyday, folded, slips

_WORDS = frozenset(
    """weight height pressure cholesterol smoker smoking smoked smokes nonsmoker tobacco nicotine
    cigarette cigarettes cigars vaping vapes preferred standard requirements requirement insurance
    coverage premium premiums policy term permanent universal expense whole million thousand male female
    diagnosed diagnosis medication medications income salary worth bankruptcy conversion convertible
    maximum minimum amount commission commissions appointment quote carrier carriers company companies
    underwriter underwriting exam blood urine records statement inspection interview family history
    father mother brother sister marijuana cannabis speeding ticket tickets license reckless felony
    probation travel citizen resident occupation pilot skydiving scuba climbing racing accelerated
    decline declined postpone postponed table rating rated retired controlled treated untreated married
    looking healthy weighs weighing years months mild moderate severe age""".split()  # noqa: SIM905
)
_SHORTENED = {
    "smkd": "smoked", "smkr": "smoker", "smkg": "smoking", "smks": "smokes", "smokin": "smoking", "smoken": "smoking",
    "tobac": "tobacco", "tobaco": "tobacco", "cigs.": "cigs", "nosmoker": "nonsmoker", "nonsmkr": "nonsmoker",
    "yrold": "year old", "yearold": "year old", "mnths": "months", "yeras": "years", "femal": "female",
    "dz": "disease", "disase": "disease", "b4": "before", "w/o": "without",
    "expence": "expense", "expens": "expense", "slutta": "sluttet",
}  # fmt: skip
_WORD = re.compile(r"\b(?:w/o|b4|dz)\b|[^\W\d_]{4,}", re.IGNORECASE)
_TENS = dict(
    zip(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        range(20, 100, 10),
        strict=True,
    )
)
_ONES = dict(
    zip(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
        range(1, 10),
        strict=True,
    )
)
_TEENS = dict(
    zip(["fifteen", "sixteen", "seventeen", "eighteen", "nineteen"], range(15, 20), strict=True)
)
_TENS_WORDS, _ONES_WORDS, _TEENS_WORDS = ("|".join(one) for one in (_TENS, _ONES, _TEENS))
_NUMBER = re.compile(
    rf"\b(?:(?P<tens>{_TENS_WORDS})(?:[- ](?P<ones>{_ONES_WORDS}))?|(?P<teen>{_TEENS_WORDS}))\b",
    re.IGNORECASE,
)
_HUNDREDS = re.compile(
    rf"\b(?:(?P<many>{_ONES_WORDS}"
    rf"|a)\s+)?hundred(?:\s+and)?(?:[\s-]+(?P<tens>{_TENS_WORDS}))?(?=\s+(?:thousand|grand|k)\b)",
    re.IGNORECASE,
)
_LONG, _SHORTEST = 8, 5


def mended(text: str) -> str:
    """The text with slips in plain words set right; names of illnesses and drugs are left alone.

    >>> mended("quit smokin, wieght stable")
    'quit smoking, weight stable'
    """
    text = _HUNDREDS.sub(_hundreds, text)
    return _NUMBER.sub(_in_figures, _WORD.sub(lambda match: _mended(match.group()), text))


def _hundreds(match: re.Match[str]) -> str:
    """`two hundred fifty thousand` in figures: 250 thousand."""
    many = _ONES.get((match["many"] or "one").lower(), 1)
    tens = _TENS.get((match["tens"] or "").lower(), 0)
    return str(many * 100 + tens)


def _in_figures(match: re.Match[str]) -> str:
    """`forty-five` in figures: ages and terms are."""
    if match["teen"]:
        return str(_TEENS[match["teen"].lower()])
    return str(_TENS[match["tens"].lower()] + _ONES.get((match["ones"] or "").lower(), 0))


@lru_cache(maxsize=20_000)
def _mended(written: str) -> str:
    word = folded(written)
    if word in _SHORTENED:
        return _SHORTENED[word]
    if len(word) < _SHORTEST or not word.isascii() or _is_known(word):
        return written
    most = 2 if len(word) >= _LONG else 1
    near = [
        other for other in _WORDS if other[0] == word[0] and abs(len(other) - len(word)) <= most
    ]
    found = {other: far for other in near if (far := slips(word, other, most)) <= most}
    nearest = [other for other, far in found.items() if far == min(found.values())]
    return nearest[0] if len(nearest) == 1 else written


def _is_known(word: str) -> bool:
    """Whether it is a word, or one with an ending that is none's slip."""
    ends = (
        word,
        word.removesuffix("s"),
        word.removesuffix("ed"),
        word.removesuffix("ing"),
        word.removesuffix("d"),
    )
    return any(
        one in _WORDS or one in FILLERS or one in everyday() or is_word_of_the_field(one)
        for one in ends
    )
