"""The dictionaries that are shipped: what they know and what they propose."""

import pytest

from caseapp.system import paths, spelling
from caseapp.system.spelling import NotWanted, Speller


@pytest.fixture(scope="module")
def both():
    return Speller(("en", "es"))


def test_knows_words_of_both_languages_and_of_the_field(both):
    for word in ("shelter", "Shelter", "she's", "refugio", "hablaba", "mañana", "naloxone", "Caseload"):
        assert both.knows(word), word
    for word in ("tomorow", "becuase", "naloxne", "refujio"):
        assert not both.knows(word), word


@pytest.mark.parametrize(
    ("word", "meant"), [("tomorow", "tomorrow"), ("becuase", "because"), ("refujio", "refugio")]
)
def test_proposes_what_was_meant_among_the_first(both, word, meant):
    found = both.proposals(word)
    assert meant in found[:3] and len(found) <= spelling.PROPOSED


def test_gives_up_reading_when_nobody_waits(monkeypatch):
    monkeypatch.setattr(spelling, "_READ", {})
    with pytest.raises(NotWanted):
        Speller(("en",), lambda: False)
    assert not spelling._READ


def test_without_a_language_everything_is_right():
    assert Speller(()).knows("tomorow")


def test_every_dictionary_has_its_licence_beside_it():
    folders = [one for one in paths.resource("spelling").iterdir() if one.is_dir()]
    assert {one.name for one in folders} == {"en", "es"}
    assert all((one / "LICENSE").stat().st_size > 500 for one in folders)
