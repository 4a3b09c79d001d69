"""A form set: the forms a carrier asks for, with their questions, PDFs and what fills them.

`carriers` reads, checks and publishes one as an edition; the format is docs/forms.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from megler.forms.rules.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class FormSet:
    """The questionnaire of a form set and the carrier's PDFs by file name.

    `lines` are the lines of business that it is for (where the edition names no products), `receipt`
    the table of the conditional receipt as it was written; `{}` when the carrier gives none.
    """

    questionnaire: Questionnaire
    pdfs: Mapping[str, bytes] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    receipt: Mapping[str, object] = field(default_factory=dict)
