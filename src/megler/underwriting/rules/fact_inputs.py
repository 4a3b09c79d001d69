"""Where on a page an open fact is typed, so that a list of what decides can lead there."""

import re
from collections.abc import Mapping

from megler.underwriting.rules.history_entry import HistoryRow, rows_in

_ROW = re.compile(r"(?P<list>[a-z]+)\[(?P<at>\d{1,2})\](?:\.(?P<key>[a-z0-9_.]+))?")
_OF_ROWS = {
    "since": "since", "on": "since", "from": "since", "until": "until", "ended": "until",
    "days": "a_days",
}  # fmt: skip
_INPUTS = {
    "born": "born", "age": "age", "sex": "sex", "jurisdiction": "jurisdiction",
    "height_in": "height", "weight_lb": "weight", "nicotine": "nicotine", "family": "family",
    "blood_pressure": "blood_pressure", "blood_pressure.systolic": "blood_pressure",
    "blood_pressure.diastolic": "blood_pressure",
    "blood_pressure.treated": "blood_pressure_treated",
    "cholesterol": "cholesterol_total", "cholesterol.total": "cholesterol_total",
    "cholesterol.hdl_ratio": "cholesterol_ratio", "cholesterol.treated": "cholesterol_treated",
    "occupation": "occupation", "income_annual": "income_annual", "net_worth": "net_worth",
    "wants.face_amount": "face_amount", "amount": "face_amount",
}  # fmt: skip
_FORM_INPUT = "id_"


def input_of_fact(fact: str, entry: Mapping[str, str]) -> str:
    """The id of the input in which a fact of the document would be typed; empty where there is none.

    `fact` is a key such as `cholesterol.total` or `conditions[0].details.a1c`; `entry` what is typed,
    whose rows the lists of the document came from.

    >>> typed = {"h3_list": "conditions", "h3_name": "asthma"}
    >>> input_of_fact("conditions[0].details.severity", typed), input_of_fact("family", typed)
    ('h3_a_severity', 'id_family')
    """
    if name := _INPUTS.get(fact):
        return f"{_FORM_INPUT}{name}"
    if fact.startswith("nicotine["):
        rest = fact.partition("].")[2]
        often = rest in {"per_week", "details.per_year"}
        return f"{_FORM_INPUT}nicotine_{'per_year' if often else 'last_used'}"
    row, key = row_of_fact(fact, entry)
    if row is None:
        return ""
    at = f"h{row.number}_"
    if key.startswith("details."):
        return f"{at}a_{key.removeprefix('details.')}"
    return f"{at}{_OF_ROWS.get(key, 'name')}"


def row_of_fact(fact: str, entry: Mapping[str, str]) -> tuple[HistoryRow | None, str]:
    """The row of the history that a fact belongs to, and the rest of the fact's key; None: to none."""
    found = _ROW.fullmatch(fact)
    if found is None:
        return None, fact
    rows = [row for row in rows_in(entry) if row.listed == found["list"] and row.name]
    place = int(found["at"])
    return (rows[place] if place < len(rows) else None), found["key"] or ""
