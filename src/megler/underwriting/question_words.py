"""The facts of a question in the reader's words: names of fields, entries by what they are."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from megler.carriers.names import KIND_NAMES
from megler.underwriting.rules.asking.understood import Chip
from megler.underwriting.rules.question_fields import LISTS, NAMES
from megler.underwriting.wording import WORDS, Texts

LABELS: Texts = {
    "age": _("Age or birth date"),
    "sex": _("Sex"),
    "jurisdiction": _("State"),
    "zip": _("ZIP code"),
    "county": _("County"),
    "citizenship": _("Citizenship (country code)"),
    "visa": _("Visa"),
    "height": _("Height"),
    "weight": _("Weight"),
    "blood_pressure": _("Blood pressure"),
    "blood_pressure.treated": _("Treated"),
    "cholesterol": _("Cholesterol"),
    "cholesterol.total": _("Total cholesterol"),
    "cholesterol.hdl": _("HDL cholesterol"),
    "cholesterol.hdl_ratio": _("Total/HDL cholesterol"),
    "cholesterol.treated": _("Treated"),
    "occupation": _("Occupation"),
    "duties": _("Duties"),
    "income_annual": _("Income a year"),
    "net_worth": _("Net worth"),
    "nicotine": _("Nicotine"),
    "conditions": _("Medical conditions"),
    "medications": _("Medicines"),
    "driving": _("Driving"),
    "criminal": _("Crimes"),
    "avocations": _("Hazardous pastimes"),
    "travel": _("Travel"),
    "family": _("Parents and siblings"),
    "evidence": _("On file"),
    "wants.line": _("Line of business"),
    "wants.face_amount": _("Amount"),
    "wants.benefit_monthly": _("Benefit a month"),
    "wants.premium": _("Deposit"),
    "wants.term_years": _("Term, years"),
}
"""Labels of the fields of a person and of what is wanted."""

ENTRY_LABELS: Texts = {
    "name": _("What"),
    "event": _("What"),
    "product": _("What"),
    "country": _("Country (code)"),
    "relation": _("Who"),
    "kind": _("What"),
    "since": _("Since when"),
    "on": _("When"),
    "until": _("Until when"),
    "ended": _("Ended when"),
    "last_used": _("Last used"),
    "per_week": _("Times a week"),
    "details.per_year": _("Times a year"),
    "dose": _("Dose"),
    "days": _("Days a year"),
    "condition": _("Illness"),
    "onset_age": _("Began at age"),
    "death_age": _("Died at age"),
    "alive": _("Alive"),
}
"""Labels of the fields of an entry."""

CHOICES: Texts = {
    "female": _("female"),
    "male": _("male"),
    "yes": _("yes"),
    "no": _("no"),
    "father": _("father"),
    "mother": _("mother"),
    "brother": _("brother"),
    "sister": _("sister"),
    "cigarette": _("cigarettes"),
    "e_cigarette": _("e-cigarettes"),
    "cigar": _("cigars"),
    "cigarillo": _("cigarillos"),
    "pipe": _("pipe"),
    "chewing_tobacco": _("chewing tobacco"),
    "snuff": _("snuff"),
    "snus": _("snus"),
    "nicotine_pouch": _("nicotine pouches"),
    "nicotine_gum": _("nicotine gum"),
    "nicotine_patch": _("nicotine patch"),
    "hookah": _("hookah"),
    "other": _("other"),
    **KIND_NAMES,
}
"""Codes to choose from in words."""

NONE_TOLD: Texts = {
    "nicotine": _("No nicotine, ever"),
    "conditions": _("No conditions"),
    "medications": _("No medicines"),
    "driving": _("Clean driving"),
    "criminal": _("No crimes"),
    "avocations": _("No hazardous pastimes"),
    "travel": _("No travel"),
    "family": _("Nothing in the family"),
    "evidence": _("Nothing on file"),
}
"""What an empty list says."""


def words_for(document: Mapping[str, Any], chips: Iterable[Chip] = ()) -> Texts:
    """The words of facts, with each entry of a document by its own name: `conditions[0]`: stent.

    A name that holds more than the words of its chip is called by those words.
    """
    found = dict(WORDS)
    asked = {one.place: one.words for one in chips}
    for listed in LISTS:
        entries = document.get(listed)
        for at, entry in enumerate(entries if isinstance(entries, list) else ()):
            name = next((str(entry[key]) for key in NAMES if entry.get(key)), "")
            words = asked.get(f"{listed}[{at}]", "")
            if words and words.casefold() in name.casefold():
                name = words
            if name:
                found[f"{listed}[{at}]"] = str(CHOICES.get(name, name))
    return found
