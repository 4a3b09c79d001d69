"""Everything that a guide says otherwise than the one before it."""

from megler.carriers.rules.differences.asked import evidence_differences, grid_differences
from megler.carriers.rules.differences.chart import chart_differences
from megler.carriers.rules.differences.difference import Difference
from megler.carriers.rules.differences.impairments import impairment_differences
from megler.carriers.rules.differences.limits import (
    class_differences,
    class_names,
    combination_differences,
    limit_differences,
)
from megler.carriers.rules.guide import Guide

_BY_PART = (
    class_differences,
    chart_differences,
    limit_differences,
    impairment_differences,
    combination_differences,
    grid_differences,
    evidence_differences,
)


def differences(before: Guide, after: Guide) -> list[Difference]:
    """What `after` says otherwise than `before`, part by part; pages and the order of rows are no matter."""
    names = class_names(before, after)
    return [one for differ in _BY_PART for one in differ(before, after, names)]
