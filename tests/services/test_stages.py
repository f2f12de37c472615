"""Work that goes through a file several times has one scale, which never goes back."""

import pytest

from caseapp.domain.imports import ImportStopped
from caseapp.services.stages import SCALE, in_stages
from caseapp.ui.imports.sources import CallsSource
from tests.services.exports import EXPORT, a_file


def test_stages_follow_each_other_on_one_scale_whatever_they_count():
    told = []
    first, second, third = in_stages(lambda *at: told.append(at) or True, 1, 2, 1)
    for done in (0, 50, 100, 140):
        first("Reading", done, 100)
    second("Comparing", 0, 7)
    second("Comparing", 7, 7)
    third("Nothing to do", 0, 0)
    assert [at[1] for at in told] == [0, 125, 250, 250, 250, 750, 1000]
    assert {at[2] for at in told} == {SCALE} and told[4][0] == "Comparing"


def test_looking_at_an_export_never_starts_again_and_stops_in_every_stage(admin):
    path, told = a_file(admin, EXPORT), []
    CallsSource().look(admin, path, lambda *at: told.append(at) or True)
    done = [at[1] for at in told]
    assert done == sorted(done) and done[-1] == SCALE and {at[2] for at in told} == {SCALE}
    for words in {at[0] for at in told}:
        with pytest.raises(ImportStopped):
            CallsSource().look(admin, path, lambda now, *_at, stop=words: now != stop)
