"""Records are put together by all that lies between them, and a group is regarded as one."""

from caseapp.domain.matching import grouping
from caseapp.domain.matching.grouping import MOST_LENT, group, regard


class Members(list):
    """Counts how many records were read out of a group by place."""

    reads = 0

    def __getitem__(self, place):
        found = super().__getitem__(place)
        self.reads += len(found) if isinstance(place, slice) else 1
        return found


def weighed(size):
    members, seen = Members(range(size)), []

    def together(pairs):
        seen.append(list(pairs))
        return 1.0

    odds = {(one, one + 1): 2.0 for one in range(size - 1)}
    grouping.regard(odds, [members], lambda _pair: 0.0, together, lambda _pair: False)
    return members, seen


def test_weighs_each_record_of_a_small_group_with_all_the_rest_of_it():
    _members, seen = weighed(4)
    assert seen == [[(one, other) for other in range(4) if other != one] for one in range(4)]


def test_reads_no_more_of_a_large_group_for_each_record_than_it_weighs():
    members, seen = weighed(400)
    assert members.reads <= 400 * grouping.MOST_WEIGHED
    assert all(len(pairs) == grouping.MOST_WEIGHED for pairs in seen)
    assert all(one != other for pairs in seen for one, other in pairs)


def test_joins_groups_only_when_what_lies_between_them_agrees():
    def together(between):
        return -20.0 if any({0, 1} & set(pair) and {3, 4} & set(pair) for pair in between) else 5.0

    odds = {(0, 1): 9.0, (3, 4): 9.0, (1, 2): 2.0, (2, 3): 2.0}
    groups = group(5, odds, {}, together)
    assert all(not ({0, 1} & set(one) and {3, 4} & set(one)) for one in groups)


def nobody_is_apart(_pair):
    return False


def test_a_group_vouches_for_its_pairs_and_never_for_certain():
    odds = {(0, 1): 12.0, (1, 2): 12.0, (0, 2): -4.0}
    regarded = regard(odds, [[0, 1, 2]], odds.__getitem__, lambda _between: 20.0, nobody_is_apart)
    assert regarded == {(0, 1): 12.0, (1, 2): 12.0, (0, 2): MOST_LENT}
    torn = regard(odds, [[0, 1, 2]], odds.__getitem__, lambda _between: -9.0, nobody_is_apart)
    assert torn == odds
    apart = regard(odds, [[0, 1, 2]], odds.__getitem__, lambda _between: 20.0, {(0, 2)}.__contains__)
    assert apart == odds


def test_a_pair_across_groups_is_no_likelier_than_the_groups():
    odds = {(0, 1): 9.0, (2, 3): 9.0, (1, 2): 2.0, (1, 4): 2.0, (4, 5): 2.0, (0, 5): -8.0}
    regarded = regard(odds, [[0, 1], [2, 3]], odds.__getitem__, lambda _between: -6.0, nobody_is_apart)
    assert regarded == odds | {(1, 2): -6.0, (1, 4): -6.0}
