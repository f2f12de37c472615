"""What a library of US addresses sees in a text that our own rules do not know for sure."""

import threading
from dataclasses import dataclass

from probableparsing import RepeatedLabelError

from caseapp.domain.street_words import is_of_a_street

_STREET = (
    "StreetNamePreModifier",
    "StreetNamePreDirectional",
    "StreetNamePreType",
    "StreetName",
    "StreetNamePostType",
    "StreetNamePostDirectional",
)
_BESIDE_A_STREET = frozenset(
    (
        "CornerOf",
        "IntersectionSeparator",
        "OccupancyIdentifier",
        "OccupancyType",
        "PlaceName",
        "StateName",
        "ZipCode",
    )
)
_BOX = ("USPSBoxGroupType", "USPSBoxGroupID", "USPSBoxType", "USPSBoxID")

_one_at_a_time = threading.Lock()
"""The library's parser holds what it is reading; windows and late work read side by side."""


@dataclass(frozen=True, slots=True)
class Parts:
    """House number as written, streets, or a post box; and the city, where the text names it."""

    number: str = ""
    streets: tuple[str, ...] = ()
    box: str = ""
    city: str = ""


def parts_of(text: str) -> Parts | None:
    """The parts of an address in capitals with its commas; None where the library is not sure of them.

    Without a house number every word counts ("behind the library, Oak St" is not the whole of Oak St), so
    that such a text is taken only where nothing but a city stands beside its streets.
    """
    found = _tagged(text)
    if found is None:
        return None
    first, second = _joined(found, ""), _joined(found, "Second")
    city = found.get("PlaceName", "")
    if "&" in first or is_of_a_street(city) or is_of_a_street(found.get("StateName", "")):
        return None
    number = found.get("AddressNumber", "")
    if number and first and not second:
        return Parts(number, (first,), city=city)
    if box := " ".join(found[label] for label in _BOX if label in found):
        return Parts(box=box, city=city)
    others = {label for label in found if label.removeprefix("Second") not in _STREET}
    if first and not number and others <= _BESIDE_A_STREET:
        return Parts(streets=tuple(filter(None, (first, second))), city=city)
    return None


def _joined(found: dict[str, str], which: str) -> str:
    return " ".join(found[which + label] for label in _STREET if which + label in found)


def _tagged(text: str) -> dict[str, str] | None:
    import usaddress  # loads its model: only where a text asks for it

    with _one_at_a_time:
        try:
            found, _kind = usaddress.tag(text)
        except RepeatedLabelError:
            return None
    return {label: words.strip(" ,;") for label, words in found.items()}
