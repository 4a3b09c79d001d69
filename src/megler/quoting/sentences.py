"""What this room's problems and reasons say to people, one sentence per code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from megler.underwriting import sentences as underwriting
from megler.vocabulary.problems import Reason

SENTENCES: dict[str, str | Promise] = {
    "quote_several_lives": _(
        "%(where)s: %(found)s. Several lives together cannot be quoted yet; name %(expected)s."
    ),
    "quote_riders_not_priced": _("%(where)s: riders are not priced yet: %(found)s."),
    "quote_several_areas": _(
        "%(where)s: %(found)s lies in several rating areas; say which: %(expected)s."
    ),
}
"""Problems."""

REASONS: dict[str, str | Promise] = {
    **underwriting.REASONS,
    "fact_needed": _("%(fact)s is needed for a price."),
    "no_rate": _("The rate table %(table)s has no figure for %(at)s."),
    "not_served": _("Not sold where the person lives: %(at)s."),
    "several_areas": _(
        "%(fact)s is needed: this place lies in several rating areas (%(choices)s)."
    ),
    "not_yet_in_effect": _("Sold from %(from)s."),
    "no_longer_in_effect": _("Sold until %(until)s."),
    "other_line": _("Another line of business than asked for."),
    "too_young": _("Age %(age)s is under the lowest issue age, %(limit)s."),
    "too_old": _("Age %(age)s is over the highest issue age, %(limit)s."),
    "too_young_for_term": _(
        "Age %(age)s is under the lowest issue age for %(term_years)s years, %(limit)s."
    ),
    "too_old_for_term": _(
        "Age %(age)s is over the highest issue age for %(term_years)s years, %(limit)s."
    ),
    "age_open": _(
        "The birth date leaves open whether the age is %(youngest)s or %(oldest)s: say the day."
    ),
    "age_given": _("Age %(age)s was given instead of a birth date; taken by each product's basis."),
    "jurisdiction_unknown": _("Where the person lives is not known; supposed sold there."),
    "not_sold_in": _("Not sold in %(jurisdiction)s."),
    "amount_below": _("%(amount)s is below the least amount, %(limit)s."),
    "amount_above": _("%(amount)s is above the largest amount, %(limit)s."),
    "amount_below_for_age": _(
        "%(amount)s is below the least amount at ages %(age_min)s–%(age_max)s, %(limit)s."
    ),
    "amount_above_for_age": _(
        "%(amount)s is above the largest amount at ages %(age_min)s–%(age_max)s, %(limit)s."
    ),
    "amount_off_step": _("%(amount)s is not sold: amounts go by steps of %(step)s."),
    "term_not_offered": _("Not sold for %(term_years)s years, only for %(terms)s."),
    "no_term": _("Not sold for a term of years."),
    "term_not_for_nicotine": _("%(term_years)s years: not sold for this nicotine status."),
    "plan_not_offered": _("The plan %(plan)s is not sold, only %(plans)s."),
    "no_guide": _("The carrier's underwriting guide is not here: say the class to quote."),
    "class_assumed": _("%(class)s is quoted as asked, not assessed."),
    "class_not_sold": _("The class %(class)s is not sold, only %(classes)s."),
    "next_class_sold": _("%(class)s is not sold here; priced as %(instead)s."),
    "table_not_sold": _("Table %(table)s is not sold."),
    "individual_consideration": _("The carrier decides case by case; an underwriter must look."),
    "nicotine_assumed_none": _("Nicotine use is not known; supposed none."),
    "over_premium_max": _("%(premium)s is over the most to be paid, %(limit)s (%(mode)s)."),
}
"""Reasons: why a product is offered as it is, or not."""

WORDS: dict[str, str | Promise] = {
    **underwriting.WORDS,
    "wants.face_amount": _("Amount of insurance"),
    "wants.term_years": _("Term of years"),
    "wants.plan": _("Plan"),
    "wants.class": _("Class"),
}


def sentence(reason: Reason) -> str:
    """The sentence for a reason of a quote, in the reader's language."""
    return underwriting.spoken(reason, REASONS, WORDS)


VERBS = {
    "quote.saved": _("saved"),
}
"""What the journal's lines say between who did it and on what."""

STEPS = (
    _("age"),
    _("amount band"),
    _("base"),
    _("flat extra"),
    _("mode"),
    _("nicotine"),
    _("policy fee"),
    _("rating area"),
    _("rounded"),
    _("table rating"),
    _("to the cent"),
)
"""Steps of a premium as our own editions and the engine name them; a carrier's own stand as they are."""

PHRASES = (
    _("one person"),
    _("a number"),
    _("a whole number"),
)
"""What stands in a problem's parts, told in the reader's language; `#` is any figure."""
