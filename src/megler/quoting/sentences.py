"""What this room's problems and reasons say to people, one sentence per code."""

from collections.abc import Callable
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from megler.quoting.bulk import sentences as bulk
from megler.underwriting import sentences as underwriting
from megler.vocabulary.problems import Reason

SENTENCES: dict[str, str | Promise] = {
    **bulk.SENTENCES,
    "quote_several_areas": _(
        "%(where)s: %(found)s lies in several rating areas; say which: %(expected)s."
    ),
    "quote_not_asked": _("%(where)s: no product asks this; expected %(expected)s."),
    "proposal_no_offers": _("This quote has no offers to put on paper."),
    "proposal_count": _("Choose from 1 to %(expected)s offers; %(found)s are chosen."),
    "proposal_twice": _("An offer is chosen twice."),
    "proposal_not_there": _("This quote has no offer number %(found)s; it has %(expected)s."),
    "proposal_differs": _(
        "Priced anew, this quote differs from what was saved. Nothing was printed; make a new quote."
    ),
    "site_shape": _("%(where)s: “%(found)s” is no site such as %(expected)s."),
    "sites_too_many": _("%(found)s sites; at most %(expected)s may show one link."),
    "lead_name": _("Write your name."),
    "lead_reach": _("Write an e-mail address or a telephone number."),
    "lead_consent": _("Tick that you agree to be contacted."),
    "link_days": _("A link works from 1 to %(expected)s days, not %(found)s."),
    "ladder_steps": _("%(where)s: %(found)s steps; a ladder follows %(expected)s steps."),
    "ladder_nothing": _("%(where)s: %(found)s; expected %(expected)s."),
    "ladder_not_falling": _(
        "%(where)s is %(found)s; a need falls step by step: expected %(expected)s."
    ),
}
"""Problems."""

REASONS: dict[str, str | Promise] = {
    **underwriting.REASONS,
    "no_rate": _("The rate table %(table)s has no figure for %(at)s."),
    "not_served": _("Not sold where the person lives: %(at)s."),
    "several_areas": _(
        "%(fact)s is needed: this place lies in several rating areas (%(choices)s)."
    ),
    "no_term": _("Not sold for a term of years."),
    "plan_not_offered": _("The plan %(plan)s is not sold, only %(plans)s."),
    "no_plan": _("There are no plans to choose from."),
    "no_guide": _("The carrier's underwriting guide is not here: say the class to quote."),
    "class_assumed": _("%(class)s is quoted as asked, not assessed."),
    "class_not_sold": _("The class %(class)s is not sold, only %(classes)s."),
    "next_class_sold": _("%(class)s is not sold here; priced as %(instead)s."),
    "table_not_sold": _("Table %(table)s is not sold."),
    "nicotine_assumed_none": _("Nicotine use is not known; supposed none."),
    "budget_too_small": _(
        "%(budget)s (%(mode)s) buys none: the least amount, %(amount)s, costs %(premium)s."
    ),
    "choice_needed": _("%(fact)s is needed: one of %(offered)s."),
    "choice_not_offered": _("%(fact)s: %(asked)s is not sold, only %(offered)s."),
    "no_choice_of": _("%(fact)s: the product has no choice of it."),
    "default_taken": _("%(fact)s was not asked for; %(value)s is taken."),
    "insures_one_life": _("Insures one life; the wish is for %(lives)s."),
    "insures_two_lives": _("Insures two lives together; the wish is for %(lives)s."),
    "table_assumed": _("Table %(table)s is quoted as asked, not assessed."),
    "joint_table": _("Table %(table)s: the carrier prices rated lives together itself."),
    "flat_extra_assumed": _("A flat extra of %(per_1000)s per 1,000 is quoted as asked."),
    "flat_extra_assumed_for_years": _(
        "A flat extra of %(per_1000)s per 1,000 for %(years)s years is quoted as asked."
    ),
    "guide_declines": _("The guide declines."),
    "guide_postpones": _("The guide postpones."),
    "flat_extra_not_sold": _("A flat extra of %(per_1000)s per 1,000 is not sold."),
    "rider_not_offered": _("The rider %(rider)s is not sold, only %(riders)s."),
    "no_riders": _("The rider %(rider)s is not sold; there are no riders."),
    "rider_above_share": _(
        "%(amount)s is above %(percent)s percent of the product's amount, %(limit)s."
    ),
    "in_force_assumed_none": _("Disability benefits in force are not known; supposed none."),
    "reduction_not_told": _(
        "The benefit falls at age %(age)s; the carrier's papers do not say by how much."
    ),
    "over_premium_max": _("%(premium)s is over the most to be paid, %(limit)s (%(mode)s)."),
}
"""Reasons: why a product is offered as it is, or not."""

WORDS: dict[str, str | Promise] = {
    **underwriting.WORDS,
}


def sentence(reason: Reason) -> str:
    """The sentence for a reason of a quote, in the reader's language."""
    return speaker()(reason)


def speaker() -> Callable[[Reason], str]:
    """What says reasons in the reader's language, for the length of one answer."""
    language = get_language() or ""
    return lambda reason: _said(language, reason.code, tuple(reason.params.items()))


@lru_cache(maxsize=20_000)
def _said(_language: str, code: str, params: tuple[tuple[str, str], ...]) -> str:
    """The sentence of a code; the same ones are said again and again."""
    reason = Reason(code, dict(params))
    what = underwriting.spoken(reason, REASONS, WORDS)
    for key in ("rider", "life"):
        if key in reason.params and reason.code not in _RIDERS_OWN:
            what = str(_OF) % {"who": reason.params[key], "what": what}
    return what


_OF = _("%(who)s: %(what)s")
_RIDERS_OWN = {"rider_not_offered", "no_riders"}


VERBS = {
    "quote.saved": _("saved"),
    "proposal.made": _("made"),
    "proposal.link_made": _("made a private link to"),
    "proposal.link_revoked": _("closed a private link to"),
    "proposal.opened": _("opened"),
    "quote_link.made": _("made"),
    "quote_link.changed": _("changed"),
    "lead.made": _("asked to be contacted:"),
    "lead.closed": _("closed"),
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
    _("reduced benefit"),
    _("riders"),
    _("rounded"),
    _("table rating"),
    _("to the cent"),
)
"""Steps of a premium as our own editions and the engine name them; a carrier's own stand as they are."""

PHRASES = (
    _("a name"),
    _("one person"),
    _("a number"),
    _("a whole number"),
)
"""What stands in a problem's parts, told in the reader's language; `#` is any figure."""
