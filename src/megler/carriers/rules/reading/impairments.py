"""Rows of a guide's questions, impairments and ratings."""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal

from megler.carriers.rules.keys import CODE
from megler.carriers.rules.outcomes import is_worse, rated_in
from megler.carriers.rules.ratings import (
    CountedFrom,
    FlatExtraRange,
    Impairment,
    Listed,
    OutcomeKind,
    Question,
    QuestionType,
    Rated,
    Rating,
    Verb,
)
from megler.carriers.rules.reading.conditions import condition, parted, yes_or_no
from megler.carriers.rules.rows import Row
from megler.carriers.rules.when.names import KEY, Names, date_keys, is_reserved, nearest

PERSON = "person"
_FIGURE = re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?")
_ICD10 = re.compile(r"[A-Z](?:[0-9](?:[0-9A-Z](?:\.[0-9A-Z]{0,4})?)?)?")
_COUNTRY = re.compile(r"[A-Z]{2}|\*")
_FLAGS = {"yes": "true", "no": "false", "true": "true", "false": "false"}
_ADDED = (OutcomeKind.POINTS, OutcomeKind.TABLE, OutcomeKind.ANY)
_TABLES = {str(number) for number in range(1, 17)}
_OUTCOMES = "any, a class, +25, table_2, individual_consideration, postpone or decline"


def question(row: Row, codes: Collection[str]) -> Question | None:
    """A question of the guide. `codes` are those of its impairments."""
    impairment = row.text("impairment")
    if impairment and impairment != PERSON and impairment not in codes:
        row.tell("unknown_impairment", "impairment", impairment, nearest(impairment, codes))
    key = row.text("key")
    if key and not KEY.fullmatch(key):
        row.tell("bad_code", "key", key, "lower-case letters, digits and underscores")
    elif key and is_reserved(key):
        row.tell("reserved_code", "key", key, "a key that is no fact")
    kind = row.choice("type", QuestionType)
    values = parted(row, "values")
    unit, text, page = row.maybe_text("unit"), row.text("text"), row.maybe_text("page")
    if kind is None:
        return None
    if kind is QuestionType.CHOICE and not values:
        row.tell("empty_cell", "values", "", "answers with | between them")
    if kind is not QuestionType.CHOICE and values:
        row.tell("cell_not_here", "values", "|".join(values), "nothing, or the type choice")
    usual = _usual(row, kind, values)
    owner = None if impairment == PERSON else impairment
    return Question(owner, key, kind, text, values, unit, usual, page, row.number)


def _usual(row: Row, kind: QuestionType, values: Collection[str]) -> str:
    """The usual answer as conditions write it; '' where none is, or it is none."""
    usual = row.maybe_text("usual")
    if not usual:
        return ""
    match kind:
        case QuestionType.CHOICE if usual in values:
            return usual
        case QuestionType.NUMBER if _FIGURE.fullmatch(usual):
            return usual
        case QuestionType.FLAG if usual in _FLAGS:
            return _FLAGS[usual]
        case QuestionType.CHOICE:
            row.tell("unknown_answer", "usual", usual, " ".join(values))
        case QuestionType.NUMBER:
            row.tell("not_a_figure", "usual", usual, "a figure such as 12.50")
        case QuestionType.FLAG:
            row.tell("unknown_answer", "usual", usual, "yes or no")
        case QuestionType.DATE:
            row.tell("cell_not_here", "usual", usual, "nothing: a date has no usual answer")
    return ""


def impairment(row: Row) -> Impairment | None:
    """Something that the guide rates, and how it is recognised."""
    code = row.text("impairment")
    if code and (not CODE.fullmatch(code) or code == PERSON):
        row.tell("bad_code", "impairment", code, "lower-case letters, digits and underscores")
    name = row.text("name")
    listed = row.choice("list", Listed)
    group = row.text("group")
    words = parted(row, "words")
    for word in words:
        if listed is Listed.TRAVEL and not _COUNTRY.fullmatch(word):
            row.tell("unknown_answer", "words", word, "two capital letters such as MX, or *")
        elif listed is not Listed.TRAVEL and word != word.lower():
            row.tell("bad_text", "words", word, word.lower())
    icd10 = parted(row, "icd10", by=None)
    for one in icd10:
        if not _ICD10.fullmatch(one):
            row.tell("unknown_icd", "icd10", one, "such as I21 or E11.9")
    page = row.maybe_text("page")
    if listed is None:
        return None
    return Impairment(code, name, listed, group, words, icd10, page, row.number)


def rating(row: Row, classes: list[str], names: Mapping[str, Names]) -> Rating | None:
    """What the guide makes of an impairment. `names` are what the ratings of each may name."""
    code = row.text("impairment")
    if code and code not in names:
        row.tell("unknown_impairment", "impairment", code, nearest(code, names))
    verb = row.choice("rule", Verb)
    when = condition(row, "when", names[code]) if code in names else None
    best, worst = _ends(row, classes)
    if verb is Verb.ADD and best and worst and not {best.kind, worst.kind} <= {*_ADDED}:
        row.tell("outcome_not_here", "best", row.cell("best"), "points or a table, in a row of add")
    postpone = row.maybe_whole("postpone_months", 1, 600)
    if postpone and best and worst and OutcomeKind.POSTPONE not in (best.kind, worst.kind):
        row.tell("cell_not_here", "postpone_months", postpone, "nothing, or the outcome postpone")
    counted, key = _counted_from(row, names.get(code), postpone is not None)
    flat = _flat_extra(row)
    as_user, text, page = yes_or_no(row, "as_user"), row.maybe_text("text"), row.maybe_text("page")
    if verb is None or best is None or worst is None:
        return None
    return Rating(
        impairment=code,
        verb=verb,
        when=when,
        best=best,
        worst=worst,
        flat_extra=flat,
        postpone_months=postpone,
        counted_from=counted,
        as_user=as_user,
        text=text,
        page=page,
        row=row.number,
        counted_key=key,
    )


def _counted_from(row: Row, names: Names | None, postponed: bool) -> tuple[CountedFrom, str]:
    """The day from which a postponement counts, and the key of the date question that asks for it."""
    told = row.cell("counted_from")
    if not told:
        return CountedFrom.SINCE, ""
    if not postponed:
        row.tell("cell_not_here", "counted_from", told, "nothing, or months of postponement")
    if told in set(CountedFrom):
        return CountedFrom(told), ""
    keys = date_keys(names) if names else []
    doubtful = names is not None and told in names.doubtful
    key = told if doubtful else row.one_of("counted_from", [*CountedFrom, *keys])
    return CountedFrom.TODAY, key


def _ends(row: Row, classes: list[str]) -> tuple[Rated | None, Rated | None]:
    """The best and the worst outcome of a row; the worst is the best where its cell is empty."""
    ends = []
    for column in ("best", "worst"):
        token = row.cell(column)
        end = rated_in(token, classes)
        if end is None and token.strip():
            row.tell("bad_outcome", column, token, _near_outcome(token, classes))
        elif end is None and (token or column == "best"):
            row.tell("empty_cell", column, "", _OUTCOMES)
        ends.append(end)
    best, worst = ends
    if best and worst and is_worse(best, worst, classes):
        row.tell("bounds_reversed", "worst", row.cell("worst"), f"{row.cell('best')} or worse")
    return best, worst if row.cell("worst") else best


def _near_outcome(token: str, classes: list[str]) -> str:
    known = [*classes, *OutcomeKind, *(f"table_{n}" for n in range(1, 17))]
    meant = token.strip().lower().replace(" ", "_")
    near = nearest(meant, known)
    if meant.startswith("table"):
        return near if meant.removeprefix("table").strip("_") in _TABLES else "table_1 to table_16"
    return near if near in known else _OUTCOMES


def _flat_extra(row: Row) -> FlatExtraRange | None:
    """The flat extra of a row; None where it has none."""
    low: Decimal | None = None
    text = row.cell("flat_extra")
    left_open = text == "open"
    if text and not left_open:
        low = row.figure("flat_extra", zero=bool(row.cell("flat_extra_to")))
    high = row.maybe_figure("flat_extra_to")
    years = row.maybe_whole("flat_years", 1, 99)
    if not text:
        for column in ("flat_extra_to", "flat_years"):
            if row.cell(column):
                row.tell("cell_not_here", column, row.cell(column), "nothing, or a flat extra")
        return None
    if left_open and high is not None:
        row.tell("cell_not_here", "flat_extra_to", f"{high:f}", "nothing: the flat extra is open")
    if low is not None and high is not None and high < low:
        row.tell("bounds_reversed", "flat_extra_to", f"{high:f}", f"at least {low:f}")
    return FlatExtraRange(low, low if high is None else high, years)
