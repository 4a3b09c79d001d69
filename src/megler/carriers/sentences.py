"""The sentences for what can be wrong with an edition, one per code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from megler.carriers.form_set_sentences import FORM_SET_PHRASES, FORM_SET_SENTENCES
from megler.carriers.guide_sentences import GUIDE, GUIDE_PHRASES

PACKAGE: dict[str, str | Promise] = {
    "cannot_read": _("%(where)s cannot be read (%(found)s): expected %(expected)s."),
    "broken_zip": _("The zip cannot be unpacked (%(found)s): expected %(expected)s."),
    "unsafe_name": _(
        "The zip holds the name “%(found)s”, which leads outside: expected %(expected)s."
    ),
    "duplicate_file": _("The zip holds “%(found)s” more than once."),
    "link_in_package": _("%(where)s is a link: expected %(expected)s."),
    "encrypted_file": _("The zip holds “%(found)s” behind a password."),
    "too_many_files": _("%(where)s: too many files (%(found)s); %(expected)s are allowed."),
    "package_too_large": _("%(where)s is too large: at most %(expected)s."),
    "missing_file": _("The file %(where)s is missing."),
    "file_not_used": _(
        "The file %(where)s is not named by edition.toml, which names %(expected)s."
    ),
}
HEAD: dict[str, str | Promise] = {
    "broken_toml": _("%(where)s is not TOML: %(found)s."),
    "line_too_long": _("%(where)s is %(found)s: expected %(expected)s."),
    "unknown_format": _("%(where)s: format “%(found)s” is not known here: expected %(expected)s."),
    "unknown_key": _("%(where)s: the key is unknown: expected %(expected)s."),
    "absent_key": _("%(where)s is missing: expected %(expected)s."),
    "wrong_type": _("%(where)s: found %(found)s, expected %(expected)s."),
    "bad_text": _("%(where)s: found %(found)s, expected %(expected)s."),
    "text_too_long": _("%(where)s has %(found)s characters: expected %(expected)s."),
    "bad_code": _("%(where)s: “%(found)s” is no code: expected %(expected)s."),
    "bad_file_name": _("%(where)s: “%(found)s” is no file name: expected %(expected)s."),
    "not_a_decimal": _("%(where)s: found “%(found)s”, expected a %(expected)s."),
    "not_positive": _("%(where)s: found %(found)s, expected a figure %(expected)s."),
    "not_in_list": _("%(where)s: “%(found)s” is not one of: %(expected)s."),
    "empty_list": _("%(where)s is empty: expected %(expected)s."),
    "duplicate_value": _("%(where)s: “%(found)s” stands there twice: expected %(expected)s."),
    "duplicate_name": _("%(where)s: “%(found)s” is taken: expected %(expected)s."),
    "contradicting_keys": _("%(where)s: found %(found)s, expected %(expected)s."),
    "reserved_code": _("%(where)s: “%(found)s” has a meaning of its own: expected %(expected)s."),
    "bad_range": _("%(where)s: the range %(found)s is not possible: expected %(expected)s."),
    "bad_columns": _("%(where)s: found %(found)s columns, expected %(expected)s."),
    "bounds_reversed": _("%(where)s: found %(found)s, expected %(expected)s."),
    "unknown_jurisdiction": _("%(where)s: “%(found)s” is no jurisdiction: expected %(expected)s."),
    "empty_guide": _("The guide has no part: expected %(expected)s."),
    "correction_without_cell": _("%(where)s: there is no cell %(found)s."),
    "correction_not_made": _("%(where)s: found “%(found)s”, but the correction says %(expected)s."),
    "correction_of_nothing": _("%(where)s: published and stands are both “%(found)s”."),
}
SHEET: dict[str, str | Promise] = {
    "empty_file": _("%(where)s is empty: expected %(expected)s."),
    "file_too_large": _("%(where)s has %(found)s bytes: at most %(expected)s."),
    "wrong_encoding": _("%(where)s: found %(found)s, expected %(expected)s."),
    "byte_order_mark": _("%(where)s begins with a byte order mark: save it as %(expected)s."),
    "wrong_separator": _(
        "%(where)s: the columns are separated by %(found)s, expected %(expected)s."
    ),
    "broken_csv": _("%(where)s: the row cannot be read (%(found)s): expected %(expected)s."),
    "broken_workbook": _("%(where)s cannot be read (%(found)s): expected %(expected)s."),
    "locked_workbook": _("%(where)s cannot be opened (%(found)s): expected %(expected)s."),
    "unknown_sheet": _("%(where)s has no sheet “%(found)s”: expected one of %(expected)s."),
    "hidden_cells": _("%(where)s: found %(found)s, expected %(expected)s."),
    "merged_cells": _("%(where)s: found %(found)s, expected %(expected)s."),
    "date_cell": _("%(where)s: found the date or time %(found)s, expected %(expected)s."),
    "logical_cell": _("%(where)s: found %(found)s, expected %(expected)s."),
    "error_cell": _("%(where)s: found the error %(found)s, expected %(expected)s."),
    "formula_without_value": _(
        "%(where)s: the formula %(found)s has no value: expected %(expected)s."
    ),
    "too_many_columns": _("%(where)s: found %(found)s, expected %(expected)s."),
    "missing_column": _("%(where)s: the column %(expected)s is missing."),
    "unknown_column": _("%(where)s: the column “%(found)s” is unknown: expected %(expected)s."),
    "duplicate_column": _("%(where)s: the column “%(found)s” stands there twice."),
    "unnamed_column": _("%(where)s: %(found)s has no name: expected %(expected)s."),
    "no_rows": _("%(where)s has a header and no rows."),
    "blank_row": _("%(where)s is blank: expected %(expected)s."),
    "ragged_row": _("%(where)s: found %(found)s, expected %(expected)s."),
    "and_more": _("%(where)s: and %(found)s of the kind “%(expected)s”."),
}
CELL: dict[str, str | Promise] = {
    "empty_cell": _("%(where)s is empty: expected %(expected)s."),
    "not_a_figure": _("%(where)s: “%(found)s” is no figure: expected %(expected)s."),
    "text_in_number": _("%(where)s: text “%(found)s” in a number cell: expected %(expected)s."),
    "zero_figure": _("%(where)s: the figure is 0: expected one %(expected)s."),
    "negative_figure": _("%(where)s: “%(found)s” is negative: expected a figure %(expected)s."),
    "thousands_separator": _("%(where)s: “%(found)s” has thousands apart: expected %(expected)s."),
    "decimal_comma": _("%(where)s: “%(found)s” has a decimal comma: expected %(expected)s."),
    "currency_sign": _("%(where)s: “%(found)s” has a currency sign: expected %(expected)s."),
    "percent_sign": _(
        "%(where)s: “%(found)s” has a percent sign: expected a figure as it is used."
    ),
    "exponent": _("%(where)s: “%(found)s” has an exponent: expected %(expected)s."),
    "leading_zero": _("%(where)s: “%(found)s” begins with a zero: expected %(expected)s."),
    "stray_space": _("%(where)s: “%(found)s” has stray spaces: expected %(expected)s."),
    "too_many_decimals": _("%(where)s: “%(found)s” has too many decimals: expected %(expected)s."),
    "figure_too_large": _("%(where)s: “%(found)s” is too large for a figure."),
    "not_whole": _("%(where)s: “%(found)s” is no whole number: expected %(expected)s."),
    "out_of_range": _("%(where)s: found %(found)s, expected %(expected)s."),
    "zip_zeros_lost": _(
        "%(where)s: the ZIP code “%(found)s” lost its zeros: expected %(expected)s."
    ),
    "bad_zip": _("%(where)s: “%(found)s” is no ZIP code: expected %(expected)s."),
    "bad_character": _("%(where)s: “%(found)s” has unreadable characters: expected %(expected)s."),
    "unknown_value": _("%(where)s: “%(found)s” is not one of: %(expected)s."),
}
TABLE: dict[str, str | Promise] = {
    "duplicate_key": _("%(where)s: %(found)s again: expected %(expected)s."),
    "missing_key": _("%(where)s: a row is missing here: %(expected)s."),
    "gap_in_values": _("%(where)s: there are no rows for %(expected)s."),
    "value_without_rows": _("%(where)s: there are no rows for %(expected)s."),
    "bands_overlap": _(
        "%(where)s: with the bound %(found)s two bands overlap: expected %(expected)s."
    ),
    "gap_in_bands": _(
        "%(where)s: the band starts at %(found)s and leaves a gap: expected %(expected)s."
    ),
    "bands_end": _("%(where)s: the bands end at %(found)s: expected %(expected)s."),
    "table_too_large": _(
        "%(where)s would have %(found)s cells: at most %(expected)s, at least one."
    ),
    "mode_contradicts": _(
        "%(where)s: found %(found)s, but the other payment modes of the row imply %(expected)s."
    ),
    "mode_off_by_a_unit": _(
        "%(where)s: found %(found)s, one unit from the %(expected)s that the other modes imply."
    ),
    "modes_contradict": _(
        "%(where)s: the payment modes contradict each other: %(found)s; the column implies %(expected)s."
    ),
    "modes_out_of_order": _(
        "%(where)s: the payment modes are out of order (%(found)s): expected %(expected)s."
    ),
    "modes_without_factor": _("%(where)s: the payment modes have no common factor over %(found)s."),
    "falls": _("%(where)s: %(found)s falls where it should rise: expected %(expected)s."),
    "rises": _("%(where)s: %(found)s rises where it should fall: expected %(expected)s."),
    "out_of_line": _("%(where)s: %(found)s is far from its neighbours: expected %(expected)s."),
}
PRODUCT: dict[str, str | Promise] = {
    "unknown_fact": _(
        "%(where)s: “%(found)s” is no fact that is known here: expected %(expected)s."
    ),
    "wrong_kind": _("%(where)s: the kind %(found)s does not fit: expected %(expected)s."),
    "unknown_table": _("%(where)s: there is no table “%(found)s”. There are: %(expected)s."),
    "wrong_measure": _("%(where)s: the step cannot use table %(found)s: expected %(expected)s."),
    "table_not_used": _("%(where)s: no step uses table “%(found)s”."),
    "starts_twice": _(
        "%(where)s: step “%(found)s” starts the premium again: expected %(expected)s."
    ),
    "step_before_start": _(
        "%(where)s: step “%(found)s” has nothing to work on: expected %(expected)s."
    ),
    "look_up_late": _("%(where)s: step “%(found)s” looks up too late: expected it %(expected)s."),
    "no_start": _("%(where)s: nothing starts the premium: expected %(expected)s."),
    "modes_twice": _("%(where)s: the mode comes from %(found)s: expected %(expected)s."),
    "step_after_mode": _(
        "%(where)s: step “%(found)s” comes after the mode: expected only %(expected)s."
    ),
    "step_not_here": _("%(where)s: step “%(found)s” has no place here: it may stand %(expected)s."),
    "step_absent": _("%(where)s: a step is missing: expected %(expected)s."),
    "step_twice": _("%(where)s: step “%(found)s” stands there again: expected it %(expected)s."),
    "mode_missing": _(
        "%(where)s: the rider knows no payment mode, as the product does: expected %(expected)s."
    ),
    "fact_not_known_here": _(
        "%(where)s: the product cannot know a fact of the table (%(found)s): expected %(expected)s."
    ),
    "fact_of_one_life": _(
        "%(where)s: the table reads a fact of one life (%(found)s): expected it %(expected)s."
    ),
    "ask_not_used": _(
        "%(where)s: no table of the product has “%(found)s”; they have %(expected)s."
    ),
    "default_not_used": _(
        "%(where)s: no table of the product has “%(found)s”; they have %(expected)s."
    ),
    "fixed_not_used": _(
        "%(where)s: no table of the product has “%(found)s”; they have %(expected)s."
    ),
    "not_in_table": _("%(where)s: %(found)s is not in the table: expected %(expected)s."),
    "nothing_offered": _("%(where)s: nothing is offered at %(found)s: expected %(expected)s."),
}
SENTENCES: dict[str, str | Promise] = {
    **PACKAGE,
    **HEAD,
    **SHEET,
    **CELL,
    **TABLE,
    **PRODUCT,
    **FORM_SET_SENTENCES,
    **GUIDE,
    "not_a_guide": _("%(where)s: “%(found)s” cannot be compared: expected a %(expected)s."),
    "edition_published_already": _(
        "%(where)s: %(found)s is published with other content: expected %(expected)s."
    ),
    "draft_published_already": _("%(where)s: “%(found)s” is published already."),
    "draft_day_unchanged": _(
        "%(where)s: stays %(found)s, because it is not written as one plain line: expected "
        "%(expected)s."
    ),
    "product_in_other_series": _(
        "%(where)s: the product belongs to series %(found)s, not %(expected)s."
    ),
    "product_changed_line": _("%(where)s: the line is now %(found)s, it was %(expected)s."),
}

VERBS = {
    "edition.published": _("published"),
    "edition.tried": _("uploaded to be tried"),
}
"""What the journal's lines say between who did it and on what."""

PHRASES = (
    _("a folder or a zip"),
    _("a file"),
    _("at most #"),
    _("a zip file"),
    _("plain deflate"),
    _("a name inside the folder"),
    _("each name once"),
    _("without password"),
    _("# bytes unpacked"),
    _("another effective date: a published edition never changes"),
    _("at least #"),
    _("no rows"),
    _("no figure"),
    _("a figure, as beside it"),
    _("once; first in row #"),
    _("a cell once"),
    _("a cell"),
    _("a step rate, cell or amount"),
    _("a step rate, cell, amount or share"),
    _("the mode once"),
    _("a step that names it"),
    _("round, add, at_least or at_most"),
    _("add or multiply"),
    _("rate, cell or amount first"),
    _("rate, cell, amount or share first"),
    _("before rate, cell or amount"),
    _("before rate, cell, amount or share"),
    _("once"),
    _("only in a rider"),
    _("only in a product"),
    _("only with riders that have steps"),
    _("only with lives each"),
    _("only with lives joint"),
    _("only with yields value"),
    _("only with yields premium or income"),
    _("before sum_lives"),
    _("a step riders: riders have steps"),
    _("a step sum_lives: lives is each"),
    _("a step compound: yields is value"),
    _("a table with the dimension mode"),
    _("a table without it"),
    _("absent: a value has no period"),
    _("a step that finds it"),
    _("an ask, or a fixed fact"),
    _("lives joint"),
    _("lives each"),
    _("a name of its own"),
    _("term_years, or an ask of kind whole"),
    _("yields income or value, with amount_of premium"),
    _("three digits"),
    _("whole or decimal"),
    _("whole or choice"),
    _("age_difference alone"),
    _("jurisdictions of the product"),
    _("a table of the rider alone"),
    _("default and fixed"),
    _("one of them"),
    _("# for percent"),
    _("after row #"),
    _("near # and #"),
    _("at #"),
    _("shorter lines"),
    _("UTF-8 without mark"),
    _("header only"),
    _("rows"),
    _("a header and rows"),
    _("# bytes"),
    _("# more"),
    _("column #"),
    _("a row of figures"),
    _("quoted CSV"),
    _("each column once"),
    *GUIDE_PHRASES,
    *FORM_SET_PHRASES,
)
"""What stands in a problem's parts, told in the reader's language; `#` is any figure."""
