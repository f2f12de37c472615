"""Calls out of the converted columns of some rows, with a reason for each row that is none."""

from collections.abc import Iterator, Sequence
from typing import Any

from caseapp.domain.ages import name_and_age, read_age
from caseapp.domain.dispatch import IncomingCall, IncomingPerson, IncomingResponse, RowProblem
from caseapp.exchange.calls_columns import Columns
from caseapp.exchange.names_written import is_description


def calls_of(
    taken: Columns, rows: list[list[str]], numbers: list[int]
) -> tuple[list[IncomingCall | None], list[RowProblem]]:
    """A call or None for each row, and a problem for each None."""
    calls: list[IncomingCall | None] = list(_built(taken, numbers))
    problems: list[RowProblem] = []
    for place, received in enumerate(taken.get("received_at", None)):
        call = calls[place]
        if call is None or not (call.number and received):
            reason = "no date or time that can be read" if call and call.number else "no call number"
            problems.append(RowProblem(row=numbers[place], reason=reason, raw=tuple(rows[place])))
            calls[place] = None
    return calls, problems


def _built(taken: Columns, numbers: list[int]) -> Iterator[IncomingCall]:
    """Calls straight from the columns; `_make` over zipped columns is what keeps a million rows quick."""
    defaults = IncomingCall._field_defaults
    columns: list[Sequence[Any]] = []
    for name in IncomingCall._fields:
        if name == "source_row":
            columns.append(numbers)
        elif name == "responses":
            columns.append(_responses(taken))
        elif name == "people":
            columns.append(_people(taken))
        else:
            columns.append(taken.get(name, defaults.get(name, "")))
    return map(IncomingCall._make, zip(*columns, strict=True))


def _responses(taken: Columns) -> Sequence[tuple[IncomingResponse, ...]]:
    """A response for each unit of the row; the row's times are those of the first."""
    if "unit" not in taken.values:
        return [()] * taken.count
    columns = [taken.get(name, None) for name in ("dispatched_at", "enroute_at", "on_scene_at", "cleared_at")]
    units = taken.get("unit", "")
    if units and isinstance(units[0], tuple):
        every = taken.get("unit model", ())
        rows = zip(units, every, *columns, strict=True)
        return [_several(signs, models, moments) for signs, models, *moments in rows]
    columns.append(taken.get("unit model", ""))
    return [(IncomingResponse._make(row),) if row[0] else () for row in zip(units, *columns, strict=True)]


def _several(
    signs: tuple[str, ...], models: tuple[str, ...], moments: list[Any]
) -> tuple[IncomingResponse, ...]:
    models = models or ("",) * len(signs)
    others = (IncomingResponse(sign, model=model) for sign, model in zip(signs[1:], models[1:], strict=True))
    return (IncomingResponse._make((signs[0], *moments, models[0])), *others) if signs else ()


def _people(taken: Columns) -> Sequence[tuple[IncomingPerson, ...]]:
    named = [part for part in ("subject", "caller") if f"{part}_name" in taken.values]
    if not named:
        return [()] * taken.count
    found: list[list[IncomingPerson]] = [[] for _ in range(taken.count)]
    for part in named:
        names = taken.get(f"{part}_name", "")
        looks = {name: name if is_description(name) else "" for name in set(names)}
        ages = {cell: read_age(cell) for cell in {*taken.get(f"{part}_age", ""), ""}}
        columns = (
            names,
            taken.get(f"{part}_birth_date", None),
            taken.get(f"{part}_phone", ""),
            taken.get(f"{part}_age", ""),
        )
        for people, name, birth, phone, age in zip(found, *columns, strict=True):
            if looks[name]:
                told = ages[age] if age else name_and_age(name)[1]
                people.append(IncomingPerson(part, "", birth, str(phone), told, name))
            elif name or phone:
                people.append(IncomingPerson(part, str(name), birth, str(phone), ages[age]))
    return [tuple(people) for people in found]
