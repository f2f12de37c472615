"""How names are compared: without accents and order, by sound, by short forms, never by one spelling."""

import re
import unicodedata
from functools import cache
from string import ascii_lowercase

from nicknames import name_triplets

_APART = {"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ð": "d", "œ": "oe", "ı": "i"}
_WORD = re.compile(r"[^\W_]+")
GENERATIONS = {"sr": "1", "jr": "2", "ii": "2", "2nd": "2", "iii": "3", "3rd": "3", "iv": "4"}
"""What may follow a name, and which of a line of namesakes it means: the senior is the first."""

PARTICLES = frozenset(
    (
        *("de", "del", "la", "las", "los", "el", "y", "da", "das", "dos", "di", "du"),
        *("van", "von", "der", "den", "al", "bin", "ibn", "abu"),
    )
)
"""Small words that belong to the family name behind them, and are left away as often as not."""

_NICKNAMES = """
alexander alex al sasha sandy xander
alexandra alex sasha sandra sandy lexi
alfonso alonso poncho
andrew andy drew andres
anthony tony antonio toni
barbara barb babs
benjamin ben benny
catherine kathy cathy kate katie kitty katherine kathryn catalina cate
charles charlie chuck chas carlos
christina tina chris christine kristina cristina
christopher chris topher cristobal kit
daniel dan danny
david dave davy davey
deborah deb debbie debra
dorothy dot dottie dolly
edward ed eddie ted ned eduardo
elizabeth liz beth betsy betty lizzie eliza isabel bess
eugene gene
francisco paco pancho frank francis cisco
frederick fred freddie federico
gerald gerry jerry
grace gracie graciela
guadalupe lupe lupita
gregory greg
harold hal harry
henry hank harry enrique
james jim jimmy jamie jaime
jacob jake
jennifer jen jenny
jessica jess jessie
jesus chuy
john johnny jack jon juan jonathan
joseph joe joey jose pepe
josephine jo josie josefina
judith judy
kenneth ken kenny
kimberly kim
lawrence larry lorenzo
leonard leo len lenny
margaret maggie meg peggy marge margarita rita greta
maria mary marie mariana
matthew matt mateo
michael mike mikey mick miguel misha
nathaniel nate nathan
nicholas nick nicky nicolas nico kolya
pamela pam
patricia pat patty tricia trish
patrick pat paddy
peter pete pedro
philip phil
raymond ray ramon
rebecca becky becca
richard rick dick rich ricky ricardo
robert bob rob bobby robbie bert roberto
ronald ron ronnie
samuel sam sammy samantha
stephen steve steven esteban
susan sue suzy susana
theodore ted teddy theo
theresa terry tess teresa tessa
thomas tom tommy tomas
timothy tim timmy
victoria vicky tori
vincent vince vicente
walter walt wally
william will bill billy liam willy guillermo memo
zachary zach zack
adalberto beto
adelaida lala
adriana adri
alberto beto albert al bert berto tito
alejandra ale alexandra jandra
alejandro ale jandro alex alejo xandro
alicia licha alice
amalia mali
ana anita annie anna ann
angel gelo
antonio tono toni tony anthony
arturo turo arthur
beatriz bety betty bea
bernardo nardo bernard
carlos carlitos charlie carlo
carmen carmela menchu
catalina cata cathy
cecilia ceci chila
concepcion concha conchita
consuelo chelo chela
cristina cris tina christina
cristobal cris toba christopher
daniela dani
dolores lola loli lolita dolly
eduardo lalo edu eddie ed edward
elena nena helen
emiliano emilio milo
enrique kike quique rique henry
ernesto neto tito ernie ernest
esperanza pelancha lancha
estela estelita stella
esteban teban steve steven
federico fede lico fred
felipe lipe pipe phil philip
fernando nando fer ferdinand
francisca paca pancha panchita fran
francisco paco pancho kiko quico cisco frank fran
gabriel gabi gabe
gabriela gabi gaby
gerardo lalo gera jerry gerald
gregorio goyo gregory greg
guadalupe lupe lupita lupilla
guillermo memo guille willy william bill
gustavo tavo gus
hector tito
hortensia tencha
humberto beto berto
ignacio nacho ignatius
isabel chabela chabelita isa bella chavela elizabeth
jaime jimmy jim james
javier javi xavier
jesus chuy chucho chuyito
joaquin quino
jorge coque george coco
jose pepe chepe joseph joe pepito cheo
josefa pepa chepa
josefina pepa fina chepina josie josephine
juan juanito juancho john johnny
juana juanita jane
julian juli
leonardo leo nardo leonard
leticia lety leti
lorenzo lencho larry lawrence
luis lucho luisito louis lou
manuel manolo manny meme lito manuelito
margarita margo mago rita margaret
maria mari mary marie mariquita
mario mayito
mercedes meche mercy merche
miguel mike miguelito migue michael
monica moni
octavio tavo
pablo pablito paul
patricia paty pati pat
pedro perico pete peter pedrito
rafael rafa fallo ralph raphael
ramon moncho mon ray raymond
raul rulo
refugio cuca cuco
ricardo richard rick ricky cardo rich
roberto beto robert rob bob tito
rodolfo fito rudy rodo rudolph
rodrigo rodri
rogelio roger gelo
rosario chayo chaya charo
salvador chava salva sal
santiago chago santi diego
sergio checo checho serge
socorro coco coquis
soledad sole chole
susana susi susan sue
teodoro teo ted
teresa tere teresita theresa terry
tomas tomasito tom tommy thomas
vicente chente vince vincent
victor vic vico
virginia vicky gina ginny
yolanda yoli yola
aleksandr oleksandr alexander sasha alex iskandar
aleksey alexei oleksiy alexey alyosha
andrey andrei andriy andrew
anastasia nastya anastasiya
dmitry dmitri dmytro dima mitya
ekaterina yekaterina katerina kateryna katya catherine
elena olena yelena lena helen
evgeny yevgeny yevhen eugene zhenya
georgy georgiy yuri george
irina iryna ira irene
ivan john vanya
mikhail mykhailo misha michael
natalya natalia nataliya natasha
nikolay mykola nikolai kolya nicholas
olga olha olya
pavel pavlo pasha paul
pyotr petro petr peter petya
sergey sergei serhiy sergii
svetlana svitlana sveta
tatyana tatiana tetiana tanya
vladimir volodymyr vova volodya wladimir
vyacheslav viacheslav slava
yuliya julia iuliia yulia yuliia
abdulrahman abdirahman abdurrahman abdelrahman abdul abdi
abdullah abdallah abdulla abdillahi
ahmed ahmad ahmet achmed
ali aly
amina aminah
aisha aysha ayesha aicha asha
fatima fatma fatimah fadumo fatoumata faduma
hassan hasan xasan
hussein hussain husayn hossein huseyin xuseen
ibrahim ebrahim abraham
ismail ismael ishmael
khadija hadija khadijah khadra
maryam mariam maryan miriam
mohammed muhammad mohamed mohamad mohammad muhammed mehmet mo maxamed
mustafa mostafa moustafa
omar umar omer cumar
osman uthman othman usman cismaan
said saeed saeid sayid siciid
yusuf yousef youssef yousuf yusef joseph
"""


def fold(text: str) -> str:
    """Lower case without accents, for comparing and for keys; "Phượng" and "phuong" meet."""
    if text.isascii():
        return text.lower()
    spread = "".join(_APART.get(letter, letter) for letter in text.casefold())
    plain = unicodedata.normalize("NFKD", spread)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def tokens(text: str) -> tuple[str, ...]:
    """The words of a name, folded; a hyphen or an apostrophe parts words as people type them."""
    joined = fold(text).replace("'", "").replace("’", "")
    return tuple(_WORD.findall(joined))


_NEVER_SHORT = frozenset(
    (one, other) for one in ("bill", "billy", "will", "willie") for other in ("robert", "fred")
) | {("robert", "bill"), ("robert", "billy")}
"""What the library calls a short form and nobody is called by: two of the commonest names would be one."""


@cache
def short_forms() -> dict[str, frozenset[str]]:
    """Name -> the groups of short forms it belongs to, each group called by its full form.

    English forms are those of the library `nicknames`; ours add Spanish, Slavic and Arabic ones, and
    spellings across alphabets.
    """
    found: dict[str, set[str]] = {}
    for line in _NICKNAMES.split("\n"):
        words = line.split()
        for word in words:
            found.setdefault(word, set()).add(words[0])
    for triplet in name_triplets():
        if (triplet.name1, triplet.name2) in _NEVER_SHORT:
            continue
        found.setdefault(triplet.name1, {triplet.name1})
        found.setdefault(triplet.name2, {triplet.name2}).add(triplet.name1)
    return {word: frozenset(groups) for word, groups in found.items()}


@cache
def groups_of(token: str) -> frozenset[str]:
    """The short-form groups of a given name, always itself one of them."""
    return short_forms().get(token, frozenset()) | {token}


@cache
def forms_of(token: str) -> frozenset[str]:
    """Every name of the short-form groups of a given name, itself among them."""
    return frozenset[str]().union(*(_members().get(group, frozenset()) for group in groups_of(token))) | {
        token
    }


@cache
def _members() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, groups in short_forms().items():
        for group in groups:
            found.setdefault(group, {group}).add(name)
    return {group: frozenset(names) for group, names in found.items()}


def a_slip_apart(word: str) -> frozenset[str]:
    """Every word that one letter more, less, changed or two swapped make of this; none of a short one."""
    if not 4 <= len(word) <= 20:
        return frozenset()
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {head + tail[1:] for head, tail in cuts if tail}
    found.update(head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1)
    for letter in ascii_lowercase:
        found.update(head + letter + tail for head, tail in cuts)
        found.update(head + letter + tail[1:] for head, tail in cuts if tail)
    return frozenset(found - {word})


_RULES = (
    (re.compile(r"^(kn|gn|pn|wr|ps)"), lambda match: match[0][1]),
    (re.compile(r"sch"), lambda _match: "s"),
    (re.compile(r"tch|ch|sh|cz|tz"), lambda _match: "x"),
    (re.compile(r"ph"), lambda _match: "f"),
    (re.compile(r"th"), lambda _match: "t"),
    (re.compile(r"ght"), lambda _match: "t"),
    (re.compile(r"ck|q|c(?![eiy])"), lambda _match: "k"),
    (re.compile(r"c"), lambda _match: "s"),
    (re.compile(r"dg(?=[eiy])|g(?=[eiy])|j"), lambda _match: "j"),
    (re.compile(r"z"), lambda _match: "s"),
    (re.compile(r"v"), lambda _match: "f"),
    (re.compile(r"y"), lambda _match: "i"),
    (re.compile(r"(?<=[aeiou])h|h(?=[^aeiou]|$)"), lambda _match: ""),
)


@cache
def sound(token: str) -> str:
    """How a word sounds, shortly: consonants in their groups, the first letter kept, no vowels."""
    text = token
    for pattern, put in _RULES:
        text = pattern.sub(put, text)
    head = "a" if text[:1] in "aeiou" else text[:1]
    tail = re.sub(r"[aeiouh]", "", text[1:])
    squeezed = re.sub(r"(.)\1+", r"\1", head + tail)
    return squeezed[:6]


def phone_digits(text: str) -> str:
    """The last ten digits of a phone in any format, an extension aside; empty when there are under seven."""
    head = re.split(r"(?i)\s*(?:x|ext|#)", text)[0]
    digits = "".join(filter(str.isdigit, head))
    return digits[-10:] if len(digits) >= 7 else ""
