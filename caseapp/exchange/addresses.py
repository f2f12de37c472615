"""Addresses that an export splits into number, direction, street, kind: found and put together again."""

import re
from collections.abc import Callable, Mapping, Sequence

from caseapp.exchange import fits
from caseapp.exchange.clocks import Column
from caseapp.exchange.spellings import column_key

_OF_ADDRESS = re.compile(r"^(?:addr(?:ess)?|loc(?:ation)?)(?=.)")
"""What the parts of one address begin with: addr_num, addr_dir, addr_street."""

_FITS: dict[str, Callable[[Column], bool]] = {
    "number": fits.is_house,
    "direction": fits.is_direction,
    "street": fits.is_street,
    "kind": fits.is_street_kind,
    "after": fits.is_direction,
}


def parts(columns: Sequence[Column], names: Mapping[str, Sequence[str]]) -> tuple[Column, ...]:
    """The columns of a split address in the order of writing; none unless a street has a part beside it.

    `names` gives the column names of each part. Values decide: a column "type" is part of an address only
    where it holds ST and AVE.
    """
    found = {part: column for part, listed in names.items() if (column := _find(part, listed, columns))}
    if "street" not in found or len(found) < 2:
        return ()
    if not {"number", "direction", "kind", "after"} & set(found):
        return ()
    return tuple(dict.fromkeys(found[part] for part in names if part in found))


def _find(part: str, listed: Sequence[str], columns: Sequence[Column]) -> Column | None:
    whole = {column_key(column.name): column for column in columns}
    by_name = {_OF_ADDRESS.sub("", name): column for name, column in whole.items()} | whole
    for name in listed:
        column = by_name.get(column_key(name))
        if column is not None and column.filled and _FITS[part](column):
            return column
    return None
