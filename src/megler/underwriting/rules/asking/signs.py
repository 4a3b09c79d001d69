"""Signs of what a question asks: the words by which each intent is known."""

import re

from megler.underwriting.rules.asking.fillers import FILLERS
from megler.underwriting.rules.asking.notes import Notes
from megler.underwriting.rules.asking.understood import Intent

_WHO = r"(?:carriers?|compan(?:y|ies)|insurers?|company|market)"
_SIGNS: tuple[tuple[Intent, str], ...] = (
    (Intent.FROM_WHEN,
        r"(?:how much|most|max\w*|what amount)\b.{0,45}\b(?:without|w/o|no|before) (?:an? |any )?(?:ekg"
        r"|ecg|aps|mvr|treadmill|inspection|financials)"
        r"|(?:at|from|after|over|past|starting at|by) (?:what|which) (?:ages?|amounts?|face|face amounts?|size)"
        r"|(?:what|which) (?:ages?|amounts?|face(?: amounts?)?) (?:do|does|will|would|is|are|triggers?"
        r"|needs?|requires?|calls?|gets?)\b"
        r"|when (?:do|does|is|are|will|would)\b.{0,40}\b(?:need|require|want|ask|order|call|kick|start"
        r"|trigger)\w*"
        r"|thresholds?|kicks? in|trigger(?:s|ed)? (?:an?|the)?|(?:ecg|ekg|aps|exam|labs|mvr|inspection"
        r"|treadmill)s? (?:from|starting|starts?|begins?) (?:when|at)"
        r"|from when|start(?:s|ing)? (?:asking|requiring|needing|ordering|wanting)"),
    (Intent.VALIDITY,
        r"how (?:long|old|many (?:days|months)).{0,45}\b(?:good for|good|valid|last|usable|current"
        r"|expire|keep|stale|can\b.{0,25}\bbe\b|be (?:used|accepted|good))|valid(?:ity)?\b"
        r"|expir\w+|exp\b|shelf[- ]?life|good for how long|go(?:es)? stale|too old|re-?us(?:e|ed|able)"
        r"|(?:can|may|could|will|would) "
        r"(?:\w+ ){1,3}?(?:still )?(?:use|accept|take)\b(?=.{0,40}\b(?:old|months?|from|done|carrier"
        r"|labs?|exams?|paramed\w*)\b)"
        r"|(?:can|may|could)\b.{0,60}\bbe (?:re-?)?(?:used|accepted)|still (?:use|usable|good|ok|okay"
        r"|accepted|valid|current|fresh)|instead of|in lieu of"
        r"|in place of|substitut\w+"
        r"|(?:months?|mos?|mths?|weeks?|wks?|days?) old\b"),
    (Intent.DAYS,
        r"how long (?:does|do|will|would|to get|until we get|for|till?|until|before|is"
        r"|are)\b.{0,45}\b(?:takes?|come|comes|arrive|arrives|back"
        r"|get|turn|taking|wait)|turn ?-?around|\btat\b|how soon (?:do|does|will|can)\b.{0,40}\b(?:get"
        r"|come|arrive|back|ready)|how many days|how fast|how quick|time ?(?:svc"
        r"|service|frame|line)"
        r"|lead time|average (?:days|time)|avg (?:days|time|turn)|(?:usually|typically|normally) takes?"
        r"|days? (?:for|to get) an?"),
    (Intent.WHO_ORDERS,
        r"who(?:'?s| is| will| does| has to| would| should)?\s*(?:orders?|ordering|pulls?|requests?"
        r"|requesting|schedules?|arranges?"
        r"|gets? the|sets? up|pays for|does the|do the)|(?:order|orders|ordered|pull|pulled|done"
        r"|scheduled|arranged|requested|paid) by "
        r"(?:the )?(?:carrier|agency|us|you|company|whom?|insurer|agent)|or (?:do|does|is it"
        r"|should) (?:we|us|i|you|the carrier|the agency|they)\b"
        r"|(?:us|you|we|agency|agent|carrier|company|i) or (?:the )?(?:us|you|them|they|agency|agent"
        r"|carrier|company|insurer)\b"
        r"|(?:do|does|should|must) (?:we|i|you|agent|the agency|the agent"
        r"|the carrier) (?:have to |need to )?(?:order|schedule|pull|arrange)\b"),
    (Intent.NO_EXAM,
        r"(?:no|without|w/?o|skip\w*|waive\w*|avoid\w*|non)(?:\s+(?:an?|any|the|having"
        r"|doing))*[- ]+(?:exam\w*|medical exam"
        r"|medicals?|paramed\w*|labs?|blood(?: ?work)?|fluids?|needles?|nurses?)|non[- ]?med(?:ical)?"
        r"|fluid ?-?less"
        r"|accelerated(?: underwriting| uw)?|exam[- ]free|uten (?:lege)?undersøkelse|instant (?:issue"
        r"|approval)|hates? needles"),
    (Intent.REQUIREMENTS,
        r"req(?:s|ments?|mts?)?\b|requirements?|ordered"
        r"|(?<!term )(?<!coverage )(?<!insurance )(?<!life )(?<!as )needed|required|necessary|what(?:'?ll"
        r"| all)? (?:will|do|would|does|should"
        r"|can|they|the|are)?\s*(?:\w+\s+){0,4}?(?:needs?|requires?|ask(?:ing)?|want|order|expect|pull"
        r"|call for)\b|requires?|required"
        r"|(?:they|carriers?|carrier|u|we|i|you|she|he|will|to) (?:\w+ ){0,3}?(?:order|pull"
        r"|ask(?:ing)?(?: for)|call for)\b"
        r"|what (?:tests?|exams?|medical|evidence|labs?|underwriting)|age (?:and|&|/|n) am(?:t|ount)s?"
        r"|needs?\b(?=[^.?!]{0,25}\b(?:exams?|labs?|aps|ekg|ecg|blood|urine|inspections?|mvr|mib|financials?"
        r"|tax|records|interviews?|paramed\w*|treadmill|cognitive))|what(?:'s| is| would be)? "
        r"(?:needed|required|involved)|evidence|lightest|burden|hva (?:trengs|kreves|trenger)"
        r"|hvilke krav|krav\b"),
    (Intent.INCOME,
        r"income (?:multiples?|factors?|multipliers?|replacement)|(?:how many|what|\d+|^) ?(?:times|x) "
        r"(?:\w+ )?(?:income|salary|earnings)|x times (?:income|salary)|times (?:his |her |their "
        r"|annual )?(?:income|salary|earnings)|multiples? of (?:\w+ )?(?:income|salary|earnings"
        r"|net worth)|justif\w+"
        r"|financial(?:ly)? (?:underwrit\w+|limits?|guidelines?|qualif\w+)|(?:on|with|making"
        r"|earning) (?:an? )?(?:income|salary)|(?:multiples?|how much|formula|factors?|most|max\w*"
        r"|limit)\b.{0,50}\b(?:income|salary"
        r"|net worth|estate|key ?(?:man|person|employee)|buy[- ]?sell|business loan)|(?:income|salary"
        r"|net worth|estate|key ?(?:man|person|employee)"
        r"|buy[- ]?sell|non-?working spouse|stay at home)\b.{0,60}\b(?:multiples?|how much|formula"
        r"|how many times)"),
    (Intent.MEDICATION,
        r"(?:used|taken|prescribed|given|usually) for|what (?:is|are|does|do|would|might|could"
        r"|condition\w*)\b.{0,40}\b(?:for|mean|suggest|indicate|treat|imply)\b|suggests?|indicat\w+"
        r"|why (?:would|is|does|do|are) \w+(?: \w+)? (?:be )?(?:on|take|taking|use|prescribed)|hva brukes"),
    (Intent.PRICE,
        r"how much (?:would|will|does|is|for|per|a month|would it cost|would (?:he|she|it"
        r"|they) pay)\b(?! coverage)|costs?\b"
        r"|spread ?sheets?|what (?:can|will|would|does|do) \$?\d+ (?:a|per) mo(?:nth)?|rates? on (?=\d)"
        r"|(?<!of )premiums?|pric(?:e[ds]?|ing)|quotes?|quoting|cheap(?:est"
        r"|er)?|lowest|rates? for|what would .{0,20} "
        r"pay|what(?:'?s| is) (?:the |his |her |it )?(?:monthly|annual|yearly|rate)|a month buys?"
        r"|buys how much|per month buys?"
        r"|how much\s*(?:/|a|per)\s*(?:mo|month|yr|year)\w*|(?:give|get|send|need) (?:me )?(?:a |the "
        r"|some )?(?:number|rate|quote|price)s?\b"
        r"|run (?:me )?(?:a |an |some )?(?:quotes?|numbers|rates?|\d)|hva koster|pris(?:en)?\b|koste"),
    (Intent.BEST,
        r"who(?:'?s| is| are| would be| has| gives)?\s+(?:the\s+|our\s+|my\s+)?(?:best|good|most|likely|going"
        r"|friendl\w+|lenient|competitive|strong\w*|aggressive|easiest|lightest|better)"
        r"|best (?:carriers?|compan(?:y|ies)|options?|fits?|shots?|offers?"
        rf"|places?|bets?|homes?|outcome|route|choice|case|(?:i|we|you) can)|(?:which|what) {_WHO}"
        rf"|where (?:should|would|do|can|to|could|is|are|might)"
        r"|who(?:'?s|'ll|'d| is)?\s+(?:to |in |out |\w+ing\s+)?(?:will|wont|won'?t|would|can|might"
        r"|could|should|do (?:you|we)|likes?|takes?|offers?|has|writes?|accepts?|gives?|looks?"
        r"|considers?|for|w/|with|wants?)|who(?:m)?\?"
        rf"|(?:anyone|anybody|any (?:{_WHO}|carriers?|takers?|options?|outs?|homes?"
        r"|market|one|chance|hope|luck|thing))|recommend\w*|suggestions?|shop(?:ping)?|lead with"
        r"|start with|lenient|friendl(?:y"
        r"|iest)|favou?rabl[ey]|compare|top (?:\d|three|carrier)|is there (?:an?|any) (?:product|policy"
        r"|carrier|company|plan|option|market)|home for|need a home|a home\b"
        r"|place (?:him|her|this|it)\b|should i go with|go with"
        r"|hvem (?:er best|tar|gir|kan|vil)|hvilke[nt]? selskap\w*"),
    (Intent.CLASS,
        r"(?:what|which)(?:'s| is| would be)? (?:the |his |her |a |likely |best )*(?:class|classes"
        r"|risk class|rate class|rating|health class|table|rate|offer|outcome|decision)|(?:rate |risk "
        r"|best )class|(?:can"
        r"|could|would|will|does|is|might) (?:he|she|they|i|we|u|you|client|my (?:client|guy)|this|it"
        r"|the client|someone|somebody|an?)\b.{0,60}?\b(?:get|qualify|be|have|make|buy|purchase|write"
        r"|apply|obtain|hurt|matter|kill)\b|chances?"
        r"|insurable|qualif\w+|odds|approv\w+|rat(?:ed|able|eable)|offer(?:ed|s)?|doable|possible"
        r"|realistic|on the table|shot at"
        r"|hvilken klasse|mulig|knock ?outs?|care\b"),
    (Intent.RULE,
        r"do(?:es)? (?:any|anyone|anybody|they|all|you|u|we|\w+(?: \w+)?)\b.{0,30}?\b(?:accept|allow|take"
        r"|ok|offer|consider|care|require|mind|count|treat|view|decline|exclude|rate|cover|give"
        r"|have|combine|postpone|add|hurt)|how long (?:after|since|until|till|before|must|do|does|should"
        r"|for|post)"
        r"|how (?:is|are|do|does|would|will)\b.{0,40}\b(?:rated?|underwritten|underwrite|treat(?:ed)?"
        r"|view(?:ed)?"
        r"|handled?|look(?:ed)?|see|classif\w+|assess\w*|considered|combined?|count(?:ed)?)|limits?"
        r"|cut[- ]?offs?"
        r"|thresholds?|max(?:imum)?|min(?:imum)?|highest|ranges?|guidelines?|guides?|rules?|criteria|treated\?"
        r"|allow(?:ed|ance|ances|s)?|accept(?:able|ed|s)?|declin\w+|uninsurable|insurable|postpone\w*"
        r"|consider(?:ed|s)?"
        r"|wait(?:ing)?|rat(?:ed?|ing) for|flat extras?|how (?:treated|rated|viewed|handled|underwritten)"
        r"|do(?:es)?\b.{0,40}\b(?:hurt|matter|count|disqualify)\b|what (?:a1c|bp|blood pressure|weight"
        r"|chol\w*|ratio|happens|do(?:es)? \w+ (?:do|say))|build chart|how (?:high|low|bad|heavy"
        r"|many|often|much|soon|recent)|when can|tolerat\w+|combin\w+|debits?|dq\b|disqualif\w+"
        r"|automatic\w*|knock(?:s|ed)?\b"
        r"|count(?:s|ed)? as|same as|look ?-?back|exclu(?:de|sion)\w*|damage|over\b|rates?\b|table\?"
        r"|hvor (?:lenge|mye|høyt)|grense"),
)  # fmt: skip
_PLURAL = 3
_ANY_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_EVERY_SIGN = " ".join(words for _intent, words in _SIGNS)


def own_words(patterns: str) -> frozenset[str]:
    """The words that stand in patterns, with their plurals."""
    return frozenset(
        form
        for word in re.findall(r"(?<![a-z\\])[a-z']{2,}", patterns)
        for form in ((word, word[:-1]) if word.endswith("s") and len(word) > _PLURAL else (word,))
    )


_OWN_WORDS = own_words(_EVERY_SIGN)
_STEMS = tuple(set(re.findall(r"([a-z]{4,})\\w", _EVERY_SIGN)))
_PATTERNS = tuple((intent, re.compile(rf"(?<!\w)(?:{words})")) for intent, words in _SIGNS)


def read_signs(notes: Notes) -> set[Intent]:
    """Every intent of which the question has a sign; the words of a sign are understood."""
    signs = set()
    for intent, pattern in _PATTERNS:
        for match in pattern.finditer(notes.low):
            signs.add(intent)
            use_known(notes, match)
    return signs


def is_own_word(word: str) -> bool:
    """Whether a word belongs to a sign: `hurt`, `multiple`."""
    return word in _OWN_WORDS


def use_known(notes: Notes, match: "re.Match[str]", own: frozenset[str] = _OWN_WORDS) -> None:
    """Mark the words of a sign as understood, but not strange ones that stand between them."""
    for word in _ANY_WORD.finditer(notes.low, *match.span()):
        text = word.group()
        if text in _OWN_WORDS or text in FILLERS or text.startswith(_STEMS):
            notes.use(*word.span())
