"""What time alone will make better: the first day on which an impairment rates less."""

from collections.abc import Iterator
from decimal import Decimal
from math import ceil

from megler.carriers.rules.guide import Nicotine
from megler.carriers.rules.when.tree import Compare, comparisons_in
from megler.underwriting.rules.burdens import Burden, weight
from megler.underwriting.rules.history import History
from megler.underwriting.rules.impairments import Judged, best_of
from megler.underwriting.rules.knowledge import Knowledge, Life, months_since
from megler.underwriting.rules.turns import ratings_of
from megler.underwriting.rules.whens import Span
from megler.vocabulary.problems import Reason, Source

_UNITS = {"months_since": 1, "years_since": 12, "months_since_end": 1, "years_since_end": 12}
_LONGEST_MONTHS = 240


def time_improvements(life: Life, history: History, edition: str) -> Iterator[Reason]:
    """For each impairment, the months until it rates less, other things being equal."""
    mentions = {mention.place: mention for mention in life.mentions}
    told = set()
    for one in history.judged:
        mention = mentions.get(one.place)
        if mention is None or not weight(one.best) > weight(Burden()):
            continue
        for months in _waits(life, one):
            later = best_of(life, one.impairment, mention, months)
            if weight(later) < weight(one.best) and _shows(later, one.best, life):
                params = {
                    "impairment": one.impairment.name,
                    "months": str(months),
                    "to": burden_word(later, life),
                }
                page = one.fired[0].rating.page if one.fired else one.impairment.page
                source = Source(edition, page, one.impairment.code)
                if tuple(params.values()) not in told:
                    told.add(tuple(params.values()))
                    yield Reason("better_with_time", params, source)
                break


def burden_word(burden: Burden, life: Life) -> str:
    """A burden as a range names it; `any` where it rates nothing."""
    if burden.end is not None:
        return burden.end.value
    per = life.guide.combination.points_per_table
    if burden.points > 0:
        return f"table_{-(-burden.points // per)}"
    if burden.cap is None:
        return "any"
    ladder = [one for one in life.guide.classes if not one.on_review]
    other = "none" if life.statuses == {Nicotine.USER} else "user"
    open_to = [one for one in ladder if one.nicotine.value != other]
    return open_to[max(len(open_to) - 1 - burden.cap, 0)].code


def _shows(later: Burden, now: Burden, life: Life) -> bool:
    """Whether the lesser burden is another outcome, or another flat extra."""
    priced = later.end is None and later.extras != now.extras
    return priced or burden_word(later, life) != burden_word(now, life)


def _waits(life: Life, one: Judged) -> list[int]:
    """Months after which a row that counts months or years may come to hold, soonest first."""
    mention = next(m for m in life.mentions if m.place == one.place)
    known = Knowledge(life, one.impairment, mention)
    waits: set[int] = set()
    for rows in ratings_of(life.guide, one.impairment.code).values():
        for row in rows:
            for part in comparisons_in(row.when):
                if isinstance(part, Compare) and isinstance(part.value, Decimal):
                    waits |= set(_until(part, known, life))
    return sorted(wait for wait in waits if 0 < wait <= _LONGEST_MONTHS)


def _until(part: Compare, known: Knowledge, life: Life) -> Iterator[int]:
    """Months until a figure that grows with time is at, and is beyond, what it is compared with."""
    if part.fact.name == "count" and len(part.fact.arguments) == len(("code", "months")):
        code, months = part.fact.arguments
        for mention in life.mentions:
            if code in mention.codes and mention.entry.since is not None:
                yield ceil(Decimal(months) - months_since(mention.entry.since.last, life.on))
        return
    unit = _UNITS.get(part.fact.name) or _of_question(part.fact.name)
    found = known(part.fact)
    if unit and isinstance(found, Span) and isinstance(part.value, Decimal):
        wait = ceil((part.value - found.low) * unit)
        yield from (wait, wait + 1)


def _of_question(name: str) -> int | None:
    if name.startswith("months_since_"):
        return 1
    return 12 if name.startswith("years_since_") else None
