from uuid import UUID

from tests.builders import a_person

MORE_THAN_A_STATEMENT_TAKES = 260_000


def test_names_and_reads_as_many_people_as_are_asked_for(admin):
    """After a search over a large file all who wait in pairs are asked for at once."""
    person_id = admin.people.add(details=a_person())
    asked = [*map(UUID, (f"{n:032x}" for n in range(MORE_THAN_A_STATEMENT_TAKES))), person_id]
    with admin.context.read("test") as work:
        assert work.people.names(asked) == {person_id: "James Okafor"}
        assert [one.id for one in work.people.many(asked).values()] == [person_id]
