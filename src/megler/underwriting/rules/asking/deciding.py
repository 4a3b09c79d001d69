"""What must be asked before an answer about a person would be more than a guess."""

from collections.abc import Iterator

from megler.underwriting.rules.asking.answers import Ask
from megler.underwriting.rules.asking.given import Given
from megler.underwriting.rules.people import Entry
from megler.vocabulary.conditions import conditions, drug, recognised, wider
from megler.vocabulary.problems import Reason

_KIND_DECIDES = frozenset(
    {
        "cancer",
        "diabetes",
        "hepatitis",
        "leukemia",
        "lymphoma",
        "felony",
        "arrhythmia",
        "organ_transplant",
    }
)
"""Wide words: what kind it is decides whether anybody takes it."""
_TIME_DECIDES = frozenset(
    {"myocardial_infarction", "coronary_stent", "coronary_bypass", "stroke", "tia", "cancer", "suicide_attempt",
     "alcohol_abuse", "drug_abuse", "hepatitis_c", "kidney_transplant", "organ_transplant", "pulmonary_embolism",
     "multiple_sclerosis", "felony"}
)  # fmt: skip
"""Of these everything depends on when it was, and how it has gone since."""
_HARMLESS = frozenset(
    {"hypertension", "hyperlipidemia", "hypothyroidism", "adhd", "obesity", "enlarged_prostate", "gout", "allergies",
     "reflux", "depression", "anxiety", "asthma", "insomnia", "migraine", "low_testosterone", "osteoporosis",
     "osteoarthritis", "irritable_bowel", "anemia", "nicotine_dependence", "psoriasis", "back_disorder", "ocd"}
)  # fmt: skip
"""What a drug for it points to may be supposed without a guess that decides."""


def asks_first(asked: Given) -> list[Ask]:
    """Facts without which a class would be a guess: the age, the kind or time of something grave, what a
    drug is taken for. Empty: enough is told."""
    person = asked.facts.insured
    asks = []
    if person.born is None and person.age is None:
        asks.append(Ask("born"))
    if "bmi" in person.details and (person.height_in is None or person.weight_lb is None):
        asks += [Ask("height_in"), Ask("weight_lb")]
    for listed, entries in (("conditions", person.conditions), ("criminal", person.criminal)):
        timed = any(one.since is not None or one.until is not None for one in entries or ())
        for number, entry in enumerate(entries or ()):
            if held := _open_part(entry, listed, timed):
                asks.append(Ask(f"{listed}[{number}].{held}"))
    if unexplained(asked):
        asks.append(Ask("conditions"))
    return asks


def _open_part(entry: Entry, listed: str, timed_beside: bool) -> str:
    """The part of an entry that decides and is not told; empty where nothing is missing."""
    codes = recognised(entry.name or "", listed)
    kinds = {one for code in codes for one in wider(code)}
    plain_name = {conditions()[code].name.lower() for code in codes}
    if entry.details or entry.icd10:
        return ""
    if set(codes) & _KIND_DECIDES:
        return "name"
    timed = entry.since is not None or entry.until is not None or timed_beside
    told_more = (
        len((entry.name or "").split()) > max((len(n.split()) for n in plain_name), default=9) + 1
    )
    return "since" if kinds & _TIME_DECIDES and not timed and not told_more else ""


_TELLING = 5
"""Letters from which a word of a code tells the illness: `transplant`."""


def unexplained(asked: Given) -> list[Reason]:
    """Drugs that nothing told explains, which point to something grave."""
    return list(_unexplained(asked))


def _unexplained(asked: Given) -> Iterator[Reason]:
    person = asked.facts.insured
    told = {
        one
        for entry in person.conditions or ()
        for code in recognised(entry.name or "")
        for one in wider(code)
    }
    for entry in person.medications or ():
        known = drug(entry.name or "")
        if known is None or not known.likely or entry.details.get("taken_for"):
            continue
        likely = {one for code in known.likely for one in wider(code)}
        words = {part for code in told for part in code.split("_") if len(part) > _TELLING}
        explained = likely & told or words & {part for code in likely for part in code.split("_")}
        if explained or known.likely[0] in _HARMLESS:
            continue
        yield Reason("drug_is_for", {"drug": known.name, "conditions": ", ".join(known.likely)})
