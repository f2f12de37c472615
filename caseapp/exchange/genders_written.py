"""Genders of the people of a list, also where a column holds numbers: which ones says what they stand for."""

from collections import Counter
from collections.abc import Collection, Mapping

from caseapp.domain.people_lists import gender_code
from caseapp.exchange.people_rows import Row
from caseapp.exchange.sheet import Sheet

_HUD = {"0": "female", "1": "male", "8": "unknown", "9": "declined", "99": ""}
"""HUD HMIS data standards FY2026, element 4.21 Sex; 99 is "data not collected"."""

_ISO = {"0": "", "1": "male", "2": "female", "9": ""}
"""ISO/IEC 5218: 0 is "not known", 9 "not applicable"."""

_YES = "1"

_NO_NUMBERS: Mapping[str, str] = {}


def words_of(told: Collection[str]) -> Mapping[str, str]:
    """What the numbers of a column stand for; nothing where they are of neither list, or no numbers.

    Of both lists 1 is a man; a 2 is only in the one, and where it is, a 0 says nothing.
    """
    for numbers in (_HUD, _ISO):
        if "1" in told and numbers.keys() >= set(told):
            return numbers
    return _NO_NUMBERS


def _ticked(row: Row) -> str:
    """Of an HMIS extract until 2025, which has a column for each gender, the one of these two that is told.

    Whoever is told as both, or as neither, is asked about the others, which part nobody.
    """
    told = [gender for gender in ("woman", "man") if row.text(gender) == _YES]
    return told[0] if len(told) == 1 else ""


class GenderReader:
    """Genders in words; one that is not understood is counted, and stays as it came."""

    def __init__(self, sheet: Sheet, columns: Mapping[str, list[int]], warnings: Counter[str]) -> None:
        places = columns.get("gender", ())
        self._words = words_of(
            {text for row in sheet.rows for place in places if (text := row[place].strip())}
        )
        self._warnings = warnings

    def of(self, row: Row) -> str:
        """The words of a row."""
        text = row.text("gender") or _ticked(row)
        said = self._words.get(text, text)
        if said and not gender_code(said):
            self._warnings["gender-not-understood"] += 1
        return said
