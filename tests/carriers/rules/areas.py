"""A small health book: a premium by rating area, found from ZIP and county."""

HEAD = """format = 1
[edition]
kind = "rate_book"
carrier = "sogne-health"
carrier_name = "Sogne Health"
series = "individual"
title = "Individual health 2026"
effective_from = 2026-01-01
currency = "USD"
source = "Filing 26"
[[product]]
code = "silver"
name = "Silver"
line = "health"
age_basis = "last"
premium_period = "monthly"
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
name = "age factor"
do = "multiply"
table = "age"
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
column = "area"
values = [11, 13]
[[table]]
name = "age"
file = "age.csv"
measure = "factor"
[[table.dimension]]
name = "age"
kind = "band"
columns = ["from", "to"]
"""


def area_book() -> dict[str, bytes]:
    """Two rating areas, three ZIP codes, one of them in two counties."""
    return {
        "edition.toml": HEAD.encode(),
        "areas.csv": b"zip,county,value\n36749,Autauga,11\n36749,Baldwin,13\n36003,Autauga,11\n"
        b"01001,Hampden,11\n",
        "base.csv": b"area,value\n11,255\n13,262.50\n",
        "age.csv": b"from,to,value\n,20,0.765\n21,,1\n",
    }
