"""What problems with TXLife messages and their dialects say, and the names in a message's report."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "txlife_empty": _("There is nothing in the message. Expected %(expected)s."),
    "txlife_too_large": _("The message is too large: %(found)s; %(expected)s are taken."),
    "txlife_null_byte": _("%(where)s: found %(found)s, which no XML holds."),
    "txlife_encoding": _("%(where)s: “%(found)s” is not read. Write the message in %(expected)s."),
    "txlife_doctype": _(
        "%(where)s: “%(found)s”. A message with a document type or entities is not read; send it "
        "without."
    ),
    "txlife_too_many": _("The message holds too much: %(found)s; %(expected)s are read."),
    "txlife_too_deep": _("%(where)s: elements lie too deep within each other; %(expected)s."),
    "txlife_not_xml": _("%(where)s: this is not whole XML (%(found)s)."),
    "txlife_root": _("The message is a %(found)s, not a %(expected)s."),
    "txlife_namespace": _(
        "%(where)s stands in the namespace “%(found)s”; expected %(expected)s or none."
    ),
    "txlife_more": _("And %(found)s more."),
    "txlife_date": _("%(where)s: “%(found)s” is not a day such as %(expected)s."),
    "txlife_time": _("%(where)s: “%(found)s” is not a time such as %(expected)s."),
    "txlife_amount": _("%(where)s: “%(found)s” is not an amount such as %(expected)s."),
    "txlife_code": _("%(where)s: the code “%(found)s” is not a number."),
    "txlife_code_missing": _("%(where)s: “%(found)s” has no number (%(expected)s)."),
    "txlife_code_unknown": _(
        "%(where)s: the code %(found)s is not known here; it is kept, not guessed."
    ),
    "txlife_base64": _("%(where)s: the file cannot be read: %(found)s. Expected %(expected)s."),
    "txlife_file_too_large": _("%(where)s: the file has %(found)s; %(expected)s are read."),
    "txlife_file_changed": _(
        "%(where)s: the file is not the one that was sent: its digest is %(found)s, expected "
        "%(expected)s."
    ),
    "txlife_id_twice": _("%(where)s: the id “%(found)s” stands twice."),
    "txlife_missing": _("%(where)s: %(expected)s is missing. %(found)s"),
    "txlife_nowhere": _("%(where)s: “%(found)s” points to nothing; expected %(expected)s."),
    "txlife_shares": _("%(where)s: the shares make %(found)s %%, not %(expected)s %%."),
    "txlife_fractions": _(
        "%(where)s: the shares make %(found)s and were taken as fractions of it, %(expected)s %% "
        "in all."
    ),
    "txlife_disagrees": _(
        "%(where)s: the form says “%(found)s”, the policy “%(expected)s”. The form's answer was "
        "taken; look at it."
    ),
    "txlife_not_new_business": _(
        "%(where)s: only one new-business submission (%(expected)s) makes an application; found "
        "%(found)s."
    ),
    "txlife_carrier_unknown": _(
        "%(where)s: no carrier here is known as “%(found)s”. Name the product, or keep the "
        "carrier's dialect."
    ),
    "txlife_product_unknown": _(
        "%(where)s: no product here is known as “%(found)s” (%(expected)s). Name the product."
    ),
    "txlife_agent_unknown": _(
        "%(where)s: there is no agent “%(found)s” for whom you may apply. Name the agent."
    ),
    "txlife_agent_missing": _("%(where)s: the message names no agent. Name the agent."),
    "txlife_code_text": _(
        "%(where)s: the number and the text disagree (%(found)s). The number was taken, which is "
        "%(expected)s."
    ),
    "txlife_converted": _("%(where)s: “%(found)s” was taken as %(expected)s."),
    "txlife_double": _(
        "This may be %(found)s a second time: %(expected)s. Look at it; import the message again "
        "only if it is another."
    ),
    "txlife_changed": _(
        "Since %(expected)s came, the message has changed in: %(found)s. Change the application by "
        "hand, or import the message as another."
    ),
    "txlife_dialect_unknown": _("The dialect “%(found)s” is not kept here. Known: %(expected)s."),
    "txlife_no_application": _("There is no application %(found)s that you may see."),
    "txlife_nobody": _("There is nobody here yet in whose name it could be done."),
}

VERBS = {
    "application.imported": _("took from another system's message"),
    "application.exported": _("exported"),
    "application.not_sent": _("could not send to the carrier"),
    "dialect.kept": _("kept the message dialect"),
}

PHRASES = (
    _("message"),
    _("message line #"),
    _("a number"),
    _("a null byte"),
    _("an id in the message"),
    _("at most # levels"),
    _("at most # elements"),
    _("# elements"),
    _("at most # attributes"),
    _("# attributes"),
    _("carrier/product"),
    _("the very same message"),
    _("the message id is the same"),
    _("the sender's number is the same"),
    _("what no question takes"),
    _("the insured, the product and the amount are the same"),
)

NAMES = {
    "sender": _("Sender"),
    "transaction": _("Transaction"),
    "response": _("Answer to"),
    "guid": _("Message id"),
    "executed": _("Sent"),
    "inquiry": _("Asked for"),
    "policy_number": _("Policy number"),
    "tracking_id": _("The sender's number"),
    "carrier": _("Carrier"),
    "product": _("Product"),
    "face_amount": _("Amount of insurance"),
    "premium": _("Premium"),
    "insured": _("Proposed insured"),
    "owner": _("Owner"),
    "primary_beneficiary": _("Primary beneficiary"),
    "contingent_beneficiary": _("Contingent beneficiary"),
    "payor": _("Payor"),
    "agent": _("Agent"),
    "physician": _("Doctor or clinic"),
    "requestor": _("Asked by"),
    "party": _("Also named"),
    "requirement": _("Requirement"),
    "notice": _("Notice"),
    "form": _("Form, and its answers"),
    "file": _("File"),
}
"""What the lines of a report are called, by their codes."""
