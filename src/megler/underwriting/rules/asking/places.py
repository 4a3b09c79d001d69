"""The part of the agency that a question belongs to which is not about underwriting."""

import re

from megler.underwriting.rules.asking.notes import Notes

_PLACES = (
    ("licensing",
        r"licen[sc](?:ed?|ing|es)\s+(?:in|for|to sell|renewal|number)|appointed|(?:my|an?|our|new|jit"
        r"|get|need|his|her) "
        r"appointment\w*|appointments?\s+(?:w/?|with|at|for)\b|contracting|contract(?:ed)?\s+"
        r"(?:with|level|paperwork|packet|kit)|e&o\b|continuing ed\w*|\bce\s+(?:credits?|hours?|class\w*"
        r"|course\w*|before"
        r"|requirements?|to)|(?:need|do|get|have)\s+(?:any\s+)?ce\b|npn\b|(?:aml|annuity|product"
        r"|carrier) training|"
        r"non-?resident licen[sc]e"),
    ("commissions",
        r"comm?iss?ions?|comm?ish|comp (?:grid|level|schedule|on)|overrides?|charge ?backs?|bonus(?:es)?"
        r"|(?:get|getting|got|be|been) paid|paid on|payouts?|street level|advance (?:on|commission)"
        r"|debit balance"),
    ("cases",
        r"(?:status|updates?|news|word|eta)\s+(?:of|on|for|re|about|regarding|yet)\b|case status|^\s*status\b"
        r"|where(?:'?s| is| are)\s+(?:my|the|our|his|her|that)\s+(?:\w+(?:'s)?\s+){0,3}?(?:case|app\w*"
        r"|policy|file|aps"
        r"|records|exam|labs|results|offer|decision)\b"
        r"|(?:has|have|did) (?:the|an|my|our|that) (?:offer|decision|approval|policy|results?) (?:come"
        r"|came|been|arrived?)"
        r"|offer (?:come|came) (?:in|back)|app(?:lication)? (?:went|was sent|is) in\b|any word\b"
        r"|policy (?:did ?n'?t|has ?n'?t|never) (?:\w+ )?(?:show\w*|arriv\w*|come|came|mailed)"
        r"|pending case|when will (?:my|the) (?:case|policy)|(?:did"
        r"|have) (?:you|they|u) (?:get|got"
        r"|receive[d]?|gotten)\b"
        r"|who(?:'s| is) the underwriter|underwriter assigned|policy (?:number|been issued|shipped|mailed)"
        r"|(?:my|the)\s+\w+\s+case\b(?=.{0,40}(?:weeks?|wks?|days?|yet|still))"),
    ("help", r"(?:my |the )?(?:login|log in|password|portal|website|web site)\b(?=.{0,30}\b(?:work|reset"
        r"|forgot|down|lock|issue|expired))"),
    ("forms",
        r"(?:which|what|blank|right|correct|need(?: a| the)?|send(?: me)?(?: a| the)?) (?:\w+ )?(?:form"
        r"|application|app|paperwork)s?\b"
        r"|application forms?|replacement forms?|e-?app\b|signature|docu-?sign|delivery (?:receipt"
        r"|requirements?|date)"
        r"|illustrations?|where do (?:i|we) (?:send|fax|mail|upload|submit|email)|(?:re-?send|email me"
        r"|fax me|mail me)\b"
        r"|amendment"),
    ("service",
        r"(?:chang\w+|updat\w+|add\w*|remov\w+|new)\s+(?:the |his |her |my |of |a )*(?:beneficiar\w+"
        r"|owner(?:ship)?|address|bank)"
        r"|beneficiary (?:change|form|update)|policy loans?|loan against|cash value of (?:my|his|her)"
        r"|cash surrender|surrender"
        r"|(?:wants?|how|like) to cancel|cancel (?:my|the|her|his|this) (?:policy|coverage)|who do (?:i"
        r"|we) call|lapsed? (?:policy|notice)|policy (?:has )?lapse\w*"
        r"|reinstat\w+ (?:my|the|his|her|a|lapsed) policy|(?:death|file a|filing a) claims?|in-?\s?force policy"
        r"|(?:auto ?pay|bank draft|bill(?:ing)?|invoice|missed payment|late payment)"),
)  # fmt: skip
_PATTERNS = tuple((place, re.compile(rf"(?<!\w)(?:{words})")) for place, words in _PLACES)
_GREETING = re.compile(
    r"(?:(?:hi+|hello|hey+|hei|hallo|heisann|yo|thx|thanks?(?: you)?|thank u|ty|tusen takk|takk|good|god"
    r"|morning|afternoon"
    r"|evening|day|dag|morgen|there|team|guys?|folks|all|everyone|you|u|are|r|the|best|so|much|a lot"
    r"|very|again|for|your|help"
    r"|helping|ok(?:ay)?|great|awesome|please|bye|cheers|appreciate it|what can (?:you|i|u) (?:do|ask)"
    r"|how (?:are you|does"
    r" this work|do you work)|who are you|test(?:ing)?)[\s,.!?:)(-]*)+"
)
HELP = "help"
"""A greeting: nothing is asked, and what may be asked is told."""


def read_elsewhere(notes: Notes) -> str:
    """Where a question belongs that is not ours; `help` for a greeting; empty: it may be ours."""
    if _GREETING.fullmatch(notes.low.strip()):
        notes.use(0, len(notes.low))
        return HELP
    for place, pattern in _PATTERNS:
        if match := pattern.search(notes.low):
            notes.use(*match.span())
            return place
    return ""
