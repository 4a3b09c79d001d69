"""Panels: fragments of later rooms that a page of an earlier one loads by hx-get.

By the name of the page: the address names of the fragments, which take the page's record by its key.
"""

PANELS: dict[str, tuple[str, ...]] = {
    "edition_draft": ("guide_effect",),
}
