"""An exact linear solver for attacking published tables: two-phase simplex with fractions, Bland's rule."""

from fractions import Fraction


def extreme(rows, right, objective):
    """The largest value of objective . x over rows . x = right, x >= 0; None when it has no end.

    The system must have a solution: what was published is true.
    """
    count, width = len(rows), len(objective)
    table = []
    for row, value in zip(rows, right, strict=True):
        sign = -1 if value < 0 else 1
        table.append([Fraction(sign * one) for one in row] + [Fraction(0)] * count + [Fraction(sign * value)])
    for place, line in enumerate(table):
        line[width + place] = Fraction(1)
    basis = list(range(width, width + count))
    first = [Fraction(0)] * width + [Fraction(-1)] * count
    assert _climb(table, basis, first, width + count) and _worth(table, basis, first) == 0
    for place, lead in enumerate(basis):
        if lead >= width:
            column = next((n for n in range(width) if table[place][n]), None)
            if column is not None:
                _turn(table, basis, place, column)
    goal = [Fraction(one) for one in objective] + [Fraction(0)] * count
    if not _climb(table, basis, goal, width):
        return None
    return _worth(table, basis, goal)


def _worth(table, basis, goal):
    return sum(goal[lead] * line[-1] for lead, line in zip(basis, table, strict=True))


def _climb(table, basis, goal, width):
    """Pivot until nothing improves; False when there is no end."""
    while True:
        entering = None
        for column in range(width):
            gain = goal[column] - sum(
                goal[lead] * line[column] for lead, line in zip(basis, table, strict=True)
            )
            if gain > 0:
                entering = column
                break
        if entering is None:
            return True
        ratios = [
            (line[-1] / line[entering], basis[n], n) for n, line in enumerate(table) if line[entering] > 0
        ]
        if not ratios:
            return False
        _turn(table, basis, min(ratios)[2], entering)


def _turn(table, basis, place, column):
    pivot = table[place][column]
    table[place] = [one / pivot for one in table[place]]
    for n, line in enumerate(table):
        if n != place and line[column]:
            factor = line[column]
            table[n] = [one - factor * other for one, other in zip(line, table[place], strict=True)]
    basis[place] = column
