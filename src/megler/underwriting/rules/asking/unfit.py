"""What is set aside or refused before a question is read: mark-up, commands, abuse, help to conceal."""

import re

from megler.underwriting.rules.asking.notes import Notes
from megler.underwriting.rules.asking.understood import Intent

_HARMLESS = re.compile(
    r"<\s*/?\s*(?:b|i|u|p|br|div|span|em|strong|li|ul|ol|font|td|tr|table|a|h[1-6]|o:p)\b[^<>]{0,200}>"
    r"|&(?:nbsp|amp|lt|gt|quot);|(?:--|;)\s*$"
)
_MARKUP = re.compile(
    r"<\s*/?\s*[a-z!][^<>]{0,200}>|<\s*(?:script|img|svg|iframe)\b[^<>]{0,200}|javascript:|\bon(?:error"
    r"|load|click)\s*="
    r"|\{\{.*?\}\}|\{%.*?%\}|\$\{[^}]*\}|\.\./\S*"
    r"|\b(?:union\s+select|drop\s+table|insert\s+into|delete\s+from"
    r"|select\s+.{1,60}?\s+from\s+\w+\s*(?:;|--|where)"
    r"|or\s+1\s*=\s*1)\b[^?]*"
    r"|\b(?:ignore|disregard|forget)\s+(?:all\s+|any\s+|the\s+|your\s+|every\s+)*(?:previous|prior"
    r"|above|earlier|instructions|rules|guides?|guidelines)\b[^.?!]*"
    r"|\b(?:system prompt|you are now|pretend (?:to be|you)|act as (?:an?|if|my)\b|jailbreak|developer mode"
    r"|admin mode|api key|(?:database|admin|root|user) password|approve everyone)[^.?!]*"
)
_ABUSE = re.compile(
    r"\b(?:fuck\w*|f\*+k\w*|shit\w*|bullshit|asshole\w*|bitch\w*|bastards?|cunts?|dickhead"
    r"|motherfuck\w*|idiots?|moron\w*|stupid|dumb(?:ass)?|retard\w*|useless|worthless|garbage"
    r"|piece of (?:crap|junk)|crap|damn|wtf|stfu|screw you|(?:you|this|it) sucks?|hate you|jævla|faen)\b"
)
_NOT = r"(?:not|don'?t|do not|won'?t|doesn'?t|does not|didn'?t|never|can'?t|cannot|wouldn'?t)"
_AGENT = r"(?:let'?s|lets|we|we'?ll|i|i'?ll|you|us|to|just|please|and|but|or|better)"
_CONCEAL = re.compile(
    r"\b(?:hide|hiding|conceal\w*|cover(?:ing)? up|falsif\w+|fak(?:e|ing)|forg(?:e|ing)|fudg(?:e|ing)"
    r"|lie\b|lie[sd]\s+(?:about|on|to)|lying\s+(?:about|on|to)|misrepresent\w*|slip(?:s|ping)?\s+(?:it|this|him|her)\s+(?:past|by"
    r"|through))\b"
    r"|\bback-?dat(?:e|ing)\s+(?:his|her|the|their|a)\s+(?:quit|stop|last|smok\w*|tobacco)"
    r"|\bshav(?:e|ing)\s+(?:off\s+)?(?:\d+|a few|some)\b"
    r"|\b(?:leave|leaving|keep|keeping|omit|omitting|drop|dropping)\s+(?:\S+\s+){0,5}?(?:off|out)\b"
    r"(?:\s+(?:of\s+)?(?:the\s+|his\s+|her\s+)?(?:app\w*|form|file|record))?"
    r"|\bomit(?:ting)?\b"
    rf"|\b{_AGENT}\s+(?:\w+\s+){{0,2}}?{_NOT}\s+(?:\w+\s+)?(?:mention|disclose|tell|report|list|include"
    rf"|admit|say)\b"
    rf"|\b{_NOT}\s+(?:want|wish|like|plan|intend)\s+(?:\w+\s+){{0,3}}?to\s+(?:mention|disclose|tell|report|list"
    r"|admit|reveal)\b"
    r"|\b(?:refuses?|declines?|rather not)\s+(?:to\s+)?(?:mention|disclose|tell|report|list|admit|reveal)\b"
    r"|\bwithout\s+(?:(?:the|them|him|her|any|a|underwriter|carrier|insurer|company|anyone)\s+){0,3}"
    r"(?:mentioning|disclosing|telling|reporting|admitting|knowing|finding|noticing)\b"
    r"|\b(?:how|way|ways|trick|best)\b.{0,30}\b(?:get|getting|work|working)\s+around\b"
    r"|\bhow\s+(?:do|can|could|would|should|to|does)\b.{0,30}\b(?:beat|cheat|trick|fool|bypass|dodge"
    r"|evade|mask)\b"
    r"|\b(?:pass|beat)\s+(?:the|a|his|her|my|that)\s+(?:drug|nicotine|cotinine|urine|tobacco|tox\w*)\b"
    rf"|\bso\s+(?:that\s+)?(?:\w+\s+){{0,4}}?(?:{_NOT}|wont|doesnt|dont|cant)\s+(?:\w+\s+)?"
    r"(?:find|see|know|show|notice|catch|come|pick|discover|turn|ask)\b"
    r"|\b(?:ever|never)\s+(?:know|find out|notice|catch)\b"
    r"|\b(?:can|could|should|may|if|do)\s+(?:i|we|he|she|they|you|client)\s+(?:just|simply)\s+"
    r"(?:say|put|claim|write|mark|check|answer|state|tell)\b"
    r"|\b(?:write|put|answer|say|mark|check|enter)\s+['\"]?(?:none|no|never|non[- ]?(?:smoker|tobacco)"
    r"|negative)\b"
    r".{0,60}\b(?:even th\w+|although|tho|though|but (?:he|she|they)|still|actually|really)\b"
    r"|\b(?:told|lied to)\s+(?:the\s+)?(?:nurse|examiner|paramed|underwriter|uw|doctor|interviewer)\b.{0,20}\b"
    r"(?:doesn'?t|didn'?t|never|no|not)\b"
    r"|\btell\w*\s+(?:the\s+)?(?:uw|underwriter|carrier|company|insurer|them|examiner|nurse)\s+(?:that\s+)?"
    rf"(?:my client|the client|he|she|they|we)\s+(?:{_NOT}|has no|had no)\b"
)


def read_unfit(notes: Notes) -> tuple[Intent, ...]:
    """Mark-up, commands, wishes to conceal and abuse: set aside before anything else is read."""
    for match in notes.find(_HARMLESS):
        notes.use(*match.span())
    found = []
    for intent, pattern in (
        (Intent.MARKUP, _MARKUP),
        (Intent.CONCEAL, _CONCEAL),
        (Intent.ABUSE, _ABUSE),
    ):
        for match in notes.find(pattern):
            if intent is not Intent.CONCEAL:
                notes.use(*match.span())
            found.append(intent)
    return tuple(dict.fromkeys(found))
