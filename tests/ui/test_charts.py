"""Charts are well-formed, complete in words, and carry no inline style."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.ui.charts import (
    Curve,
    Part,
    bars,
    curves,
    line,
    scale_of,
    sparkline,
    stacked_bar,
)

LABELS = st.text("abcæøå <>&'\"", min_size=1, max_size=30)
PARTS = st.lists(
    st.builds(Part, LABELS, st.floats(0, 1e9, allow_nan=False)), min_size=2, max_size=14
)
STAGES = [Part("Submitted", 12), Part("Approved", 36, tone="good", url="/cases/?stage=approved")]


def read(markup: str) -> ElementTree.Element:
    """The markup as a tree: it must be well-formed, with everything from outside escaped."""
    return ElementTree.fromstring(f"<div>{markup}</div>")  # noqa: S314 - our own markup


@given(PARTS)
def test_whatever_the_figures_the_markup_holds_and_has_no_style(parts: list[Part]) -> None:
    for draw in (stacked_bar, bars, line):
        tree = read(draw("Cases <by> stage", parts))
        for node in tree.iter():
            assert not {"style", "onclick", "onload"} & set(node.attrib)


@given(PARTS)
def test_every_figure_can_be_read_as_text(parts: list[Part]) -> None:
    for draw in (bars, line):
        text = "".join(read(draw("Premium", parts)).itertext())
        for part in parts:
            assert part.label in text
            assert part.text in text


@given(PARTS.filter(lambda parts: sum(part.value for part in parts) > 0))
def test_the_parts_of_a_bar_fill_it(parts: list[Part]) -> None:
    widths = [
        float(node.attrib["width"])
        for node in read(stacked_bar("Stages", parts)).iter("rect")
        if node.attrib["height"] == "10"
    ]
    assert sum(widths) == pytest.approx(100, abs=0.1)


def test_a_bar_names_its_stages_links_them_and_keeps_their_tone() -> None:
    tree = read(stacked_bar("Cases by stage", STAGES))
    svg = tree.find(".//svg[@role='img']")
    assert svg is not None
    assert svg.attrib["aria-label"] == "Cases by stage"
    assert svg.findtext("desc") == "Submitted: 12, Approved: 36"
    assert [link.attrib["href"] for link in tree.iter("a")] == ["/cases/?stage=approved"]
    assert "tone-good" in ElementTree.tostring(tree, "unicode")


def test_a_line_is_labelled_evenly_from_first_to_last() -> None:
    days = [Part(f"1 {month}uary", n) for n, month in enumerate("ABCDEFG")]
    foot = read(line("Placed", days)).find(".//div[@class='chart-foot']")
    assert foot is not None
    assert [label.text for label in foot] == ["1 Auary", "1 Cuary", "1 Euary", "1 Guary"]


def test_nothing_draws_nothing() -> None:
    assert (stacked_bar("None", []), bars("None", []), sparkline("None", [1])) == ("", "", "")
    assert stacked_bar("Zeros", [Part("a", 0)]) == ""


@pytest.mark.parametrize(
    ("values", "way"), [([1, 2], "rising"), ([2, 1], "falling"), ([3, 1, 3], "level")]
)
def test_a_sparkline_says_its_way(values: list[float], way: str) -> None:
    assert re.search(rf'aria-label="Cases, {way}"', sparkline("Cases", values))


CURVES = st.lists(
    st.one_of(st.none(), st.floats(0.01, 1e6, allow_nan=False)), min_size=2, max_size=12
)


@given(CURVES, LABELS)
def test_curves_are_well_formed_and_every_figure_stands_as_text(
    values: list[float | None], label: str
) -> None:
    shown = ["–" if v is None else f"{v:.2f}" for v in values]
    known = [v for v in values if v is not None]
    ticks = [str(t) for t in scale_of(max(known, default=1))]
    places = [str(20 + i) for i in range(len(values))]
    markup = curves("By <age>", places, [Curve(label, values, shown)], ticks, 1)
    assert bool(markup) is bool(known)
    tree = read(markup)
    assert all("style" not in node.attrib for node in tree.iter())
    text = "".join(tree.itertext())
    assert not known or all(figure in text for figure in shown)
    dots = [node for node in tree.iter("path") if node.attrib["class"].startswith("chart-dot")]
    assert len(dots) == len(known)


@given(st.floats(0.01, 1e9, allow_nan=False))
def test_a_scale_reaches_the_highest_in_a_few_round_marks(highest: float) -> None:
    marks = scale_of(highest)
    assert marks[0] == 0
    assert marks[-1] >= highest * (1 - 1e-9)
    assert 2 <= len(marks) <= 7
    assert marks[-2] < highest


def test_a_curve_is_broken_where_nothing_is_sold() -> None:
    markup = curves(
        "By age", ["1", "2", "3"], [Curve("A", [1, None, 3], ["1", "–", "3"])], ["0", "3"]
    )
    drawn = next(n for n in read(markup).iter("path") if "chart-curve" in n.attrib["class"])
    assert drawn.attrib["d"].count("M") == 2
    assert "L" not in drawn.attrib["d"]
