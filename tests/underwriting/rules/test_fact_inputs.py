"""An open fact leads to the input it is typed in."""

import pytest

from megler.underwriting.rules.fact_inputs import input_of_fact

TYPED = {
    "h2_list": "conditions",
    "h2_name": "",
    "h4_list": "conditions",
    "h4_name": "asthma",
    "h5_list": "driving",
    "h5_name": "dui",
    "h7_list": "conditions",
    "h7_name": "diabetes",
}


@pytest.mark.parametrize(
    ("fact", "place"),
    [
        ("family", "id_family"),
        ("cholesterol.hdl_ratio", "id_cholesterol_ratio"),
        ("blood_pressure.diastolic", "id_blood_pressure"),
        ("nicotine[0].last_used", "id_nicotine_last_used"),
        ("nicotine[0].details.per_year", "id_nicotine_per_year"),
        ("conditions[0].details.severity", "h4_a_severity"),
        ("conditions[1].details.a1c", "h7_a_a1c"),
        ("conditions[1].since", "h7_since"),
        ("conditions[1]", "h7_name"),
        ("driving[0].on", "h5_since"),
        ("conditions[2].details.a1c", ""),
        ("citizenship", ""),
        ("", ""),
        ("conditions[9999].since", ""),
    ],
)
def test_a_fact_leads_to_its_input(fact: str, place: str) -> None:
    assert input_of_fact(fact, TYPED) == place
