"""What is said when the demo agency cannot be built here."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "demo_only": _("The demo agency is built in a demo installation only: %(where)s is not set."),
    "demo_not_empty": _(
        "The demo agency is built in an empty installation only: %(found)s people are here already."
    ),
}

VERBS = {
    "demo.built": _("built"),
}
"""What the journal's lines say between who did it and on what."""
