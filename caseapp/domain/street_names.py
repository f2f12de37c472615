"""Street names in English and Spanish: what people are called among their own, and not by their parents.

Where one stands for the first name, that name was not told. No word is here that is a first name somewhere
("Angel", "Casper", "Nana"), and none that begins one ("Young-Hee").
"""

_WORDS = """
auntie bear big bird bones boo bubba bubbles buddha bulldog bullet chaos chief chino clown
cookie cowboy crazy cricket dawg dice dimples dopey dragon dreads dreamer flaca flaco flash freckles
ghost gizmo gordita gordo grandma grandpa granny grumpy guera guero hippie hollywood homeboy hoss
iceman jellybean jinx joker kidd lefty lightning lil lilman lobo loca loco lucky mohawk
monkey monster moose mouse ninja nuggets og oso outlaw payaso peaches peanut phantom pickle
pirate pitbull poncho pooh pookie popeye pops preacher puppet rabbit rambo rascal reaper
rebel red ricochet roadkill rooster sarge scar scooby scooter scrappy shadow shaggy shark shorty
silent sinister skeeter skinny skittles sleepy slim smiley smokey smoky snake sneaky snoopy snowball
spanky sparky speedy spider spike spooky squeaky squirrel stacks stinky stretch sunshine sweetie
swifty tank tattoo termite thumper tiny tio topo toro tramp trigger triste trouble turtle tweety
uncle viper weasel wizard wolf wolfie yogi zombie
"""

STREET_NAMES = frozenset(_WORDS.split())
