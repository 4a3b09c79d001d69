"""Panels: fragments of later rooms that a page of an earlier one loads by hx-get.

By the name of the page: the address names of the fragments, which take the page's record by its key.
"""

PANELS: dict[str, tuple[str, ...]] = {
    "case": ("case_work", "case_feed", "case_orders", "case_portal", "case_enquiry", "case_links"),
    "edition_draft": ("guide_effect",),
}
