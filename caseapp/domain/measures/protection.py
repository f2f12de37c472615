"""Protects a public report: its counts with every sum a reader knows go to the small-cells rule together."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from caseapp.domain.measures.measure import Figure
from caseapp.domain.measures.reporting import EVERY, NO, ROWS, YES, Piece
from caseapp.domain.reports import Shown, shown
from caseapp.domain.small_cells import Cell, Counts, Sum, hide

_UNPRINTED = frozenset({NO, EVERY})


def protect(found: Sequence[Piece], threshold: int) -> dict[str, Shown]:
    """What a reader outside may see of each piece, by its name."""
    counts, same = cells(found, threshold)
    hidden = hide(counts, threshold=threshold)
    return {piece.name: _protected(piece, hidden, same, threshold) for piece in found}


def everything(found: Sequence[Piece]) -> dict[str, Shown]:
    """Each piece with nothing hidden."""
    return {piece.name: shown(piece.made) for piece in found}


def cells(found: Sequence[Piece], threshold: int) -> tuple[Counts, dict[Cell, Cell]]:
    """Every count of the report with the sums between them, and which names stand for another's rows."""
    rowwise = [piece for piece in found if piece.made.behind is None]
    written = {piece.name: _counts_of(piece.made) for piece in rowwise}
    near = list(_near(rowwise, written, threshold))
    same = {(piece.name, YES): (piece.name, ROWS) for piece in rowwise if not written[piece.name][NO]}
    for one, other, rest in near:
        if rest == 0:
            _join(_first(one, same), _first(other, same), same)
    counts = Counts()
    for piece in rowwise:
        _write(counts, piece.name, written[piece.name], same)
    _write_groups(counts, rowwise, written, same)
    for one, other, rest in near:
        if rest:
            _write_rest(counts, _first(one, same), _first(other, same), rest)
    return counts, {cell: _first(cell, same) for cell in same}


def _join(one: Cell, other: Cell, same: dict[Cell, Cell]) -> None:
    """Let one name stand for both; a printed one where there is one, because readers see it."""
    if one != other:
        first, second = (other, one) if other[1] in _UNPRINTED and one[1] not in _UNPRINTED else (one, other)
        same[first] = second


def _counts_of(made: Figure) -> dict[str, int]:
    """What a figure counts, by name; rows that say yes and all rows stand there even where they are equal."""
    counts = {ROWS: made.denominator, YES: made.numerator, NO: made.denominator - made.numerator}
    counts[EVERY] = made.denominator + sum(count for _reason, count in made.excluded)
    counts |= {f"part {words}": count for words, count in made.parts}
    return counts | {f"left {reason}": count for reason, count in made.excluded}


def _write(counts: Counts, name: str, made: Mapping[str, int], same: Mapping[Cell, Cell]) -> None:
    for kind, count in made.items():
        cell = _first((name, kind), same)
        counts.value[cell] = count
        if cell[1] in _UNPRINTED:
            counts.unprinted.add(cell)
    rows = _first((name, ROWS), same)
    _add(counts, rows, [_first((name, kind), same) for kind in (YES, NO)])
    parts = [_first((name, kind), same) for kind in made if kind.startswith("part ")]
    _add(counts, rows, parts)
    left = [_first((name, kind), same) for kind in made if kind.startswith("left ")]
    _add(counts, _first((name, EVERY), same), [rows, *left])


def _write_groups(
    counts: Counts,
    found: Sequence[Piece],
    written: Mapping[str, Mapping[str, int]],
    same: Mapping[Cell, Cell],
) -> None:
    """The whole is the sum of its groups, for each thing that is counted."""
    groups: dict[tuple[str, str], list[Piece]] = {}
    for piece in found:
        if piece.group:
            groups.setdefault((piece.column, piece.measure.id), []).append(piece)
    for whole in found:
        parts = groups.get((whole.column, whole.measure.id), []) if not whole.group else []
        for kind in written[whole.name] if parts else ():
            having = [one for one in parts if kind in written[one.name]]
            total = _first((whole.name, kind), same)
            _add(counts, total, [_first((one.name, kind), same) for one in having])


def _write_rest(counts: Counts, inner: Cell, outer: Cell, rest: int) -> None:
    cell = ("/".join(outer), "without " + "/".join(inner))
    counts.value[cell] = rest
    counts.unprinted.add(cell)
    counts.sums.append(Sum(outer, (inner, cell)))


def _add(counts: Counts, total: Cell, parts: Sequence[Cell]) -> None:
    if parts and total not in parts:
        counts.sums.append(Sum(total, tuple(parts)))


def _near(
    found: Sequence[Piece], written: Mapping[str, Mapping[str, int]], threshold: int
) -> Iterator[tuple[Cell, Cell, int]]:
    """Counts of the same rows, and counts nested in another with a small rest, across all tables."""
    universes: dict[tuple[str, str], list[tuple[int, Cell, Piece]]] = {}
    for piece in found:
        listed = universes.setdefault((piece.column, piece.measure.kind.value), [])
        of_piece = written[piece.name].items()
        listed += [(count, (piece.name, kind), piece) for kind, count in of_piece if count]
    for listed in universes.values():
        for (few, one, piece), (many, other, larger) in combinations(sorted(listed, key=_order), 2):
            if many - few < threshold and _holds(piece, one[1], larger, other[1]):
                yield one, other, many - few


def _order(entry: tuple[int, Cell, Piece]) -> tuple[int, Cell]:
    return entry[:2]


def _holds(piece: Piece, kind: str, larger: Piece, other: str) -> bool:
    inner, outer = piece.sets().get(kind, frozenset()), larger.sets().get(other, frozenset())
    return bool(inner) and inner <= outer


def _first(cell: Cell, same: Mapping[Cell, Cell]) -> Cell:
    """The name that stands for all counts of the same rows."""
    while cell in same:
        cell = same[cell]
    return cell


def _protected(piece: Piece, hidden: frozenset[Cell], same: Mapping[Cell, Cell], threshold: int) -> Shown:
    made, name = piece.made, piece.name
    if made.behind is not None:
        return _nothing(made) if 0 < made.behind < threshold else shown(made)

    def seen(kind: str, count: int) -> int | None:
        return None if _first((name, kind), same) in hidden else count

    rows, yes = seen(ROWS, made.denominator), seen(YES, made.numerator)
    is_hidden = rows is None or yes is None
    return Shown(
        value=None if is_hidden else made.value,
        numerator=yes,
        denominator=rows,
        excluded=tuple((reason, seen(f"left {reason}", count)) for reason, count in made.excluded),
        parts=tuple((words, seen(f"part {words}", count)) for words, count in made.parts),
        facts=() if is_hidden else made.facts,
        is_hidden=is_hidden,
    )


def _nothing(made: Figure) -> Shown:
    return Shown(None, None, None, tuple((reason, None) for reason, _count in made.excluded), is_hidden=True)
