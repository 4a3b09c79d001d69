"""Whose a finding in records is, and whether it is one: the insured's, a relative's, denied, only feared.

Records are notes of many hands. A finding counts by the sentence in which it stands, by the section
under which its line stands, and by what is ticked beside it.
"""

import re
from enum import StrEnum


class Standing(StrEnum):
    """How a finding is meant: the insured's own, own but unsure, or none of theirs at all."""

    OWN = "own"
    UNSURE = "unsure"
    NONE = "none"


_FAMILY_LABEL = re.compile(
    r"\b(?:family\s+(?:medical\s+)?(?:hx|history)|fam\s?hx|fhx|fh)\b\s*[:\-–]?", re.IGNORECASE
)
_OTHER_LABEL = re.compile(
    r"\b(?:social\s+(?:hx|history)|soc\s?hx|shx|(?:past\s+)?(?:medical|surgical)\s+(?:hx|history)|pmhx?|pshx?|"
    r"medications?|meds|allergies|ros|review\s+of\s+systems|vitals?(?:\s+signs)?|vs|(?:physical\s+)?exam(?:ination)?|"
    r"pe|objective|subjective|assessment|a/p|impression|plan|labs?|hpi|cc|chief\s+complaint|diagnos[ei]s|dx|rx|"
    r"problem\s+list|history\s+of\s+present\s+illness|personal\s+(?:hx|history))\s*:",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?<!with )(?<!by )(?<!with his )(?<!with her )(?<!by his )(?<!by her )"
    r"\b(?:mother|father|mom|dad|brother|sister|siblings?|parents?|grand\w+|uncle|aunt|cousin|niece|nephew|"
    r"wife|husband|spouse|son|daughter|child(?:ren)?|(?:mat|pat)ernal|[mp]g[mf])(?:'?s)?\b"
    r"(?!\s+(?:reports?|states?|says?|said|notes?|thinks?|called|concerned|present))",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.;!?](?=\s)")
_STRONG = re.compile(
    r"\b(?:den(?:ies|ied|ying|y)|neg(?:ative)?\s+for|(?:no|without|absence\s+of|free\s+of)(?:\s+(?:any|known|prior|previous|"
    r"significant|personal))*(?:\s+(?:hx|history|h/o|evidence|signs?|symptoms?|complaints?)(?:\s+(?:of|for))?))\b",
    re.IGNORECASE,
)
_BREAKS = re.compile(
    r"\b(?:but|except|however|although|positive\s+for|reports?|endorses?|admits?|has|presents?|complains?|"
    r"c/o|continues?|now)\b",
    re.IGNORECASE,
)
_TREATED = re.compile(
    r"\b(?:un)?controlled\b|\bstable\b|\bimprov|\bworse|\bcontinue|\bsince\b|\bs/p\b|\bon\s",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:\s+\w+){0,2}\s*[:\-–]?\s*(?:(?:is|was|were|has\s+been)\s+)?(?:unlikely|ruled\s+out|excluded|"
    r"neg(?:ative)?|non-?reactive|not\s+(?:detected|present|found)|absent|denied)\b",
    re.IGNORECASE,
)
_ANSWER_NO = re.compile(
    r"(?:\s*[:.…_\-–]+\s*|\s{2,})(?:no|n|never|none|neg(?:ative)?|absent)\W*$", re.IGNORECASE
)
_ALONE_NO = re.compile(r"\s+(?:no|n|never|none|neg(?:ative)?)\W*$", re.IGNORECASE)
"""Columns of a form come out of a PDF with one space between them: `Asthma No`, alone on its line."""
_BOX = re.compile(r"(\[\s*[xX✓✔]?\s*\]|[☐☒☑□■✓✔])|\b(yes|no)\b", re.IGNORECASE)
_TICKED = re.compile(r"[xX✓✔☒☑■]")
_HYPOTHETICAL = re.compile(
    r"\bif\s+you\b|\beducation\b|\bwarning\s+signs\b|\brisks?\b|\bscreen(?:ing|ed)?\b|\bvaccin|\bimmuni[sz]|"
    r"\bhandout\b|\bprevention\b|\bcounsel+ed\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:rule\s+out|r/o|possible|possibly|suspected|probable|question\s+of|concern\s+for|evaluate\s+for|differential)\b",
    re.IGNORECASE,
)
_MERE = re.compile(r"etoh|alcohol|drinks?|drinking|o2", re.IGNORECASE)
"""Words that name a use or a measurement as often as an illness or a treatment."""
_ABUSED = re.compile(
    r"\b(?:abus|depend|disorder|withdraw|heavy|excess|alcoholi|binge|home)", re.IGNORECASE
)
_NOT_TAKEN = re.compile(
    r"\bnot\s+(?:taking|on)\b|\ballerg|\bintoleran|\bnever\s+took\b|\brefus|\bdeclin", re.IGNORECASE
)
_STOPPED = re.compile(r"\bd/c\b|\bd/c'?d\b|\bdiscontinu|\bstopp|\bheld\b", re.IGNORECASE)
_INDENTED = re.compile(r"^(?:\s{2,}|\s*[-•*·○▪])")


def sections(lines: tuple[str, ...], ends: frozenset[int]) -> list[bool]:
    """For each line of a page, whether a section on the family is still open at its beginning.

    It ends at the next section, at the numbers of lines in `ends`, and, where its heading had words of
    its own, before the first line that neither stands in from the margin nor names a relative.
    """
    found: list[bool] = []
    is_open, has_words = False, False
    for number, line in enumerate(lines):
        goes_on = not has_words or _INDENTED.match(line) or _RELATIVE.search(line)
        is_open = is_open and number not in ends and bool(goes_on)
        found.append(is_open)
        label = _last(_FAMILY_LABEL, line)
        other = _last(_OTHER_LABEL, line)
        if label and (other is None or other.start() < label.start()):
            is_open, has_words = True, bool(line[label.end() :].strip())
        elif other:
            is_open = False
    return found


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)


def _sentence(line: str, start: int, end: int) -> tuple[int, str]:
    """Where the sentence around a place begins, and its words."""
    begins = max((m.end() for m in _ENDS.finditer(line) if m.end() <= start), default=0)
    stops = min((m.start() for m in _ENDS.finditer(line) if m.start() >= end), default=len(line))
    return begins, line[begins:stops]


def is_familys(line: str, start: int, end: int, *, in_section: bool = False) -> bool:
    """Whether what stands from `start` to `end` is a relative's.

    >>> line = "FHx: father MI at 54. SHx: quit smoking. PMH: HTN"
    >>> is_familys(line, 12, 14), is_familys(line, 46, 49)
    (True, False)
    """
    before = line[:start]
    label, other = _last(_FAMILY_LABEL, before), _last(_OTHER_LABEL, before)
    if label and (other is None or other.start() < label.start()):
        return True
    if in_section and other is None:
        return True
    return bool(_RELATIVE.search(_sentence(line, start, end)[1]))


def is_denied(line: str, start: int, end: int) -> bool:
    """Whether the text says that what stands from `start` to `end` is not so.

    >>> is_denied("Denies chest pain, SOB, palpitations", 24, 36), is_denied("Asthma:  No", 0, 6)
    (True, True)
    """
    after = line[end:]
    if _is_ticked_no(line) or _AFTER.match(after) or _ANSWER_NO.fullmatch(after):
        return True
    if not re.search(r"\w", line[:start]) and _ALONE_NO.fullmatch(after):
        return True
    begins, _words = _sentence(line, start, end)
    before = line[begins:start]
    trigger = _last(_STRONG, before)
    if trigger is None or _BREAKS.search(before, trigger.end()):
        return False
    comma = line.find(",", end)
    item = line[max(line.rfind(",", 0, start), trigger.end()) : comma if comma >= 0 else None]
    return not _TREATED.search(item)


def _is_ticked_no(line: str) -> bool:
    """Whether of the boxes for yes and no the one for no is ticked, before or behind its word."""
    signs = [(m[1] or "", (m[2] or "").casefold()) for m in _BOX.finditer(line)]
    first = next((n for n, (box, word) in enumerate(signs) if box), None)
    if first is None or not any(word for _box, word in signs):
        return False
    shift = -1 if signs[0][0] else 1
    for number, (_box, word) in enumerate(signs):
        beside = number + shift
        is_there = 0 <= beside < len(signs)
        if word == "no" and is_there and _TICKED.search(signs[beside][0]):
            return True
    return False


def standing(line: str, start: int, end: int, *, in_section: bool = False) -> Standing:
    """How a condition that stands from `start` to `end` of a line is meant."""
    words = line[start:end]
    _begins, sentence = _sentence(line, start, end)
    if is_familys(line, start, end, in_section=in_section) or is_denied(line, start, end):
        return Standing.NONE
    if _HYPOTHETICAL.search(sentence):
        return Standing.NONE
    if _MERE.fullmatch(words) and not _ABUSED.search(sentence):
        return Standing.NONE
    if words.casefold().startswith("allerg") and ":" in words + line[end:].lstrip()[:1]:
        return Standing.NONE
    return Standing.UNSURE if _UNSURE.search(sentence) else Standing.OWN


def drug_standing(line: str, start: int, end: int, *, in_section: bool = False) -> Standing:
    """How a drug is meant: taken, stopped (unsure), or not taken, not tolerated, somebody else's."""
    found = standing(line, start, end, in_section=in_section)
    _begins, sentence = _sentence(line, start, end)
    if found is Standing.NONE or _NOT_TAKEN.search(sentence):
        return Standing.NONE
    return Standing.UNSURE if _STOPPED.search(sentence) else found
