"""What kind of paper some pages are: by the words on them and in the file's name, with reasons."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from megler.papers.rules.kinds import PaperKind
from megler.papers.rules.telling import FILE_WORDS, TELLING

TITLE_LINES = 6
"""Lines at the top of a paper that name it: what stands there counts more."""
TITLE_FACTOR = 1.5
NAME_WEIGHT = 1.5
"""What a word of the file's name counts."""
SURE_SCORE, SURE_LEAD = 3.0, 1.5
"""From which score, and how far before the next kind, we are sure."""
_TEXT_MAX = 40_000
_REASONS_MAX = 6


@dataclass(frozen=True, slots=True)
class Sorted:
    """What a paper is. `confidence` is 0 to 1; `reasons` are words found, as they stand there.

    `second` is the next best kind. Where `is_sure` is false a person must look.
    """

    kind: PaperKind
    confidence: float
    is_sure: bool
    reasons: tuple[str, ...] = ()
    second: PaperKind | None = None


UNKNOWN = Sorted(PaperKind.OTHER, 0.0, False)


@cache
def _patterns() -> tuple[tuple[PaperKind, re.Pattern[str], float], ...]:
    return tuple(
        (kind, re.compile(words, re.MULTILINE), weight)
        for kind, told in TELLING.items()
        for words, weight in told
    )


def plain(text: str) -> str:
    """Text in lower case without accents, one kind of apostrophe.

    >>> plain("Élève’s")
    "eleve's"
    """
    flat = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in flat if not unicodedata.combining(c)).casefold()


def name_words(name: str) -> list[str]:
    """The words of a file's name, its ending left out.

    >>> name_words("Hope_Kari-APS 2026.pdf")
    ['hope', 'kari', 'aps', '2026']
    """
    stem, dot, ending = name.rpartition(".")
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem if dot and len(ending) <= 5 else name)
    return re.findall(r"[a-z0-9]+", plain(spaced))


def sort_paper(lines: Sequence[str], name: str = "") -> Sorted:
    """What the lines of a paper, and its file's name, say that it is.

    A kind's score is the sum of its telling phrases, each once, more in the title. We are sure when
    the best has SURE_SCORE and leads by SURE_LEAD.

    >>> sort_paper(["ATTENDING PHYSICIAN STATEMENT", "Patient: Kari Hope"]).kind
    <PaperKind.APS: 'aps'>
    >>> sort_paper(["Hello"]).is_sure
    False
    """
    title = plain("\n".join(lines[:TITLE_LINES]))
    text = plain("\n".join(lines))[:_TEXT_MAX]
    scores: dict[PaperKind, float] = {}
    reasons: dict[PaperKind, list[tuple[float, str]]] = {}
    for kind, pattern, weight in _patterns():
        found = pattern.search(text)
        if found is None:
            continue
        score = weight * (TITLE_FACTOR if pattern.search(title) else 1)
        scores[kind] = scores.get(kind, 0) + score
        reasons.setdefault(kind, []).append((score, " ".join(found.group().split())))
    for kind, word in _hinted(name):
        scores[kind] = scores.get(kind, 0) + NAME_WEIGHT
        reasons.setdefault(kind, []).append((NAME_WEIGHT, word))
    return _best(scores, reasons)


def _hinted(name: str) -> Iterable[tuple[PaperKind, str]]:
    """Each kind that the file's name hints at, once."""
    found = {FILE_WORDS[word]: word for word in reversed(name_words(name)) if word in FILE_WORDS}
    return found.items()


def _best(
    scores: dict[PaperKind, float], reasons: dict[PaperKind, list[tuple[float, str]]]
) -> Sorted:
    if not scores:
        return UNKNOWN
    order = sorted(scores, key=lambda kind: (-scores[kind], kind))
    best, second = order[0], order[1] if len(order) > 1 else None
    top, next_one = scores[best], scores[second] if second else 0.0
    said = [words for _score, words in sorted(reasons[best], reverse=True)[:_REASONS_MAX]]
    return Sorted(
        best,
        round(top / (top + next_one + 1), 2),
        top >= SURE_SCORE and top - next_one >= SURE_LEAD,
        tuple(said),
        second,
    )
