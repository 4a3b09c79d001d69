"""Values as they stand, and never a goal, a bound, a ratio or a range of reference."""

import pytest

from megler.orders.rules.aps_readings import readings


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("HbA1c 7.9% (H), TC 232, LDL 141 (H)", ["a1c 7.9", "cholesterol 232", "ldl 141"]),
        ("A1c goal < 7.0%, continue metformin 10 mg", []),
        ("HDL  goal >40   44", ["hdl 44"]),
        ("HbA1c reference 4.0-5.6 %   result 6.9 %", ["a1c 6.9"]),
        ("Glucose 65-99 mg/dL   128", ["glucose 128"]),
        ("Glucose         142       H      65-99", ["glucose 142"]),
        ("Cholesterol/HDL ratio 5.6", []),
        ("eGFR >60", []),
        ("Pulse ox 97%", []),
        ("Weight gain of 65 lb", []),
        ("weight: 95.3 kg", ["weight 210.1"]),
        ("Wt 214 lbs (97 kg)", ["weight 214"]),
        ("BP 148/92, repeat 142/88", ["blood_pressure 148/92", "blood_pressure 142/88"]),
        ("Objective: 136/84", ["blood_pressure 136/84"]),
        ("BP goal < 130/80", []),
        ("Account 120/80", []),
        ("BP 999/88", []),
    ],
)
def test_what_was_measured(line: str, expected: list[str]) -> None:
    found = [
        f"{one.name} {one.value}" + (f"/{one.second}" if one.second else "")
        for one in readings(line)
    ]
    assert sorted(found) == sorted(expected)
