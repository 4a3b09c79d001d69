"""What the problems of a book say to people, one sentence per code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "bulk_columns_overlap": _("The column %(where)s is a part of the column %(found)s; keep one."),
    "bulk_column_type": _("The column %(where)s is %(found)s; expected %(expected)s."),
    "bulk_not_json": _("%(where)s: “%(found)s” is not %(expected)s."),
    "bulk_not_parquet": _("%(where)s cannot be read (%(found)s); expected %(expected)s."),
    "bulk_unknown_format": _("%(where)s: the ending “%(found)s” is unknown; use %(expected)s."),
    "bulk_no_folder": _("%(where)s cannot be written: the folder %(found)s is not there."),
    "bulk_over_book": _("%(where)s is the book itself; name another file for the result."),
    "bulk_row_too_long": _(
        "%(where)s has %(found)s, more than %(expected)s: a quote that never closes, perhaps."
    ),
    "bulk_running": _("Another run is writing %(where)s just now."),
    "bulk_other_program": _(
        "A worker runs another version of Megler (%(found)s here, %(expected)s there); "
        "install the same on all."
    ),
    "bulk_no_scheduler": _(
        "No scheduler answers at %(where)s (%(found)s); expected an address such as %(expected)s."
    ),
    "bulk_scheduler_lost": _(
        "The scheduler has gone. What is finished is kept; the same command goes on."
    ),
    "bulk_workers_die": _(
        "The workers that priced %(where)s died one after the other; they may lack memory. "
        "What is finished is kept; the same command goes on."
    ),
}
