"""Which ZIP codes a state has, by their first three digits.

A few codes cross a state's border, so a misfit is a warning, never a refusal. Source: the Postal
Service's three-digit prefixes (Publication 65).
"""

_RANGES = """
AL 350-369; AK 995-999; AZ 850-865; AR 716-729 755; CA 900-961; CO 800-816; CT 060-069; DE 197-199
DC 200 202-205 569; FL 320-349; GA 300-319 398-399; HI 967-968; ID 832-838; IL 600-629; IN 460-479
IA 500-528; KS 660-679; KY 400-427; LA 700-714; ME 039-049; MD 206-219; MA 010-027 055; MI 480-499
MN 550-567; MS 386-397; MO 630-658; MT 590-599; NE 680-693; NV 889-898; NH 030-038; NJ 070-089
NM 870-884; NY 005 063 100-149; NC 270-289; ND 580-588; OH 430-459; OK 730-732 734-749; OR 970-979
PA 150-196; RI 028-029; SC 290-299; SD 570-577; TN 370-385; TX 733 750-799 885; UT 840-847
VT 050-059; VA 201 220-246; WA 980-994; WV 247-268; WI 530-549; WY 820-831 834; PR 006-007 009
VI 008; GU 969; AS 967; MP 969
"""


def _read(text: str) -> dict[str, tuple[tuple[int, int], ...]]:
    states = {}
    for entry in text.replace("\n", ";").split(";"):
        if words := entry.split():
            ends = [word.partition("-") for word in words[1:]]
            states[words[0]] = tuple((int(low), int(high or low)) for low, _, high in ends)
    return states


PREFIXES = _read(_RANGES)


def zip_fits(state: str, code: str) -> bool:
    """Whether the ZIP code's first three digits belong to the state.

    >>> zip_fits("TX", "75001"), zip_fits("TX", "10001")
    (True, False)
    """
    prefix = int(code[:3])
    return any(low <= prefix <= high for low, high in PREFIXES.get(state, ((0, 999),)))
