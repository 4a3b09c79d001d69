"""Which jurisdiction a ZIP code usually lies in, by its first three digits.

A few codes cross a border, so a mismatch is a warning, never an error. Source: the Postal
Service's three-digit prefixes.
"""

_PREFIXES = """
AK 995-999; AL 350-369; AR 716-729; AZ 850-865; CA 900-961; CO 800-816; CT 060-069;
DC 200-200 202-205 569-569; DE 197-199; FL 320-349; GA 300-319 398-399; HI 967-968; IA 500-528;
ID 832-838; IL 600-629; IN 460-479; KS 660-679; KY 400-427; LA 700-714; MA 010-027 055-055;
MD 206-219; ME 039-049; MI 480-499; MN 550-567; MO 630-658; MS 386-397; MT 590-599; NC 270-289;
ND 580-588; NE 680-693; NH 030-038; NJ 070-089; NM 870-884; NV 889-898; NY 005-005 100-149;
OH 430-459; OK 730-731 734-749; OR 970-979; PA 150-196; PR 006-007 009-009; RI 028-029;
SC 290-299; SD 570-577; TN 370-385; TX 733-733 750-799 885-885; UT 840-847; VA 201-201 220-246;
VI 008-008; VT 050-054 056-059; WA 980-994; WI 530-549; WV 247-268; WY 820-831
"""


def _table() -> dict[str, str]:
    owner: dict[str, str] = {}
    for entry in _PREFIXES.replace("\n", " ").split(";"):
        code, *ranges = entry.split()
        for bounds in ranges:
            first, last = bounds.split("-")
            owner |= {f"{n:03}": code for n in range(int(first), int(last) + 1)}
    return owner


_BY_PREFIX = _table()


def usual_jurisdiction(zip_code: str) -> str | None:
    """The jurisdiction that most codes with this prefix lie in; None where no single one has it.

    >>> usual_jurisdiction("75001")
    'TX'
    """
    return _BY_PREFIX.get(zip_code[:3])
