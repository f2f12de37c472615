"""Public tables attacked with an exact linear solver: no hidden small count may be worked out."""

from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.domain.small_cells import Counts, Sum, hide
from tests.linear import extreme

THRESHOLD = 11
counts_of_a_cell = st.one_of(st.just(0), st.integers(1, 10), st.integers(11, 400))


def a_table(cells, *, prints_margins=True):
    """A table with totals by row and column and in all, as counts with their sums."""
    made = Counts()
    rows, columns = len(cells), len(cells[0])
    for r in range(rows):
        for c in range(columns):
            made.value["cell", f"{r},{c}"] = cells[r][c]
        made.value["row", str(r)] = sum(cells[r])
        made.sums.append(Sum(("row", str(r)), tuple(("cell", f"{r},{c}") for c in range(columns))))
    for c in range(columns):
        made.value["column", str(c)] = sum(row[c] for row in cells)
        made.sums.append(Sum(("column", str(c)), tuple(("cell", f"{r},{c}") for r in range(rows))))
    made.value["all", ""] = sum(map(sum, cells))
    made.sums.append(Sum(("all", ""), tuple(("row", str(r)) for r in range(rows))))
    made.sums.append(Sum(("all", ""), tuple(("column", str(c)) for c in range(columns))))
    return made


def attack(counts, hidden, target):
    """The least and most that a reader of the rest can prove a hidden count to be; nothing is no end."""
    unknown = [cell for cell in counts.value if cell in hidden or cell in counts.unprinted]
    place = {cell: number for number, cell in enumerate(unknown)}
    rows, right = [], []
    for one in counts.sums:
        row, known = [0] * len(unknown), 0
        for cell, sign in ((one.total, 1), *((part, -1) for part in one.parts)):
            if cell in place:
                row[place[cell]] += sign
            else:
                known -= sign * counts.value[cell]
        if any(row):
            rows.append(row)
            right.append(known)
    goal = [int(cell == target) for cell in unknown]
    most = extreme(rows, right, goal)
    fewest = extreme(rows, right, [-one for one in goal])
    return -fewest, most


def small(counts):
    return [cell for cell, count in counts.value.items() if 0 < count < THRESHOLD]


@settings(max_examples=50)
@given(st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(counts_of_a_cell, min_size=width, max_size=width), min_size=2, max_size=4)))  # fmt: skip
def test_no_hidden_count_of_a_table_can_be_worked_out(cells):
    counts = a_table(cells)
    hidden = hide(counts)
    for cell in small(counts):
        assert cell in hidden
        fewest, most = attack(counts, hidden, cell)
        assert most is None or most > fewest


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 12)), min_size=1, max_size=5)
)
def test_shares_with_the_same_rows_do_not_give_each_other_away(shares):
    """Numerator, rows and rows left out of several measures over one population that is printed elsewhere."""
    counts = Counts()
    everybody = max(yes + no + left for yes, no, left in shares)
    counts.value["everybody", ""] = everybody
    for number, (yes, no, left) in enumerate(shares):
        name, rest = str(number), everybody - yes - no - left
        counts.value |= {(name, "yes"): yes, (name, "no"): no, (name, "rows"): yes + no, (name, "left"): left, (name, "rest"): rest}  # fmt: skip
        counts.unprinted.add((name, "no"))
        counts.sums.append(Sum((name, "rows"), ((name, "yes"), (name, "no"))))
        counts.sums.append(Sum(("everybody", ""), ((name, "rows"), (name, "left"), (name, "rest"))))
    hidden = hide(counts)
    for cell in small(counts):
        fewest, most = attack(counts, hidden, cell)
        assert most is None or most > fewest


def test_zero_is_shown_and_nothing_is_hidden_without_need():
    assert hide(a_table([[0, 40], [50, 60]])) == frozenset()


def test_hides_the_next_smallest_beside_a_lone_small_count():
    counts = Counts({("x", "a"): 3, ("x", "b"): 20, ("x", "c"): 90, ("x", "all"): 113})
    counts.sums.append(Sum(("x", "all"), (("x", "a"), ("x", "b"), ("x", "c"))))
    assert hide(counts) == {("x", "a"), ("x", "b")}


def test_two_small_counts_that_add_up_to_a_small_rest_are_not_enough():
    counts = Counts({("x", "a"): 1, ("x", "b"): 1, ("x", "c"): 90, ("x", "all"): 92})
    counts.sums.append(Sum(("x", "all"), (("x", "a"), ("x", "b"), ("x", "c"))))
    assert hide(counts) == {("x", "a"), ("x", "b"), ("x", "c")}


def test_the_threshold_is_a_setting():
    assert hide(a_table([[7, 40], [50, 60]]), threshold=5) == frozenset()
    assert hide(a_table([[7, 40], [50, 60]]), threshold=11)
