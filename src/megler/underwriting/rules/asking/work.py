"""Occupations that stand in a question by themselves; what a guide rates it recognises in the words."""

OCCUPATIONS = (
    r"(?:airline|commercial|corporate|military|cargo|helicopter|charter|crop[- ]?dust(?:ing|er)) pilots?",
    r"air ?force pilots?", r"(?:commercial|saturation) divers?",
    r"(?:long[- ]haul )?truck(?:er"
    r"| driver)s?", r"police(?:man|woman| officer)?s?", r"cops?", r"sheriff(?:'s deputy)?",
    r"fire ?(?:fighter|man)s?", r"paramedics?", r"emts?", r"loggers?", r"lumberjacks?", r"tree trimmers?",
    r"roofers?", r"iron ?workers?", r"steel ?workers?", r"coal miners?", r"(?:underground )?miners?",
    r"(?:(?:commercial|crab|lobster|deep[- ]sea|offshore"
    r"|alaskan?) )?fisherm[ae]n", r"oil (?:rig|field) workers?", r"roughnecks?", r"offshore workers?",
    r"construction workers?", r"electricians?", r"line(?:man|men)", r"plumbers?", r"carpenters?", r"welders?",
    r"farmers?", r"ranchers?", r"soldiers?",
    r"marines?", r"active duty(?: military)?", r"(?:us )?army(?: reserves?| officer)?|national guard|navy(?: seals?)?",
    r"air force|coast guard|military|deploy(?:ing|ed|ment)",
    r"(?:prison|correctional|corrections) (?:guard|officer)s?", r"bodyguards?", r"security guards?",
    r"bartenders?", r"taxi drivers?", r"uber drivers?", r"stunt(?:man|woman| performer)s?", r"acrobats?",
    r"jockeys?", r"professional athletes?", r"flight attendants?", r"explosives? (?:worker|handler)s?",
    r"blasters?", r"window washers?", r"missionar(?:y|ies)", r"journalists?", r"engineers?", r"teachers?",
    r"nurses?", r"doctors?", r"physicians?", r"surgeons?", r"dentists?", r"lawyers?", r"attorneys?",
    r"accountants?", r"managers?", r"salesm[ae]n", r"secretar(?:y|ies)", r"homemakers?",
    r"stay at home (?:mom|dad|parent)s?",
    r"students?", r"retired", r"unemployed", r"mechanics?", r"chefs?", r"software (?:engineer|developer)s?",
)  # fmt: skip
