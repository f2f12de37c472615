import importlib
import pkgutil
import string
from datetime import date

import pytest

import caseapp
from caseapp.commands import Usage
from caseapp.domain.errors import CaseAppError
from caseapp.domain.people import BornInFuture
from caseapp.system.messages import sentence_for, sentences


def all_errors():
    for module in pkgutil.walk_packages(caseapp.__path__, "caseapp."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    waiting, found = [CaseAppError], []
    while waiting:
        children = waiting.pop().__subclasses__()
        found += children
        waiting += children
    return found


@pytest.mark.parametrize("error", all_errors(), ids=lambda error: error.code)
def test_every_error_has_a_sentence_of_its_own(error):
    assert error.code in sentences()
    assert len(sentences()[error.code]) > 15 or error is Usage, (
        "a slip of the command line brings its own words"
    )


def test_every_sentence_belongs_to_an_error_and_can_be_filled():
    codes = {error.code for error in all_errors()} | {"unknown"}
    assert set(sentences()) <= codes
    for sentence in sentences().values():
        list(string.Formatter().parse(sentence))


def test_words_of_a_user_are_put_in_and_not_read_as_a_template():
    class Bad(CaseAppError):
        code = "dates.not-understood"

    assert "{today.__class__}" in sentence_for(Bad(text="{today.__class__}"))
    assert sentence_for(Bad())


def test_a_day_in_a_sentence_reads_as_on_every_screen():
    """A birth date was “2090-01-01” in the sentence beside a field that says “1 Jan 2090”."""
    said = sentence_for(BornInFuture(on=date(2090, 1, 1)))
    assert said == "The birth date 1 Jan 2090 is after today. Check the year."
