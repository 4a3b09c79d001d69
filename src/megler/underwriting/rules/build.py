"""Height and weight against a guide's build chart.

A height is read at the nearest one of the chart, halves up, and a weight at the nearest pound; the
assessment states it where it changed the figure. A height half a step of the chart beyond its ends is
not in the chart. A class that the chart never names takes the bounds of the chart's most generous
class.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from megler.carriers.rules.guide import BuildRow, Guide, GuideClass
from megler.carriers.rules.heights import Height, charted
from megler.underwriting.rules.people import Person
from megler.underwriting.rules.verdicts import State, Subject, Verdict
from megler.vocabulary.codes import Sex
from megler.vocabulary.problems import Reason, Source

_TABLE = "table_"
_SAME = Decimal("0.01")
"""Heights of a metric chart are held as inches to a hundredth: nearer than that they are the same."""


def whole(figure: Decimal) -> int:
    """`figure` rounded half up to a whole number, as charts are read.

    >>> whole(Decimal("64.5"))
    65
    """
    return int(figure.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def rounding_assumptions(person: Person, guide: Guide | None = None) -> list[Reason]:
    """Says where a height or weight had to be rounded to be looked up in the guide's chart."""
    used: dict[str, Height | None] = {}
    if person.height_in is not None:
        nearest = _height(guide, person) if guide else None
        used["height_in"] = whole(person.height_in) if nearest is None else nearest
    if person.weight_lb is not None:
        used["weight_lb"] = whole(person.weight_lb)
    return [
        Reason("rounded_for_chart", {"fact": fact, "used": str(figure)})
        for fact, figure in used.items()
        if abs(figure - getattr(person, fact)) >= _SAME
    ]


def rows_at_height(
    guide: Guide, person: Person, ages: tuple[int, int] | None = None
) -> list[BuildRow]:
    """The chart's rows at the person's height, sex and age; both sexes' when sex is not known.

    `ages` are the youngest and oldest age possible; None, not known: the rows of every age.
    """
    height = _height(guide, person)
    if height is None:
        return []
    rows = guide.once("rows by height", _rows_by_height).get(height, ())
    return [
        row
        for row in rows
        if (None in (row.sex, person.sex) or row.sex is person.sex) and _meets(row, ages)
    ]


def _height(guide: Guide, person: Person) -> Height | None:
    if person.height_in is None:
        return None
    heights = guide.once("heights by sex", _heights_by_sex)[person.sex]
    return charted(person.height_in, heights) if heights else None


def _meets(row: BuildRow, ages: tuple[int, int] | None) -> bool:
    """Whether a row may be one for these ages."""
    if ages is None:
        return True
    low, high = row.age_from, row.age_to
    return (low is None or low <= ages[1]) and (high is None or ages[0] <= high)


def _heights_by_sex(guide: Guide) -> dict[Sex | None, tuple[Height, ...]]:
    return {
        sex: tuple(
            sorted(
                {row.height_in for row in guide.build if None in (sex, row.sex) or row.sex is sex}
            )
        )
        for sex in (None, *Sex)
    }


def _rows_by_height(guide: Guide) -> dict[Height, list[BuildRow]]:
    rows: dict[Height, list[BuildRow]] = {}
    for row in guide.build:
        rows.setdefault(row.height_in, []).append(row)
    return rows


def build_verdict(subject: Subject, rows: Sequence[BuildRow], one: GuideClass) -> Verdict:
    """What the chart says of a class; `rows` are those of `rows_at_height`."""
    guide, person = subject.guide, subject.person
    if not guide.build:
        return Verdict("weight_lb", State.MET)
    if person.height_in is None or person.weight_lb is None:
        missing = "height_in" if person.height_in is None else "weight_lb"
        return Verdict(missing, State.OPEN, source=_source(subject.edition, guide.build))
    code = one.code
    if code not in guide.once("charted", _charted):
        code = guide.once("most generous", _most_generous)
    return _verdict([r for r in rows if r.class_code == code], person, one.name, subject.edition)


def table_numbers(rows: Sequence[BuildRow]) -> list[int]:
    """The tables that the chart gives at this height, mildest first."""
    tables = {_number(row.class_code) for row in rows}
    return sorted(table for table in tables if table is not None)


def table_verdict(subject: Subject, rows: Sequence[BuildRow], table: int) -> Verdict:
    """What the chart says of a table rating."""
    if subject.person.weight_lb is None:
        return Verdict("weight_lb", State.OPEN, source=_source(subject.edition, rows))
    charted = [row for row in rows if _number(row.class_code) == table]
    return _verdict(charted, subject.person, f"table {table}", subject.edition)


def _source(edition: str, rows: Sequence[BuildRow]) -> Source:
    return Source(edition, rows[0].page if rows else "", "build")


def _verdict(rows: Sequence[BuildRow], person: Person, name: str, edition: str) -> Verdict:
    if not rows or person.weight_lb is None:
        reason = Reason("no_build_for_class", {"class": name}, Source(edition, rule="build"))
        return Verdict("weight_lb", State.FAILED, reason)
    weight = whole(person.weight_lb)
    verdicts = [_row_verdict(row, weight, name, edition) for row in rows]
    if len({verdict.state for verdict in verdicts}) > 1:
        fact = _undecided(rows, verdicts)
        return Verdict(fact, State.OPEN, source=_source(edition, rows))
    return verdicts[_nearest(rows, weight)]


def _nearest(rows: Sequence[BuildRow], weight: int) -> int:
    """Which of the rows that may be the person's asks for the least change of weight."""
    if len(rows) == 1:
        return 0
    away = [max(weight - row.weight_max_lb, (row.weight_min_lb or 0) - weight) for row in rows]
    return away.index(min(away))


def _undecided(rows: Sequence[BuildRow], verdicts: Sequence[Verdict]) -> str:
    """The fact for want of which rows disagree: age, where those of one sex do."""
    for sex in Sex:
        states = {
            verdict.state
            for row, verdict in zip(rows, verdicts, strict=True)
            if row.sex in (None, sex)
        }
        if len(states) > 1:
            return "born"
    return "sex"


def _row_verdict(row: BuildRow, weight_lb: int, name: str, edition: str) -> Verdict:
    under = row.weight_min_lb is not None and weight_lb < row.weight_min_lb
    if not under and weight_lb <= row.weight_max_lb:
        return Verdict("weight_lb", State.MET)
    source = Source(edition, row.page, "build")
    params = {"class": name, "height_in": str(row.height_in), "weight_lb": str(weight_lb)}
    if weight_lb > row.weight_max_lb:
        reason = Reason("over_weight", {**params, "limit": str(row.weight_max_lb)}, source)
        less = {"class": name, "less": str(weight_lb - row.weight_max_lb)}
        improvement = Reason("less_weight", less, source)
        return Verdict("weight_lb", State.FAILED, reason, improvement)
    reason = Reason("under_weight", {**params, "limit": str(row.weight_min_lb)}, source)
    return Verdict("weight_lb", State.FAILED, reason)


def _charted(guide: Guide) -> set[str]:
    return {row.class_code for row in guide.build}


def _most_generous(guide: Guide) -> str:
    charted = _charted(guide)
    ordinary = [one.code for one in guide.classes if one.code in charted]
    return ordinary[-1] if ordinary else ""


@cache
def _number(class_code: str) -> int | None:
    number = class_code.removeprefix(_TABLE)
    return int(number) if class_code.startswith(_TABLE) and number.isdigit() else None
