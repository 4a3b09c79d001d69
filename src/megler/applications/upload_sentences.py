"""What is said of uploaded and scrubbed files."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "upload_nothing": _("Choose a file: a PDF, or photos of the pages."),
    "upload_one_file": _("Drop one PDF, or several photos of its pages; found %(found)s files."),
    "upload_form_unknown": _("%(where)s is not a form of this application."),
    "upload_page_wrong": _("%(where)s: there is no page %(found)s (%(expected)s)."),
    "upload_question_unknown": _(
        "%(where)s reads the same in this upload: there is nothing to choose."
    ),
    "upload_not_read": _("%(where)s waits for the malware scanner and is not read yet."),
    "scrub_no_set": _("No page tells of a form that is known here."),
    "scrub_choose_product": _(
        "Say for which product the application is: the file names none that is known."
    ),
    "scrub_form_stale": _(
        "%(where)s is edition %(found)s; the edition in use is %(expected)s. Fill in the newer one."
    ),
    "scrub_form_older": _(
        "%(where)s is edition %(found)s; edition %(expected)s is in use, but the older is taken still."
    ),
    "scrub_form_missing": _("%(where)s (%(found)s) is needed and is not there."),
    "scrub_pages_missing": _("%(where)s: page %(found)s of %(expected)s is missing."),
    "scrub_pages_doubled": _("%(where)s: the file's page %(found)s shows a page a second time."),
    "scrub_pages_turned": _("%(where)s: the file's page %(found)s is not upright."),
    "scrub_out_of_order": _("%(where)s: the pages are not in their order (%(found)s)."),
    "scrub_form_foreign": _("%(where)s (%(found)s) is not one of this carrier's forms known here."),
    "scrub_pages_unknown": _("Page %(found)s: nothing on it tells which form it belongs to."),
    "scrub_pages_unread": _("Page %(found)s was not looked at: the file took too long to read."),
    "scrub_unreadable": _(
        "%(where)s is a picture, or its fields were flattened: its answers must be read by eye."
    ),
    "scrub_not_on_paper": _(
        "%(where)s: %(found)s of its questions have no field that can be read."
    ),
    "scrub_leftover": _("%(found)s fields hold something that no question is known for."),
    "scrub_continued": _("%(found)s fields go on elsewhere: read the continuation by eye."),
    "scrub_differ": _("%(where)s: one form says “%(found)s”, another “%(expected)s”."),
    "scrub_unsigned": _("%(where)s: the place to sign is empty (%(found)s)."),
    "scrub_signature_unjudged": _(
        "%(where)s: whether it is signed must be seen by eye (%(found)s)."
    ),
    "scrub_any_product": _(
        "The product is not named: judged as any of %(found)s. Carrier rules by product are left out."
    ),
    "paper_not_current": _(
        "%(where)s was printed before answers changed. Print it again and have that signed."
    ),
    "paper_not_compared": _(
        "%(where)s was not printed here. Compare its answers with those here, and say so."
    ),
    "paper_by_eye": _(
        "%(where)s: whether it is signed (%(found)s) cannot be told from the picture. Look, and say so."
    ),
    "paper_not_there": _("No paper of this signer (%(where)s) is in this upload."),
}

VERBS = {
    "upload.added": _("put a file to"),
    "upload.assigned": _("sorted the pages of a file of"),
    "upload.taken": _("took answers from a file into"),
    "application.scrubbed": _("had a file scrubbed with the forms of"),
}

PHRASES = (
    _("files"),
    _("#, #"),
)
