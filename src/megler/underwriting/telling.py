"""Answers as text for people at a terminal."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from megler.underwriting.names import KIND_NAMES, ORDERED_BY
from megler.underwriting.wording import outcome_words, place_words

Entry = Mapping[str, Any]
_LABEL = 12
_OPEN = {"fact_unknown", "fact_unknown_usual"}
FEW = 5
MOST_OPEN = 10
_OF_ENTRY = re.compile(r"(?P<list>\w+)\[(?P<number>\d+)\]\.")
_NAMES = ("name", "event", "country", "icd10")
"""So many of what only may hold, or was supposed as usual, are told; `--json` tells them all."""


def assessment_lines(answer: Entry) -> Iterator[str]:
    """Each carrier's outcome with its range, why, what is open and what would better it."""
    for entries in _alike(answer["assessments"]):
        one = entries[0]
        yield _head(entries)
        outcome, likely = outcome_text(one), outcome_text({**one, **one["likely"]})
        yield _line(_("outcome"), outcome)
        if one["range"][0] != one["range"][1]:
            yield _line(_("range"), range_text(one))
        if likely != outcome or one["range"][0] != one["range"][1]:
            yield _line(_("likely"), likely)
        yield from _reasons(_("why"), _few(one["reasons"], _may_hold, _("more that may hold")))
        yield from _supposed(one)
        for number, told in enumerate(_open(one, answer["facts"])):
            yield _line(_("open") if number == 0 else "", told)
        yield from _reasons(_("better"), one["improvements"])
        yield from _not_eligible(entries)
        yield ""


def requirement_lines(answer: Entry) -> Iterator[str]:
    """Each carrier's requirements, the least burden first."""
    for entries in _alike(answer["carriers"]):
        one = entries[0]
        yield _head(entries)
        yield _line(_("burden"), burden_text(one))
        for need in one["requirements"]:
            yield f"  {_name(need['kind'])}{'' if need['certain'] else ' (' + _('only if') + ')'}"
            yield _line("", need_text(need))
            if need["reuse"]:
                yield _line(_("on file"), _sourced(need["reuse"]["reason"]))
            yield from _reasons(_("on file"), need["not_reused"])
            yield from _reasons(_("why"), need["reasons"])
            for missing in need["open"]:
                yield _line(_("open"), _question(missing, _person(one, answer["facts"])))
        yield from _supposed(one)
        yield from _not_eligible(entries)
        yield ""


def outcome_text(one: Entry) -> str:
    """An outcome in words: the class, the table of a class, its flat extra, or until when."""
    named = code_text(one, one["class"]) if one["class"] else ""
    text = outcome_words(one["outcome"])
    if one["outcome"] == "class":
        text = named
    elif one["outcome"] == "table":
        text = _("table %(table)s of %(class)s") % {"table": one["table"], "class": named}
    elif one["outcome"] == "postpone" and one.get("postpone_until"):
        text = _("postpone until %(day)s") % {"day": one["postpone_until"]}
    return text + _flat(one)


def range_text(one: Entry) -> str:
    """The best and the worst that the facts leave possible."""
    best, worst = one["range"]
    return _("%(best)s to %(worst)s") % {
        "best": code_text(one, best),
        "worst": code_text(one, worst),
    }


def code_text(one: Entry, code: str) -> str:
    """An end of a range in words: a class as its guide calls it, otherwise the outcome."""
    return str(one["names"].get(code) or outcome_words(code))


def burden_text(one: Entry) -> str:
    """How much is asked: whether there is an exam, how many things, how many days."""
    exam = {"no": _("no exam"), "perhaps": _("perhaps an exam"), "yes": _("exam")}[one["exam"]]
    things = ngettext("%(n)s thing to get", "%(n)s things to get", one["things"])
    parts = [exam, things % {"n": one["things"]}]
    if one["perhaps"]:
        parts.append(_("%(n)s more perhaps") % {"n": one["perhaps"]})
    if one["on_file"]:
        parts.append(_("%(n)s on file") % {"n": one["on_file"]})
    return ", ".join([*parts, days_text(one)])


def days_text(one: Entry) -> str:
    """The days until everything is here, all of it being asked for at once."""
    if one["days"] is None:
        return _("nobody says how long it takes")
    days = ngettext("%(n)s day", "%(n)s days", one["days"]) % {"n": one["days"]}
    if one["days_unknown"]:
        days = _("%(days)s or more") % {"days": days}
    if one["slowest"]:
        days += f" ({_name(one['slowest'])})"
    return days


def need_text(need: Entry) -> str:
    """Who orders a requirement, how long it takes and lasts, in one line."""
    parts = []
    if need["ordered_by"]:
        parts.append(_("ordered by %(who)s") % {"who": ORDERED_BY[need["ordered_by"]]})
    if need["usual_days"] is not None:
        days = ngettext("usually %(n)s day", "usually %(n)s days", need["usual_days"])
        where = _("measured here") if need["usual_days_from"] == "measured" else _("by the guide")
        parts.append(f"{days % {'n': need['usual_days']}} ({where})")
    if need["valid_days"] is not None:
        valid = ngettext("valid %(n)s day", "valid %(n)s days", need["valid_days"])
        parts.append(valid % {"n": need["valid_days"]})
    return ", ".join(parts) or _("the guide says no more of it")


def _alike(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Entries that follow each other and differ in nothing but the product."""
    own = {"product", "product_name", "line"}

    def shared(one: Entry) -> str:
        return repr({key: value for key, value in one.items() if key not in own})

    for _shared, group in groupby(entries, shared):
        yield list(group)


def _head(entries: list[Entry]) -> str:
    one = entries[0]
    who = f"{one['person']}: " if "person" in one else ""
    products = ", ".join(e["product_name"] for e in entries if e["product_name"])
    return f"{who}{one['carrier_name']}{f', {products}' if products else ''}  [{one['edition']}]"


def _line(label: str, text: str) -> str:
    return f"    {label:<{_LABEL}}{text}".rstrip()


def _reasons(label: str, reasons: Iterable[Entry]) -> Iterator[str]:
    for number, reason in enumerate(reasons):
        yield _line(label if number == 0 else "", _sourced(reason))


def _supposed(one: Entry) -> Iterator[str]:
    """What was supposed; facts that are open are told there."""
    told = [reason for reason in one["assumptions"] if reason["code"] not in _OPEN]
    told = _few(told, _as_usual, _("more supposed as usual"))
    return _reasons(_("supposed"), told)


def _may_hold(reason: Entry) -> bool:
    return str(reason["code"]).endswith("_open")


def _as_usual(reason: Entry) -> bool:
    return bool(reason["code"] == "usual_supposed")


def _few(reasons: Iterable[Entry], minor: Callable[[Entry], bool], more: str) -> list[Entry]:
    """The reasons that hold, then the first few of the others, and how many `more` there are."""
    told = list(reasons)
    rest = [reason for reason in told if minor(reason)]
    shown = [reason for reason in told if not minor(reason)] + rest[:FEW]
    if len(rest) > FEW:
        shown.append({"text": f"… {len(rest) - FEW} {more} (--json)", "source": {}})
    return shown


def _sourced(reason: Entry) -> str:
    """A reason's sentence and where it stands: its page, otherwise its rule."""
    page = (
        _("page %(page)s") % {"page": reason["source"]["page"]}
        if "page" in reason["source"]
        else ""
    )
    where = page or reason["source"].get("rule", "")
    return f"{reason['text']}{f'  [{where}]' if where else ''}"


def _open(entry: Entry, facts: Entry) -> Iterator[str]:
    """What would decide, the first few; what was never touched on is among what was supposed."""
    asked = [one for one in entry["open"] if not one.get("supposed")]
    for one in asked[:MOST_OPEN]:
        told = code_text(entry, one["would_change_to"]) + _flat({**one, "flat_years": None})
        yield f"{_question(one, _person(entry, facts))}: {told}"
    if (n := len(asked) - MOST_OPEN) > 0:
        more = ngettext("%(n)s more that would decide", "%(n)s more that would decide", n)
        yield f"… {more % {'n': n}} (--json)"


def _person(entry: Entry, facts: Entry) -> Entry:
    """The facts of the person whom an entry is about."""
    people: list[Entry] = facts.get("people") or [facts]
    named = [one for one in people if one.get("id") == entry.get("person")]
    return (named or people)[0]


def _question(one: Entry, person: Entry) -> str:
    place = place_words(one["fact"])
    if found := _OF_ENTRY.match(one["fact"]):
        entries = person.get(found["list"]) or []
        entry = entries[int(found["number"])] if int(found["number"]) < len(entries) else {}
        name = next((entry[key] for key in _NAMES if entry.get(key)), "")
        place = f"{name}: {place.partition(': ')[2]}" if name else place
    asked = f" – {one['question']}" if one.get("question") else ""
    return f"{place} ({one['fact']}){asked}"


def _not_eligible(entries: list[Entry]) -> Iterator[str]:
    if not entries[0]["eligible"]:
        yield from _reasons(_("not sold"), entries[0]["not_eligible"])


def _flat(one: Entry) -> str:
    if one.get("flat_extra_open") and one.get("flat_extra") is None:
        return _(", with a flat extra that the guide leaves open")
    if one.get("flat_extra") is None:
        return ""
    text = _(", with %(amount)s per 1,000 a year") % {"amount": one["flat_extra"]}
    if one["flat_years"]:
        years = ngettext("%(n)s year", "%(n)s years", one["flat_years"]) % {"n": one["flat_years"]}
        text += _(" for %(years)s") % {"years": years}
    return text


def _name(kind: str) -> str:
    return str(KIND_NAMES[kind])
