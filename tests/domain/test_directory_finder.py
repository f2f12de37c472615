"""The finder beside the plainest way to find the same."""

from datetime import date
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.directory import Service
from caseapp.domain.directory_finder import Finder, Wanted, outlined

TODAY = date(2026, 11, 30)
WORD = st.sampled_from(["bed", "beds", "food", "é", "a", "harbor", "ab"])
TEXT = st.lists(WORD, max_size=3).map(" ".join)


def outline(name, organization, description, city="", languages=()):
    service = Service(uuid4(), 1, UUID(int=0), organization, name, description=description, city=city)
    return outlined(
        service.id,
        "active",
        (name, organization, f"{description}\n{city}"),
        city=city,
        categories=(),
        languages=languages,
        rules=(),
        asks=(),
        confirmed_on=None,
        capacity_available=None,
        capacity_on=None,
        make=lambda: service,
    )


@given(
    st.lists(st.builds(outline, TEXT, TEXT, TEXT, st.sampled_from(["", "Salem"])), max_size=8),
    st.lists(WORD, min_size=1, max_size=3),
    st.sampled_from(["", "Salem"]),
    st.integers(1, 5),
)
def test_finds_what_a_look_at_each_service_finds(outlines, words, city, at_most):
    words = [word.replace("é", "e") for word in words]
    expected = []
    for one in sorted(outlines, key=lambda each: each.name):
        if all(word in one.words for word in words) and city in ("", one.city):
            rank = sum(0 if word in one.name else 1 if word in one.organization else 3 for word in words)
            expected.append((rank, one.id))
    expected.sort(key=lambda pair: pair[0])
    found = Finder(outlines).find(Wanted(words=" ".join(words), city=city), today=TODAY, at_most=at_most)
    assert [match.id for match in found] == [service_id for _rank, service_id in expected[:at_most]]


def test_makes_a_service_only_of_what_it_gives_back():
    outlines = [outline(f"beds {number}", "", "") for number in range(9)]
    Finder(outlines).find(Wanted(words="beds"), today=TODAY, at_most=2)
    assert sum(one.made is not None for one in outlines) == 2


def test_lays_a_change_over_what_it_held():
    first, other = outline("beds", "", ""), outline("meals", "", "")
    finder = Finder([first, other])
    assert len(finder.find(Wanted(words="beds"), today=TODAY)) == 1
    first.status = "defunct"
    finder.lay_over([first])
    assert [match.id for match in finder.find(Wanted(), today=TODAY)] == [other.id]
