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
}

GUIDE_PHRASES = (
    _("# in apart"),
    _("it in ratings of an impairment of a list"),
    _('a text in "quotes"'),
    _("true or false"),
    _("a comparison"),
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
    _("nothing: the flat extra is open"),
    _("a word between the bars"),
    _("such as I21 or E11.9"),
)
"""What stands in a problem's parts, told in the reader's language; `#` is any figure."""
