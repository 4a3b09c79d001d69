"""A signature written on paper and scanned: every page must be there, and every box signed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from megler.vocabulary.problems import Problem


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan shows of one paper: how many pages it has, which were found, and whether it is signed."""

    name: str
    pages: int
    found: Collection[int]
    is_signed: bool = True


def scan_problems(papers: Iterable[Scanned], role: str) -> list[Problem]:
    """Everything that keeps a scan from being a signature in `role`: all pages that lack, by paper.

    >>> [(p.code, p.found) for p in scan_problems([Scanned("Application", 3, {2})], "insured")]
    [('scan_pages_missing', '1, 3')]
    """
    problems = []
    papers = list(papers)
    if not papers:
        problems.append(Problem("scan_without_papers", "papers", "", role))
    for paper in papers:
        lacking = sorted(set(range(1, paper.pages + 1)) - set(paper.found))
        if lacking:
            told = ", ".join(map(str, lacking))
            problems.append(Problem("scan_pages_missing", paper.name, told, str(paper.pages)))
        elif not paper.is_signed:
            problems.append(Problem("scan_not_signed", paper.name, role))
    return problems
