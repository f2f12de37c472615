"""Notes that read like notes: pieces put together, so that hardly two of them read the same."""

from random import Random

from caseapp.domain.contacts import NoteForm, NoteText, Outcome
from caseapp.domain.people import PersonDetails
from db.demo import words

OPENINGS = (
    "Met at {place}.", "{They} came to the door.", "Found {them} at {place}, as last week.", "Phoned; {they} picked up.",
    "Sat with {them} on the wall by {place}.", "{They} walked in without an appointment.", "Drove {them} from {place}.",
    "Saw {them} in the line at {place}.", "Met the two of us and the nurse at {place}.", "Short meeting at {place}.",
    "{They} rang us first.", "Waited at {place}; {they} came at {clock}.", "Brought coffee to {place}.",
    "Knocked at {clock}; {they} was up.", "Spoke through the fence at {place}, then sat down.",
)  # fmt: skip
MIDDLES = (
    "Slept {nights} nights inside this week.", "Wanted to talk about {topic} before anything else.",
    "Still unsure about {topic}.", "Showed the letter about {topic}; we read it together.", "Phone was stolen again.",
    "Ate well, asked for socks.", "Says the voices are quieter since {day}.", "Has not used since {day}.",
    "Used on {day}, told us without being asked.", "Cried about the daughter, then laughed about {topic}.",
    "Foot looks better than on {day}.", "Angry about {topic}, calm after ten minutes.", "Took the pills every day but {day}.",
    "Asked twice what we write down; showed the page.", "Missed {day} because of the bus.", "Was cleaning up the camp.",
    "Said {they} would rather have a room than a program.", "Hands shaking, had eaten nothing since {day}.",
    "Counted the days since the last call: {nights}0.", "Wants no police at the door, ever.",
    "Has a new tent place, drew the way to it.", "Brother is back in town; that helps.", "Paid the fine of {nights}5 dollars.",
    "Could name three people to call at night.", "Talked about work before {topic}; used to lay tile.",
)  # fmt: skip
DETAILS = (
    "Naloxone kit is still in the bag.", "Gave water and {nights} meal cards.", "We called the desk together.",
    "Filled in the first page of the form.", "Copied the card for the file.", "Dog was fed first.", "No injuries seen.",
    "Speech clear, a bit fast.", "Wore the coat from {day}.", "Laughed about the parking ticket.", "Said thank you twice.",
    "Went quiet when a patrol car passed.", "Neighbor waved; that mattered.", "Set an alarm for {clock} on {day}.",
    "Practiced what to say at the window.", "Looked at the room list, crossed out two.", "Kept the card with our number.",
)  # fmt: skip
CLOSINGS = (
    "Next: {step}.", "We agreed on one step: {step}.", "Will {step} on {day}.", "Promised to {step}.",
    "{They} asked me to {step}.", "Left it at that; {step} by {day}.", "If it rains: {step} on {day} instead.",
    "I will {step}; {they} will bring the papers.", "Not today. We {step} when {they} says so.", "See again {day}.",
)  # fmt: skip
ATTEMPTS = (
    "Rang at {clock}, no answer. Said only my first name.", "Looked at {place} and by {place2}, not seen since {day}.",
    "Left a message at {clock}, no service named.", "Phone is off since {day}.", "Knocked at {clock}; neighbor says out since {day}.",
    "Asked at {place}: seen on {day}, not today.", "Text at {clock}, no reply by evening.", "Card left at {place} with the clerk.",
    "Waited at {place} from {clock}, did not come.", "Number now belongs to somebody else; struck out after {clock} call.",
    "Tent at {place} is gone, a neighbor thinks {place2}.", "Shelter desk took a message at {clock} on {day}.",
)  # fmt: skip
TOPICS = (
    "the bed list", "the dentist", "getting an ID", "the detox intake", "the court date", "the new medication",
    "the food card", "the landlord line", "the daughter's birthday", "the dog's shots", "the old job", "the SSI letter",
    "the knee", "the bus pass", "the storage unit", "the housing interview",
)  # fmt: skip
STEPS = (
    "go to the intake together", "call the clinic", "get the ID form", "see the room", "call again", "bring the dog papers",
    "ride along to court", "ask the desk about the waiting list", "meet at the library", "pick up the pills", "phone the sister",
    "try the night shelter once", "fill in page two", "sit with the peer group",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOODS = ("Tired, oriented, no plan to harm anybody.", "Motivated, worried about money.", "Calm, future-oriented.",
         "Low mood, answers short, safe tonight.", "Some withdrawal signs, declined the clinic.", "Clearer than last time.")  # fmt: skip
ASIDES = (
    "Will try in the evening.", "Second try this week.", "Peer will look tomorrow.", "Night team told.", "Third attempt.",
    "Will ask the shelter desk.", "Tried the sister's number, no answer either.", "Try before noon next time.",
    "Weather bad, few people out.", "Left socks in the usual place.", "Will try by text.", "Next try by visit.",
)  # fmt: skip
_PRONOUNS = {"he/him": ("he", "him"), "she/her": ("she", "her")}


def note(random: Random, details: PersonDetails, outcome: Outcome, *, is_peer: bool) -> NoteText:
    """What the author of a contact wrote: peers in everyday words, the others plain, as DAP or as SOAP."""
    if not outcome.is_contact:
        template = f"{random.choice(ATTEMPTS)} {random.choice(ASIDES)}"
        return NoteText(NoteForm.PLAIN, {"Note": _fill(random, details, template)})
    text = _met(random, details)
    if is_peer:
        parts = {"What we did": text, "Strengths": random.choice(words.STRENGTHS)}
        return NoteText(NoteForm.PEER, parts, written_together=random.random() < 0.4)
    return _of_a_worker(random, text)


def _met(random: Random, details: PersonDetails) -> str:
    parts = [random.choice(OPENINGS), random.choice(MIDDLES)]
    if random.random() < 0.6:
        parts.append(random.choice(DETAILS))
    return _fill(random, details, " ".join((*parts, random.choice(CLOSINGS))))


def _of_a_worker(random: Random, text: str) -> NoteText:
    roll = random.random()
    if roll < 0.66:
        return NoteText(NoteForm.PLAIN, {"Note": text})
    plan = f"{random.choice(STEPS).capitalize()}, {random.choice(DAYS)}."
    mood = random.choice(MOODS)
    if roll < 0.88:
        return NoteText(NoteForm.DAP, {"Data": text, "Assessment": mood, "Plan": plan})
    said, seen = text.split(". ", 1)
    parts = {"Subjective": f"{said}.", "Objective": seen, "Assessment": mood, "Plan": plan}
    return NoteText(NoteForm.SOAP, parts)


def _fill(random: Random, details: PersonDetails, template: str) -> str:
    they, them = _PRONOUNS.get(details.pronouns, ("they", "them"))
    own = details.places[0].text if details.places else random.choice(words.PLACES)
    text = template.format(
        place=own if random.random() < 0.6 else random.choice(words.PLACES),
        place2=random.choice(words.PLACES),
        They=they.capitalize(),
        they=they,
        them=them,
        topic=random.choice(TOPICS),
        step=random.choice(STEPS),
        day=random.choice(DAYS),
        clock=f"{random.randrange(8, 18)}:{random.randrange(60):02d}",
        nights=random.randrange(2, 7),
    )
    return text.replace("they was", "they were").replace("they says", "they say")
