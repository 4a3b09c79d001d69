"""Conditions, drugs, driving, crimes, pastimes and journeys, each with when and the details told."""

import re
from collections.abc import Sequence
from typing import cast

from megler.underwriting.rules.asking.clauses import read_clause, read_spans
from megler.underwriting.rules.asking.counted import details_of
from megler.underwriting.rules.asking.dates import when_in
from megler.underwriting.rules.asking.drugs import treat_by_drugs
from megler.underwriting.rules.asking.notes import NUMBER, NUMBER_WORDS, Json, Notes
from megler.vocabulary.conditions import (
    Named,
    by_icd10,
    conditions,
    named,
    recognised,
    wider,
)

_ICD10 = re.compile(
    r"\b(?P<code>[a-z]\d[0-9a-z](?:\.[0-9a-z]{1,4}))\b"
    r"|\bicd(?:-?10)?\s*:?\s*(?P<code2>[a-z]\d[0-9a-z]{1,5}(?:\.[0-9a-z]{1,4})?)\b"
    r"|\b(?P<code3>[a-eg-ln-tv-z]\d\d)\b(?=\s*(?:code|$|[,;?]))"
)
_QUALIFIERS = re.compile(
    r"(?:well[- ]|poorly[- ]|un)?controlled|mild|moderate|severe|minor|major|stable|unstable"
    r"|benign|functional|malignant|"
    r"persistent|intermittent|paroxysmal|permanent|chronic|acute|single|multiple|recurrent|one"
    r"|two|early|advanced|remission|"
    r"in remission|resolved|cured|treated|untreated|operated|unoperated|surgically|repaired|asymptomatic"
    r"|symptomatic|"
    r"stage\s+(?:\d|[ivx]+)[abc]?|grade\s+\d|1st degree|2nd degree|first degree|second degree"
    r"|third degree|relapsing|"
    r"high risk|low risk|localized|metastatic|situational|seasonal|childhood|right|left"
)
_BEFORE = re.compile(rf"(?:\b(?:{_QUALIFIERS.pattern})[\s,-]+)+$")
_AFTER = re.compile(rf"^(?:[\s,(:-]*(?:is\s+|and\s+)?\b(?:{_QUALIFIERS.pattern})\b)+")
_YEAR_BEFORE = re.compile(
    r"\b(?:in\s+)?(?P<y>(?:19[5-9]|20[0-4])\d)\s+(?:had\s+(?:an?\s+)?|an?\s+|for\s+)?$"
)
_AGO_BEFORE = re.compile(
    rf"\b(?P<t>{NUMBER}\s*-?\s*(?:years?|yrs?|yr|months?|mos?|weeks?)\s*(?:ago|post|out|since"
    rf"|after|from|removed)\s*(?:from|of)?\s*(?:an?\s+|his\s+|her\s+|the\s+)?)$"
)
_MANY = re.compile(r"\b(?P<n>\d|two|three|four|five|several|couple(?: of)?|multiple)\s*(?:x\s*)?$")
_MANY_AFTER = re.compile(r"^\s*(?:x\s*(?P<n>[2-9])\b|\(\s*(?P<n2>[2-9])\s*\))")
_LEADING = re.compile(
    r"(?:^|[\s,(])(?:(?:has|had|have|with|w/|h/o|hx of|history of|hx|dx(?:'d)?(?: with)?"
    r"|diagnosed with|diagnosed|suffers? from|type|s/p|status post|treated for|prior|previous"
    r"|past|old|an?|the|due to|since|for|from)\s+)+$"
)
_LOUD_ONLY = {"add", "pat", "ms", "icd", "hash", "ticket", "tickets"}
"""Words of their own that are an illness or an event only in capitals, or where one is expected."""
_EXPECTED_BEFORE = re.compile(
    r"(?:\b(?:has|have|had|with|w/|hx|of|is|dx|dx'?d|diagnosed|takes?|accepts?|considers?|males?"
    r"|females?|m|f|about|for|for an|got)"
    r"|[,+&/;])\s*$"
)
_EXPECTED_AFTER = re.compile(
    r"\s*(?:[,.;?!+&]|$|\d|since|dx|diag|relaps|on\b|for\b|and\b|with\b|a\s+(?:decline|problem|knock)"
    r"|stable|progress|insurable|rated)"
)
_OTHER_SENSE = re.compile(
    r"\banxious(?=\s+(?:to|for|about))|\b(?:battery|assault|fraud|possession|robbery|prison|jail|murder"
    r"|crack|drug|asbestos)"
    r"(?=\s+(?:sales\w*|manager|department|dept|guards?|officers?|investigat\w+|attorney|examiner"
    r"|company|warden|nurse|analyst|team"
    r"|down|open|maker|plant|store|prevention|rep\b))|\bpilot(?=\s+(?:program|project|phase|test))"
    r"|(?<=\btime )flies\b"
    r"|\bsoaring(?=\s+(?:costs?|premiums?|rates?|prices?))|\bstroke(?=\s+of\s+(?:luck|genius|midnight|a pen))"
    r"|\bdepressed(?=\s+(?:market|econom\w+|area|price))|\bpot(?=\s+of\b)|\bweed(?=\s+(?:killer|eater"
    r"|wh?acker|control))"
    r"|(?<=\bbig )ticket\b|(?<=\bin )possession\b|\bblind(?=\s+(?:copy|quote|spot|trust))"
    r"|(?<=\bflying )colou?rs"
    r"|\bflying(?=\s+colou?rs)|\bchronic(?=\s+(?:late|complain))|\bflies(?=\s+(?:to|coach|commercial"
    r"|delta|united|often for work))"
)
"""Words in another sense: `anxious to start`, a prison guard, a pilot program."""

_AS = re.compile(
    r"\b(?:count\w*|consider\w*|treat\w*|class\w*|rated|view\w*|same)\s+(?:it\s+)?(?:as\s+|like\s+)(?:an?\s+)?$"
)
_HEALED = re.compile(
    r"\b(?:sober|clean|dry|abstinent|recovery|cured|resolved|remission|treated|completed|finished|ended"
    r"|cancer free|none|no more|clear"
    r"|clean)\b[\s,]*(?:since|in|for|as of)?\s*$"
)
_NOT_FLYING = re.compile(r"(?:airline|commercial|corporate|military|cargo)\s*$")
_NOTHING = re.compile(
    r"\bno\s+(?:foreign\s+)?travel\b|\bno\s+(?:meds|medications?|prescriptions)\b"
    r"|\bno\s+(?:avocations|hobbies|hazardous (?:hobbies|activities|avocations))\b|\b(?:clean"
    r"|clear)\s+(?:mvr|driving(?: record)?)\b|\bno\s+(?:driving (?:issues|record|history)"
    r"|tickets|violations|accidents)\b|\bno\s+criminal (?:history|record)\b|\b(?:no (?:health"
    r"|medical) (?:issues|problems|conditions|history)|(?:perfectly |otherwise |very )?healthy"
    r"|good health|no impairments|no conditions)\b"
)
_SILENT = {
    "travel": r"foreign|travel",
    "medications": r"meds|medication|prescription",
    "avocations": r"avocation|hobb|hazardous",
    "driving": r"mvr|driving|ticket|violation|accident",
    "criminal": r"criminal",
    "conditions": r"health|medical|healthy|impairments|conditions",
}
_REACH = 60


def read_icd10(notes: Notes) -> None:
    """Conditions told by their code."""
    for found in list(notes.find(_ICD10)):
        told = (found["code"] or found["code2"] or found["code3"]).upper()
        if code := by_icd10(told):
            notes.entries("conditions").append({"name": conditions()[code].name, "icd10": told})
            notes.codes.append(code)
            place = f"conditions[{len(notes.entries('conditions')) - 1}]"
            notes.chip("conditions", found.span(), f"{told} {conditions()[code].name}", place)


def read_nothing(notes: Notes) -> None:
    """Lists that the question says are empty: `no meds`, `clean MVR`, `healthy`."""
    for found in list(notes.find(_NOTHING)):
        for key, words in _SILENT.items():
            if re.search(words, found.group()):
                notes.facts.setdefault(key, [])
                notes.chip("none", found.span(), key, key)
                break


def read_history(notes: Notes) -> None:
    """Conditions, events and pastimes by name, each with the day, number and details around it."""
    found = [one for one in named(notes.text) if _counts(notes, one)]
    for at, one in enumerate(found):
        until = found[at + 1].start if at + 1 < len(found) else len(notes.low)
        others = (other.start for other in found[at + 1 :] if other.code != one.code)
        reach = next(others, len(notes.low))
        since = found[at - 1].end if at else 0
        if one.negated:
            notes.chip("denied", (one.start, one.end), one.code)
        else:
            _read_entry(notes, one, since, (until, reach))
    _read_late_day(notes)
    treat_by_drugs(notes)


def _counts(notes: Notes, one: Named) -> bool:
    written = notes.text[one.start : one.end]
    if not notes.is_free(one.start, one.end):
        return False
    if any(
        m.start() >= one.start
        for m in _OTHER_SENSE.finditer(notes.low, one.start, len(notes.low))
        if m.start() < one.end
    ):
        notes.use(one.start, one.end)
        return False
    if written.lower() in _LOUD_ONLY and not (written.isupper() and not notes.text.isupper()):
        expected = _EXPECTED_BEFORE.search(notes.low[: one.start]) and _EXPECTED_AFTER.match(
            notes.low, one.end
        )
        return bool(expected) or written.lower() in {"ticket", "tickets"}
    if _AS.search(notes.low[: one.start]):
        notes.use(one.start, one.end)
        return False
    if one.code == "private_pilot" and _NOT_FLYING.search(notes.low[: one.start]):
        return False
    return not (one.code == "private_pilot" and re.match(r"\s*to\b", notes.low[one.end :]))


def _read_entry(notes: Notes, one: Named, since: int, ends: tuple[int, int]) -> None:
    """An entry: its days stand before the next name of anything (`ends[0]`), the rest before the next of
    another thing (`ends[1]`)."""
    listed = conditions()[one.code].listed
    start, end = _qualified(notes, one, since, ends[0])
    days, spans, only_years = _days(notes, start, end, since, ends[0])
    many = _many(notes, one.start, end, since)
    value = conditions()[one.code].name
    name = " ".join(notes.text[start:end].replace(",", " ").split())
    told = _told_already(notes, one, name, days if listed == "conditions" else [])
    again = told is not None and (
        listed == "conditions" or (not days and many == 1) or _adjoins(notes, one, since)
    )
    if told is not None and again:
        _add_to(notes, one, told, days, spans)
        notes.chip(listed, (start, end), value)
    else:
        told = _add_entries(notes, one, (start, end), days=days, spans=spans, many=many)
        if details := details_of(notes, one.code, end, ends[1]):
            notes.entries(listed)[-1]["details"] = details
        place = f"{listed}[{len(notes.entries(listed)) - 1}]"
        notes.chip(listed, (start, end), f"{value} {', '.join(days)}".strip(), place)
    if only_years and listed != "avocations":
        notes.supposed.append("year_only")
    for span in spans:
        notes.use(*span)
    if listed in {"conditions", "avocations"}:
        read_clause(notes, (one.code,), (listed, told), (start if again else end, ends[1]))
    if listed == "conditions":
        read_spans(notes, one.code, told, (max(since, start - 12), ends[1]))


def _read_late_day(notes: Notes) -> None:
    """The day of the one condition told, where it stands by itself: `copd? 66 m, dx 2019`."""
    told = notes.entries("conditions") if "conditions" in notes.facts else []
    if len(told) != 1 or {"since", "until"} & told[0].keys():
        return
    for found in _DIAGNOSED.finditer(notes.low):
        when = when_in(notes.low[found.end() : found.end() + _REACH], notes.on, notes.age)
        if when is None or when[0].start() > 0:
            continue
        match, day, only_year = when
        span = (found.end(), found.end() + match.end())
        if notes.is_free(*span):
            told[0]["since"] = day
            notes.use(found.start(), span[1])
            if only_year:
                notes.supposed.append("year_only")
            return


_DIAGNOSED = re.compile(
    r"\b(?:dx'?e?d?|diag(?:nosed|nosis)?|onset|happened|occurred|had it|got it)\b[\s,:]*"
    r"(?:(?:was|in|on|about|around|at|approx|back|roughly)\b[\s.]*)*"
)
_EVENTS = {"driving", "criminal"}


def _add_entries(
    notes: Notes,
    one: Named,
    span: tuple[int, int],
    *,
    days: Sequence[str],
    spans: Sequence[tuple[int, int]],
    many: int,
) -> int:
    """New entries, one for every event told; which is the last."""
    listed = conditions()[one.code].listed
    name = " ".join(notes.text[span[0] : span[1]].replace(",", " ").split())
    entries = notes.entries(listed)
    notes.codes.append(one.code)
    for number in range(max(many, len(days), 1) if listed in _EVENTS else 1):
        entry: Json = {"event" if listed in _EVENTS else "name": name}
        entries.append(entry)
        if number < len(days) and listed != "avocations":
            entry[_when_key(notes, listed, span[0], spans)] = days[number]
    return len(entries) - 1


def _when_key(notes: Notes, listed: str, start: int, spans: Sequence[tuple[int, int]]) -> str:
    if listed in _EVENTS:
        return "on"
    healed = spans and _HEALED.search(notes.low[start : spans[0][0]])
    return "until" if healed else "since"


def _adjoins(notes: Notes, one: Named, since: int) -> bool:
    """Whether the thing told before stands right beside it: `chapter 7 bankruptcy`."""
    return since > 0 and one.start - since <= 2


def _add_to(
    notes: Notes, one: Named, told: int, days: Sequence[str], spans: Sequence[tuple[int, int]]
) -> None:
    """A thing told again in other words: what is new is kept with the entry that stands."""
    listed = conditions()[one.code].listed
    entry = notes.entries(listed)[told]
    more = details_of(notes, one.code, one.end, len(notes.low))
    if more and listed == "avocations":
        entry["details"] = {**cast(Json, entry.get("details", {})), **more}
    if days and listed != "avocations":
        entry.setdefault(_when_key(notes, listed, one.start, spans), days[0])


def _told_already(notes: Notes, one: Named, name: str, days: Sequence[str]) -> int | None:
    """The entry that stands for it: the same thing, or a wider one that it then narrows.

    A second day of the same illness is another case of it.
    """
    listed = conditions()[one.code].listed
    for number, entry in enumerate(notes.entries(listed)):
        key = "event" if "event" in entry else "name"
        told = recognised(str(entry[key]), listed)
        if days and entry.get("since", days[0]) != days[0] and one.code in told:
            continue
        if any(one.code in wider(code) for code in told):
            return number
        if any(code in wider(one.code) for code in told):
            entry[key] = f"{entry[key]} {name}"
            notes.codes[:] = [c for c in notes.codes if c not in told] + [one.code]
            return number
    return None


def _qualified(notes: Notes, one: Named, since: int, until: int) -> tuple[int, int]:
    """Where the name with the words that say how bad it is begins and ends."""
    before = _BEFORE.search(notes.low[since : one.start])
    after = _AFTER.match(notes.low[one.end : until])
    start = since + before.start() if before else one.start
    return start, one.end + after.end() if after else one.end


def _days(
    notes: Notes, start: int, end: int, since: int, until: int
) -> tuple[list[str], list[tuple[int, int]], bool]:
    """Days told behind the name, else right before it."""
    days: list[str] = []
    spans: list[tuple[int, int]] = []
    only_year = False
    at, stop = end, min(until, end + _REACH)
    clause = re.split(r"[;.?!]\s|[;?!]", notes.low[at:stop])[0]
    stop = at + len(clause)
    while at < stop and (told := when_in(notes.low[at:stop], notes.on, notes.age)):
        match, day, year = told
        span = (at + match.start(), at + match.end())
        between = notes.low[end if not spans else spans[-1][1] : span[0]]
        if notes.is_free(*span) and _joins(between, bool(days)) and _is_past(notes, match):
            days.append(day)
            spans.append(span)
            only_year |= year
        at = span[1]
    if days:
        return days, spans, only_year
    head = notes.low[since:start]
    stripped = _LEADING.sub("", head) if _LEADING.search(head) else head
    for pattern in (_AGO_BEFORE, _YEAR_BEFORE):
        for words in (head, stripped.rstrip() + " "):
            if found := pattern.search(words):
                told = when_in(found.group(), notes.on, notes.age)
                span = (since + found.start(), min(since + found.end(), start))
                if told and notes.is_free(*span):
                    return [told[1]], [span], told[2]
    return [], [], False


def _joins(between: str, already: bool) -> bool:
    """Whether the words between a name and a day let them belong together."""
    if already:
        return bool(
            re.fullmatch(r"[\s,&/+]*(?:and\s*|then\s*|&\s*)?(?:again\s*)?(?:in\s*)?", between)
        )
    if _DONE.search(between) and len(re.findall(r"\w+", between)) <= _DONE_WORDS:
        return True
    if re.search(
        r"\b(?:on|takes?|taking|male|female|hospitali\w*|last|scan|colonoscopy|term|nonsmoker|quit"
        r"|a1c|bp|ablation|cardioverted|cardioversion|\d{2,3}/\d{2,3})\b",
        between,
    ):
        return False
    return len(re.findall(r"\w+", between)) <= 5


_DONE = re.compile(
    r"\b(?:removed|excised|diagnosed|dx'?d?|dxd|treated|surgery|ablated|repaired|replaced|finished"
    r"|completed|ended|operated"
    r"|resected|resolved|cured|placed|implanted|put in|happened)\s*(?:in|on|at|back in|around|about|:)?\s*$"
)
_DONE_WORDS = 9


def _is_past(notes: Notes, match: re.Match[str]) -> bool:
    """`20 year term` is no past; `20 years` of diabetes is."""
    rest = notes.low[match.end() : match.end() + 12] if match.string is notes.low else ""
    return not re.match(r"\s*-?\s*(?:term|level|old)", rest)


def _many(notes: Notes, start: int, end: int, since: int) -> int:
    found = _MANY.search(notes.low[since:start])
    after = _MANY_AFTER.match(notes.low[end:])
    if after:
        notes.use(end, end + after.end())
        return int(after["n"] or after["n2"])
    if not found:
        return 1
    if notes.is_free(since + found.start(), start):
        notes.use(since + found.start(), start)
    word = found["n"].split()[0]
    return int(word) if word.isdigit() else NUMBER_WORDS.get(word, 2)
