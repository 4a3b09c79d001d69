"""Rows of a history are read into the lists of the facts document, and back again."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from megler.underwriting.rules.history_entry import entries_of, fields_of, rows_in, rows_of
from megler.underwriting.rules.typed import Reader


def read(**fields: str) -> dict[str, object]:
    return entries_of(Reader(fields))


def test_a_condition_with_its_answers() -> None:
    told = read(
        h1_list="conditions",
        h1_name="diabetes type 2",
        h1_since="2015-06",
        h1_a_a1c="7,1",
        h1_a_insulin="no",
        h1_a_control="good",
        h1_a_years="12",
    )
    details = {"a1c": 7.1, "insulin": False, "control": "good", "years": 12}
    entry = {"name": "diabetes type 2", "since": "2015-06", "details": details}
    assert told == {"conditions": [entry]}


def test_each_list_has_keys_of_its_own() -> None:
    told = read(
        h1_list="driving", h1_name="dui", h1_since="2021-03",
        h2_list="travel", h2_name="no", h2_a_days="20",
        h3_list="avocations", h3_name="scuba", h3_a_max_depth_ft="90",
        h4_list="criminal", h4_name="felony", h4_since="2010-01", h4_until="2012-01",
    )  # fmt: skip
    assert told == {
        "driving": [{"event": "dui", "on": "2021-03"}],
        "travel": [{"country": "NO", "days": 20}],
        "avocations": [{"name": "scuba", "details": {"max_depth_ft": 90}}],
        "criminal": [{"event": "felony", "on": "2010-01", "ended": "2012-01"}],
    }


def test_a_row_without_a_name_or_of_no_list_says_nothing() -> None:
    assert read(h1_list="conditions", h1_name=" ", h2_list="secrets", h2_name="x") == {}
    assert rows_in({"h1_list": "conditions", "h99_x": "", "height": "5"})[0].name == ""


names = st.text("abc de", min_size=1, max_size=12).filter(lambda text: text.strip() == text)
answers = st.one_of(
    st.booleans(), st.integers(-999, 999), names.filter(lambda n: n not in {"yes", "no"})
)
entries = st.builds(
    lambda name, since, details: {
        "name": name,
        **since,
        **({"details": details} if details else {}),
    },
    names,
    st.sampled_from([{}, {"since": "2019-05"}]),
    st.dictionaries(st.sampled_from(["a1c", "stage"]), answers),
)


@given(st.lists(entries, min_size=1, max_size=4))
def test_what_was_read_is_typed_again_as_it_was(conditions: list[dict[str, Any]]) -> None:
    fields = fields_of(rows_of({"conditions": conditions}))
    assert entries_of(Reader(fields)) == {"conditions": conditions}
