"""The sentences for what can be wrong with a guide, one per code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GUIDE: dict[str, str | Promise] = {
    "weights_do_not_rise": _(
        "%(where)s: the weight %(found)s does not rise: expected %(expected)s."
    ),
    "weight_stands_still": _(
        "%(where)s: the weight %(found)s stands still: expected %(expected)s."
    ),
    "height_off_step": _(
        "%(where)s: the height %(found)s does not fit the others: expected them %(expected)s."
    ),
    "class_not_in_chart": _("%(where)s: class %(expected)s has no row in the chart."),
    "criteria_do_not_ease": _(
        "%(where)s: %(found)s asks more of a worse class than of a better one: expected %(expected)s."
    ),
    "limit_missing": _(
        "%(where)s: a worse class has this limit, but %(expected)s has none at %(found)s."
    ),
    "requirement_dropped": _(
        "%(where)s: more cover asks less: %(expected)s is dropped, found %(found)s."
    ),
    "unreadable_condition": _("%(where)s: “%(found)s” is no condition: expected %(expected)s."),
    "wrong_comparison": _("%(where)s compares %(found)s: expected %(expected)s."),
    "wrong_arguments": _("%(where)s: found %(found)s, expected %(expected)s."),
    "fact_not_here": _("%(where)s: “%(found)s” is a fact of an entry: expected %(expected)s."),
    "unknown_impairment": _(
        "%(where)s: “%(found)s” is no impairment or condition: expected %(expected)s."
    ),
    "unknown_answer": _("%(where)s: “%(found)s” is no answer: expected %(expected)s."),
    "bad_outcome": _("%(where)s: “%(found)s” is no outcome: expected %(expected)s."),
    "outcome_not_here": _("%(where)s: found “%(found)s”, expected %(expected)s."),
    "cell_not_here": _("%(where)s: found “%(found)s”, expected %(expected)s."),
    "empty_value": _(
        "%(where)s: there is nothing between two bars in “%(found)s”: expected %(expected)s."
    ),
    "unknown_icd": _(
        "%(where)s: “%(found)s” is no ICD-10 code or beginning of one: expected %(expected)s."
    ),
    "rule_never_holds": _("%(where)s: the rule can never hold: expected %(expected)s."),
    "rule_never_met": _("%(where)s: nobody can meet this: expected %(expected)s."),
    "rule_says_nothing": _("%(where)s: everybody meets this: expected %(expected)s."),
    "rules_contradict": _("%(where)s contradicts another row at %(found)s: expected %(expected)s."),
    "rules_overlap": _("%(where)s repeats another row at %(found)s: expected %(expected)s."),
    "rule_gap": _("%(where)s: no row holds at %(found)s: expected %(expected)s."),
    "too_many_rows": _("%(where)s has %(found)s rows: expected %(expected)s."),
    "too_many_answers": _(
        "%(where)s: the rows of %(found)s ask too much at once to be proven whole."
    ),
    "class_asks_more": _(
        "%(where)s asks more than a better class does, at %(found)s: expected %(expected)s."
    ),
    "impairment_without_outcome": _(
        "%(where)s: “%(found)s” has no outcome: expected %(expected)s."
    ),
    "flat_extra_without_policy": _("%(where)s: found %(found)s, expected %(expected)s."),
    "table_beyond_last": _(
        "%(where)s: %(found)s is beyond the guide's last table: expected %(expected)s."
    ),
    "question_not_used": _("%(where)s: nothing asks “%(found)s”: expected %(expected)s."),
    "word_taken": _("%(where)s: “%(found)s” means another impairment: expected %(expected)s."),
    "unknown_drug": _("%(where)s: “%(found)s” is no known drug: expected %(expected)s."),
    "stands_for_itself": _("%(where)s: %(found)s stands for itself: expected %(expected)s."),
    "evidence_missing": _("%(where)s: %(found)s is asked for: expected %(expected)s."),
}

GUIDE_PHRASES = (
    _("a condition that can hold"),
    _("a condition that may not hold"),
    _("a row base in the ratings"),
    _("no flat extra"),
    _("countries, or * for every other"),
    _("other kinds"),
    _("a row of evidence"),
    _("another condition than row #"),
    _("one base row at a time: row # holds too"),
    _("what row # allows"),
    _("a word of its own: row # has it"),
    _("# in apart"),
    _("it in ratings of an impairment of a list"),
    _('a text in "quotes"'),
    _("true or false"),
    _("a comparison"),
    _("fewer parts inside parts"),
    _("a figure of at most fifteen digits and nine decimals"),
    _("a fact by its name"),
    _("two capital letters such as MX"),
    _("two capital letters such as MX, or *"),
    _("kinds of requirement, spaces between"),
    _("answers with | between them"),
    _("nothing, or the type choice"),
    _("nothing: a date has no usual answer"),
    _("yes or no"),
    _("a key that is no fact"),
    _("points or a table, in a row of add"),
    _("nothing, or the outcome postpone"),
    _("nothing, or months of postponement"),
    _("nothing, or a flat extra"),
    _("nothing, or times a year"),
    _("nothing: the flat extra is open"),
    _("a word between the bars"),
    _("such as I21 or E11.9"),
)
"""What stands in a problem's parts, told in the reader's language; `#` is any figure."""
