"""Family history: `dad died of MI at 58, mom alive at 80, no family history of cancer`."""

import re

from megler.underwriting.rules.asking.notes import Json, Notes
from megler.vocabulary.conditions import conditions, named

_RELATIONS = {
    "father": r"father|dad|daddy|pops?|far\b",
    "mother": r"mother|mom|mum|mommy|mor\b",
    "brother": r"brothers?|bro|bror",
    "sister": r"sisters?|s[øo]ster",
    "other": r"(?:grand(?:mother|father|parents?|ma|pa|dad|mom)|aunts?|uncles?|cousins?|nieces?|nephews?"
    r"|in-?laws?|step\w+)",
    "": r"parents?|siblings?|both parents",
}
_WHO = "|".join(f"(?P<r{i}>{words})" for i, words in enumerate(_RELATIONS.values()))
_OTHERS = "|".join(words for words in _RELATIONS.values())
_RELATIVE = re.compile(rf"\b(?:his|her|client'?s|a|one|my|the|whose)?\s*\b(?:{_WHO})(?:'s)?\b")
_NONE = re.compile(
    r"\b(?:no|negative|neg|clean|clear|unremarkable|good)\s+(?:(?:adverse|significant|known"
    r"|bad)\s+)?(?:family|fam)\s*(?:history|hx|hist)?\b(?:\s+of\s+[a-z ,/]+)?|\b(?:family"
    r"|fam)\s*(?:history|hx|hist)\s*(?:is\s+|[:-]\s*)?(?:none|negative|neg|clean|clear"
    r"|unremarkable|good|ok)\b"
)
_HISTORY = re.compile(r"\b(?:family|fam)\s*(?:history|hx|hist)\s*(?:of|for|[:-])?\s*")
_AGE = re.compile(
    r"(?:\b(?:at|age|aged|when|in (?:his|her))\b|@)\s*(?:age\s*|he was\s*|she "
    r"was\s*)?(?:of\s*)?(?P<age>\d{2})\b|\b(?P<age2>\d{2})\b(?!\s*(?:%|years? ago|yrs? ago))"
)
_DIED = re.compile(r"\b(?:died|dead|death|passed(?: away)?|deceased|d\.|dod|killed|d[øo]de)\b")
_ALIVE = re.compile(r"\b(?:alive|living|still living|healthy|well)\b")
_ENDS = re.compile(
    r"[.;?!]|\bwho\b|\bwhat\b|\bwhich\b|\bhow\b|\bbest\b|\b(?:client|applicant|insured|himself|herself)\b"
)


_CLIENT = re.compile(
    rf"(?:^|\b(?:for|my|his|her|agent'?s|is|on)\s+)(?:my\s+|an?\s+|the\s+)?(?:{_WHO})\s*[,(]?\s*(?:is\s+"
    rf"|aged?\s+)?(?P<age>\d{{2}})\b"
    r"(?=.{0,40}\b(?:needs?|wants?|looking|would like|is (?:a|on|looking)|has|takes|smok\w+"
    r"|\d+\s*k\b))(?!\s*(?:of|with|from)\b)"
)
_OF_WHOM = re.compile(
    rf"\s*(?:hx\s+|history\s+)?\(?\s*(?:in|on|for|of|with)\s+(?:both\s+|one\s+|his\s+|her\s+|the\s+"
    rf"|client'?s\s+|a\s+)*(?:{_WHO})(?:'s)?\b"
    rf"(?:\s+side)?(?:\s*(?:and|&|,)\s*(?:his\s+|her\s+)?(?:{_OTHERS}))?"
)


def read_family(notes: Notes) -> None:
    """Every parent and sibling told of, with illness, age at its beginning and at death."""
    if _read_client(notes):
        return
    _read_of_whom(notes)
    for found in list(notes.find(_NONE)):
        if " of " not in found.group() or re.search(r"\b(?:history|hx|hist)$", found.group()):
            notes.facts.setdefault("family", [])
            notes.chip("family", found.span(), "none", "family")
    starts = list(notes.find(_RELATIVE))
    for at, found in enumerate(starts):
        until = starts[at + 1].start() if at + 1 < len(starts) else len(notes.low)
        _read_relative(notes, found, until)
    for found in list(notes.find(_HISTORY)):
        _read_history(notes, found)


def _read_client(notes: Notes) -> bool:
    """Whether a relative of somebody is the one to insure: `mom 62 needs 25k`."""
    found = notes.first(_CLIENT)
    if found is None or "age" in notes.facts or "born" in notes.facts:
        return False
    relation = _relation(found)
    sex = {"father": "male", "brother": "male", "mother": "female", "sister": "female"}.get(
        relation
    )
    notes.facts["age"] = int(found["age"])
    if sex:
        notes.facts.setdefault("sex", sex)
    notes.chip("age", found.span(), found["age"], "age")
    return True


def _relation(found: re.Match[str]) -> str:
    return next(name for i, name in enumerate(_RELATIONS) if found.groupdict()[f"r{i}"] is not None)


def _read_of_whom(notes: Notes) -> None:
    """An illness told before the relative who has it: `breast cancer in mother and aunt`."""
    for one in named(notes.text, "conditions"):
        found = _OF_WHOM.match(notes.low, one.end)
        if found is None or not notes.is_free(one.start, found.end()):
            continue
        relation, end = _relation(found), found.end()
        entry: Json = {"condition": conditions()[one.code].name}
        if relation not in ("", "other"):
            entry = {"relation": relation, **entry}
        if age := _AGE.match(
            notes.low, end + len(notes.low[end:]) - len(notes.low[end:].lstrip(" ,("))
        ):
            entry["onset_age"] = int(age["age"] or age["age2"])
            end = age.end()
        if not one.negated and relation != "other":
            notes.entries("family").append(entry)
        place = f"family[{len(notes.entries('family')) - 1}]" if notes.facts.get("family") else ""
        notes.chip("family", (one.start, end), f"{relation} {entry['condition']}".strip(), place)


def _read_relative(notes: Notes, found: re.Match[str], until: int) -> None:
    relation = _relation(found)
    clause = notes.low[found.end() : until]
    if end := _ENDS.search(clause):
        clause = clause[: end.start()]
    entry, length = _told(clause)
    same = re.match(r"\s*(?:too|also|as well|both|same)\b", clause)
    told = notes.facts.get("family")
    if same and "condition" not in entry and isinstance(told, list) and told:
        age = _AGE.search(clause)
        entry = {
            "condition": told[-1].get("condition"),
            **({"onset_age": int(age["age"] or age["age2"])} if age else {}),
        }
        length = age.end() if age else same.end()
    if relation == "other" or not entry:
        notes.use(found.start(), found.end() + (length if relation == "other" else 0))
        return
    if relation:
        entry = {"relation": relation, **entry}
    notes.entries("family").append(entry)
    value = ", ".join(f"{key} {told}" for key, told in entry.items())
    place = f"family[{len(notes.entries('family')) - 1}]"
    notes.chip("family", (found.start(), found.end() + length), value, place)


def _told(clause: str) -> tuple[Json, int]:
    """What a clause tells of a relative, and how far it reaches."""
    entry: Json = {}
    end = 0
    pieces = re.split(r"(,)", clause)
    at = 0
    for piece in pieces:
        if at and not _of_relative(piece, bool(entry)):
            break
        end = _read_piece(piece, entry, at, end)
        at += len(piece)
    return entry, end


def _of_relative(piece: str, begun: bool) -> bool:
    if piece == "," or not begun:
        return True
    return bool(
        _DIED.search(piece) or re.match(r"\s*(?:at|age|onset|alive|dx|diagnosed|and died)\b", piece)
    )


def _read_piece(piece: str, entry: Json, at: int, end: int) -> int:
    found = list(named(piece, "conditions"))
    for one in found:
        if not one.negated and "condition" not in entry:
            entry["condition"] = conditions()[one.code].name
            end = max(end, at + one.end)
    ages = list(_AGE.finditer(piece))
    died = _DIED.search(piece)
    if died:
        end = max(end, at + died.end())
    for match in ages[:2]:
        age = int(match["age"] or match["age2"])
        key = (
            "death_age"
            if died and (match.start() > died.start() or len(ages) == 1)
            else "onset_age"
        )
        if key == "onset_age" and "condition" not in entry:
            continue
        entry.setdefault(key, age)
        end = max(end, at + match.end())
    if (alive := _ALIVE.search(piece)) and not died:
        entry["alive"] = True
        end = max(end, at + alive.end())
        if entry.get("onset_age") and not found:
            del entry["onset_age"]
        if ages and not found:
            end = max(end, at + ages[-1].end())
    return end


def _read_history(notes: Notes, found: re.Match[str]) -> None:
    clause = re.split(r"[.;?!]", notes.low[found.end() : found.end() + 80])[0]
    entry, length = _told(clause)
    if "condition" in entry:
        notes.entries("family").append(entry)
        value = ", ".join(f"{key} {told}" for key, told in entry.items())
        notes.chip("family", (found.start(), found.end() + length), value, "family[0]")
