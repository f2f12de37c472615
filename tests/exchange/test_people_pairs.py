"""What a row of a list says is compared as far as it tells who somebody is."""

from caseapp.domain.matching import lists
from caseapp.domain.matching.reasons import words_of
from caseapp.domain.people_lists import ListedPerson
from caseapp.exchange.people_pairs import profile_of
from tests.domain.matching.test_lists import crowd


def row(number, given, family, mail):
    return profile_of(ListedPerson(row=number, given=given, family=family, emails=(mail,)))


def test_the_same_e_mail_address_finds_whoever_is_called_by_a_street_name():
    todd = row(1, "Todd", "Wesler", "Todd.Wesler@example.org")
    peanut = row(2, "Peanut", "Wesler", "todd.wesler@example.org")
    found = {(one.low, one.high): one for one in lists.match([*crowd(160), todd, peanut]).matches}
    assert (160, 161) in found and "same e-mail" in words_of(found[160, 161].pattern)
