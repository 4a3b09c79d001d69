"""What this room's problems and reasons say to people, one sentence per code."""

from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from megler.underwriting.wording import WORDS, Texts, spoken
from megler.vocabulary.problems import Reason

__all__ = ["PHRASES", "REASONS", "SENTENCES", "VERBS", "WORDS", "sentence", "spoken"]

SENTENCES: Texts = {
    "assess_no_guides": _("%(where)s: on %(found)s no underwriting guide is in effect."),
    "facts_absurd_build": _("%(where)s: a body-mass index of %(found)s; expected %(expected)s."),
    "facts_absurd_height": _("%(where)s: %(found)s is no possible height; expected %(expected)s."),
    "facts_absurd_weight": _("%(where)s: %(found)s is no possible weight; expected %(expected)s."),
    "facts_alive_and_dead": _("%(where)s: an age at death, %(found)s, of a relative who lives."),
    "facts_before_birth": _("%(where)s: %(found)s lies before birth; expected %(expected)s."),
    "facts_both_people_and_top": _(
        "%(where)s stands beside “people”, so it is not clear whose it is; expected %(expected)s."
    ),
    "facts_contradicts_born": _("%(where)s is %(found)s, but the birth date makes %(expected)s."),
    "facts_contradicts_budget": _(
        "%(where)s: %(found)s is asked for, but a budget asks how much it buys; expected %(expected)s."
    ),
    "facts_contradicts_hdl": _("%(where)s is %(found)s, but total and HDL make %(expected)s."),
    "facts_contradicts_height_in": _("%(where)s is %(found)s, but height_in makes %(expected)s."),
    "facts_contradicts_weight_lb": _("%(where)s is %(found)s, but weight_lb makes %(expected)s."),
    "facts_control_character": _("%(where)s holds a character that cannot be shown: %(found)s."),
    "facts_death_before_onset": _(
        "%(where)s: death at %(found)s, before the illness began; expected %(expected)s."
    ),
    "facts_duplicate_key": _("%(where)s stands twice; expected %(expected)s."),
    "facts_duplicate_person": _("%(where)s: “%(found)s” is another person too; %(expected)s."),
    "facts_ends_before_start": _("%(where)s: %(found)s is before its start; %(expected)s."),
    "facts_given_twice": _("%(where)s names something twice: %(found)s."),
    "facts_hdl_not_below_total": _("%(where)s: HDL %(found)s must be %(expected)s, the total."),
    "facts_impossible_date": _("%(where)s: %(found)s is not %(expected)s."),
    "facts_in_the_future": _("%(where)s: %(found)s has not come yet; expected %(expected)s."),
    "facts_malformed": _("%(where)s: “%(found)s” has not the form of %(expected)s."),
    "facts_missing_key": _("%(where)s lacks %(expected)s."),
    "facts_negative": _("%(where)s: %(found)s may not be negative; expected such as %(expected)s."),
    "facts_not_a_number": _("%(where)s: %(found)s is not a number."),
    "facts_not_in_list": _("%(where)s: “%(found)s” is not known; expected %(expected)s."),
    "facts_not_json": _("This is not JSON (%(where)s): found “%(found)s”."),
    "facts_out_of_range": _("%(where)s: %(found)s is not possible; expected %(expected)s."),
    "facts_shares_not_whole": _("%(where)s: the shares make %(found)s percent, not %(expected)s."),
    "facts_systolic_not_above_diastolic": _(
        "%(where)s: systolic %(found)s must be %(expected)s, the diastolic pressure."
    ),
    "facts_wrong_encoding": _("%(where)s: found %(found)s, expected %(expected)s."),
    "facts_and_more": _("And %(found)s more problems."),
    "facts_too_large": _("%(where)s: %(found)s keys and entries; expected %(expected)s."),
    "facts_too_deep": _("%(where)s: lists and keys inside each other without end."),
    "facts_too_old": _("%(where)s: %(found)s; expected %(expected)s."),
    "facts_unknown_key": _("%(where)s is not a key of the facts; expected %(expected)s."),
    "facts_unknown_person": _("%(where)s: nobody here is “%(found)s”; expected %(expected)s."),
    "facts_wrong_size": _("%(where)s is too long or too short: expected %(expected)s."),
    "facts_wrong_type": _("%(where)s: found %(found)s, expected %(expected)s."),
    "facts_zero_amount": _("%(where)s is %(found)s; expected %(expected)s."),
    "facts_zip_elsewhere": _("%(where)s: %(found)s does not usually lie in %(expected)s."),
}
"""Problems."""

REASONS: Texts = {
    "class_met": _("Every known fact is within the limits of %(class)s."),
    "table_by_build": _("The build chart rates this weight at table %(table)s of %(class)s."),
    "height_not_in_chart": _("The build chart has no row for a height of %(height_in)s in."),
    "over_weight": _("%(class)s: %(weight_lb)s lb is over %(limit)s lb at %(height_in)s in."),
    "under_weight": _("%(class)s: %(weight_lb)s lb is under %(limit)s lb at %(height_in)s in."),
    "no_build_for_class": _("The build chart has no weights for %(class)s at this height."),
    "above_limit": _("%(class)s: %(fact)s %(found)s is above %(limit)s."),
    "below_limit": _("%(class)s: %(fact)s %(found)s is below %(limit)s."),
    "nicotine_used": _("%(class)s: nicotine was used in the last %(months)s months."),
    "class_for_users": _("%(class)s is for nicotine users."),
    "family_history": _(
        "%(class)s: %(found)s in the family with %(condition)s (%(event)s) before age "
        "%(before_age)s; at most %(allowed)s allowed."
    ),
    "not_judged": _("%(fact)s: the guide does not know %(names)s; an underwriter must look."),
    "fact_unknown": _("%(fact)s is not known: the best is supposed, and the range has the rest."),
    "fact_unknown_usual": _(
        "%(fact)s is not known: the best is supposed; it is usually “%(answer)s”."
    ),
    "rounded_for_chart": _("%(fact)s was rounded to %(used)s to read the build chart."),
    "less_weight": _("%(less)s lb less would reach %(class)s."),
    "bring_to_limit": _("%(fact)s of %(limit)s would reach %(class)s."),
    "bring_below": _("%(fact)s below %(limit)s would reach %(class)s."),
    "more_nicotine_free_months": _("Nicotine-free months still to go for %(class)s: %(more)s."),
    "granted_on_review": _("An underwriter may grant %(class)s on review."),
    "age_and_amount": _(
        "Age %(age_from)s–%(age_to)s and amount %(amount_from)s–%(amount_to)s call for it."
    ),
    "fact_needed": _("%(fact)s is needed for a price."),
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
    "term_not_for_nicotine": _("%(term_years)s years: not sold for this nicotine status."),
    "benefit_above_income": _(
        "%(amount)s a month is more than %(percent)s percent of the income leaves, %(limit)s."
    ),
    "evidence_of_health_above": _(
        "%(amount)s asks for evidence of health: without it at most %(limit)s."
    ),
    "age_open": _(
        "The birth date leaves open whether the age is %(youngest)s or %(oldest)s: say the day."
    ),
    "age_given": _("Age %(age)s was given instead of a birth date; taken by each product's basis."),
    "jurisdiction_unknown": _("Where the person lives is not known; supposed sold there."),
    "individual_consideration": _("The carrier decides case by case; an underwriter must look."),
    "answer_not_understood": _(
        "%(fact)s: “%(found)s” is no answer to the question; expected %(expected)s."
    ),
    "better_with_time": _(
        "%(impairment)s: other things being equal, in %(months)s months: %(to)s."
    ),
    "history_supposed": _("%(fact)s: nothing was told; supposed that it limits nothing."),
    "ratings_supposed": _("%(fact)s: not all was told; supposed that no rating comes of it."),
    "subjects_supposed": _(
        "Nothing was told of what else the guide may judge; supposed good: %(subjects)s."
    ),
    "impairment_not_covered": _(
        "%(impairment)s: the guide has no rating for what is known of it; an underwriter must look."
    ),
    "medication_suggests": _(
        "%(drug)s is usually taken for %(condition)s, which nothing that was told explains."
    ),
    "nicotine_product_used": _("%(class)s: %(product)s was used in the last %(months)s months."),
    "nicotine_product_used_often": _(
        "%(class)s: %(product)s was used in the last %(months)s months, more than %(per_year)s "
        "times a year."
    ),
    "postponed": _("Postponed; the guide names no day on which to ask again."),
    "postponed_until": _("Postponed until %(until)s."),
    "rating_add": _("%(impairment)s%(case)s adds %(outcome)s%(extra)s."),
    "rating_add_open": _("%(impairment)s%(case)s may add %(outcome)s%(extra)s."),
    "rating_at_least": _("%(impairment)s%(case)s: %(outcome)s%(worse)s%(extra)s."),
    "rating_at_least_open": _("%(impairment)s%(case)s may be: %(outcome)s%(worse)s%(extra)s."),
    "rating_base": _("%(impairment)s%(case)s: %(outcome)s%(extra)s."),
    "rating_base_open": _("%(impairment)s%(case)s may be: %(outcome)s%(extra)s."),
    "rule_not_met": _("%(class)s: this is not met: %(rule)s."),
    "table_by_ratings": _("The ratings together make table %(table)s of %(class)s."),
    "treated_as_user": _("%(impairment)s%(case)s counts as use of nicotine."),
    "treated_as_user_open": _("%(impairment)s%(case)s may count as use of nicotine."),
    "usual_supposed": _("%(fact)s: nothing was told; supposed “%(answer)s”, as usual."),
    "triggered": _("Called for because of: %(text)s."),
    "triggered_by": _("Called for because of %(facts)s."),
    "reuse": _("On file from %(on)s; the guide names no end to its use."),
    "reuse_until": _("On file from %(on)s; it may be used until %(until)s."),
    "reuse_instead": _("%(kind)s from %(on)s stands for it until %(until)s."),
    "evidence_too_old": _("%(kind)s from %(on)s was too old after %(until)s."),
    "evidence_undated": _("%(kind)s is on file, but its day is not known."),
    "evidence_not_said": _(
        "%(kind)s from %(on)s is on file; the guide does not say whether it may be used again: ask."
    ),
}
"""Reasons: why a class, a range or a requirement is what it is."""

PHRASES = (
    _("# or after"),
    _("# or before"),
    _("# or more"),
    _("# to # in"),
    _("# to # lb"),
    _("a facts document"),
    _("an id of its own"),
    _("at most # years old"),
    _("each key once"),
    _("less than #"),
    _("more than #"),
    _("nothing"),
)
"""What stands in a problem's parts, told in the reader's language; `#` is any figure or day."""


def sentence(reason: Reason) -> str:
    """The sentence for a reason of underwriting, in the reader's language."""
    return _said(get_language() or "", reason.code, tuple(reason.params.items()))


@lru_cache(maxsize=20_000)
def _said(_language: str, code: str, params: tuple[tuple[str, str], ...]) -> str:
    """The sentence of a code; the same ones are said again and again."""
    return spoken(Reason(code, dict(params)), REASONS, WORDS)


VERBS = {"usual_days.measured": _("measured")}
"""What the journal's lines say between who did it and on what."""
