"""Blood pressure, cholesterol and laboratory values."""

import re
from decimal import Decimal
from typing import cast

from megler.underwriting.rules.asking.notes import Json, Notes
from megler.vocabulary.conditions import conditions, recognised, wider

_IS = (
    r"\s*(?:of|is|was|are|over|above|under|below|[<>]|at|in the|around|about|now|currently|today|lately"
    r"|last|latest|level|value"
    r"|result|score|runs?|avg|averag(?:e|es|ing)|reading|[:=~])*\s*"
)
_PRESSURE = re.compile(
    rf"(?:\b(?:bp|b/p|blood pressure|pressure)(?:\s+(?:at|from|with|by)\s+(?:the|his"
    rf"|her)\s+\w+)?{_IS})?(?<![\d/.,$])\b(?P<s>\d{{2,3}})\s*(?:/"
    rf"|over|\\|-(?=\d{{2,3}}\s*bp))\s*(?P<d>\d{{2,3}})\b(?![/\d%]|\s*(?:year|yr|mg))"
)
_PRESSURE_TREATED = re.compile(
    r"\b(?:bp|blood pressure)\s*(?:is\s*)?(?P<no>un|not )?(?:treated|controlled|well "
    r"controlled|medicated|under control)(?:\s+(?:with|by|on)\s+(?:meds?|medications?|medicine"
    r"|pills?))?"
    r"|\b(?:treated|controlled|medicated)\s+(?:bp|blood pressure|htn|hypertension)\b"
    r"|\b(?:on|takes?|taking)\s+(?:an?\s+|one\s+|1\s+|2\s+|two\s+)?(?:bp|blood pressure|htn"
    r"|hypertension)\s*(?:meds?|medications?|medicine|pills?|drugs?)"
    r"|\b(?:meds?|medications?|medicine|pills?)\s+for\s+(?:bp|blood pressure|htn|hypertension"
    r"|high blood pressure)"
)
_HTN = re.compile(r"\b(?:htn|hypertension|hbp|high (?:blood pressure|bp))\b")
_ONE_MED = re.compile(
    r"\b(?:on|with|w/)\s+(?:one|two|three|1|2|3|a)\s+(?:meds?|medications?|pills?|drugs?)\b"
)
_NAMED = re.compile(r"\b(?:bp|blood pressure|pressure)\b")
_UNTREATED = re.compile(r"\b(?:untreated|unmedicated|not treated|no (?:bp )?meds)\b")
_CHOLESTEROL_TREATED = re.compile(
    r"\b(?:treated|controlled)\s+(?:cholesterol|chol|lipids)\b"
    r"|\b(?:on|takes?|taking)\s+(?:an?\s+)?(?:cholesterol|chol|lipid)\s*(?:meds?|medications?|medicine|pills?)"
    r"|\b(?:meds?|medications?|medicine|pills?)\s+for\s+(?:cholesterol|high cholesterol|lipids)"
)
_TOTAL = re.compile(
    rf"\b(?:last\s+|total\s+|(?P<high>high\s+|elevated\s+))*(?:cholesterol|chol"
    rf"|tc)\b(?!\s*/?\s*(?:hdl\s*)?ratio){_IS}(?P<t>\d{{2,3}})\b(?!\.\d)(?:\s*(?:/|with|,"
    rf"|and)?\s*(?:a\s+)?(?:hdl\s*)?(?:ratio\s*(?:of\s*)?)?(?<=[/ "
    rf"a-z])(?P<r>\d{{1,2}}\.\d{{1,2}})(?!\d))?"
)
_TOTAL_ALONE = re.compile(rf"\b(?:last\s+)?total{_IS}(?P<t>[12345]\d\d)\b(?![\d.k/]|,\d)")
_RATIO = re.compile(
    rf"\b(?:(?:total\s*)?(?:cholesterol|chol"
    rf"|tc)\s*/?\s*(?:to\s*)?)?(?:hdl\s*)?ratio\b{_IS}(?P<r>\d{{1,2}}(?:\.\d{{1,2}})?)\b"
    rf"|(?P<r2>\b\d{{1,2}}\.\d{{1,2}})\s*(?:hdl\s*|chol\s*)?ratio\b"
)
_HDL = re.compile(rf"\bhdl\b{_IS}(?P<h>\d{{2,3}})\b")

_LABS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("a1c", r"hb\s?a1c|hba1|hga1c|hgb\s?a1c|hemoglobin\s?a1c|a1c|a1-c"
        r"|langtidsblodsukker", ("diabetes", "prediabetes", "gestational_diabetes")),
    ("ejection_fraction", r"ejection fraction|lvef|ef", ("cardiovascular",)),
    ("ahi", r"ahi|apnea[- ]hypopnea index|rdi", ("sleep_apnea",)),
    ("fev1", r"fev-?1", ("copd", "asthma", "respiratory")),
    ("gleason", r"gleason(?: score)?", ("prostate_cancer",)),
    ("psa", r"psa(?! arthritis)", ("prostate_cancer", "elevated_psa")),
    ("egfr", r"e?gfr", ("kidney_disease",)),
    ("creatinine", r"creatinine", ("kidney_disease",)),
    ("uacr", r"uacr", ("kidney_disease",)),
    ("microalbumin", r"microalbumin(?:uria)?|albumin[/-]creatinine(?: ratio)?"
        r"|acr", ("kidney_disease", "diabetes")),
    ("triglycerides", r"triglycerides|trigs", ()),
    ("ggt", r"ggt", ("elevated_liver_enzymes", "fatty_liver")),
    ("alt", r"alt|sgpt", ("elevated_liver_enzymes", "fatty_liver")),
    ("ast", r"ast|sgot", ("elevated_liver_enzymes", "fatty_liver")),
    ("alp", r"alp|alk phos(?:phatase)?|alkaline phosphatase", ()),
    ("cdt", r"cdt", ()),
    ("crp", r"crp", ()),
    ("calcium_score", r"(?:coronary )?calcium score|cac(?: score)?", ()),
    ("glucose", r"(?:fasting )?(?:glucose|blood sugar|bg)", ("prediabetes",)),
    ("meld", r"meld", ("cirrhosis",)),
    ("t_score", r"t-?score", ("osteoporosis",)),
    ("fvc", r"fvc", ()),
    ("edss", r"edss", ("multiple_sclerosis",)),
    ("urate", r"uric acid|urate", ("gout",)),
    ("cea", r"cea", ("colorectal_cancer",)),
    ("wbc", r"wbc|white count", ()),
    ("waist_in", r"waist", ()),
    ("cd4", r"cd4(?: count)?", ("hiv",)),
    ("viral_load", r"viral load", ("hiv", "hepatitis_c", "hepatitis_b")),
    ("platelets", r"platelets|platelet count", ()),
    ("hemoglobin", r"hemoglobin|hgb", ()),
    ("tsh", r"tsh", ("thyroid_disorder",)),
    ("nt_probnp", r"nt[- ]?pro\s?bnp|bnp", ()),
    ("bmi", r"bmi", ()),
)  # fmt: skip
LABS = {key: codes for key, _words, codes in _LABS}
_FIGURE = rf"{_IS}(?P<v>\d{{1,4}}(?:[.,]\d{{1,2}})?)(?![\d/])\s*%?"
_LAB_PATTERNS = tuple(
    (
        key,
        re.compile(
            rf"(?<![\d./$-])\b(?P<v2>\d{{1,4}}(?:[.,]\d{{1,2}})?)\s*%?\s*(?:{words})\b(?!{_IS}\d+\.\d)(?!\s*(?:of|was|is|:|=)\s*\d)"
            rf"|\b(?:{words})\b{_FIGURE}"
        ),
        re.compile(rf"\b(?:{words})\b"),
    )
    for key, words, _codes in _LABS
)
_SYSTOLIC, _DIASTOLIC = range(70, 261), range(35, 161)


def read_vitals(notes: Notes) -> None:
    """Blood pressure and cholesterol."""
    for found in notes.find(_PRESSURE):
        systolic, diastolic = int(found["s"]), int(found["d"])
        if systolic in _SYSTOLIC and diastolic in _DIASTOLIC and systolic > diastolic:
            told = {"systolic": systolic, "diastolic": diastolic}
            notes.part("blood_pressure").update(told)
            notes.chip("blood_pressure", found.span(), f"{systolic}/{diastolic}", "blood_pressure")
            break
    if treatment := notes.first(_PRESSURE_TREATED):
        treated = not (treatment["no"] or "").strip()
        notes.part("blood_pressure")["treated"] = treated
        notes.chip("treated", treatment.span(), treated, "blood_pressure.treated")
    medicated = (
        notes.first(_ONE_MED)
        if notes.facts.get("blood_pressure") or _NAMED.search(notes.low)
        else None
    )
    if medicated and "treated" not in notes.part("blood_pressure"):
        notes.part("blood_pressure")["treated"] = True
        notes.chip("treated", medicated.span(), True, "blood_pressure.treated")
    untreated = notes.first(_UNTREATED) if notes.facts.get("blood_pressure") else None
    if untreated and "treated" not in notes.part("blood_pressure"):
        notes.part("blood_pressure")["treated"] = False
        notes.chip("treated", untreated.span(), False, "blood_pressure.treated")
    _note_illness(notes, treatment, _HTN, "hypertension")
    if lowered := notes.first(_CHOLESTEROL_TREATED):
        notes.part("cholesterol")["treated"] = True
        notes.chip("treated", lowered.span(), True, "cholesterol.treated")
    _read_cholesterol(notes)


def _note_illness(
    notes: Notes, found: "re.Match[str] | None", named: "re.Pattern[str]", words: str
) -> None:
    """`treated hypertension` tells the illness as well as its treatment; so does `high chol 245`."""
    if found is not None and named.search(found.group()):
        notes.entries("conditions").append({"name": words})
        notes.codes.append("hypertension" if words == "hypertension" else "hyperlipidemia")


def _read_cholesterol(notes: Notes) -> None:
    told: Json = {}
    spans = []
    if found := notes.first(_TOTAL) or notes.first(_TOTAL_ALONE):
        told["total"] = int(found["t"])
        if found.groupdict().get("r"):
            told["hdl_ratio"] = _number(found["r"])
        if found.groupdict().get("high"):
            notes.entries("conditions").append({"name": "high cholesterol"})
            notes.codes.append("hyperlipidemia")
        spans.append(found.span())
        notes.use(*found.span())
    if "hdl_ratio" not in told and (found := notes.first(_RATIO)):
        told["hdl_ratio"] = _number(found["r"] or found["r2"])
        spans.append(found.span())
        notes.use(*found.span())
    if "hdl_ratio" not in told and (found := notes.first(_HDL)):
        told["hdl"] = int(found["h"])
        spans.append(found.span())
    for key, span in zip(told, spans * 2, strict=False):
        notes.chip("cholesterol", span, f"{key} {told[key]}", f"cholesterol.{key}")
    if told:
        notes.part("cholesterol").update(told)


def read_labs(notes: Notes) -> None:
    """Laboratory values, each with the entry that it belongs to, else with the person.

    Guides name their questions as they like: a value is kept under every key of theirs that has the
    lab's name in it. A lab that is named without a figure is what the question is about.
    """
    for key, with_figure, alone in _LAB_PATTERNS:
        found = notes.first(with_figure)
        if found is None:
            if named := notes.first(alone):
                notes.labs.append(key)
                notes.chip("lab", named.span(), key)
            continue
        value = _number((found["v"] or found["v2"]).replace(",", "."))
        notes.labs.append(key)
        place, details = _home(notes, key)
        for name in _keys(notes, key):
            details[name] = value
        notes.chip("lab", found.span(), f"{key} {value}", f"{place}.{key}")


_ANOTHER_FIGURE = {"velocity", "free", "nadir", "treated", "lowest", "doubling", "trend", "since"}
"""Words of keys that ask for another figure than the value itself."""


def _keys(notes: Notes, key: str) -> list[str]:
    asked = [
        q.key
        for q in notes.asked
        if q.type == "number"
        and key.split("_", maxsplit=1)[0] in q.key
        and set(key.split("_")) <= set(q.key.split("_"))
        and not _ANOTHER_FIGURE & set(q.key.split("_"))
    ]
    return list(dict.fromkeys([key, *asked]))


def _home(notes: Notes, key: str) -> tuple[str, Json]:
    """The details of the entry that a lab belongs to, else those of the person."""
    for i, entry in enumerate(notes.entries("conditions") if "conditions" in notes.facts else []):
        for code in recognised(str(entry["name"])):
            group = conditions()[code].group
            if {*wider(code), group} & set(LABS[key]):
                return f"conditions[{i}].details", cast(Json, entry.setdefault("details", {}))
    return "details", notes.part("details")


def _number(text: str) -> int | float:
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)
