"""Nicotine: which product, how often, and when last."""

import re
from decimal import Decimal

from megler.underwriting.rules.asking.dates import when_in
from megler.underwriting.rules.asking.notes import NUMBER, Json, Notes, figure

_PRODUCTS = (
    ("e_cigarette", r"e-?cig(?:arette)?s?|electronic cigarettes?|vap(?:es?|ed|er|ers|ing)|juul(?:s|ing)?"),
    ("cigarillo", r"cigarillos?|little cigars?|black & milds?"),
    ("cigar", r"cigars?|stogies?|sigar(?:er)?"),
    ("pipe", r"pipes?(?: tobacco)?"),
    ("chewing_tobacco",
        r"chew(?:s|ed|er|ing)?(?: tobacco)?|dip(?:s|ped|per|ping)?(?: tobacco)?|smokeless(?: "
        r"tobacco)?|skoal|copenhagen"),
    ("snus", r"snus(?:er|ing)?"),
    ("snuff", r"snuff"),
    ("nicotine_pouch", r"zyns?|(?:nicotine )?pouch(?:es)?|on! pouches"),
    ("nicotine_gum", r"(?:nicotine |nicorette )?gum|nicorette|lozenges?"),
    ("nicotine_patch", r"(?:nicotine )?patch(?:es)?|nicoderm"),
    ("hookah", r"hookah|shisha|water ?pipe"),
    ("cigarette", r"cigs?|cigarettes?|smokes?|smoked|smokers?|smoking|ppd|packs?|sigaretter|r[øo]yk(?:er"
        r"|t|e)?"),
    ("other", r"tobacco(?: use[rs]?)?|nicotine(?: use[rs]?)?|nrt|iqos|heat[- ]not[- ]burn"),
)  # fmt: skip
_ANY = "|".join(f"(?:{words})" for _product, words in _PRODUCTS)
_NEVER = re.compile(
    r"\b(?:never\s+(?:smoked|smoker|a smoker|used\s+(?:any\s+)?(?:form of )?(?:tobacco|nicotine)"
    r"|any tobacco|tobacco|nicotine)"
    r"(?:\s+(?:of any kind|products?|in any form|ever))*"
    r"|no\s+(?:\w+\s+)?(?:smoking|tobacco|nicotine)(?:\s+(?:or|/|and)\s+(?:tobacco|nicotine"
    r"|vaping))?(?:\s+(?:use|history|ever|at all))*"
    r"|no\s+(?:cigs|cigarettes|smokes|vapes?|cigars|vaping|dip|chew)\b(?!\s*(?:since|in|for)\b)"
    r"|tobacco[- ]?free\b(?!\s*(?:for|since|\d))|aldri r[øo]yk\w*"
    r"|(?:lifelong\s+|lifetime\s+)?non?[-\s]?(?:smok\w*|tobacco(?:\s*user?s?)?|nicotine(?:\s*user?s?)?"
    r"|sm|tob)\b"
    r"|n/?s|n/?t|no\s+(?:tobacco|nicotine|smoking|cigarettes|tob)(?:\s+(?:use|history|ever))?"

        r"|(?:doesn'?t|does not|don'?t)\s+(?:smoke|use (?:any )?(?:tobacco|nicotine))|ikke[- "
        r"]?r[øo]yk\w*|r[øo]yker ikke)\b"
)  # fmt: skip
_FREE = re.compile(
    r"\b(?:non[-\s]?smoker|smoke|tobacco|nicotine|cigarette|cig)[-\s]?(?:free)?\s*(?:for|since"
    r"|x)?\s*(?:the (?:last|past)\s*)?(?=\d|one|two|three|four|five|six|a\b|since)"
)
_QUIT = re.compile(
    rf"\b(?:quit|quitting|stopped|sluttet(?: å| a)?|gave up|kicked|ex|former|past|previous|prior|used to"
    rf"|last(?: "
    rf"used?)?|hasn'?t (?:had|smoked|used|vaped)|no)\b[-\s]*(?:(?:a|an|the|had|using|smoking"
    rf"|use|used|user|regular|daily|occasional|in|of|heavy|social|his"
    rf"|her)\s+)*(?P<product>{_ANY})?(?:\s+(?:tobacco|use[rd]?|smoking|smoker))?\b"
)
_STOPPED = re.compile(r"\b(?:quit|stopped|sluttet|gave it up|last used|last one)\b")
_USES = re.compile(rf"\b(?P<product>{_ANY})\b(?:\s+(?:user|smoker|tobacco|use))?")
_OFTEN = re.compile(
    rf"\b(?P<n>{NUMBER}|half an?|1/2)\s*(?:-\s*\d+\s*)?(?:x|times?|pks?|packs?|or "
    rf"so)?\s*(?:{_ANY})?\s*(?:/|(?:per|an?|each|every|pr)\b)\s*(?P<unit>day|d|week|wk|w|month|mo"
    rf"|year|yr|y)\b"
    rf"|\b(?P<word>daily|weekly|monthly|yearly|occasional(?:ly)?|celebratory|rare(?:ly)?|social(?:ly)?)\b"
    rf"|(?<![\d/])(?P<ppd>1/2|half(?: an?)?|\d?\.?\d)\s*ppd"
)
_PER_YEAR = {"d": 365, "w": 52, "m": 12, "y": 1}
_WORDS_PER_YEAR = {"daily": 365, "weekly": 52, "monthly": 12, "yearly": 1}
_OTHER_SMOKE = re.compile(
    r"(?<=\bmj )(?:daily |occasional |heavy |regular )?(?:smoker|smokes?|user|use)\b"
    r"|(?<=\bpot )(?:smoker|smokes?|user)\b"
    r"|(?<=\bweed )(?:smoker|smokes?|user)\b|(?<=\bmarijuana )(?:smoker|smokes?|smoking|user)\b"
    r"|(?<=\bcannabis )(?:smoker|smokes?|smoking|user)\b"
    r"|\b(?:smok\w+|vap\w+|using|uses?)\s+(?=(?:weed|pot|marijuana|mj|cannabis|thc|hash)\b)"
)
_REACH, _NEAR = 45, 2
_CALLED = re.compile(
    r"(?:\b(?:count\w*|consider\w*|treat\w*|class\w*|rated|same)\s*(?:as\s+)?(?:an?\s+)?"
    r"|\bas\s+(?:an?\s+)?|=\s*(?:an?\s+)?"
    r"|\b(?:makes?|get|gets|become|becomes|its|it's|be|becoming|a)\s+(?:(?:him|her|them|an?)\s+)*)$"
)
_OF_CLASSES = re.compile(
    r"\s*(?:rates?|class(?:es)?|pricing|premiums?|table)\b|\s*(?:or (?:not|no))\b"
)
_PRESENT = {"smokes", "vapes", "chews", "dips"}


def read_nicotine(notes: Notes) -> None:
    """What was smoked, vaped, chewed, and until when; `nicotine: []` for who never did."""
    for found in notes.find(_OTHER_SMOKE):
        notes.use(*found.span())
    never = _read_never(notes)
    for found in list(notes.find(_QUIT)):
        if notes.is_free(*found.span()):
            _read_quit(notes, found)
    for found in list(notes.find(_USES)):
        if notes.is_free(*found.span()):
            _read_use(notes, found)
    if never and not notes.facts.get("nicotine"):
        notes.facts["nicotine"] = []
    elif not notes.facts.get("nicotine"):
        notes.facts.pop("nicotine", None)


def _read_never(notes: Notes) -> bool:
    if found := notes.first(_FREE):
        told = when_in(notes.low[found.end() : found.end() + 25], notes.on, notes.age)
        if told and told[0].start() <= 2:
            end = found.end() + told[0].end()
            _note(notes, {"product": "cigarette", "last_used": told[1]}, (found.start(), end))
            return False
    never = False
    for found in list(notes.find(_NEVER)):
        notes.chip("nicotine", found.span(), "none", "nicotine")
        never = True
    return never


def _read_quit(notes: Notes, found: re.Match[str]) -> None:
    product = product_of(found["product"] or "")
    if product is None and not (_STOPPED.match(found.group()) and _told_after(notes, found.end())):
        return
    already = notes.entries("nicotine") if "nicotine" in notes.facts else []
    if product is None and already and "last_used" not in already[-1]:
        entry = already[-1]
    else:
        entry = {"product": product or "cigarette"}
    told = _told_after(notes, found.end())
    if told is None and found.group().startswith("no"):
        return
    end = found.end()
    if told:
        entry["last_used"] = told[1]
        end += told[0].end()
        if told[2]:
            notes.supposed.append("year_only")
    if entry not in already:
        _note(notes, entry, (found.start(), end))
    else:
        notes.chip("nicotine", (found.start(), end), _said(entry), "nicotine")


def _told_after(notes: Notes, at: int) -> tuple[re.Match[str], str, bool] | None:
    """A day close behind, in the same clause."""
    rest = re.split(r"[;.?]\s|,\s*(?=[a-z]{2})", notes.low[at : at + _REACH])[0]
    told = when_in(rest, notes.on, notes.age)
    return told if told and notes.is_free(at + told[0].start(), at + told[0].end()) else None


def _read_use(notes: Notes, found: re.Match[str]) -> None:
    product = product_of(found["product"])
    if product is None:
        return
    entry: Json = {"product": product}
    start, end = found.span()
    before = [one for one in notes.entries("nicotine") if one["product"] == product]
    generic = product in ("cigarette", "other") and not found.group().startswith(
        ("cig", "ppd", "pack")
    )
    others = bool(notes.facts["nicotine"] or "marijuana" in notes.codes or named_marijuana(notes))
    if _OF_CLASSES.match(notes.low[end:]) or (
        generic and _CALLED.search(notes.low[:start]) and (others or product == "other")
    ):
        notes.use(start, end)
        return
    if before and found.group().rstrip().endswith("s") and found.group() not in _PRESENT:
        notes.use(start, end)
        return
    if found.group().endswith("ed"):
        told = _told_after(notes, end)
        if told:
            entry["last_used"] = told[1]
            end += told[0].end()
    often = how_often(notes, start, end)
    if often:
        match, per_year, at = often
        notes.use(at + match.start(), at + match.end())
        if at + match.start() - end <= _NEAR:
            end = max(end, at + match.end())
        if per_year is not None:
            _keep_often(entry, product, per_year)
    quit_later = re.match(
        r"[\s,]*(?:but\s+|and\s+)?(?:he |she )?(?:quit|stopped|gave it up)\b", notes.low[end:]
    )
    told = _told_after(notes, end + quit_later.end()) if quit_later else None
    if quit_later and told:
        entry["last_used"] = told[1]
        end += quit_later.end() + told[0].end()
    entry.setdefault("last_used", notes.on.isoformat())
    if product == "other" and any(e.get("last_used") for e in notes.entries("nicotine")):
        notes.use(start, end)
        return
    _note(notes, entry, (start, end))


_MARIJUANA = re.compile(r"\b(?:weed|pot|marijuana|mj|cannabis|thc|hash|edibles?)\b")


def named_marijuana(notes: Notes) -> bool:
    """Whether marijuana is named: `smoker` may then be what it counts as."""
    return bool(_MARIJUANA.search(notes.low))


def _keep_often(entry: Json, product: str, per_year: Decimal) -> None:
    if product == "cigarette" and per_year >= 52:
        entry["per_week"] = int(per_year / 52)
    else:
        entry["details"] = {"per_year": int(per_year)}


def how_often(
    notes: Notes, start: int, end: int
) -> tuple[re.Match[str], Decimal | None, int] | None:
    """How often, from the words around a product: where, how many times a year, from which character."""
    at = max(0, start - 22)
    for match in _OFTEN.finditer(notes.low[at : end + 25]):
        if not notes.is_free(at + match.start(), at + match.end()):
            continue
        if match["word"]:
            per_year = _WORDS_PER_YEAR.get(match["word"])
            return match, None if per_year is None else Decimal(per_year), at
        if match["ppd"]:
            return (
                match,
                (
                    Decimal("0.5")
                    if match["ppd"].startswith(("1/2", "half"))
                    else Decimal(match["ppd"])
                )
                * 20
                * 365,
                at,
            )
        many = Decimal("0.5") if match["n"].startswith(("half", "1/2")) else figure(match["n"])
        packs = 20 if re.search(r"\bpacks?|pks?\b", match.group()) else 1
        return match, many * packs * _PER_YEAR[match["unit"][0]], at
    return None


def product_of(words: str) -> str | None:
    """The nicotine product that words name, as facts documents call it."""
    return next((one for one, pattern in _PRODUCTS if re.fullmatch(pattern, words.strip())), None)


def _note(notes: Notes, entry: Json, span: tuple[int, int]) -> None:
    """Keep a use; what is told twice of one product is one use."""
    same = [
        one
        for one in notes.entries("nicotine")
        if one["product"] == entry["product"] and one.get("last_used") == entry.get("last_used")
    ]
    if same:
        same[0].update(entry)
        notes.use(*span)
        return
    notes.entries("nicotine").append(entry)
    notes.chip("nicotine", span, _said(entry), f"nicotine[{len(notes.entries('nicotine')) - 1}]")


def _said(entry: Json) -> str:
    return " ".join(str(part) for part in (entry.get("product"), entry.get("last_used")) if part)
