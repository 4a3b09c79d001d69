"""How each guide combines the ratings of several conditions."""

from collections.abc import Iterator

from megler.underwriting.rules.asking.answers import Says
from megler.underwriting.rules.asking.given import Given, says
from megler.vocabulary.problems import Reason, Source


def of_combination(asked: Given) -> Iterator[Says]:
    """What guides that rate conditions do with two of them: debits add up, the worst wins, or they refer."""
    for guide in asked.guides():
        if guide.guide is None or not guide.guide.ratings:
            continue
        rule = guide.guide.combination
        source = Source(guide.name, rule="combination")
        lines = []
        if rule.within_group is not None and rule.within_group is not rule.method:
            lines.append(Reason(f"combines_within_{rule.within_group.value}", {}, source))
        params = {"points": str(rule.points_per_table)}
        lines.append(Reason("combines_points", params, source))
        params = {"tables": str(rule.tables_max), "outcome": rule.beyond.value}
        lines.append(Reason("combines_beyond", params, source))
        yield says(guide, Reason(f"combines_{rule.method.value}", {}, source), lines)
