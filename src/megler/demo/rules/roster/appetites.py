"""What each carrier rates, how strictly, and what it asks for: believable and different."""

from megler.demo.rules.impairments import body, heart, living, mind
from megler.demo.rules.impairments import simplified as knock
from megler.demo.rules.impairments.appetite import Appetite

_CANCER = 'has("cancer") and months_since("cancer") <= 120'
_MIND = (
    'has("bipolar_disorder") or has("suicide_attempt") or has("alcohol_abuse") or has("drug_abuse")'
)
_HEART = 'has("coronary_artery_disease") or has("atrial_fibrillation") or has("valve_disease")'
_BRAIN = 'has("stroke") or has("tia")'
_WHEEL = 'has("dui") or has("reckless_driving") or count("minor_violation", 36) >= 3'

SOGNE_APPETITE = Appetite(
    blocks=(
        *heart.EVERY, *body.EVERY, *mind.EVERY_MIND, *mind.EVERY_SUBSTANCE, *mind.EVERY_CANCER,
        mind.marijuana(8, 16), living.drunk_driving(12, "3.50"), *living.EVERY_DRIVING,
        *living.EVERY_CRIME, *living.EVERY_HOBBY, living.UNSAFE, living.ABROAD, living.HEAVY_WORK,
        living.income_limits((40, 30), (50, 25), (60, 15), (120, 10)),
    ),
    method="add",
    rules=(
        (
            "preferred_plus",
            "cholesterol_total <= 240 and cholesterol_ratio <= 4.5"
            " or cholesterol_total <= 260 and cholesterol_ratio <= 4.0",
            "", "total to 240, or to 260 with a better ratio",
        ),
        (
            "preferred",
            "cholesterol_total <= 260 and cholesterol_ratio <= 5.5"
            " or cholesterol_total <= 280 and cholesterol_ratio <= 5.0",
            "", "total to 260, or to 280 with a better ratio",
        ),
        ("preferred_plus", "systolic <= 130 and diastolic <= 80", "pressure_treated",
         "treated blood pressure"),
    ),
    nicotine=(
        ("preferred", "cigar", 36, 12),
        ("standard_plus", "cigar", 24, 24),
        ("standard", "cigar", 12, 24),
        ("standard", "nicotine_pouch", 12, None),
    ),
    triggers=(
        (_CANCER, "aps", "cancer within 10 years"),
        (_HEART, "aps ecg", "a disease of the heart"),
        (_BRAIN, "aps", "a stroke or its forerunner"),
        ('has("diabetes")', "blood_profile urine aps", "diabetes"),
        (_MIND, "aps", "a disease of the mind or an addiction"),
        (_WHEEL, "mvr", "events at the wheel"),
        ("age >= 60 and total_amount >= 1000000", "ecg", "from 60 and 1000000"),
    ),
    haste=90,
)  # fmt: skip

FJORDGARD_APPETITE = Appetite(
    blocks=(
        *heart.EVERY, *body.EVERY, *mind.EVERY_MIND, *mind.EVERY_SUBSTANCE, *mind.EVERY_CANCER,
        mind.marijuana(4, 8), living.drunk_driving(24, "5"), *living.EVERY_DRIVING,
        *living.EVERY_CRIME, *living.EVERY_HOBBY, living.UNSAFE, living.ABROAD,
        living.income_limits((40, 40), (50, 35), (60, 25), (70, 15), (120, 5)),
    ),
    method="worst",
    tables_max=6,
    beyond="individual_consideration",
    leanings={"metabolic": 1, "substance": 1, "coronary_artery_disease": 1, "oncology": -1,
              "sleep_apnea": -1},
    rules=(
        (
            "preferred_plus",
            "cholesterol_total <= 220 and cholesterol_ratio <= 4.5"
            " or cholesterol_total <= 240 and cholesterol_ratio <= 3.5",
            "", "total to 220, or to 240 with a better ratio",
        ),
        ("preferred_plus", "systolic <= 128 and diastolic <= 80", "pressure_treated and age < 60",
         "treated blood pressure before 60"),
        ("preferred_plus", "not cholesterol_treated", "age < 45",
         "no treatment of cholesterol before 45"),
    ),
    nicotine=(
        ("preferred_plus", "cigar", 12, 12),
        ("preferred", "cigar", 12, 24),
        ("standard_plus", "cigar", 12, 52),
        ("standard", "cigar", 12, 52),
    ),
    triggers=(
        (_CANCER, "aps", "cancer within 10 years"),
        (f"{_HEART} or {_BRAIN}", "aps ecg", "a disease of heart or brain"),
        (_MIND, "aps mvr", "a disease of the mind or an addiction"),
        ("total_amount > 5000000 and income_multiple > 20", "financial_statements",
         "much cover for the income"),
        ("age >= 55 and total_amount >= 2500000", "ecg", "from 55 and 2500000"),
    ),
    haste=120,
    labs_from_age=66,
)  # fmt: skip

SWITCHGRASS_APPETITE = Appetite(
    blocks=(
        *heart.EVERY, *body.EVERY, *mind.EVERY_MIND, *mind.EVERY_SUBSTANCE, *mind.EVERY_CANCER,
        living.drunk_driving(6, "2.50"), *living.EVERY_DRIVING, *living.EVERY_CRIME, living.SCUBA,
        living.PILOT, living.RACING, living.HEAVY_WORK,
        living.income_limits((45, 25), (60, 15), (120, 8)),
    ),
    method="refer",
    leanings={"metabolic": -1, "respiratory": -1, "psychiatric": 1},
    rules=(
        ("preferred_plus", 'count("dui", 120) == 0 and count("minor_violation", 36) <= 1', "",
         "a clean record at the wheel"),
        ("preferred", 'count("dui", 60) == 0 and count("minor_violation", 36) <= 2', "",
         "a nearly clean record at the wheel"),
    ),
    nicotine=(
        ("standard_plus", "chewing_tobacco", 12, None),
        ("standard", "nicotine_gum", 3, None),
        ("standard", "nicotine_patch", 3, None),
        ("standard", "cigar", 12, 12),
    ),
    triggers=(
        (_CANCER, "aps", "cancer within 10 years"),
        (_HEART, "aps", "a disease of the heart"),
        ('has("diabetes") and age >= 50', "blood_profile urine", "diabetes from 50"),
        (_WHEEL, "mvr", "events at the wheel"),
    ),
    haste=75,
)  # fmt: skip

TUNDRA_APPETITE = Appetite(
    blocks=(
        heart.HYPERTENSION, heart.CHOLESTEROL, heart.CORONARY, heart.FIBRILLATION, heart.STROKE,
        heart.TIA, heart.MURMUR, heart.MIGRAINE, body.TYPE_2, body.TYPE_1, body.DIABETES,
        body.PREDIABETES, body.THYROID, body.ASTHMA, body.COPD, body.APNEA, body.FATTY_LIVER,
        body.CIRRHOSIS, body.KIDNEY, *body.NO_CONCERN, mind.DEPRESSION, mind.ANXIETY,
        mind.BIPOLAR, mind.ALCOHOL, mind.CANCER, mind.BASAL_CELL, mind.marijuana(12, 24),
        living.drunk_driving(12, "5"), living.VIOLATION, living.FELONY, living.SCUBA, living.PILOT,
    ),
    method="worst",
    tables_max=4,
    leanings={"substance": -1, "cardiovascular": 1},
    rules=(
        ("preferred", "systolic <= 134 and diastolic <= 84", "pressure_treated",
         "treated blood pressure"),
    ),
    nicotine=(
        ("preferred", "e_cigarette", 24, None),
        ("standard", "e_cigarette", 6, None),
        ("standard", "cigar", 12, 6),
    ),
    triggers=(
        (f"{_HEART} or {_CANCER}", "aps", "a disease of the heart or cancer within 10 years"),
        ('has("diabetes")', "blood_profile", "diabetes"),
        (_WHEEL, "mvr", "events at the wheel"),
    ),
    haste=110,
    labs_from_age=61,
)  # fmt: skip

_ASKED = (*knock.NEVER, *knock.HARMLESS, knock.ASTHMA, knock.DEPRESSION, knock.VIOLATION)

NORDHAVN_EXPRESS = Appetite(
    (*_ASKED, *knock.knock_outs(60), *knock.diabetes(50), knock.lungs(True), knock.dui(60),
     knock.FELONY, knock.TOGETHER, *knock.PRESCRIPTIONS),
    method="worst",
)  # fmt: skip
PRAIRIE_HANDSHAKE = Appetite(
    (*_ASKED, *knock.knock_outs(24), *knock.diabetes(40), knock.lungs(False), knock.dui(36),
     knock.FELONY, knock.TOGETHER, *knock.PRESCRIPTIONS[:4]),
    method="worst",
)  # fmt: skip
PRAIRIE_GRADED = Appetite(knock.graded(12), method="worst")
LOFOTEN_HARBOUR = Appetite(
    (*_ASKED, *knock.knock_outs(36), *knock.diabetes(45), knock.lungs(True), knock.dui(48),
     knock.TOGETHER, *knock.PRESCRIPTIONS),
    method="worst",
)  # fmt: skip
LOFOTEN_GRADED = Appetite(knock.graded(24), method="worst")
TUNDRA_WARM = Appetite(
    (*_ASKED, *knock.knock_outs(24), *knock.diabetes(30), knock.lungs(False), knock.dui(24),
     *knock.PRESCRIPTIONS[:3]),
    method="worst",
)  # fmt: skip
TUNDRA_GRADED = Appetite(knock.graded(6), method="worst")
