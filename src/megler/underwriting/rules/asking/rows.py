"""What guides say of a condition, an event, a pastime, a journey or a laboratory value: their ratings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import Guide
from megler.carriers.rules.outcomes import both_ends
from megler.carriers.rules.ratings import Impairment, Listed, OutcomeKind, Rated, Rating, Verb
from megler.carriers.rules.when.tree import All, Among, Any, Compare, Not, When, facts_in
from megler.underwriting.rules.asking.answers import Says
from megler.underwriting.rules.asking.given import Given, says
from megler.underwriting.rules.asking.reach import classes_for, reach_of
from megler.underwriting.rules.asking.understood import Subject
from megler.underwriting.rules.asking.vitals import LABS
from megler.underwriting.rules.verdicts import State
from megler.underwriting.rules.whens import state_of
from megler.vocabulary.conditions import conditions, wider
from megler.vocabulary.problems import Reason, Source

_KINDS = list(OutcomeKind)
_TIME = re.compile(r"(?:months|years)_since")


def of_codes(asked: Given) -> Iterator[Says]:
    """What each guide says of the conditions and other things that the question names."""
    for guide in asked.guides():
        for code in asked.understood.topic.codes:
            if _has_class(asked, guide) and (impairment := _closest(guide, code)) is not None:
                yield _said(asked, guide, impairment)


def _has_class(asked: Given, guide: Edition) -> bool:
    """Whether the guide has the class asked of at all; a simplified one has no preferred."""
    word = asked.understood.topic.class_word
    return not word or word.startswith("table_") or bool(classes_for(guide, word))


def of_entries(asked: Given, lists: Iterable[Listed]) -> Iterator[Says]:
    """What each guide says of the entries of these lists: journeys, occupations, medications."""
    wanted = set(lists)
    for guide in asked.guides():
        found = [
            impairment
            for mention in asked.life(guide).mentions
            if mention.listed in wanted
            for impairment in mention.impairments
        ]
        for impairment in dict.fromkeys(found) if _has_class(asked, guide) else ():
            yield _said(asked, guide, impairment)


def of_labs(asked: Given) -> Iterator[Says]:
    """What each guide says of laboratory values, wherever it rates them."""
    labs = asked.understood.topic.labs
    homes = {code for lab in labs for code in LABS.get(lab, ())}
    for guide in asked.guides():
        every = _impairments(guide)
        at_home = [one for one in every if homes & {*wider(one.code)}]
        kinds = {code for one in at_home for code in wider(one.code) if code != one.code}
        for impairment in [one for one in at_home if one.code not in kinds] or every:
            rows = [row for row in _rows(guide, impairment) if _names_any(row.when, labs)]
            if rows:
                yield _told(asked, guide, impairment, rows)


def of_income(asked: Given) -> Iterator[Says]:
    """What each guide says of amounts by income and worth."""
    worth = Subject.NET_WORTH in asked.understood.topic.subjects
    about = ("net_worth_multiple", "net_worth") if worth else ("income_multiple", "income_annual")
    for guide in asked.guides():
        lines, multiples = [], []
        for impairment in _impairments(guide):
            rows = [row for row in _rows(guide, impairment) if _names_any(row.when, about)]
            rows = rows if worth else _possible(asked, guide, impairment, rows)
            lines += [_line(guide, impairment, row) for row in rows]
            multiples += [most for row in rows if (most := _multiple(row)) is not None]
        knowledge = asked.knowledge(guide, None)
        for trigger in guide.guide.triggers if guide.guide else ():
            if (
                _names_any(trigger.when, about)
                and state_of(trigger.when, knowledge) is not State.FAILED
            ):
                params = {"text": trigger.text or words_of(trigger.when), "when": words_of(trigger.when),
                          "kinds": ", ".join(k.value for k in trigger.kinds)}  # fmt: skip
                lines.append(
                    Reason("rule_trigger", params, Source(guide.name, trigger.page, "triggers"))
                )
        for rule in guide.guide.rules if guide.guide else ():
            if _names_any(rule.requires, about):
                params = {
                    "class": rule.class_code or "",
                    "text": rule.text or words_of(rule.requires),
                }
                lines.append(
                    Reason("rule_requires", params, Source(guide.name, rule.page, "rules"))
                )
        if lines:
            figure = f"{max(multiples).normalize():f}" if multiples else ""
            params = {"count": str(len(lines)), "figure": figure}
            yield says(guide, Reason("says_income", params, Source(guide.name)), lines)


def _multiple(row: Rating) -> Decimal | None:
    """The multiple of income or worth up to which a row lets an amount pass; None where it is no such row."""
    if row.best.kind is not OutcomeKind.ANY:
        return None
    parts = row.when.parts if isinstance(row.when, All) else (row.when,)
    for part in parts:
        if isinstance(part, Compare) and "multiple" in part.fact.name and "<" in part.sign.value:
            return part.value if isinstance(part.value, Decimal) else None
    return None


def _said(asked: Given, guide: Edition, impairment: Impairment) -> Says:
    topic = asked.understood.topic
    rows = _rows(guide, impairment)
    labs = [row for row in rows if topic.labs and _names_any(row.when, topic.labs)]
    told_labs = any(v for v in _details(asked))
    if labs and not told_labs:
        rows = labs
    if Subject.WAIT in topic.subjects:
        timed = [row for row in rows if _is_of_time(row)]
        rows = timed or rows
    return _told(asked, guide, impairment, rows)


def _details(asked: Given) -> Iterator[object]:
    person = asked.facts.insured
    for entry in (*(person.conditions or ()), *(person.avocations or ())):
        yield from entry.details.values()
    yield from person.details.values()


def _told(asked: Given, guide: Edition, impairment: Impairment, rows: Sequence[Rating]) -> Says:
    rows = _possible(asked, guide, impairment, rows)
    rows = sorted(rows, key=lambda row: (_VERBS.index(row.verb), _severity(guide, row.best)))
    source = Source(guide.name, impairment.page, "impairments")
    name = {"impairment": impairment.name}
    word = asked.understood.topic.class_word
    base = [row for row in rows if row.verb is Verb.BASE] or rows
    waits = [row for row in rows if row.best.kind is OutcomeKind.POSTPONE]
    if Subject.WAIT in asked.understood.topic.subjects and waits:
        rows = [*waits, *(row for row in rows if row not in waits)]
        months = max(
            (row.postpone_months or 0 for row in waits if row.verb is Verb.BASE), default=0
        )
        code = "says_wait_months" if months else "says_wait"
        params = {**name, "months": str(months), "outcome": _span(guide, base)}
        headline = Reason(code, params, source)
    elif not base:
        headline = Reason("says_no_case", name, source)
    elif word:
        answer = reach_of(guide, word, [row.best for row in base], [row.worst for row in base])
        headline = Reason(
            f"says_{answer}", {**name, "class": word, "outcome": _span(guide, base)}, source
        )
    else:
        headline = Reason("says_rating", {**name, "outcome": _span(guide, base)}, source)
    return says(guide, headline, [_line(guide, impairment, row) for row in rows])


_VERBS = [Verb.BASE, Verb.AT_LEAST, Verb.ADD]


def _possible(
    asked: Given, guide: Edition, impairment: Impairment, rows: Sequence[Rating]
) -> list[Rating]:
    """Rows that what the question told does not rule out."""
    knowledge = asked.knowledge(guide, impairment)
    return [row for row in rows if state_of(row.when, knowledge) is not State.FAILED]


def _closest(guide: Edition, code: str) -> Impairment | None:
    by_code = {one.code: one for one in _impairments(guide)}
    return next((by_code[one] for one in wider(code) if one in by_code), None)


def _impairments(guide: Edition) -> Sequence[Impairment]:
    return guide.guide.impairments if guide.guide else ()


def _rows(guide: Edition, impairment: Impairment) -> list[Rating]:
    if guide.guide is None:
        return []
    return guide.guide.once("ratings by impairment, asked", _by_impairment).get(impairment.code, [])


def _by_impairment(guide: Guide) -> dict[str, list[Rating]]:
    found: dict[str, list[Rating]] = {}
    for row in guide.ratings:
        found.setdefault(row.impairment, []).append(row)
    return found


def _names_any(when: When | None, keys: Iterable[str]) -> bool:
    wanted = [set(key.split("_")) for key in keys]
    return any(want <= set(fact.name.split("_")) for fact in facts_in(when) for want in wanted)


def _is_of_time(row: Rating) -> bool:
    timed = any(_TIME.match(fact.name) for fact in facts_in(row.when))
    return timed or row.best.kind is OutcomeKind.POSTPONE or row.postpone_months is not None


def _severity(guide: Edition, rated: Rated) -> tuple[int, int]:
    classes = [one.code for one in guide.guide.classes] if guide.guide else []
    place = classes.index(rated.class_code) if rated.class_code in classes else rated.number
    return _KINDS.index(rated.kind), place


def _span(guide: Edition, rows: Sequence[Rating]) -> str:
    best = min((row.best for row in rows), key=lambda r: _severity(guide, r))
    worst = max((row.worst for row in rows), key=lambda r: _severity(guide, r))
    return both_ends(best, worst)


def _line(guide: Edition, impairment: Impairment, row: Rating) -> Reason:
    params = {
        "impairment": impairment.name,
        "text": row.text or words_of(row.when),
        "outcome": both_ends(row.best, row.worst),
    }
    extra = row.flat_extra
    if extra is not None:
        params["flat_extra"] = "open" if extra.low is None else f"{extra.low:f}"
        if extra.high is not None and extra.high != extra.low:
            params["flat_extra_to"] = f"{extra.high:f}"
        if extra.years is not None:
            params["flat_years"] = str(extra.years)
    source = Source(
        guide.name, row.page or impairment.page, f"ratings row {row.row}" if row.row else "ratings"
    )
    if row.postpone_months is not None:
        params["months"] = str(row.postpone_months)
        return Reason(f"rule_postpone_{row.counted_from.value}", params, source)
    return Reason(f"rule_{row.verb.value}", params, source)


def words_of(when: When | None) -> str:
    """A condition as short data, for rows that say no more: `a1c <= 7 and age < 40`."""
    match when:
        case None:
            return ""
        case Compare(fact, sign, value):
            return str(fact) if value is True else f"{fact} {sign.value} {_value(value)}"
        case Among(fact, values):
            return f"{fact}: {', '.join(map(_value, values))}"
        case All(parts):
            return " and ".join(words_of(part) for part in parts)
        case Any(parts):
            return "(" + " or ".join(words_of(part) for part in parts) + ")"
        case Not(part):
            return f"not {words_of(part)}"


def _value(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value).lower()


def unknown_codes(asked: Given) -> list[str]:
    """Names of the things asked of that no guide rates."""
    guides = list(asked.guides())
    return [
        conditions()[code].name
        for code in asked.understood.topic.codes
        if not any(_closest(guide, code) for guide in guides)
    ]
