"""Every verb of every service asks for a right; whoever lacks it is refused before anything is read."""

import pytest

from caseapp.domain.access import RIGHTS, NotAllowed, Right, Role, Sealed
from tests import builders
from tests.builders import a_person
from tests.services.verbs import CHANGING, VERBS


@pytest.mark.parametrize(("service", "name", "method"), VERBS, ids=[f"{s}.{n}" for s, n, _m in VERBS])
def test_declares_its_right(service, name, method):
    assert isinstance(getattr(method, "right", None), Right)


def test_refuses_each_actor_without_the_right(signed_in):
    """Called without arguments: a refusal must come before the arguments are even looked at."""
    for role in Role:
        services = builders.services_as(signed_in, role)
        for service, name, method in VERBS:
            if method.right not in RIGHTS[role]:
                with pytest.raises(NotAllowed):
                    getattr(getattr(services, service), name)()


def test_an_auditor_changes_nothing():
    assert not RIGHTS[Role.AUDITOR] & CHANGING


def test_a_peer_specialist_sees_no_clinical_words(admin, signed_in):
    from caseapp.domain.contacts import NoteForm, NoteText

    person_id = admin.people.add(details=a_person())
    note = NoteText(NoteForm.SOAP, {"Assessment": "secret clinical words"})
    builders.services_as(signed_in, Role.CLINICIAN).contacts.log(
        details=builders.a_contact(person_id, note=note)
    )
    seen = builders.services_as(signed_in, Role.CLINICIAN).people.open(person_id=person_id).timeline
    assert any("secret" in entry.text for entry in seen)
    peer = builders.services_as(signed_in, Role.PEER_SPECIALIST).people.open(person_id=person_id).timeline
    assert len(peer) == len(seen) and not any("secret" in entry.text for entry in peer)


class TestSealed:
    def test_opens_only_to_those_named_and_to_the_supervisor(self, worker, signed_in):
        person_id = worker.people.add(details=a_person(is_restricted=True))
        assert worker.people.open(person_id=person_id)
        assert builders.services_as(signed_in, Role.SUPERVISOR).people.open(person_id=person_id)
        for role in (Role.PEER_SPECIALIST, Role.SOCIAL_WORKER, Role.ADMINISTRATOR):
            with pytest.raises(Sealed):
                builders.services_as(signed_in, role).people.open(person_id=person_id)

    def test_stays_out_of_search_lists_and_candidates(self, worker, signed_in):
        worker.people.add(details=a_person(is_restricted=True))
        other = builders.services_as(signed_in, Role.SOCIAL_WORKER)
        assert not other.search.find(query="okafor")
        assert not other.people.recent()
        from caseapp.domain.matching.traits import Traits

        assert not other.people.candidates(traits=Traits(names=("James Okafor",), phones=("541 555 0142",)))

    def test_cannot_be_contacted_referred_or_scheduled_around_the_seal(self, worker, signed_in):
        person_id = worker.people.add(details=a_person(is_restricted=True))
        other = builders.services_as(signed_in, Role.SOCIAL_WORKER)
        from caseapp.domain.referrals import Method

        with pytest.raises(Sealed):
            other.contacts.log(details=builders.a_contact(person_id))
        with pytest.raises(Sealed):
            other.referrals.offer(person_id=person_id, need="bed", method=Method.SELF, place="Shelter")
        with pytest.raises(Sealed):
            other.cases.open_case(person_id=person_id, opened_from="call")
