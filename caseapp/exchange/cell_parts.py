"""What a cell of a list of people holds: one value or several, or what stands where there was none."""

import re

from caseapp.domain.names import phone_digits

_BETWEEN_NAMES = re.compile(r"[;/|\r\n]+|\b(?:aka|a\.k\.a\.?)(?=\s)", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+?1[\s.-]*)?\(?\d{3}\)?[\s./-]*\d{3}[\s.-]*\d{4}\b")
_BETWEEN_PHONES = re.compile(r"[;/|,&\r\n]+|\bor\b", re.IGNORECASE)

_DECIMALS = re.compile(r"(?<=\d)\.0+$")
_SHORT_NUMBER = 4
"""Signs from which on one and the same over and over is no number."""


def parts_of(field: str, cell: str) -> list[str]:
    """The values that a cell of this field holds; of most fields it is one."""
    if field == "alias":
        return [part.strip(" ,") for part in _BETWEEN_NAMES.split(cell)]
    if field == "phone":
        return _phones(cell)
    if field == "address":
        return [", ".join(filter(None, map(str.strip, cell.splitlines())))]
    return [cell]


def is_phone(text: str) -> bool:
    """Whether somebody has it: 999-9999 and 123-456-7890 stand where a phone was not known."""
    digits = phone_digits(text)
    return len(set(digits[-7:])) > 1 and digits != "1234567890"


def is_number(text: str) -> bool:
    """Whether somebody has it: "999-99-9999", "XXXXX", "123-45-6789" stand where a number was not known."""
    signs = "".join(filter(str.isalnum, text.casefold()))
    return len(set(signs)) > (len(signs) >= _SHORT_NUMBER) and signs != "123456789"


def _phones(cell: str) -> list[str]:
    cell = as_written(cell)
    parts = [part for part in _BETWEEN_PHONES.split(cell) if part.strip()]
    if len(parts) > 1 and all(map(phone_digits, parts)):
        return parts
    found = _PHONE.findall(cell)
    return found if len(found) > 1 else [cell]


def as_written(cell: str) -> str:
    """A number without the decimals that a spreadsheet put behind it: "5415550101.0"."""
    return _DECIMALS.sub("", cell.strip())
