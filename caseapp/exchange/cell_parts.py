"""Several values in one cell of a list of people: aliases, phones, the lines of an address."""

import re

from caseapp.domain.names import phone_digits

_BETWEEN_NAMES = re.compile(r"[;/|\r\n]+|\b(?:aka|a\.k\.a\.?)(?=\s)", re.IGNORECASE)
_BETWEEN_PHONES = re.compile(r"[;/|,&\r\n]+|\bor\b", re.IGNORECASE)


def parts_of(field: str, cell: str) -> list[str]:
    """The values that a cell of this field holds; of most fields it is one."""
    if field == "alias":
        return [part.strip(" ,") for part in _BETWEEN_NAMES.split(cell)]
    if field == "phone":
        parts = [part for part in _BETWEEN_PHONES.split(cell) if part.strip()]
        return parts if all(map(phone_digits, parts)) else [cell]
    if field == "address":
        return [", ".join(filter(None, map(str.strip, cell.splitlines())))]
    return [cell]
