"""The underwriting guide of a synthetic carrier: build chart, vitals and months without nicotine."""

from collections.abc import Iterator

HEIGHT_MIN, HEIGHT_MAX = 56, 80
GUIDE_CLASSES = (
    ("preferred_plus", "none", ""),
    ("preferred", "none", ""),
    ("standard_plus", "none", ""),
    ("standard", "none", ""),
    ("basic", "none", ""),
    ("preferred_tobacco", "user", "preferred"),
    ("standard_tobacco", "user", "standard"),
    ("basic_tobacco", "user", "basic"),
)
"""Code, whom it is for, and whose rates it pays where not its own; best first."""
_BMI_MAX = (27.5, 29.5, 31.5, 35.0, 42.0, 29.5, 35.0, 42.0)
_SYSTOLIC_MAX = (130, 135, 140, 150, None, 135, 150, None)
_DIASTOLIC_MAX = (80, 85, 90, 95, None, 85, 95, None)
_RATIO_MAX = ("4.5", "5.0", "5.8", "7.0", None, "5.0", "7.0", None)
_MONTHS_MIN = (60, 36, 24, 12, 12)
_OLD = 60
EARLY = (60, 65)
"""Ages before which a parent's death counts."""


def guide_files(slug: str, number: int) -> dict[str, bytes]:
    """The guide's files: `edition.toml`, `build.csv` and `criteria.csv`."""
    head = _HEAD.format(slug=slug, name=f"Carrier {number + 1}")
    for code, nicotine, rated_as in GUIDE_CLASSES:
        head += f'[[class]]\ncode = "{code}"\nname = "{code.replace("_", " ").title()}"\n'
        head += f'nicotine = "{nicotine}"\n' + (f'rated_as = "{rated_as}"\n' if rated_as else "")
    return {
        "edition.toml": head.encode(),
        "build.csv": "\n".join(_build(number)).encode() + b"\n",
        "criteria.csv": "\n".join(_criteria(number)).encode() + b"\n",
    }


def full_guide_files(slug: str, number: int) -> dict[str, bytes]:
    """The same with a family history: deaths of parents from the heart, before 60 or 65 by class."""
    files = guide_files(slug, number)
    files["edition.toml"] += b'[family]\nfile = "family.csv"\n'
    files["family.csv"] = "\n".join(_family(number)).encode() + b"\n"
    return files


def _family(number: int) -> Iterator[str]:
    yield "class,relation,condition,event,before_age,allowed"
    for i, (code, _, _) in enumerate(GUIDE_CLASSES[:3]):
        before, allowed = EARLY[(number + i) % 2], int(i == 2 or number % 7 == i)
        yield f"{code},parent,cardiovascular,death,{before},{allowed}"


def _build(number: int) -> Iterator[str]:
    """Weights by body-mass index, a little more for men at every second carrier."""
    yield "height_in,sex,class,weight_min_lb,weight_max_lb"
    sexes = ("female", "male") if number % 2 else ("any",)
    for height in range(HEIGHT_MIN, HEIGHT_MAX + 1):
        least = int(17.5 * height**2 / 703) if number % 3 == 1 else ""
        for sex in sexes:
            more = (number % 5) * 0.3 + number // 60 * 0.13 + (sex == "male")
            for (code, _, _), bmi in zip(GUIDE_CLASSES, _BMI_MAX, strict=True):
                yield f"{height},{sex},{code},{least},{int((bmi + more) * height**2 / 703)}"


def _criteria(number: int) -> Iterator[str]:
    yield "class,criterion,age_from,age_to,limit"
    for i, (code, _, _) in enumerate(GUIDE_CLASSES):
        if (systolic := _SYSTOLIC_MAX[i]) is not None:
            systolic += number % 4
            if number % 4 == 1:
                yield f"{code},systolic_max,,{_OLD - 1},{systolic}"
                yield f"{code},systolic_max,{_OLD},,{systolic + 10}"
            else:
                yield f"{code},systolic_max,,,{systolic}"
            yield f"{code},diastolic_max,,,{(_DIASTOLIC_MAX[i] or 0) + number % 3}"
            yield f"{code},cholesterol_hdl_ratio_max,,,{_RATIO_MAX[i]}"
        if i < len(_MONTHS_MIN):
            months = _MONTHS_MIN[i] - (12 if number % 6 == 5 and i == 1 else 0)
            yield f"{code},nicotine_free_months_min,,,{months}"


_HEAD = """format = 1
[edition]
kind = "guide"
carrier = "{slug}"
carrier_name = "{name}"
series = "underwriting"
title = "Underwriting guide, January 2026"
effective_from = 2026-01-01
source = "Made by benchmarks/guides.py"
[build]
file = "build.csv"
[criteria]
file = "criteria.csv"
"""
