"""The dictionaries that are shipped: what they know and what they propose."""

import pytest

from caseapp.domain.spelling import LANGUAGES
from caseapp.system import spelling
from caseapp.system.spelling import NotWanted, Speller


@pytest.fixture(scope="module")
def english():
    return Speller(("en",))


def test_knows_words_of_the_language_and_of_the_field(english):
    for word in ("shelter", "Shelter", "she's", "naloxone", "Caseload"):
        assert english.knows(word), word
    for word in ("tomorow", "becuase", "naloxne", "refugio"):
        assert not english.knows(word), word


@pytest.mark.parametrize(("word", "meant"), [("tomorow", "tomorrow"), ("becuase", "because")])
def test_proposes_what_was_meant_among_the_first(english, word, meant):
    found = english.proposals(word)
    assert meant in found[:3] and len(found) <= spelling.PROPOSED


def test_gives_up_reading_when_nobody_waits(monkeypatch):
    monkeypatch.setattr(spelling, "_READ", {})
    with pytest.raises(NotWanted):
        Speller(("en",), lambda: False)
    assert not spelling._READ


def test_without_a_language_everything_is_right():
    assert Speller(()).knows("tomorow")


def test_every_language_on_offer_has_its_dictionary():
    assert all(Speller((code,)).knows("shelter") for code in LANGUAGES)
