"""A drawn face for each role, so that the demo's people are told apart at a glance."""

from dataclasses import dataclass

from megler.accounts.rules.roles import Role

CROP = "M14 25c-1-11 4-17 10-17s11 6 10 17c-2-5-4-7-10-7s-8 2-10 7z"
LONG = "M12 36c-2-18 1-28 12-28s14 10 12 28h-5c3-10 1-16-7-16s-10 6-7 16z"
CURLY = "M13 24a6 6 0 0 1 2-10a6 6 0 0 1 9-5a6 6 0 0 1 9 5a6 6 0 0 1 2 10c-2-4-5-6-11-6s-9 2-11 6z"
BUN = "M24 4a4 4 0 0 1 4 4a12 12 0 0 1 6 16c-2-5-5-7-10-7s-8 2-10 7a12 12 0 0 1 6-16a4 4 0 0 1 4-4z"


@dataclass(frozen=True, slots=True)
class Face:
    """Colours of skin, hair and clothes, the outline of the hair (SVG path, 48 x 48), glasses."""

    skin: str
    hair: str
    clothes: str
    outline: str
    glasses: bool = False


FACES: dict[Role, Face] = {
    Role.ADMINISTRATOR: Face("#f0c9a8", "#d9a441", "#1f5c4d", BUN),
    Role.CASE_MANAGER: Face("#8d5a3b", "#20160f", "#2f5d8a", CROP),
    Role.NEW_BUSINESS: Face("#6f442b", "#140e0a", "#b4532a", CURLY),
    Role.UNDERWRITER: Face("#eec5a0", "#8a8580", "#5b4a7d", BUN, glasses=True),
    Role.LICENSING: Face("#f2d0b0", "#7a4a21", "#3d6b35", CROP),
    Role.SERVICE: Face("#c98f62", "#3a2114", "#8a2f4a", LONG),
    Role.ACCOUNTING: Face("#f0c9a8", "#5a3a22", "#35607a", LONG, glasses=True),
    Role.AGENT: Face("#d9a679", "#2a1a10", "#1f5c4d", LONG),
    Role.ASSISTANT: Face("#b97a4f", "#1d130c", "#7d5a1f", CURLY, glasses=True),
    Role.CARRIER: Face("#f2d0b0", "#b06a2c", "#4a4f57", CROP, glasses=True),
}
