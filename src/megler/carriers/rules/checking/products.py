"""Products against their tables: the steps make a premium, and whoever may buy finds a rate."""

from collections.abc import Iterable, Mapping

from megler.carriers.rules.checking.facts import fact_problems, unknowable_problems
from megler.carriers.rules.checking.lives import joint_age_problems, lives_problems
from megler.carriers.rules.checking.reach import reach_problems
from megler.carriers.rules.checking.riders import rider_problems
from megler.carriers.rules.checking.sequence import sequence_problems, table_problems
from megler.carriers.rules.checking.uses import parts_of, reads_of
from megler.carriers.rules.checking.wishes import wish_problems
from megler.carriers.rules.edition import Edition
from megler.carriers.rules.tables import Table
from megler.vocabulary.problems import Problem


def product_problems(
    edition: Edition, tables: Mapping[str, Table], told: Iterable[Problem] = ()
) -> list[Problem]:
    """Everything wrong between the products, their steps and the tables of a rate book.

    `told`: a product whose steps cannot all be read is not judged on their order.
    """
    places = [problem.where for problem in told]
    specs = {spec.name: spec for spec in edition.tables}
    problems = fact_problems(edition)
    unknown = {p.found for p in problems if p.code == "unknown_fact"}
    used: set[str] = set()
    for i, product in enumerate(edition.products):
        at = f"edition.toml product[{i}]"
        used |= {spec.name for _, _, spec in reads_of(product, specs, at)}
        parts = [part.at for part in parts_of(product, at)]
        unread = frozenset(p for p in parts if any(w.startswith(f"{p}.step") for w in places))
        problems += table_problems(product, specs, at)
        problems += sequence_problems(product, specs, at, unread)
        problems += [
            problem
            for problem in unknowable_problems(product, specs, at)
            if problem.found.rpartition(", ")[2] not in unknown
        ]
        problems += wish_problems(product, specs, tables, at)
        problems += lives_problems(product, specs, at)
        problems += joint_age_problems(product, tables, at)
        problems += rider_problems(product, at)
        problems += reach_problems(product, tables, at)
    for i, spec in enumerate(edition.tables):
        if spec.name and spec.name not in used:
            where = f"edition.toml table[{i}].name"
            problems.append(Problem("table_not_used", where, spec.name, "a step that names it"))
    return problems
