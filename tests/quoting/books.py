"""Rate books of carriers that do not exist, written as editions and checked like any other."""

from collections.abc import Mapping

from megler.carriers.rules.checks import check_edition
from megler.quoting.rules.books import Book

TERM = """
format = 1
[edition]
kind = "rate_book"
carrier = "fjordlife"
carrier_name = "Fjord Life"
series = "term"
title = "Term 2026"
effective_from = 2026-01-01
currency = "USD"
source = "Manual T-26"

[[product]]
code = "term"
name = "Fjord Term"
line = "term_life"
age_basis = "nearest"
premium_period = "annual"
[product.eligibility]
age = { min = 46, max = 49 }
amount = { min = "100000", max = "1000000", step = "1000" }
jurisdictions = { except = ["NY"] }
terms = [
  { term_years = 10 },
  { term_years = 20, age_max = 48 },
  { term_years = 20, age_max = 47, nicotine = "user" },
]
amounts_by_age = [{ age_min = 49, age_max = 49, max = "500000" }]

[[product.step]]
name = "base"
do = "rate"
table = "base"
per = "1000"
[[product.step]]
name = "table rating"
do = "table_rating"
percent = "25"
[[product.step]]
name = "flat extra"
do = "flat_extra"
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
[[product.step]]
name = "modal cents"
do = "round"
to = "0.01"
how = "half_up"

[[table]]
name = "base"
file = "base.csv"
measure = "rate_per_1000"
[[table.dimension]]
name = "term_years"
kind = "choice"
column = "term_years"
values = ["10", "20"]
[[table.dimension]]
name = "age"
kind = "whole"
column = "age"
from = 46
to = 49
[[table.dimension]]
name = "amount"
kind = "band"
columns = ["amount_from", "amount_to"]
[[table.dimension]]
name = "class"
kind = "choice"
across = true
values = ["preferred_plus", "preferred", "standard", "standard_tobacco"]
"""
HEALTH = """
format = 1
[edition]
kind = "rate_book"
carrier = "bergcare"
carrier_name = "Berg Care"
series = "health"
title = "Health 2026"
effective_from = 2026-01-01
effective_until = 2026-12-31
currency = "USD"
source = "Filing H-26"

[[product]]
code = "silver"
name = "Berg Silver"
line = "health"
age_basis = "last"
premium_period = "monthly"
[product.eligibility]
jurisdictions = { only = ["TX"] }
[[product.step]]
name = "area"
do = "look_up"
table = "areas"
as = "rating_area"
[[product.step]]
name = "base"
do = "cell"
table = "base"
[[product.step]]
name = "age"
do = "multiply"
table = "ages"

[[table]]
name = "areas"
file = "areas.csv"
measure = "rating_area"
[[table.dimension]]
name = "zip"
kind = "zip"
column = "zip"
[[table.dimension]]
name = "county"
kind = "text"
column = "county"

[[table]]
name = "base"
file = "base.csv"
measure = "premium"
[[table.dimension]]
name = "rating_area"
kind = "choice"
column = "rating_area"
values = ["1", "2"]

[[table]]
name = "ages"
file = "ages.csv"
measure = "factor"
[[table.dimension]]
name = "age"
kind = "whole"
column = "age"
from = 46
to = 48
"""
GROUP = """
format = 1
[edition]
kind = "rate_book"
carrier = "statskassa"
carrier_name = "Statskassa"
series = "group-%(year)s"
title = "Group %(year)s"
effective_from = %(year)s-01-01
currency = "USD"
source = "Booklet"

[[product]]
code = "option-b"
name = "Option B"
line = "group_term_life"
age_basis = "last"
[[product.step]]
name = "premium"
do = "rate"
table = "base"
per = "1000"

[[table]]
name = "base"
file = "base.csv"
measure = "rate_per_1000"
[[table.dimension]]
name = "mode"
kind = "choice"
across = true
values = ["biweekly", "monthly"]
[[table.dimension]]
name = "age"
kind = "band"
columns = ["age_from", "age_to"]
"""
AREAS = "zip,county,value\n75001,Dallas,1\n75001,Collin,2\n75002,Collin,2\n75003,Collin,2\n75003,Dallas,2\n"


def book(files: Mapping[str, str]) -> Book:
    """The book that the files hold; they must pass the checker."""
    edition, tables, problems = check_edition({k: v.encode() for k, v in files.items()})
    assert edition is not None, problems
    return Book(edition, tables)


def term_rate(term: int, age: int, band: int, code: str) -> int:
    """The term book's rate per 1,000, in hundredths: dearer by age and class, cheaper by band."""
    steps = {"preferred_plus": 0, "preferred": 20, "standard": 50, "standard_tobacco": 150}
    return 60 + 3 * term + 7 * (age - 46) - 8 * band + steps[code]


def term_book(replacing: Mapping[str, str] | None = None) -> Book:
    """A term book in two bands and four classes; `replacing` changes texts of its head."""
    head = TERM
    for old, new in (replacing or {}).items():
        assert old in head
        head = head.replace(old, new)
    classes = ["preferred_plus", "preferred", "standard", "standard_tobacco"]
    rows = ["term_years,age,amount_from,amount_to," + ",".join(classes)]
    for term in (10, 20):
        for age in range(46, 50):
            for band, bounds in enumerate(("100000,249999", "250000,")):
                rates = (term_rate(term, age, band, code) for code in classes)
                shown = ",".join(f"{rate // 100}.{rate % 100:02}" for rate in rates)
                rows.append(f"{term},{age},{bounds},{shown}")
    return book({"edition.toml": head, "base.csv": "\n".join(rows) + "\n"})


def health_book() -> Book:
    """A health book: rating area by ZIP and county, base by area, factor by age."""
    return book(
        {
            "edition.toml": HEALTH,
            "areas.csv": AREAS,
            "base.csv": "rating_area,value\n1,310.10\n2,298.44\n",
            "ages.csv": "age,value\n46,1.500\n47,1.563\n48,1.635\n",
        }
    )


def group_book(year: int = 2026, series: str = "group", cents: int = 10) -> Book:
    """A group book whose tables have the payment mode: no steps make modes."""
    head = (GROUP % {"year": year}).replace(f'"group-{year}"', f'"{series}"')
    rows = f"age_from,age_to,biweekly,monthly\n18,49,0.{cents},0.{2 * cents + 2}\n50,,0.50,1.08\n"
    return book({"edition.toml": head, "base.csv": rows})
