"""How streets are written: one short form for every spelling of kinds, directions, ordinals and highways.

Source of the facts: United States Postal Service, Publication 28 "Postal Addressing Standards", sections 233
and 295, appendices B (directions), C1 (kinds of street) and F (county, state and US highways); the list is
ours and holds what calls write.
"""

import re
from functools import lru_cache

_STREETS = 65536
"""Streets whose form is remembered: fewer than there are addresses on them."""

_KINDS = """
ALY ALLEY ALLEE ALLY|ANX ANNEX ANEX|ARC ARCADE|AVE AVENUE AV AVEN AVENU AVN|BCH BEACH|BND BEND|BLF BLUFF
BLVD BOULEVARD BOUL BL BLV|BR BRANCH|BRG BRIDGE BRDGE|BRK BROOK|BYP BYPASS BYPA|CP CAMP|CYN CANYON
CSWY CAUSEWAY|CTR CENTER CENTRE CNTR CEN|CIR CIRCLE CIRC CRCL CR|CLF CLIFF|COR CORNER|CORS CORNERS
CT COURT CRT|CTS COURTS|CV COVE|CRK CREEK|CRES CRESCENT|XING CROSSING CRSSNG|DL DALE|DR DRIVE DRV DRIV
EST ESTATE|ESTS ESTATES|EXPY EXPRESSWAY EXPWY EXP EXPR|EXT EXTENSION|FLS FALLS|FRY FERRY|FLD FIELD
FLDS FIELDS|FRST FOREST|FRK FORK|FT FORT|FWY FREEWAY FRWY|GDN GARDEN|GDNS GARDENS|GTWY GATEWAY|GLN GLEN
GRN GREEN|GRV GROVE|HBR HARBOR HARB|HVN HAVEN|HTS HEIGHTS|HWY HIGHWAY HIWAY HIGHWY HWAY|HL HILL|HLS HILLS
HOLW HOLLOW|IS ISLAND|JCT JUNCTION|KNL KNOLL|LK LAKE|LNDG LANDING|LN LANE LA|LDG LODGE|LOOP LOOPS|MNR MANOR
MDW MEADOW|MDWS MEADOWS|ML MILL|MT MOUNT|MTN MOUNTAIN|ORCH ORCHARD|OVAL OVL|PARK PRK PARKS
PKWY PARKWAY PKY PKWAY PARKWY|PASS PASSES|PATH PATHS|PIKE PIKES PKE|PL PLACE|PLN PLAIN|PLZ PLAZA|PT POINT
RADL RADIAL|RNCH RANCH|RDG RIDGE|RIV RIVER|RD ROAD|ROW ROWS|RUN RUNS|SHR SHORE|SPG SPRING|SPGS SPRINGS
SQ SQUARE SQR|STA STATION STN|STRM STREAM|ST STREET STR STRT SAINT|SMT SUMMIT|TER TERRACE TERR
TRCE TRACE|TRAK TRACK|TRL TRAIL TR|TUNL TUNNEL|TPKE TURNPIKE TRNPK|UN UNION|VLY VALLEY|VIA VIADUCT|VW VIEW
VLG VILLAGE|VIS VISTA|WALK WALKS|WAY WY|WLS WELLS
"""
_END_KINDS = """
ALY AVE BLVD BYP CIR CT CTS CV CRES XING DR EXPY EXT FWY HTS HWY LN LOOP PKWY PASS PIKE PL PLZ RD ROW RUN SQ
ST TER TRCE TRL TPKE WAY
"""
_ENDS = frozenset(_END_KINDS.split())
"""Kinds after which a street has ended: no word of a name in themselves, as PARK or LAKE is."""

_DIRECTIONS = (
    "N NORTH NB NORTHBOUND|S SOUTH SB SOUTHBOUND|E EAST EB EASTBOUND|W WEST WB WESTBOUND|NE NORTHEAST"
    "|NW NORTHWEST|SE SOUTHEAST|SW SOUTHWEST"
)
_ORDINALS = (
    "1ST FIRST|2ND SECOND|3RD THIRD|4TH FOURTH|5TH FIFTH|6TH SIXTH|7TH SEVENTH|8TH EIGHTH|9TH NINTH"
    "|10TH TENTH|11TH ELEVENTH|12TH TWELFTH|13TH THIRTEENTH|14TH FOURTEENTH|15TH FIFTEENTH|16TH SIXTEENTH"
    "|17TH SEVENTEENTH|18TH EIGHTEENTH|19TH NINETEENTH|20TH TWENTIETH"
)


def _table(listed: str) -> dict[str, tuple[str, ...]]:
    """Short form -> all spellings, itself the first."""
    return {words.split()[0]: tuple(words.split()) for words in listed.strip().replace("\n", "|").split("|")}


SPELLINGS = _table(_KINDS) | _table(_DIRECTIONS) | _table(_ORDINALS)
"""Short form -> all spellings of a word, the short form first."""

_SHORT = {long: short for short, every in SPELLINGS.items() for long in every}
DIRECTIONS = frozenset(_table(_DIRECTIONS))

_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND"
    " OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"
).replace(" ", "|")
_ROAD = "(?:HWY|ROUTE|RTE|RT|RD)"
_JOINED = tuple(
    (re.compile(pattern), short)
    for pattern, short in (
        (
            r"\b(?:(?:DR|DOCTOR|REV) )*(?:(?:MARTIN LUTHER|M L) KING|M L K|MLK)(?: (?:JR|JUNIOR))*\b",
            "MLK",
        ),
        (rf"\b(?:RURAL {_ROAD}|RFD) ?(\d+)\b", r"RR \1"),
        (r"\b(?:INTERSTATE(?: HWY)?|IH|I) ?(\d+)\b", r"I\1"),
        (rf"\b(?:US|U S) ?(?:{_ROAD} )?(\d+[A-Z]?)\b", r"USHWY\1"),
        (rf"\b(?:(?:STATE|ST) {_ROAD}|SR|SH|SRT) ?(\d+[A-Z]?)\b", r"SR\1"),
        (rf"^((?:[NSEW] )?)(?:{_STATES}) (\d+[A-Z]?)(?= [NSEW]$|$)", r"\1SR\2"),
        (rf"\b(?:(?:COUNTY|CNTY|CTY|CO) {_ROAD}|CIR) ?(\d+[A-Z]?)\b", r"CR\1"),
        (r"\b(?:FARM TO MARKET|FM)(?: RD)? ?(\d+)\b", r"FM\1"),
        (r"\b(?:ROUTE|RTE|RT) ?(\d+[A-Z]?)\b", r"RTE\1"),
    )
)
"""Names of several words that stand as one: so that they neither end a street nor are taken apart.

The words are in their short form by then: CR is both circle and county road, and before a number the latter.
"""
_MAY_JOIN = re.compile(r"[A-Z] ?\d|LUTHER|\bM L|MLK")


@lru_cache(maxsize=_STREETS)
def street(text: str) -> str:
    """A street in its one form; `text` is in capitals, without signs."""
    written = text.split()
    words = [_SHORT.get(word, word) for word in written]
    if len(words) == 2 and words[0] in DIRECTIONS and words[1] in _ENDS:
        words[0] = written[0]  # "North St" is not "N St": here the direction is the name (section 233.2)
    name = " ".join(words)
    for pattern, short in _JOINED if _MAY_JOIN.search(name) else ():
        name = pattern.sub(short, name)
    words = name.split()
    for at, after in enumerate(words[1:]):
        if words[at].isdigit() and after in _ENDS and (at == 0 or words[at - 1] != "HWY"):
            words[at] = _ordinal(words[at])
    return " ".join(words)


@lru_cache(maxsize=_STREETS)
def goes_on(name: str) -> bool:
    """Whether words follow the end of a street that belong to something else, such as its city."""
    words = name.split()
    while words and words[-1] in DIRECTIONS:
        words.pop()
    ends = [at for at, word in enumerate(words) if word in _ENDS and at]
    if not ends or words[-1] in _ENDS:
        return False
    rest = [word for word in words[ends[-1] + 1 :] if word not in DIRECTIONS]
    is_designation = len(rest) == 1 and (len(rest[0]) == 1 or rest[0][0].isdigit())
    return not is_designation and not DIRECTIONS.issuperset(words[: ends[-1]])


def is_of_a_street(words: str) -> bool:
    """Whether words belong to a street and are no city: a number among them, or the end of a street first."""
    return any(one.isdigit() for one in words) or _SHORT.get(words.split(" ")[0], "") in _ENDS - {"ST"}


def ends_as_street(name: str) -> bool:
    """Whether a name ends as only streets do."""
    words = name.split()
    while len(words) > 1 and words[-1] in DIRECTIONS:
        words.pop()
    return len(words) > 1 and words[-1] in _ENDS


def spellings(word: str) -> tuple[str, ...]:
    """All spellings of a word that has several."""
    return SPELLINGS.get(_SHORT.get(word.upper(), ""), ())


def _ordinal(number: str) -> str:
    """5 as 5TH, 11 as 11TH, 22 as 22ND."""
    is_teen = number[-2:] in ("11", "12", "13")
    return number + ("TH" if is_teen else {"1": "ST", "2": "ND", "3": "RD"}.get(number[-1], "TH"))
