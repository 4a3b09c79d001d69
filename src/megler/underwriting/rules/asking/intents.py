"""What a question asks: signs of each intent, and which of them count together with what it tells."""

import re
from collections.abc import Sequence

from megler.underwriting.rules.asking.notes import Notes
from megler.underwriting.rules.asking.understood import Intent, Subject, Topic

_MARKUP = re.compile(
    r"<\s*/?\s*[a-z!][^>]{0,200}>?|javascript:|\bon(?:error|load|click)\s*=|\{\{.*?\}\}|\{%.*?%\}|\$\{[^}]*\}"
    r"|\b(?:union\s+select|drop\s+table|insert\s+into|delete\s+from|select\s+.{1,60}?\s+from"
    r"|or\s+1\s*=\s*1)\b[^?]*|(?:--|;)\s*$|\.\./\S*"
    r"|\b(?:ignore|disregard|forget)\s+(?:all\s+|any\s+|the\s+|your\s+)*(?:previous|prior"
    r"|above|earlier|instructions|rules|guides?)\b[^.?!]*"
    r"|\b(?:system prompt|you are now|pretend (?:to be|you)|act as|jailbreak|developer mode|api key|password)\b[^.?!]*"
)
_ABUSE = re.compile(
    r"\b(?:fuck\w*|f\*+k\w*|shit\w*|bullshit|asshole\w*|bitch\w*|bastards?|cunts?|dickhead"
    r"|motherfuck\w*|idiots?|moron\w*|stupid|dumb(?:ass)?|"
    r"retard\w*|useless|piece of (?:crap|junk|garbage)|crap|damn|wtf|stfu|screw you|suck[s]?"
    r"|hate you|jævla|faen|dust)\b"
)
_SIGNS: tuple[tuple[Intent, str], ...] = (
    (Intent.VALIDITY,
        r"how (?:long|old|many (?:days|months)).{0,40}\b(?:good for|valid|last|usable|current"
        r"|expire|keep|stale|can\b.{0,25}\bbe\b|be (?:used|accepted|good))|(?:valid(?:ity)?"

        r"|expir\w+|shelf life|good for how long|go stale|too old)\b|re-?use|(?:can|may|could) "
        r"(?:we|i|they|you) (?:still )?use\b"),
    (Intent.DAYS,
        r"how long (?:does|do|will|would|to get|until we get|for).{0,40}\b(?:take|come|arrive|back"
        r"|get|turn)|turn ?around|how many days|how fast|how quick"),
    (Intent.WHO_ORDERS, r"who (?:orders?|pulls?|requests?|schedules?|arranges?|gets? the)"),
    (Intent.NO_EXAM,
        r"(?:no|without|w/?o|skip|waive|avoid)(?:\s+(?:an?|any|the))?[- ]+(?:exam\w*|medical exam"
        r"|medicals?|paramed\w*|labs?|blood ?work|fluids)|non[- ]?med(?:ical)?|fluid ?less"
        r"|accelerated(?: underwriting)?|exam[- ]free|uten (?:lege)?undersøkelse"),
    (Intent.REQUIREMENTS,
        r"requirements?|ordered|needed|required|necessary|what (?:all )?(?:will|do|would|does|should"
        r"|can)\s+(?:\w+\s+){1,4}?(?:needs?|requires?|ask|want|order|expect)\b|requires?|required"
        r"|needs?\b(?=[^.?!]{0,25}\b(?:exams?|labs?|aps|ekg|ecg|blood|urine|inspections?|mvr|mib|financials?"
        r"|tax|records|interviews?|paramed\w*|treadmill))|what(?:'s| is) "
        r"(?:needed|required)|evidence|hva (?:trengs|kreves)"),
    (Intent.INCOME,
        r"income (?:multiples?|factors?|multipliers?|replacement)|(?:how many|\d+) ?(?:times|x) "
        r"(?:\w+ )?(?:income|salary|earnings)|multiples? of (?:income|salary|earnings)|justif\w+"
        r"|financial(?:ly)? (?:underwrit\w+|limits?|guidelines?|qualif\w+)|(?:on|with|making"
        r"|earning) (?:an? )?(?:income|salary)"),
    (Intent.MEDICATION,
        r"(?:used|taken|prescribed|given|usually) for|what (?:is|are|does|do|would|might|could"
        r"|condition\w*)\b.{0,40}\b(?:for|mean|suggest|indicate|treat|imply)|suggests?|indicat\w+"
        r"|hva brukes"),
    (Intent.PRICE,
        r"how much (?:would|will|does|is|for|per|a month|would it cost)\b(?! coverage)|costs?"
        r"|premiums?|pric(?:e|es|ing)|quotes?|cheap(?:est)?|lowest|rates? for|what would .{0,20} "
        r"pay|hva koster|pris"),
    (Intent.BEST,
        r"who(?:'?s| is| are| would be)?\s+(?:the\s+|our\s+|my\s+)?(?:best|good|most|likely|going"
        r"|friendl\w+|lenient)|best (?:carriers?|compan(?:y|ies)|options?|fits?|shots?|offers?"
        r"|places?|bets?|homes?|outcome|route|choice|case)|(?:which|what) (?:carriers?|compan(?:y"
        r"|ies)|insurers?)|where (?:should|would|do|can|to|could|is)|who (?:will|would|can|might"
        r"|could|should|do (?:you|we)|likes?|takes?|offers?|has|writes?|accepts?|gives?|looks?)"
        r"|(?:anyone|anybody|any (?:carriers?|company|companies|takers?|options?|outs?|homes?"
        r"|market|one))|recommend\w*|suggestions?|shop(?:ping)?|lead with|lenient|friendl(?:y"
        r"|iest)|favou?rabl[ey]|compare|top (?:\d|three|carrier)|hvem er best|hvilket selskap"),
    (Intent.CLASS,
        r"(?:what|which)(?:'s| is| would be)? (?:the |his |her |a |likely |best )*(?:class|classes"
        r"|risk class|rate class|rating|health class|table|rate|offer|outcome|decision)|(?:can"
        r"|could|would|will|does|is|might) (?:he|she|they|i|we|client|my (?:client|guy)|this|it"
        r"|the client|someone|somebody|an?)\b.{0,60}?\b(?:get|qualify|be|have|make)\b|chances?"
        r"|insurable|qualif\w+|odds|approv\w+|rat(?:ed|able|eable)|offer(?:ed|s)?|hvilken klasse"
        r"|knock ?outs?"),
    (Intent.RULE,
        r"do(?:es)? (?:any|anyone|anybody|they|all|\w+(?: \w+)?)\b.{0,30}?\b(?:accept|allow|take"
        r"|ok|offer|consider|care|require|mind|count|treat|view|decline|exclude|rate|cover|give"
        r"|have)|how long (?:after|since|until|before|must|do|does|should|for)|how (?:is|are|do"
        r"|does|would|will)\b.{0,40}\b(?:rated?|underwritten|underwrite|treat(?:ed)?|view(?:ed)?"
        r"|handled?|look(?:ed)?|see|classif\w+|assess\w*|considered)|limits?|cut[- ]?offs?"
        r"|thresholds?|max(?:imum)?|min(?:imum)?|highest|ranges?|guidelines?|rules?|criteria"
        r"|allow(?:ed|ance|ances|s)?|accept(?:able|ed|s)?|declin\w+|uninsurable|postpone\w*"
        r"|wait(?:ing)?|rat(?:ed?|ing) for|flat extras?|what (?:a1c|bp|blood pressure|weight"
        r"|chol\w*|ratio|happens|do(?:es)? \w+ (?:do|say))|build chart|how (?:high|low|bad|heavy"
        r"|many|often|much|soon|recent)|when can|tolerat\w+|combin\w+|hvor lenge|grense"),
)  # fmt: skip
_SIGN_PATTERNS = tuple((intent, re.compile(rf"\b(?:{words})")) for intent, words in _SIGNS)
_ELSEWHERE = (
    ("licensing",
        r"licen[sc]e(?:d)? in|appointed|appointments?|contracting|contract(?:ed)? with|e&o"
        r"|continuing education|ce credits?|npn"),
    ("commissions", r"commissions?|comp grid|override|chargebacks?|bonus(?:es)?"),
    ("cases",
        r"(?:status|update) (?:of|on) (?:my|the|our|his|her)|where(?:'s| is) my (?:case|app\w*"
        r"|policy|file)|case status|pending case|when will (?:my|the) (?:case|policy)"),
    ("forms", r"which form|what form|application form|replacement forms?|e-?app\b|signature|docusign"),
    ("service",
        r"beneficiary change|policy loan|cash value of my|cancel (?:my|the|her|his) policy|change "
        r"(?:of )?address|lapse\w*|reinstat\w+|claims?\b"),
)  # fmt: skip
_ELSEWHERE_PATTERNS = tuple((place, re.compile(rf"\b(?:{words})")) for place, words in _ELSEWHERE)
_ASKS_AMOUNT = re.compile(
    r"\b(?:max|maximum|how much|how high|limit|up to|largest|most|highest|biggest|cutoff)\b"
)


def read_unfit(notes: Notes) -> tuple[Intent, ...]:
    """Mark-up, commands and abuse: set aside before anything else is read."""
    found = []
    for intent, pattern in ((Intent.MARKUP, _MARKUP), (Intent.ABUSE, _ABUSE)):
        for match in notes.find(pattern):
            notes.use(*match.span())
            found.append(intent)
    return tuple(dict.fromkeys(found))


def read_signs(notes: Notes) -> set[Intent]:
    """Every intent of which the question has a sign; the words of a sign are understood."""
    signs = set()
    for intent, pattern in _SIGN_PATTERNS:
        for match in pattern.finditer(notes.low):
            signs.add(intent)
            notes.use(*match.span())
    return signs


def read_elsewhere(notes: Notes) -> str:
    """The part of the agency that a question belongs to which is not about underwriting."""
    for place, pattern in _ELSEWHERE_PATTERNS:
        if match := pattern.search(notes.low):
            notes.use(*match.span())
            return place
    return ""


def intents_of(notes: Notes, signs: set[Intent], topic: Topic) -> tuple[Intent, ...]:
    """What the question asks, from its signs and from what it tells; `unknown` when nothing fits."""
    special = _special(notes, signs, topic)
    if special:
        return (special,)
    if _is_of_products(notes, signs, topic):
        return (Intent.LIMITS,)
    if is_described(notes):
        return _of_person(signs, topic)
    return (_of_rules(notes, signs, topic),)


def _is_of_products(notes: Notes, signs: set[Intent], topic: Topic) -> bool:
    """Whether it asks what products bound: `max age`, `can a 72 year old get a 20 year term`."""
    if topic.limits and not _is_medical_limit(topic, notes):
        return True
    by_age = notes.age is not None and bool(_wants(notes).get("term_years"))
    return by_age and Intent.CLASS in signs and not _is_medical(notes, topic)


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
    if Intent.REQUIREMENTS in signs and not rule_of_code:
        return Intent.REQUIREMENTS
    if Intent.PRICE in signs and not (medical and of_rule):
        return Intent.PRICE
    if medical or (topic.class_word and of_rule):
        return Intent.RULE
    return Intent.REQUIREMENTS if topic.kinds and signs else Intent.UNKNOWN


def _special(notes: Notes, signs: set[Intent], topic: Topic) -> Intent | None:
    """What is asked of evidence, money or drugs, whoever it is about."""
    of_evidence = (Intent.VALIDITY, Intent.DAYS, Intent.WHO_ORDERS)
    found = next((one for one in of_evidence if one in signs and topic.kinds), None)
    if found is not None:
        return found
    by_income = "amount_max" in topic.limits and "income_annual" in notes.facts
    if by_income or (Intent.INCOME in signs and not topic.codes):
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


def _is_medical_limit(topic: Topic, notes: Notes) -> bool:
    """`max bp for preferred` bounds no product."""
    about = set(topic.subjects) - {Subject.WAIT, Subject.NICOTINE}
    only_vague = set(topic.limits) <= {"jurisdictions", "amount_max", "conversion"}
    return (
        bool(about or topic.labs)
        or (bool(topic.codes) and only_vague)
        or (only_vague and is_described(notes) and bool(topic.codes))
    )


def is_described(notes: Notes) -> bool:
    """Whether a person is told of, rather than a rule asked for."""
    facts = notes.facts
    telling = {"sex", "jurisdiction", "height_in", "height_cm", "weight_lb", "weight_kg", "nicotine",
               "blood_pressure", "cholesterol", "family", "conditions", "medications", "driving", "criminal",
               "avocations", "travel", "occupation", "income_annual", "details"}  # fmt: skip
    told = telling & {key for key, value in facts.items() if value not in ({}, None)}
    if notes.age is not None:
        return bool(told or _wants(notes).get("face_amount"))
    body = {"height_in", "height_cm"} & set(facts) and {"weight_lb", "weight_kg"} & set(facts)
    return len(told) >= 4 or (bool(body) and len(told) >= 3 and "sex" in told)


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
    of_kinds = topic.kinds and not topic.codes and not topic.class_word
    if of_kinds and set(asked) <= {Intent.CLASS, Intent.REQUIREMENTS} and signs:
        asked = [Intent.REQUIREMENTS]
    if not asked and Intent.RULE in signs:
        asked = [Intent.CLASS]
    if not asked and topic.class_word:
        asked = [Intent.CLASS]
    return tuple(asked) or (Intent.BEST,)
