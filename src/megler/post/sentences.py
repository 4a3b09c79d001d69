"""What this room's problems say to people."""

from django.utils.translation import gettext_lazy as _

from megler.ui.problems import sentence
from megler.vocabulary.problems import Problem

SENTENCES = {
    "message_address": _("“%(found)s” is not an e-mail address: expected %(expected)s."),
    "message_empty": _("A message needs a %(where)s."),
    "message_not_given_up": _(
        "This message is %(found)s; only one that was given up is tried again."
    ),
    "message_of_delivery": _("This message carries a delivery: try the delivery again."),
    "message_too_large": _(
        "The files are too large for a mail (%(found)s bytes); expected %(expected)s."
    ),
    "delivery_empty": _("A delivery has %(expected)s files; found %(found)s."),
    "delivery_name": _("“%(found)s” is no name to travel under; expected %(expected)s."),
    "delivery_name_twice": _("The name “%(found)s” stands twice; each file needs its own."),
    "delivery_too_large": _("The files have %(found)s bytes together; expected %(expected)s."),
    "delivery_key": _("The delivery's key is “%(found)s”; expected %(expected)s."),
    "delivery_key_reused": _(
        "The key “%(found)s” is another delivery's, of other files or to another partner."
    ),
    "delivery_there_already": _("%(found)s is delivered already."),
    "delivery_not_cancelled": _(
        "This delivery is “%(found)s” and cannot be cancelled: what is on its way may arrive."
    ),
    "partner_slug": _("“%(found)s” is no short name; expected one such as %(expected)s."),
    "partner_slug_taken": _("Another partner has the short name “%(found)s”."),
    "partner_channel": _("“%(found)s” is no way to deliver; expected one of %(expected)s."),
    "partner_address": _("“%(found)s” is no such address; expected one such as %(expected)s."),
    "partner_port": _("%(found)s is no port; expected %(expected)s."),
    "partner_needs": _("This way needs %(expected)s."),
    "partner_host_keys": _("This is no server's key; expected one a line, such as %(expected)s"),
    "partner_authority": _("This is no certificate; expected PEM with %(expected)s."),
    "partner_secret_again": _(
        "The files would go somewhere else now: type the secret anew, or leave the address."
    ),
    "delivery_timed_out": _("%(where)s did not answer in time."),
    "delivery_not_reached": _("%(where)s could not be reached."),
    "delivery_connection_lost": _("The connection to %(where)s broke off."),
    "delivery_lost": _("We broke off on the way; whether it arrived is seen at the next try."),
    "delivery_host_key_missing": _("The key of %(where)s's server is not noted here."),
    "delivery_host_key_unreadable": _("The key noted for %(where)s's server cannot be read."),
    "delivery_host_key_other": _(
        "The server shows another key than %(where)s gave us. Ask them before you change it."
    ),
    "delivery_sign_in_refused": _("%(where)s did not let us in: wrong user, password or key."),
    "delivery_key_unreadable": _(
        "Our private key cannot be read: expected OpenSSH without, or PEM with, a passphrase."
    ),
    "delivery_folder_missing": _("The folder at %(where)s is not there."),
    "delivery_folder_refused": _("%(where)s does not let us write into the folder."),
    "delivery_folder_trouble": _("%(where)s's server could not keep the file."),
    "delivery_name_taken": _("Another file of this name lies at %(where)s; nothing was replaced."),
    "delivery_size_other": _("Only a part of the file arrived at %(where)s."),
    "delivery_address_unreadable": _("The address noted for %(where)s cannot be read."),
    "delivery_authority_unreadable": _("The authority noted for %(where)s cannot be read."),
    "delivery_certificate_untrusted": _("The certificate of %(where)s is not to be trusted."),
    "delivery_redirected": _("%(where)s sent us to another address; files go to this one only."),
    "delivery_busy_receiver": _("%(where)s could not take it now."),
    "delivery_nothing_there": _("At the address noted for %(where)s nobody takes files."),
    "delivery_refused_by_receiver": _("%(where)s refused it."),
    "delivery_mail_server_missing": _("No mail server is set here."),
    "delivery_mail_not_sent": _("Our mail server did not take the message."),
    "delivery_message_too_large": _("The files are too large for a mail."),
    "delivery_message_address": _(
        "What is noted as the e-mail address of %(where)s is not an e-mail address."
    ),
    "delivery_partner_not_in_use": _("%(where)s is not in use."),
    "delivery_document_unreadable": _("A file could not be read here: it may wait for its check."),
}

VERBS = {
    "message.tried_again": _("sent again"),
    "delivery.put_up": _("put up for delivery"),
    "delivery.tried_again": _("had delivery tried again"),
    "delivery.delivered": _("delivered"),
    "delivery.refused": _("delivery refused"),
    "delivery.failed": _("delivery failed"),
    "delivery.cancelled": _("delivery cancelled"),
    "partner.added": _("took a trading partner on"),
    "partner.changed": _("changed a trading partner"),
    "partner.tried": _("tried the connection"),
}
"""What the journal's lines say between who did it and on what."""

PHRASES = (
    _("message"),
    _("delivery"),
    _("partner"),
    _("a user"),
    _("a password or a key"),
    _("the server's key"),
    _("a name"),
    _("# to #"),
    _("# to # characters"),
    _("at most #"),
    _("at most # bytes"),
    _("a plain name such as A-#.pdf"),
)
"""What stands in a problem's parts, told in the reader's language; `#` is any figure."""


def why(code: str, partner: str) -> str:
    """Why a delivery was not taken, in words; empty without a code."""
    return sentence(Problem(f"delivery_{code}", partner)) if code else ""
