"""Names, places and trades for people who do not exist.

Telephone numbers end in 555-01xx, which is kept for fiction; e-mail addresses end in `.example`
(RFC 2606); social-security numbers have areas 734-749, which were never given out before 2011.
"""

from dataclasses import dataclass

from megler.accounts.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Place:
    """A town with one of its ZIP codes."""

    city: str
    jurisdiction: str
    zip: str
    county: str
    area_code: str


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FEMALE = _words(
    """
    Abigail Alice Amanda Amelia Andrea Angela Anita Beatrice Brenda Camila Carmen Caroline
    Charlotte Christina Claire Cynthia Dana Deborah Denise Diane Elena Eliza Emily Erin Eva
    Florence Gabriela Grace Hannah Heather Helen Irene Isabel Ivy Jasmine Jennifer Joan Joyce
    Julia Karen Katherine Keisha Laura Leah Linda Lucia Maria Marisol Martha Megan Melissa
    Michelle Monica Naomi Nicole Olivia Paula Priya Rachel Rebecca Rosa Ruth Samantha Sandra
    Sarah Sofia Stella Susan Tamara Teresa Tiffany Valerie Vanessa Victoria Wendy Yolanda Zoe
    """
)
MALE = _words(
    """
    Aaron Adam Adrian Alan Albert Andre Andrew Anthony Arthur Benjamin Bernard Brandon Brian
    Calvin Carlos Charles Christopher Curtis Damian Daniel David Dennis Diego Douglas Edward
    Eric Ernest Felix Francis Frank Gabriel George Gerald Gordon Gregory Harold Henry Howard
    Isaac Ivan Jacob Jamal James Javier Jerome Joel John Jonathan Joseph Juan Keith Kenneth
    Kevin Lawrence Leonard Lewis Louis Malik Marcus Mark Martin Matthew Michael Nathan Neil
    Oscar Patrick Paul Peter Philip Rafael Raymond Richard Robert Samuel Scott Stephen Theodore
    Thomas Timothy Victor Walter William
    """
)
LAST = _words(
    """
    Abbott Acosta Alvarez Andersen Archer Bailey Baker Barlow Becker Bell Bennett Berg Bishop
    Bowen Brandt Brooks Bryant Burke Byrne Cabrera Carlson Carter Castillo Chandler Chang
    Clayton Cole Collins Conway Cooper Cortez Crane Cruz Dalton Daniels Dawson Delgado Dixon
    Donovan Doyle Duffy Eastman Eaton Ellis Erickson Estrada Fairbanks Farrell Fischer Fleming
    Flores Foster Fowler Franco Gallagher Garrison Gibson Goodwin Grant Greer Gupta Hale Hansen
    Harding Harper Hayes Henson Herrera Hicks Holloway Hoover Horton Hudson Ibarra Ingram
    Iverson Jarvis Jensen Johansen Jordan Kane Kaplan Keller Kelley Kim Kirby Knox Kowalski
    Kramer Lambert Larsen Lawson Leblanc Lindgren Lopez Lowell Lynch Maddox Malone Marsh Mathis
    McBride Medina Mercer Meyer Middleton Mills Molina Monroe Morales Moss Nakamura Nash Navarro
    Nelson Nguyen Nolan Norris Novak Oakley Obrien Olsen Ortega Osborne Owens Pace Page Park
    Patel Paulsen Pearson Pena Perkins Petersen Pham Pierce Porter Pruitt Quinn Ramsey Randall
    Reyes Rhodes Rivera Robbins Rojas Rowe Russo Salazar Sanders Sawyer Schmidt Sharp Shepard
    Silva Simmons Solberg Sorensen Stanton Steele Stone Sutton Swanson Tanner Tate Thorne Torres
    Townsend Tran Underwood Valdez Vance Vargas Vaughn Wagner Walsh Warner Weaver Webb Weiss
    Whitaker Winslow Wolfe Wright Yates York Young Zamora Ziegler Zimmerman
    """
)

PLACES = (
    Place("Dallas", "TX", "75201", "Dallas", "214"),
    Place("Plano", "TX", "75023", "Collin", "972"),
    Place("Austin", "TX", "78704", "Travis", "512"),
    Place("San Antonio", "TX", "78209", "Bexar", "210"),
    Place("Houston", "TX", "77005", "Harris", "713"),
    Place("Miami", "FL", "33133", "Miami-Dade", "305"),
    Place("Tampa", "FL", "33606", "Hillsborough", "813"),
    Place("Orlando", "FL", "32803", "Orange", "407"),
    Place("Phoenix", "AZ", "85016", "Maricopa", "602"),
    Place("Tucson", "AZ", "85716", "Pima", "520"),
    Place("Minneapolis", "MN", "55408", "Hennepin", "612"),
    Place("Duluth", "MN", "55804", "St. Louis", "218"),
    Place("Rochester", "MN", "55901", "Olmsted", "507"),
    Place("Fargo", "ND", "58102", "Cass", "701"),
    Place("Bismarck", "ND", "58501", "Burleigh", "701"),
    Place("Salt Lake City", "UT", "84105", "Salt Lake", "801"),
    Place("Provo", "UT", "84604", "Utah", "801"),
    Place("Chicago", "IL", "60614", "Cook", "773"),
    Place("Madison", "WI", "53703", "Dane", "608"),
    Place("Des Moines", "IA", "50312", "Polk", "515"),
    Place("Omaha", "NE", "68132", "Douglas", "402"),
    Place("Denver", "CO", "80209", "Denver", "303"),
    Place("Columbus", "OH", "43214", "Franklin", "614"),
    Place("Charlotte", "NC", "28205", "Mecklenburg", "704"),
    Place("Atlanta", "GA", "30306", "Fulton", "404"),
    Place("Nashville", "TN", "37212", "Davidson", "615"),
    Place("Kansas City", "MO", "64112", "Jackson", "816"),
    Place("Philadelphia", "PA", "19130", "Philadelphia", "215"),
)
STREETS = (
    "Alder Street", "Birch Lane", "Bluff Road", "Cedar Avenue", "Chestnut Street", "Clover Court",
    "Cottonwood Drive", "Elm Street", "Fairview Avenue", "Garden Road", "Harbor Street",
    "Hawthorne Place", "Heron Way", "Hillcrest Drive", "Juniper Lane", "Lakeview Road",
    "Laurel Street", "Linden Avenue", "Maple Street", "Meadow Lane", "Mill Road", "Oak Hill Drive",
    "Orchard Street", "Pine Street", "Prairie Avenue", "Quarry Road", "River Road", "Spruce Street",
    "Sunset Drive", "Sycamore Lane", "Valley View Road", "Walnut Street", "Willow Lane",
)  # fmt: skip
OCCUPATIONS: tuple[tuple[str, int, int], ...] = (
    ("Accountant", 62, 130), ("Architect", 75, 160), ("Bakery owner", 45, 95),
    ("Carpenter", 42, 88), ("Civil engineer", 78, 150), ("Dental hygienist", 62, 96),
    ("Dentist", 140, 310), ("Electrician", 55, 105), ("Farmer", 48, 180),
    ("Firefighter", 52, 98), ("Graphic designer", 48, 92), ("High school teacher", 46, 84),
    ("Insurance adjuster", 52, 90), ("Lawyer", 95, 320), ("Machinist", 44, 82),
    ("Marketing manager", 78, 165), ("Nurse", 64, 118), ("Pharmacist", 105, 150),
    ("Physician", 190, 420), ("Police officer", 54, 102), ("Real estate broker", 55, 190),
    ("Restaurant manager", 44, 82), ("Sales representative", 52, 140),
    ("Small business owner", 60, 260), ("Software developer", 88, 195), ("Truck driver", 48, 92),
    ("Veterinarian", 88, 150), ("Warehouse supervisor", 45, 78), ("Welder", 44, 84),
)  # fmt: skip
"""Trade, and the lowest and highest yearly income in thousands."""
EMPLOYERS = (
    "Bright River Schools", "Cobalt Logistics", "Copper Kettle Foods", "Evergreen Clinic",
    "Granite Peak Builders", "Harvest Mills", "Ironwood Manufacturing", "Juniper Software",
    "Lakeshore Hospital", "Meridian Freight", "Northwind Energy", "Osprey Engineering",
    "Pioneer County", "Redwood Legal Group", "Silver Birch Hotels", "Summit Credit Union",
    "Tidewater Marine", "Union Square Dental", "Westfield Auto", "Yellowstone Grain",
)  # fmt: skip
FIRMS: tuple[tuple[str, str], ...] = (
    ("Northline Financial", "northline"), ("Blue Heron Insurance", "blueheron"),
    ("Cornerstone & Daughters", "cornerstone"), ("Prairie Wind Agency", "prairiewind"),
    ("Harborlight Advisors", "harborlight"), ("Summit Family Insurance", "summitfamily"),
    ("Oak & Anchor", "oakanchor"), ("Redbird Benefits", "redbird"),
    ("Keystone Life Partners", "keystonelife"), ("Silverleaf Planning", "silverleaf"),
    ("Two Rivers Insurance", "tworivers"), ("Beacon Street Agency", "beaconstreet"),
    ("Wildflower Wealth", "wildflower"), ("Ironbridge Brokers", "ironbridge"),
    ("Lone Cypress Insurance", "lonecypress"), ("Great Basin Benefits", "greatbasin"),
    ("Maplewood Advisors", "maplewood"), ("Fourth Street Insurance", "fourthstreet"),
    ("Sandhill Crane Group", "sandhill"), ("Pilot Rock Agency", "pilotrock"),
)  # fmt: skip
"""Firms of agents and the names of their mail domains."""

STAFF: tuple[tuple[Role, str], ...] = (
    (Role.ADMINISTRATOR, "Ingrid Haugen"),
    (Role.CASE_MANAGER, "Marcus Bell"),
    (Role.CASE_MANAGER, "Solveig Nilsen"),
    (Role.CASE_MANAGER, "Tanya Brooks"),
    (Role.CASE_MANAGER, "Peter Lindqvist"),
    (Role.NEW_BUSINESS, "Amara Okafor"),
    (Role.NEW_BUSINESS, "Jonas Dahl"),
    (Role.UNDERWRITER, "Ruth Abrams"),
    (Role.LICENSING, "Elias Strand"),
    (Role.SERVICE, "Nora Castellan"),
    (Role.SERVICE, "Henry Osgood"),
    (Role.ACCOUNTING, "Grete Iversen"),
)
DOCTORS = (
    "Dr. Alan Whitcomb", "Dr. Beatriz Leon", "Dr. Carol Stein", "Dr. Dinesh Rao", "Dr. Ellen Marsh",
    "Dr. Frank Okoye", "Dr. Gail Thornton", "Dr. Hugo Bergmann", "Lakeshore Family Clinic",
    "Prairie Health Center",
)  # fmt: skip


def mail_name(name: str) -> str:
    """The part of an e-mail address before the @.

    >>> mail_name("Dr. Ana O'Brien")
    'ana.obrien'
    """
    words = [w for w in name.lower().replace("'", "").split() if w.isalpha()]
    return ".".join(words)


def phone(area_code: str, number: int) -> str:
    """A telephone number out of the hundred kept for fiction.

    >>> phone("512", 142)
    '512-555-0142'
    """
    return f"{area_code}-555-01{number % 100:02d}"
