from datetime import date

from caseapp.domain.births import Birth, Precision, birth_words
from caseapp.domain.code_words import CodeWords
from caseapp.domain.people import ContactPoint, Name, NameKind, PointKind
from caseapp.domain.relations import Relation
from caseapp.domain.side_by_side import Mark, side_by_side
from tests.builders import a_person


def marks(left, right):
    return {line.title: line.mark for line in side_by_side(left, right, CodeWords())}


def test_takes_another_spelling_of_one_value_for_the_same():
    left = a_person("José", "Núñez", points=(ContactPoint(PointKind.PHONE, "(541) 555-0142"),))
    right = a_person("jose", "NUNEZ", points=(ContactPoint(PointKind.PHONE, "+1 541 555 0142"),))
    assert marks(left, right) == {"Names": Mark.SAME, "Born": Mark.SAME, "Phone": Mark.SAME}


def test_says_in_a_word_what_differs_overlaps_or_stands_on_one_side():
    alias = Name(NameKind.ALIAS, "Red")
    legal = Name(NameKind.LEGAL, "James", "Okafor")
    died = date(2026, 1, 9)
    left = a_person(names=(legal, alias), birth=Birth(date(1976, 3, 2)), comes_with="a dog", gender="man")
    right = a_person(
        names=(legal,), birth=Birth(date(1976, 2, 3)), points=(), gender="woman", deceased_on=died
    )
    assert marks(left, right) == {
        "Names": Mark.PARTLY,
        "Born": Mark.DIFFERS,
        "Phone": Mark.ONE_ONLY,
        "Gender": Mark.DIFFERS,
        "Died": Mark.ONE_ONLY,
        "Comes with": Mark.ONE_ONLY,
    }


def test_leaves_out_what_neither_says():
    assert (
        side_by_side(a_person(points=(), birth=None), a_person(points=(), birth=None), CodeWords())[1:] == ()
    )


def test_writes_as_much_of_a_birth_date_as_is_known():
    day = date(1976, 3, 2)
    words = [birth_words(Birth(day, one)) for one in Precision]
    assert words == ["2 Mar 1976", "Mar 1976", "1976", "about 1976"] and birth_words(None) == ""


def test_says_codes_in_the_words_of_the_lists():
    said = CodeWords("en", {"language": {"es": "Spanish"}, "relation": {"probation-officer": "Probation"}})
    left = a_person(languages=("es",), relations=(Relation("probation-officer", "Ana"),))
    lines = {one.title: one.left for one in side_by_side(left, a_person(), said)}
    assert (lines["Languages"], lines["People close"]) == ("Spanish", "Probation: Ana")
