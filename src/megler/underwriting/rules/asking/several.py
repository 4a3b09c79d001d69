"""Whether a question tells of several people: they are asked about one at a time."""

import re

from megler.underwriting.rules.asking.notes import Notes

_HE = r"(?:husband|hubby|he|man|male|him|guy|m|mr)"
_SHE = r"(?:wife|she|woman|female|her|gal|lady|f|mrs)"
_TOLD = r"(?:\s*(?:is|,|\(|aged?|-|/|:)\s*|\s+)(?:an?\s+)?(?P<age>\d{2}\b|healthy|has|had|diabetic|smokes|type)"
_ONE = re.compile(rf"\b{_HE}{_TOLD}|\b(?P<before>\d{{2}})\s*/?\s*{_HE}\b")
_OTHER = re.compile(rf"\b{_SHE}{_TOLD}|\b(?P<before>\d{{2}})\s*/?\s*{_SHE}\b")
_TOGETHER = re.compile(
    r"\b(?:couple|both (?:of them|spouses|are|aged?|\d{2})|husband and wife|spouses?|each\b|joint|survivorship"
    r"|second[- ]to[- ]die|(?:two|2|3|three) (?:clients|people|insureds|brothers|partners))\b"
)


def tells_of_several(notes: Notes) -> bool:
    """Whether two people are told of, each with something of their own."""
    one, other = _ONE.search(notes.low), _OTHER.search(notes.low)
    if one is None or other is None:
        return False
    ages = {m["age"] or m["before"] for m in (one, other)}
    figures = {age for age in ages if age and age.isdigit()}
    return len(figures) > 1 or bool(_TOGETHER.search(notes.low))
