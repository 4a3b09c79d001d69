"""What a question asks: which signs of intents count, together with what it tells."""

import re
from collections.abc import Sequence

from megler.underwriting.rules.asking.notes import Notes
from megler.underwriting.rules.asking.understood import Intent, Subject, Topic

_ASKS_AMOUNT = re.compile(
    r"\b(?:max|maximum|how much|how high|limit|up to|largest|most|highest|biggest|cutoff)\b"
)
_SOMEONE = re.compile(
    r"\b(?:client|applicant|(?:proposed |prop )?insured|patient|pt|prospect|customer|guy|gal|lady"
    r"|gentleman|man|woman"
    r"|males?|females?|he|she|his|her|him|he'?s|she'?s|husband|wife|son|daughter|survivor|my (?:mom|dad"
    r"|brother|sister)"
    r"|mann|kvinne|klient|kunde|han|hun|fem)\b"
)
_HEALTH = ("conditions", "medications", "driving", "criminal", "avocations", "travel", "occupation",
           "blood_pressure", "cholesterol", "family")  # fmt: skip
_OF_PRODUCT = re.compile(
    r"\b(?:about|products?|details|info\w*|policy|policies|plans?|tell me"
    r"|do you (?:have|sell|offer))\b"
)
_OLD, _YOUNG = 65, 18
"""Ages at which it is asked whether a product is sold at all, not at which class."""


def intents_of(notes: Notes, signs: set[Intent], topic: Topic) -> tuple[Intent, ...]:
    """What the question asks, from its signs and from what it tells; `unknown` when nothing fits."""
    special = _special(notes, signs, topic)
    if special:
        return (special,)
    if _is_of_products(notes, signs, topic):
        return (Intent.LIMITS,)
    if _is_of_person(notes, signs, topic):
        return _of_person(signs, topic)
    return (_of_rules(notes, signs, topic),)


def _is_of_products(notes: Notes, signs: set[Intent], topic: Topic) -> bool:
    """Whether it asks what products bound: `max age`, `can a 72 year old get a 20 year term`."""
    if topic.limits and not _is_medical_limit(topic, notes):
        return True
    wants = _wants(notes)
    at_the_edge = notes.age is not None and (notes.age >= _OLD or notes.age < _YOUNG)
    by_age = at_the_edge and bool(
        wants.get("term_years") or wants.get("line") or Intent.BEST in signs
    )
    others = signs & {Intent.BEST, Intent.PRICE, Intent.REQUIREMENTS}
    nobody = not {"sex", "nicotine"} & set(notes.facts) and not wants.get("face_amount")
    asks = (Intent.CLASS in signs and not others) or (
        nobody
        and (bool(wants.get("term_years")) or (Intent.BEST in signs and not is_described(notes)))
    )
    return by_age and asks and not _is_medical(notes, topic) and not topic.class_word


def _is_medical(notes: Notes, topic: Topic) -> bool:
    """Whether it names anything that guides have rules about."""
    told = {"travel", "occupation", "visa", "medications"} & set(notes.facts)
    return bool(topic.codes or topic.subjects or topic.labs or topic.products or told)


def _of_rules(notes: Notes, signs: set[Intent], topic: Topic) -> Intent:
    """What is asked where nobody is told of."""
    medical = _is_medical(notes, topic)
    of_rule = bool(signs & {Intent.RULE, Intent.CLASS})
    of_code = bool(topic.codes) and Intent.RULE in signs
    of_class = bool(topic.class_word) and not _wants(notes)
    rule_of_code = (of_code or of_class) and not topic.kinds
    if Intent.REQUIREMENTS in signs and not rule_of_code and (topic.kinds or _wants(notes)):
        return Intent.REQUIREMENTS
    if Intent.PRICE in signs and not (medical and of_rule):
        return Intent.PRICE
    if medical or (topic.class_word and (of_rule or not _wants(notes))):
        return Intent.RULE
    if (topic.kinds and signs) or (Intent.REQUIREMENTS in signs and notes.age is not None):
        return Intent.REQUIREMENTS
    wants = _wants(notes)
    asks_of_line = bool(wants.get("line")) and bool(_OF_PRODUCT.search(notes.low))
    return Intent.LIMITS if (wants.get("term_years") and signs) or asks_of_line else Intent.UNKNOWN


def _special(notes: Notes, signs: set[Intent], topic: Topic) -> Intent | None:
    """What is asked of evidence, money or drugs, whoever it is about."""
    if Intent.FROM_WHEN in signs and topic.kinds and not topic.codes:
        return Intent.FROM_WHEN
    found = _of_evidence(notes, signs, topic)
    if found is not None:
        return found
    about_income = Intent.INCOME in signs and not set(topic.codes) - {"bankruptcy"}
    by_income = "amount_max" in topic.limits and "income_annual" in notes.facts
    if by_income or (about_income and not is_described_by_health(notes)):
        return Intent.INCOME
    if topic.drugs and Intent.MEDICATION in signs and not topic.codes and notes.age is None:
        return Intent.MEDICATION
    if Intent.NO_EXAM in signs and not topic.codes:
        amount_told = bool(_wants(notes).get("face_amount"))
        return (
            Intent.NO_EXAM
            if _ASKS_AMOUNT.search(notes.low) or not amount_told
            else Intent.REQUIREMENTS
        )
    return None


def _of_evidence(notes: Notes, signs: set[Intent], topic: Topic) -> Intent | None:
    """How long evidence is good, takes, and who orders it; with a person and an amount told, what is needed."""
    if not topic.kinds:
        return None
    about = [one for one in (Intent.WHO_ORDERS, Intent.DAYS, Intent.VALIDITY) if one in signs]
    told = notes.age is not None and bool(_wants(notes).get("face_amount"))
    if about == [Intent.VALIDITY] and told:
        return None
    return about[0] if about else None


def also_asked(signs: set[Intent], topic: Topic, first: Intent) -> tuple[Intent, ...]:
    """Other things that are asked of the same evidence in one question."""
    every = (Intent.WHO_ORDERS, Intent.DAYS, Intent.VALIDITY)
    if first not in every or not topic.kinds:
        return ()
    return tuple(one for one in every if one in signs and one is not first)


def _is_medical_limit(topic: Topic, notes: Notes) -> bool:
    """`max bp for preferred` bounds no product."""
    about = set(topic.subjects) - {Subject.WAIT, Subject.NICOTINE}
    only_vague = set(topic.limits) <= {"jurisdictions", "amount_max", "conversion", "terms"}
    return (
        bool(about or topic.labs)
        or (bool(topic.codes) and only_vague)
        or (only_vague and is_described(notes) and bool(topic.codes))
    )


def is_described(notes: Notes) -> bool:
    """Whether a person is told of in full enough: the age with anything else, or much without it."""
    facts = notes.facts
    telling = {"sex", "jurisdiction", "height_in", "height_cm", "weight_lb", "weight_kg", "nicotine",
               "income_annual", "net_worth", "details", *_HEALTH}  # fmt: skip
    told = telling & {key for key, value in facts.items() if value not in ({}, None)}
    if notes.age is not None:
        return bool(told or _wants(notes).get("face_amount"))
    body = {"height_in", "height_cm"} & set(facts) and {"weight_lb", "weight_kg"} & set(facts)
    return len(told) >= 4 or (bool(body) and len(told) >= 3 and "sex" in told)


def is_described_by_health(notes: Notes) -> bool:
    """Whether a person's health is told of, beside the age."""
    return notes.age is not None and any(notes.facts.get(key) for key in _HEALTH[:5])


def _is_of_person(notes: Notes, signs: set[Intent], topic: Topic) -> bool:
    """Whether what is asked is of a person, who may be told of in a word: `a guy with a stent`."""
    facts = notes.facts
    someone = bool(_SOMEONE.search(notes.low)) or "sex" in facts
    many = sum(len(v) for k in _HEALTH if isinstance(v := facts.get(k), list))
    many += bool(facts.get("nicotine"))
    of_rule = Intent.RULE in signs or Subject.WAIT in topic.subjects
    if is_described(notes):
        face = _wants(notes).get("face_amount")
        alone = not someone and not face and many == 0 and Intent.BEST not in signs
        return not (alone and of_rule)
    if Subject.WAIT in topic.subjects or Subject.BUILD in topic.subjects or topic.kinds:
        return False
    if someone and many:
        return True
    return many > 1 and not of_rule


def _wants(notes: Notes) -> dict[str, object]:
    wants = notes.facts.get("wants")
    return wants if isinstance(wants, dict) else {}


def _of_person(signs: set[Intent], topic: Topic) -> tuple[Intent, ...]:
    asked: Sequence[Intent] = [
        one
        for one in (Intent.BEST, Intent.CLASS, Intent.REQUIREMENTS, Intent.PRICE)
        if one in signs
    ]
    if Intent.NO_EXAM in signs and Intent.REQUIREMENTS not in asked:
        asked = [*asked, Intent.REQUIREMENTS]
    if topic.kinds and not topic.class_word and (not topic.codes or Intent.REQUIREMENTS in asked):
        kept = [one for one in asked if one is Intent.PRICE]
        asked = [Intent.REQUIREMENTS, *kept]
    if Intent.REQUIREMENTS in asked and Intent.BEST not in asked and not topic.class_word:
        asked = [one for one in asked if one is not Intent.CLASS]
    if not asked and Intent.RULE in signs:
        asked = [Intent.CLASS]
    if not asked and topic.class_word:
        asked = [Intent.CLASS]
    return tuple(asked) or (Intent.BEST,)
