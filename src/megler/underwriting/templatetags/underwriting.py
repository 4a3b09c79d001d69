"""Words of underwriting in pages: lists of a history, facts, ends of a range, badges."""

from django import template
from django.template.defaultfilters import capfirst
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from megler.ui.templatetags.ui import badge, money
from megler.underwriting.rules.answer_assessments import Assessed
from megler.underwriting.rules.assessment import Likely, Outcome
from megler.underwriting.sentences import sentence
from megler.underwriting.shown import Word
from megler.underwriting.wording import outcome_words, place_words
from megler.vocabulary.problems import Reason

register = template.Library()

LISTS = {
    "conditions": _("Condition"),
    "medications": _("Medicine"),
    "driving": _("Driving"),
    "criminal": _("Crime"),
    "avocations": _("Pastime"),
    "travel": _("Travel"),
}
EXAMPLES = {
    "conditions": _("diabetes type 2"),
    "medications": _("metformin"),
    "driving": _("dui"),
    "criminal": _("felony"),
    "avocations": _("scuba"),
    "travel": _("NO (country code)"),
}
_TONES = {
    Outcome.CLASS: ("good", "check"),
    Outcome.TABLE: ("attention", "stairs-up"),
    Outcome.INDIVIDUAL_CONSIDERATION: ("wait", "help"),
    Outcome.POSTPONE: ("wait", "clock"),
    Outcome.DECLINE: ("bad", "x"),
}


@register.filter
def list_word(listed: str) -> str:
    """A list of the history in a word."""
    return str(LISTS.get(listed, listed))


@register.filter
def list_example(listed: str) -> str:
    """What might stand in a list."""
    return str(EXAMPLES.get(listed, ""))


@register.filter
def plain_words(code: str) -> str:
    """A code with spaces."""
    return str(code).replace("_", " ")


@register.filter
def fact_word(place: str) -> str:
    """A key of the facts document as people call it."""
    return place_words(place)


@register.filter
def end_word(code: str, word: Word) -> str:
    """An end of a range in words: the carrier's own name for a class."""
    guide = next((one.judged.guide for one in (*word.products, *word.closed)), None)
    classes = guide.guide.classes if guide and guide.guide else ()
    own = next((one.name for one in classes if one.code == code), None)
    return own or outcome_words(code)


@register.filter
def product_word(one: Assessed) -> str:
    """The product that was judged: its name, or the code that a guide without a rate book names."""
    if one.judged.product:
        return one.judged.product.name
    return capfirst(one.judged.code.replace("-", " ").replace("_", " "))


@register.filter
def reason_sentence(reason: Reason) -> str:
    """A reason as people read it."""
    return sentence(reason)


@register.simple_tag
def likely_badge(word: Word) -> SafeString:
    """The likely outcome as a badge."""
    likely = word.likely
    if likely.table is not None:
        text = _now("Table %(number)s") % {"number": likely.table}
    elif likely.class_name:
        text = likely.class_name
    else:
        text = outcome_words(likely.outcome.value).capitalize()
    until = word.assessment.postpone_until
    if likely.outcome is Outcome.POSTPONE and until is not None:
        text += " " + _now("until %(day)s") % {"day": until.isoformat()}
    if likely.flat_extra is not None:
        text += " + " + _flat(likely)
    elif word.assessment.flat_extra_open:
        text += " + " + _now("a flat extra")
    tone, icon = _TONES[likely.outcome]
    return badge(tone, text, icon)


def _flat(likely: Likely) -> str:
    amount = _now("%(amount)s per 1,000") % {"amount": money(likely.flat_extra)}
    if likely.flat_years is None:
        return amount
    years = ngettext("%(n)s year", "%(n)s years", likely.flat_years) % {"n": likely.flat_years}
    return f"{amount}, {years}"
