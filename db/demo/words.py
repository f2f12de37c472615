"""Names, places and sentences that the sample is drawn from; nobody real, no real agency."""

ALIASES = (
    "Red",
    "Smiley",
    "Bear",
    "Doc",
    "Tiny",
    "Ghost",
    "Sunny",
    "Cowboy",
    "Mouse",
    "Blue",
    "Pops",
    "Half Pint",
)
DESCRIPTIONS = (
    "Man, about 50, red parka, sleeps behind the library",
    "Woman, about 30, green suitcase on wheels",
    "Young man, shaved head, blue sleeping bag",
    "Older woman, two gray cats in a stroller",
    "Man with a long white beard and a brass whistle",
    "Woman in a yellow raincoat, speaks softly",
)
STREETS = ("Oak", "Mill", "Birch", "Harbor")
PLACES = (
    "Station Plaza", "Library, north door", "Mill St underpass", "Lincoln Park", "Oak St, 1400 block",
    "Birch Ave, 200 block", "River Path, mile 2", "Fairgrounds lot", "Maple St, 900 block", "Cedar Ct Apartments",
    "Harbor Rd, 3100 block", "Market St & 5th", "Bus depot", "Hilltop Motel", "Garden Way shelter",
    "Pine St, 600 block", "Quarry Rd", "Elm St, 2200 block", "Fountain Square", "Westgate store",
)  # fmt: skip
TYPES = (
    (30, "WELFARE", "Welfare check"),
    (14, "TRESP", "Trespass, unwanted person"),
    (12, "SUIC", "Suicidal thoughts"),
    (12, "DISORD", "Disorderly person"),
    (10, "MH", "Mental health crisis"),
    (8, "INTOX", "Intoxicated person"),
    (6, "ASSIST", "Assist the public"),
    (5, "OD", "Overdose, responsive"),
    (3, "FAMILY", "Family dispute, no weapon"),
)
NARRATIVE = (
    "Caller reports a person sitting in the road and talking to nobody",
    "Staff ask for somebody to be moved along, no weapon seen",
    "Caller is worried about a neighbor not seen for three days",
    "Person says they do not want to live, has no plan, is alone",
    "Person shouting at cars, no weapon, no crime in progress",
    "Person asleep in a doorway in the cold, caller asks for a check",
    "Sister asks for help, her brother has not slept for days",
)
AT_SCENE = (
    "Calm after ten minutes, ate and drank, walked without help",
    "Talked for half an hour on the curb, took water and socks",
    "Did not want to talk, took the card",
    "Asked for detox, agreed to be called tomorrow",
    "Feet wet and sore, dry socks given, clinic offered",
    "Cried, named two people who help, phoned the sister together",
    "Said the voices are louder at night, wants the old medication back",
)
ALERTS = (
    ("safety", "Do not touch the backpack"),
    ("safety", "Approach from the front, startles easily"),
    ("what-helps", "Talk about the dog, sit down first"),
    ("what-helps", "One thing at a time, short sentences"),
    ("medical", "Seizures when withdrawing"),
    ("medical", "Diabetic, check whether eaten"),
    ("trigger", "Uniforms upset, send plain clothes"),
    ("communication", "Hard of hearing on the left side"),
)
USUALLY = ("mornings", "after 6 pm", "most days at noon", "when it rains")
WANTS = (
    ("housing", "A bed where the dog can stay"),
    ("health", "My tooth seen first"),
    ("substance-use", "To sleep without drinking"),
    ("mental-health", "Somebody to talk to who stays"),
    ("income", "My ID back so I can work"),
    ("family", "To call my daughter on her birthday"),
    ("legal", "The ticket from March off my back"),
)
STRENGTHS = (
    "Keeps every promise about the dog.",
    "Knows who is new on the street and looks out for them.",
    "Came on time.",
)
WHATS = (
    "First contact after the call", "Day 7 check-in", "Day 30 check-in", "Ride to intake", "Call about the bed list",
    "Bring the ID form", "Find again with peer", "Housing appointment", "Ask how the night was",
)  # fmt: skip

CHOSEN = ("Alex", "River", "Sky", "Jordan", "Robin", "Juniper", "Ash", "Remy")

NEEDS = {
    "detox": "a bed to get sober", "housing": "a room", "shelter": "a bed for the night",
    "peer-support": "somebody to talk to", "medical": "a doctor", "mental-health": "counseling",
    "treatment": "treatment", "food": "meals", "legal": "help with a citation", "benefits": "help with papers",
    "veterans": "what veterans are due", "family": "help for the family", "employment": "work",
    "transport": "rides to appointments", "pets": "somebody to keep the dog", "crisis": "a place to come to rest",
    "hygiene": "a shower", "language-help": "an interpreter",
}  # fmt: skip
"""What is asked of a service of each category."""
WHY_NOW = (
    "Asked for it at the scene and again this week.", "Third call in ten days.", "Rent is paid until the end of the month.",
    "Wants to go while the partner goes too.", "Nights are getting cold.", "Pills run out on Friday.", "Court asks for proof.",
    "Said yes today for the first time.",
)  # fmt: skip
MORE_WANTS = (
    ("housing", "A door I can lock"), ("housing", "Not to sleep near the river"), ("health", "My foot to stop hurting"),
    ("mental-health", "Sleep more than three hours"), ("substance-use", "Thirty days without"), ("company", "Play chess again"),
    ("income", "Work two mornings a week"), ("family", "See my son without anybody watching"), ("legal", "Pay the fine in parts"),
)  # fmt: skip
TARGETS = ("by the end of the month", "within 90 days", "before winter", "when ready", "")
