from caseapp.domain.matching import grouping


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
