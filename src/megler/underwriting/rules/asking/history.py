"""Conditions, drugs, driving, crimes, pastimes and journeys, each with when and the details told."""

import re
from typing import cast

from megler.underwriting.rules.asking.dates import when_in
from megler.underwriting.rules.asking.notes import NUMBER, NUMBER_WORDS, Json, Notes
from megler.vocabulary.conditions import (
    Named,
    by_icd10,
    conditions,
    drugs_named,
    medications,
    named,
    recognised,
    wider,
)

_ICD10 = re.compile(
    r"\b(?P<code>[a-z]\d[0-9a-z](?:\.[0-9a-z]{1,4}))\b"
    r"|\bicd(?:-?10)?\s*:?\s*(?P<code2>[a-z]\d[0-9a-z]{1,5}(?:\.[0-9a-z]{1,4})?)\b"
    r"|\b(?P<code3>[a-tv-z]\d\d)\b(?=\s*(?:code|$|[,;?]))"
)
_QUALIFIERS = re.compile(
    r"(?:well[- ]|poorly[- ]|un)?controlled|mild|moderate|severe|minor|major|stable|unstable"
    r"|benign|functional|malignant|"
    r"persistent|intermittent|paroxysmal|permanent|chronic|acute|single|multiple|recurrent|one"
    r"|two|early|advanced|remission|"
    r"in remission|resolved|cured|treated|untreated|operated|unoperated|surgically|repaired|asymptomatic|symptomatic|"
    r"stage\s+(?:\d|[ivx]+)[abc]?|grade\s+\d|1st degree|2nd degree|first degree|second degree|third degree|relapsing|"
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
_LOUD_ONLY = {
    "add",
    "pat",
    "ms",
    "icd",
    "hash",
    "ticket",
    "tickets",
    "overdose",
    "meth",
    "pci",
    "pac",
}
_DOSE = re.compile(
    r"\s*(?P<dose>\d+(?:\.\d+)?\s*(?:mg|mcg|units?|ml))\b(?:/day|\s*(?:daily|bid|qd))?"
)
_HEALED = re.compile(
    r"\b(?:cured|resolved|remission|treated|completed|finished|ended|cancer free|none|no more|clear"
    r"|clean)\b[\s,]*(?:since|in|for|as of)?\s*$"
)
_NOT_FLYING = re.compile(r"(?:airline|commercial|corporate|military|cargo)\s*$")
_DEPTH = re.compile(
    r"\b(?P<n>\d{2,3})\s*(?:ft|feet|foot|')|\b(?P<m>\d{2,3})\s*(?:m\b|meters?|metres?)"
)
_COUNTED = re.compile(
    r"\b(?P<n>\d{1,5}(?:,\d{3})?)\s*(?P<unit>hours?|hrs?|jumps?|dives?|flights?|climbs?"
    r"|races?)(?:\s*(?:/|per|an?|each)\s*(?:yr|year))?|\b(?P<feet>\d{2,5}"
    r"|\d{1,2},\d{3})\s*(?:ft|feet)"
)
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
_REACH = 46


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


def read_drugs(notes: Notes) -> None:
    """Medications; a class of drugs counts as one."""
    things = named(notes.text)
    for one in drugs_named(notes.text):
        if one.negated or not notes.is_free(one.start, one.end):
            continue
        if any(n.start <= one.start and one.end <= n.end for n in things):
            continue
        if (
            notes.text[one.start : one.end].lower() in {"iron", "soma", "steroids"}
            and "medications" not in notes.facts
        ):
            continue
        entries = notes.entries("medications")
        if any(entry["name"] == one.code for entry in entries):
            notes.use(one.start, one.end)
            continue
        entry: Json = {"name": one.code}
        end = one.end
        if dose := _DOSE.match(notes.low, end):
            entry["dose"] = dose["dose"]
            end = dose.end()
        entries.append(entry)
        notes.chip("medications", (one.start, end), one.code, f"medications[{len(entries) - 1}]")


def read_history(notes: Notes) -> None:
    """Conditions, events and pastimes by name, each with the day, number and details around it."""
    found = [one for one in named(notes.text) if _counts(notes, one)]
    for at, one in enumerate(found):
        until = found[at + 1].start if at + 1 < len(found) else len(notes.low)
        since = found[at - 1].end if at else 0
        if one.negated:
            notes.chip("denied", (one.start, one.end), one.code)
        else:
            _read_entry(notes, one, since, until)
    _treated_by_drugs(notes)


def _counts(notes: Notes, one: Named) -> bool:
    written = notes.text[one.start : one.end]
    if not notes.is_free(one.start, one.end):
        return False
    if written.lower() in _LOUD_ONLY and not (written.isupper() and not notes.text.isupper()):
        return written.lower() in {"ticket", "tickets"}
    if one.code == "private_pilot" and _NOT_FLYING.search(notes.low[: one.start]):
        return False
    return not (one.code == "private_pilot" and re.match(r"\s*to\b", notes.low[one.end :]))


def _read_entry(notes: Notes, one: Named, since: int, until: int) -> None:
    listed = conditions()[one.code].listed
    start, end = _qualified(notes, one, since, until)
    name = " ".join(notes.text[start:end].replace(",", " ").split())
    days, spans, only_years = _days(notes, start, end, since, until)
    many = _many(notes, start, end, since)
    entries = notes.entries(listed)
    if not days and many == 1 and _is_told(notes, one.code, listed, name):
        if entries and (more := _details(notes, one.code, end, until)) and listed == "avocations":
            entries[-1]["details"] = {**cast(Json, entries[-1].get("details", {})), **more}
        notes.chip(listed, (start, end), conditions()[one.code].name)
        return
    notes.codes.append(one.code)
    key, at = ("event", "on") if listed in {"driving", "criminal"} else ("name", "since")
    for number in range(max(many, len(days), 1)):
        entry: Json = {key: name}
        if number < len(days) and listed != "avocations":
            healed = at == "since" and spans and _HEALED.search(notes.low[start : spans[0][0]])
            entry["until" if healed else at] = days[number]
        details = _details(notes, one.code, end, until)
        if details and listed in {"avocations", "conditions"}:
            entry["details"] = details
        entries.append(entry)
    if only_years and listed != "avocations":
        notes.supposed.append("year_only")
    place = f"{listed}[{len(entries) - 1}]"
    value = conditions()[one.code].name
    notes.chip(listed, (start, end), f"{value} {', '.join(days)}".strip(), place)
    for span in spans:
        notes.use(*span)


def _is_told(notes: Notes, code: str, listed: str, name: str) -> bool:
    """Whether an entry stands for it already: the same thing, or a wider one that it then narrows."""
    for entry in notes.entries(listed):
        key = "event" if "event" in entry else "name"
        told = recognised(str(entry[key]), listed)
        if any(code in wider(one) for one in told):
            return True
        if any(one in wider(code) for one in told):
            entry[key] = f"{entry[key]} {name}"
            notes.codes[:] = [c for c in notes.codes if c not in told] + [code]
            return True
    return False


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
        return bool(re.fullmatch(r"[\s,&/]*(?:and\s*|&\s*)?(?:in\s*)?", between))
    if re.search(
        r"\b(?:on|takes?|taking|male|female|hospitali\w*|last|scan|colonoscopy|term|nonsmoker|quit"
        r"|a1c|bp|\d{2,3}/\d{2,3})\b",
        between,
    ):
        return False
    return len(re.findall(r"\w+", between)) <= 5


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


def _details(notes: Notes, code: str, end: int, until: int) -> Json:
    """Figures with a unit behind the name, under the guides' keys for that unit."""
    details: Json = {}
    clause = notes.low[end : min(until, end + 60)]
    if code == "scuba" and (found := _DEPTH.search(clause)):
        feet = int(found["n"]) if found["n"] else round(int(found["m"]) * 3.28084)
        details["max_depth_ft"] = feet
        for key in _asked(notes, code, {"ft", "feet"}):
            details[key] = feet
        notes.use(end + found.start(), end + found.end())
    elif found := _COUNTED.search(clause):
        number = int((found["n"] or found["feet"]).replace(",", ""))
        units = (
            {"ft", "feet"} if found["feet"] else {found["unit"], found["unit"].rstrip("s") + "s"}
        )
        keys = _asked(notes, code, units | {f"{unit} a year" for unit in units})
        for key in keys or (
            [] if found["feet"] else [f"{found['unit'].rstrip('s').replace('hr', 'hour')}s_a_year"]
        ):
            details[key] = number
        if details:
            notes.use(end + found.start(), end + found.end())
    return details


def _asked(notes: Notes, code: str, units: set[str]) -> list[str]:
    codes = set(wider(code))
    return [
        q.key
        for q in notes.asked
        if q.impairment in codes and q.type == "number" and q.unit in units
    ]


def _treated_by_drugs(notes: Notes) -> None:
    """A told hypertension with a drug for it is a treated one; so is high cholesterol."""
    taken = notes.facts.get("medications")
    likely = {
        c
        for entry in (taken if isinstance(taken, list) else [])
        for c in medications()[entry["name"]].likely
    }
    for code, key in (("hypertension", "blood_pressure"), ("hyperlipidemia", "cholesterol")):
        if code in likely and (code in notes.codes or key in notes.facts):
            notes.part(key).setdefault("treated", True)
