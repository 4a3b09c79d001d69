"""Whether a class as the industry names it can be reached in a guide."""

from collections.abc import Iterable

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import GuideClass
from megler.carriers.rules.ratings import OutcomeKind, Rated
from megler.underwriting.rules.assessment import Assessment


def classes_for(guide: Edition, word: str) -> list[GuideClass]:
    """The guide's classes that an industry's class word means: by their code, else by their meaning."""
    every = guide.guide.classes if guide.guide else ()
    by_code = [one for one in every if one.code == word]
    return by_code or [
        one for one in every if one.risk_class is not None and one.risk_class.value == word
    ]


def reach_of(guide: Edition, word: str, best: Iterable[Rated], worst: Iterable[Rated]) -> str:
    """`yes`, `maybe` or `no`: whether ratings from `best` to `worst` leave the class possible."""
    within = [_reaches(guide, word, rated) for rated in best]
    surely = [_reaches(guide, word, rated) for rated in worst]
    if all(within) and all(surely):
        return "yes"
    return "maybe" if any(within) else "no"


def _reaches(guide: Edition, word: str, rated: Rated) -> bool:
    if word.startswith("table_"):
        number = int(word.removeprefix("table_"))
        tables = (OutcomeKind.TABLE, OutcomeKind.POINTS)
        points = (rated.number + 24) // 25 if rated.kind is OutcomeKind.POINTS else rated.number
        return rated.kind in (OutcomeKind.ANY, OutcomeKind.CLASS) or (
            rated.kind in tables and points <= number
        )
    if rated.kind is OutcomeKind.ANY:
        return True
    if rated.kind is OutcomeKind.POINTS:
        return rated.number <= 0
    if rated.kind is not OutcomeKind.CLASS:
        return False
    codes = [one.code for one in guide.guide.classes] if guide.guide else []
    wanted = [codes.index(one.code) for one in classes_for(guide, word)]
    return bool(wanted) and rated.class_code in codes and codes.index(rated.class_code) <= wanted[0]


def assessment_reaches(guide: Edition, word: str, told: Assessment) -> str:
    """`yes`, `maybe` or `no`: whether an assessment gives the class or a better one."""
    best, worst = (_place(guide, end) for end in told.class_range)
    if word.startswith("table_"):
        wanted = len(guide.guide.classes) + int(word.removeprefix("table_")) if guide.guide else 0
    else:
        places = [_place(guide, one.code) for one in classes_for(guide, word)]
        if not places:
            return "no"
        wanted = places[0]
    if worst <= wanted:
        return "yes"
    return "maybe" if best <= wanted else "no"


def _place(guide: Edition, code: str) -> int:
    codes = [one.code for one in guide.guide.classes] if guide.guide else []
    if code in codes:
        return codes.index(code)
    return (
        len(codes) + int(code.removeprefix("table_"))
        if code.startswith("table_")
        else len(codes) + 99
    )
