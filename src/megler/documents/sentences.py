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
    "document_heic": _(
        "%(where)s is a HEIC photo, which cannot be taken. Set the camera to “Most compatible”, or"
        " send it as JPEG or PDF."
    ),
    "document_too_heavy": _(
        "%(where)s takes too much memory or time to open. Print it to a new PDF, or send it in parts."
    ),
    "document_malware": _("%(where)s holds malware (%(found)s). Nothing was kept."),
    "document_not_scanned": _("%(where)s is larger than the malware scanner takes."),
    "document_in_quarantine": _(
        "%(where)s waits for the malware scanner. It can be read as soon as that answers."
    ),
    "document_in_refused": _("%(where)s held malware. Its content was deleted."),
    "document_in_destroyed": _("%(where)s was destroyed when its time was over."),
    "document_page_missing": _("%(where)s has no page %(found)s: it has %(expected)s."),
}

VERBS = {
    "document.stored": _("stored"),
    "document.original_read": _("opened the original of"),
    "document.released": _("released from quarantine"),
    "document.refused": _("deleted, for malware in it,"),
    "document.destroyed": _("destroyed, its time being over,"),
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

REMOVED = {
    "action": _("actions that start by themselves"),
    "embedded_file": _("files hidden inside"),
    "encryption": _("its lock against changes"),
    "foreign_data": _("data behind its end"),
    "javascript": _("JavaScript"),
    "launch": _("commands to start programs"),
    "link": _("links to other places"),
    "media": _("sound, film and 3D"),
    "metadata": _("what the camera wrote into it: place, time, device"),
    "older_revision": _("older versions of itself"),
    "picture": _("pictures became pages of a PDF"),
    "repaired": _("it was cut short or damaged, and repaired"),
    "seal": _("its digital seal, which no change survives"),
    "submit": _("commands to send its fields away"),
    "turned": _("pictures were turned upright"),
    "xfa": _("a second form in XFA"),
}
"""What was taken out of a document or done to it, of `pages.REMOVED`."""
