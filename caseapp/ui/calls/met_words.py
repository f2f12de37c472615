"""What happened to somebody met on a call, in words."""

from caseapp.domain.encounters import EncounterDetails
from caseapp.ui.calls.words import PARTS
from caseapp.ui.lists import Words


def facts(details: EncounterDetails, words: Words) -> list[tuple[str, str]]:
    answers = (f"{what}: {words.word('offer_answer', answer).lower()}" for what, answer in details.offers)
    return [
        ("Part", PARTS[details.part]),
        ("Needs", ", ".join(words.word("need", one) for one in details.needs)),
        ("Offered", "; ".join(answers)),
        ("Done", details.what_was_done),
        ("Ended", words.word("scene_outcome", details.outcome)),
        ("Taken to", _transport(details, words)),
        *_force(details, words),
        ("Follow-up", words.word("follow_up_wished", details.follow_up_wished)),
        ("Find", details.how_to_find),
    ]


def _transport(details: EncounterDetails, words: Words) -> str:
    if not details.transported_to:
        return "not taken anywhere"
    freely = {True: "freely", False: "not freely", None: ""}[details.is_voluntary]
    by = words.word("transported_by", details.transported_by)
    to = words.word("transport_destination", details.transported_to)
    return ", ".join(filter(None, (to, f"by {by.lower()}" if by else "", freely)))


def _force(details: EncounterDetails, words: Words) -> list[tuple[str, str]]:
    """Each of them alone where something happened; one line where nothing did or nobody wrote it."""
    each = (
        ("Force", "use_of_force", details.use_of_force),
        ("Restraint", "restraint", details.restraint),
        ("Injury", "injury", details.injuries),
        ("Hold", "involuntary_hold", details.involuntary_hold),
        ("Arrest", "arrest", details.arrest),
    )
    found = [(title, words.word(name, code)) for title, name, code in each if code not in ("", "none")]
    quiet = [title.lower() for title, _name, code in each if code == "none"]
    silent = [title.lower() for title, _name, code in each if not code]
    if quiet:
        found.append(("None of", ", ".join(quiet)))
    if silent:
        found.append(("Not recorded", ", ".join(silent)))
    return found
