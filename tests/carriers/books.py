"""Small good editions for tests, and ways to spoil a cell of them."""

import csv
import io
from collections.abc import Mapping

from megler.carriers.rules.checks import check_edition
from megler.vocabulary.problems import Problem

HEAD = """format = 1

[edition]
kind = "rate_book"
carrier = "sognelife"
carrier_name = "Sogne Life"
series = "level-term"
title = "Level Term, January 2026"
effective_from = 2026-01-01
currency = "USD"
source = "Rate manual LT-26"

[[product]]
code = "term"
name = "Sogne Level Term"
line = "term_life"
age_basis = "nearest"
premium_period = "annual"
[product.eligibility]
age = { min = 20, max = 30 }
amount = { min = "100000", max = "1000000", step = "1000" }
jurisdictions = { except = ["NY"] }
classes = ["preferred", "standard"]
[[product.step]]
name = "base"
do = "rate"
table = "base"
per = "1000"
[[product.step]]
name = "policy fee"
do = "add"
amount = "65"
[[product.step]]
name = "cents"
do = "round"
to = "0.01"
how = "half_up"
[[product.step]]
name = "mode"
do = "mode"
factors = { annual = "1", semiannual = "0.51", quarterly = "0.26", monthly = "0.0875" }

[[table]]
name = "base"
file = "base.csv"
measure = "rate_per_1000"
monotone = { age = "rises" }
[[table.dimension]]
name = "age"
kind = "whole"
column = "age"
from = 20
to = 30
[[table.dimension]]
name = "amount"
kind = "band"
columns = ["amount_from", "amount_to"]
[[table.dimension]]
name = "sex"
kind = "choice"
column = "sex"
values = ["female", "male"]
[[table.dimension]]
name = "class"
kind = "choice"
across = true
values = ["preferred", "standard"]
"""


def term_book() -> dict[str, bytes]:
    """Ages 20 to 30, two amount bands, two sexes, two classes: 44 rows, 88 rates."""
    lines = ["age,amount_from,amount_to,sex,preferred,standard"]
    for age in range(20, 31):
        for low, high, less in ((100000, 249999, 0), (250000, "", 2)):
            for sex, more in (("female", 0), ("male", 5)):
                rate = 60 + age - 20 + more - less
                lines.append(f"{age},{low},{high},{sex},0.{rate},0.{rate + 20}")
    return {"edition.toml": HEAD.encode(), "base.csv": ("\n".join(lines) + "\n").encode()}


GUIDE_HEAD = """format = 1

[edition]
kind = "guide"
carrier = "sognelife"
carrier_name = "Sogne Life"
series = "underwriting"
title = "Guide"
effective_from = 2026-01-01
source = "Guide 26"

[build]
file = "build.csv"
[criteria]
file = "criteria.csv"
[family]
file = "family.csv"
[requirements]
file = "requirements.csv"

[[class]]
code = "preferred"
name = "Preferred"
nicotine = "none"
[[class]]
code = "standard"
name = "Standard"
nicotine = "none"
[[class]]
code = "standard_tobacco"
name = "Standard Tobacco"
nicotine = "user"
"""
BUILD = """height_in,sex,class,weight_min_lb,weight_max_lb,page
60,any,preferred,95,150,3
60,any,standard,95,170,3
60,any,table_2,,190,3
61,any,preferred,98,155,3
61,any,standard,98,175,3
61,any,table_2,,195,3
"""
CRITERIA = """class,criterion,age_from,age_to,limit
preferred,systolic_max,,59,135
preferred,systolic_max,60,,140
standard,systolic_max,,,150
preferred,nicotine_free_months_min,,,24
standard,nicotine_free_months_min,,,12
any,cholesterol_total_max,,,300
"""
FAMILY = """class,relation,condition,event,before_age,allowed
preferred,parent,cardiovascular,death,60,0
"""
REQUIREMENTS = """age_from,age_to,amount_from,amount_to,kinds
0,50,0,99999,mib
0,50,100000,,mib paramedical_exam
51,,0,99999,mib paramedical_exam
51,,100000,,mib paramedical_exam ecg
"""


def guide() -> dict[str, bytes]:
    """A guide with every part."""
    return {
        "edition.toml": GUIDE_HEAD.encode(),
        "build.csv": BUILD.encode(),
        "criteria.csv": CRITERIA.encode(),
        "family.csv": FAMILY.encode(),
        "requirements.csv": REQUIREMENTS.encode(),
    }


def with_cell(
    files: Mapping[str, bytes], file: str, row: int, column: str, text: str
) -> dict[str, bytes]:
    """The files with one cell changed; the header is row 1."""
    lines = list(csv.reader(io.StringIO(files[file].decode())))
    lines[row - 1][lines[0].index(column)] = text
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return {**files, file: out.getvalue().encode()}


def cell_of(files: Mapping[str, bytes], file: str, row: int, column: str) -> str:
    """What stands in a cell."""
    lines = list(csv.reader(io.StringIO(files[file].decode())))
    return lines[row - 1][lines[0].index(column)]


def replaced(files: Mapping[str, bytes], file: str, old: str, new: str) -> dict[str, bytes]:
    """The files with one text replaced, which must be there."""
    text = files[file].decode()
    assert old in text
    return {**files, file: text.replace(old, new, 1).encode()}


def problems(files: Mapping[str, bytes]) -> list[Problem]:
    """Everything that the check says."""
    return check_edition(files)[2]


def told(files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """(code, where) of everything that the check says."""
    return [(p.code, p.where) for p in problems(files)]
