"""What this room's problems say to people."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "document_empty": _("%(where)s is empty. Send a file that holds something: %(expected)s."),
    "document_too_large": _("%(where)s is %(found)s; a file may be at most %(expected)s."),
    "document_wrong_type": _(
        "%(where)s cannot be taken: found %(found)s, expected one of %(expected)s."
    ),
    "document_broken": _("%(where)s cannot be read: %(found)s. Send %(expected)s."),
    "document_locked": _("%(where)s needs a password to open. Send %(expected)s."),
    "document_too_many_pages": _("%(where)s has %(found)s pages; at most %(expected)s are taken."),
    "document_too_many_pixels": _(
        "%(where)s is a picture of %(found)s pixels; at most %(expected)s are taken."
    ),
    "document_page_missing": _("%(where)s has no page %(found)s: it has %(expected)s."),
}

VERBS = {
    "document.stored": _("stored"),
}
"""What the journal's lines say between who did it and on what."""

PHRASES = (
    _("unknown"),
    _("# bytes"),
    _("# pages"),
    _("a whole image file"),
    _("a whole PDF file"),
    _("encrypted"),
    _("it without a password"),
)
"""What stands in a problem's parts, told in the reader's language; `#` is any figure."""
