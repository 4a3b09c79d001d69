"""Codes, places and figures of reasons in the reader's words."""

import re
from collections.abc import Mapping
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from megler.carriers.names import CLASS_NAMES
from megler.underwriting.names import KIND_NAMES
from megler.vocabulary.conditions import conditions
from megler.vocabulary.problems import Reason

Texts = dict[str, "str | Promise"]

WORDS: Texts = {
    "born": _("Birth date"),
    "sex": _("Sex"),
    "jurisdiction": _("Jurisdiction"),
    "zip": _("ZIP code"),
    "county": _("County"),
    "height_in": _("Height"),
    "weight_lb": _("Weight"),
    "nicotine": _("Nicotine use"),
    "family": _("Family history"),
    "blood_pressure.systolic": _("Systolic blood pressure"),
    "blood_pressure.diastolic": _("Diastolic blood pressure"),
    "cholesterol.hdl_ratio": _("Total/HDL cholesterol"),
    "cholesterol.total": _("Total cholesterol"),
    "blood_pressure.treated": _("Treatment of blood pressure"),
    "cholesterol.treated": _("Treatment of cholesterol"),
    "citizenship": _("Citizenship"),
    "visa": _("Visa"),
    "net_worth": _("Net worth"),
    "in_force": _("Insurance in force"),
    "details": _("Other answers"),
    "since": _("when it began"),
    "until": _("when it ended"),
    "ended": _("when it ended"),
    "on": _("when it happened"),
    "name": _("what it is"),
    "days": _("days a year"),
    "dose": _("dose"),
    "country": _("country"),
    "conditions": _("Medical conditions"),
    "medications": _("Medications"),
    "driving": _("Driving events"),
    "criminal": _("Criminal history"),
    "avocations": _("Hazardous pastimes"),
    "travel": _("Foreign travel"),
    "wants.face_amount": _("Amount of insurance"),
    "wants.term_years": _("Term of years"),
    "wants.plan": _("Plan"),
    "wants.class": _("Class"),
    "wants.benefit_monthly": _("Benefit a month"),
    "wants.premium": _("Deposit"),
    "wants.payout": _("Kind of payout"),
    "wants.qualified": _("Whether the money is tax-qualified"),
    "wants.elimination_days": _("Days before benefits begin"),
    "wants.benefit_years": _("Years of benefits"),
    "wants.inflation": _("Yearly growth of the benefit"),
    "wants.household": _("Household"),
    "part_b_date": _("First day of Medicare Part B"),
    "income_annual": _("Yearly income"),
    "occupation": _("Occupation"),
    "any": _("any illness"),
    "cardiovascular": _("cardiovascular disease"),
    "stroke": _("stroke"),
    "cancer": _("cancer"),
    "diabetes": _("diabetes"),
    "onset": _("began"),
    "death": _("death"),
    "either": _("began or death"),
}
"""Names of facts, and of the values that stand in reasons."""

OUTCOMES: Texts = {
    "any": _("no limit"),
    "individual_consideration": _("individual consideration"),
    "decline": _("decline"),
    "postpone": _("postpone"),
}
"""What a guide may come to instead of a class."""

ANSWERS: Texts = {"true": _("yes"), "yes": _("yes"), "false": _("no"), "no": _("no")}

_WRITTEN = """
A1c AHI ALT AST BAC BMI BNP CEA CPAP CT DCIS ECG eGFR FEV1 FVC GGT HbA1c HDL HER2 HIV IQ LDL MELD MRI
PSA QTc TSH
"""
ABBREVIATIONS = {word.lower(): word for word in _WRITTEN.split()}
"""Abbreviations of the field as they are written, by what stands of them in keys."""

_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
_GROUPED_FROM_DIGITS = 5
_FEW = 4
_PLACE = re.compile(r"(?P<list>\w+)\[(?P<number>\d+)\](?:\.(?P<key>.+))?")
_CONDITIONS = {"condition", "conditions"}


def spoken(reason: Reason, texts: Texts, words: Texts) -> str:
    """A reason's sentence out of `texts`, its codes replaced by `words`.

    A code without a sentence is told with its parts, so that nothing is hidden.
    """
    text = texts.get(reason.code)
    if text is None:
        parts = ", ".join(f"{key} {value}" for key, value in reason.params.items())
        return f"{reason.code} {parts}".strip()
    named = {key: _named(key, value, words) for key, value in reason.params.items()}
    if "text" in named or "outcome" in named:
        named["case"] = _case(reason.params, words)
        named["extra"] = _extra(reason.params)
        worst = reason.params.get("outcome", "").rpartition("..")[2]
        named["worse"] = "" if worst == "decline" else _now(" or worse")
    if "names" in named and "count" in named:
        named["subjects"] = _listed(named["names"], int(reason.params["count"]))
    return str(text) % named


def _case(params: Mapping[str, str], words: Texts) -> str:
    """The case of a rating: in the guide's words, or by what it waits for; empty without either."""
    if params.get("waits"):
        places = [place.rpartition(".")[2] for place in params["waits"].split(", ")]
        told = [_within(str(words.get(key) or _spaced(key))) for key in places]
        return _now(" (by %(facts)s)") % {
            "facts": _listed(", ".join(told[:_FEW]), len(told) - _FEW)
        }
    return f" ({params['text']})" if params.get("text") else ""


def _within(name: str) -> str:
    """A name as it stands within a sentence: "weight", but "LDL"."""
    kept = name.partition(" ")[0] in ABBREVIATIONS.values()
    return name if kept else name[:1].lower() + name[1:]


def _listed(names: str, more: int) -> str:
    """Names, and how many more there are."""
    if more <= 0:
        return names
    told = ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more)
    return told % {"names": names, "n": more}


def place_words(place: str, words: Texts | None = None) -> str:
    """A key of the facts document as people call it: `conditions[0].details.a1c` and the like.

    `words` may name an entry itself, `conditions[0]`; otherwise it is told by its number.
    """
    words = words or WORDS
    if place in words:
        return str(words[place])
    if found := _PLACE.fullmatch(place):
        listed = words.get(found["list"], _spaced(found["list"]))
        of = words.get(
            f"{found['list']}[{found['number']}]", f"{listed} {int(found['number']) + 1}"
        )
        key = f": {_inner(found['key'], words)}" if found["key"] else ""
        return f"{of}{key}"
    told = _spaced(place.removeprefix("details.").rpartition(".")[2])
    kept = told.partition(" ")[0] in ABBREVIATIONS.values()
    return told if kept else told[:1].upper() + told[1:]


def _inner(key: str, words: Texts) -> str:
    """What of an entry: a key of the facts document, or a guide's question by its key."""
    return str(words[key]) if key in words else _spaced(key.rpartition(".")[2])


def outcome_words(code: str) -> str:
    """An end of a range or a rating in words: a class, `table_2`, `+50`, `table_2..table_4`."""
    if ".." in code:
        best, _to, worst = code.partition("..")
        if best[0] in "+-" and worst[0] in "+-":
            told = {"low": _points(best), "high": _points(worst)}
            return _now("%(low)s to %(high)s points") % told
        return f"{outcome_words(best)} – {outcome_words(worst)}"
    if code.startswith("table_"):
        return _now("table %(number)s") % {"number": code.removeprefix("table_")}
    if code[:1] in {"+", "-"}:
        return ngettext("%(n)s point", "%(n)s points", abs(int(code))) % {"n": _points(code)}
    return str(OUTCOMES.get(code) or CLASS_NAMES.get(code) or _spaced(code).capitalize())


def _named(key: str, value: str, words: Texts) -> str:
    if key == "fact":
        return place_words(value, words)
    if key in {"outcome", "to"}:
        return outcome_words(value)
    if key == "kind":
        return str(KIND_NAMES.get(value, value))
    if key in _CONDITIONS:
        return ", ".join(_condition(code, words) for code in value.split(", "))
    if key in {"event", "answer"}:
        return str((ANSWERS if key == "answer" else words).get(value) or _spaced(value))
    return _spaced(value) if key in {"product", "facts"} else _figure(value)


def _condition(code: str, words: Texts) -> str:
    known = conditions().get(code)
    return str(words.get(code) or (known.name if known else code))


def _extra(params: Mapping[str, str]) -> str:
    """The flat extra that comes with a rating; empty where there is none."""
    low, high, years = (params.get(k, "") for k in ("flat_extra", "flat_extra_to", "flat_years"))
    if not low:
        return ""
    if low == "open":
        text = _now(", a flat extra that the guide leaves open")
    elif high:
        told = {"low": low, "high": high}
        text = _now(", a flat extra of %(low)s to %(high)s per 1,000 a year") % told
    else:
        text = _now(", a flat extra of %(low)s per 1,000 a year") % {"low": low}
    if years:
        text += ngettext(" for %(n)s year", " for %(n)s years", int(years)) % {"n": years}
    return text


def _points(code: str) -> str:
    """Points with their sign, as print has it."""
    return code.replace("-", "−")


def _spaced(code: str) -> str:
    return " ".join(ABBREVIATIONS.get(word, word) for word in code.split("_"))


def _figure(value: str) -> str:
    """Amounts and decimals as the reader's language writes them; small whole figures as they are."""
    if _DECIMAL.fullmatch(value):
        return number_format(Decimal(value), decimal_pos=len(value.partition(".")[2]))
    large = value.isdecimal() and len(value) >= _GROUPED_FROM_DIGITS
    return number_format(int(value), force_grouping=True) if large else value
