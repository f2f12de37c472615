"""Names that are written in several ways: by alphabet, in short, joined to the small words before them."""

from functools import cache, lru_cache

from caseapp.domain.names import KEPT

_SPELLINGS = """
abdi cabdi
abdulrahman abdirahman abdurrahman abdelrahman abdurahman abdirahmaan cabdiraxmaan
abdullah abdallah abdulla abdillahi abdullahi abdulahi abdilahi cabdulaahi cabdullaahi
aden adan aadan
ahmed ahmad ahmet achmed axmed
aisha aysha ayesha aicha asha caasha caisha
ali aly cali
amina aminah aamina amino
ayan ayaan
dahir daahir
dawit dawet dawud daud
egal igal cigaal
eyerusalem iyerusalem jerusalem
farah farrah faarax
fatima fatma fatimah fadumo fatoumata faduma faadumo fatuma
genet ghenet ghennet
gevorg kevork gevork
grigor krikor
guled guuleed
habiba xabiibo
haji hajji xaaji
hakob hagop akop
halima haleema halimo xaliimo
hassan hasan xasan
hawa hawo xaawo
hersi hirsi xirsi
hodan hoodan
hovhannes hovannes hovhanes ovanes ohannes
hussein hussain husayn hossein huseyin husein hussien xuseen
ibrahim ebrahim ibraheem ibraahim
ifrah ifraax
ismail ismael ishmael ismaaciil
isse issa essa ciise
jama jaamac jamac
khadija hadija khadijah khadra khadijo khadiijo qadiijo
maryam mariam maryan miriam maryama
mohammed muhammad mohamed mohamad mohammad muhammed mehmet maxamed mahamed
mohamud mahmoud mahmud mohamoud maxamuud
muse musa muuse moussa
mustafa mostafa moustafa
nimo nimco
nur noor nuur
omar umar omer cumar
osman uthman othman usman cismaan cusmaan
rahma raxma
said saeed saeid sayid siciid
sheikh sheik shiekh sheekh
tewodros teodros tedros
ubah ubax
warsame warsama
weldemichael woldemichael weldemikael woldemikael
yohannes yohanes johannes yohanis
yusuf yousef youssef yousuf yusef yussuf yuusuf
zahra sahra zara
"""
"""A name a line, its spellings across alphabets; where a father's name is the last one, of last names too."""

_LAST_SPELLINGS = """
hovhannisyan hovhannesian hovannisian hovanesian hovanessian oganesyan oganesian ohanessian
sargsyan sarkisian sarkissian sarkisyan sargisyan
hakobyan hagopian akopyan akopian
grigoryan grigorian krikorian
petrosyan petrosian bedrosian
vardanyan vardanian vartanian vartanyan
gevorgyan gevorgian kevorkian
karapetyan karapetian garabedian karabedian
mkrtchyan mkrtchian mgrdichian
ghazaryan ghazarian gazaryan kazarian
poghosyan poghosian pogosyan boghosian
harutyunyan harutunian arutyunyan arutunian haroutunian haroutounian
xiong xyooj
yang yaj
vang vaj
her hawj
vue vwj
moua muas
diallo jallow jalloh
cisse ceesay sesay
ndiaye njie
toure turay touray
stewart stuart
"""
"""The same of last names alone: Vang and Yang are first names too, of their own spelling."""

_SHORTENED_LAST = """
hernandez hdez hdz, rodriguez rdz rguez rdguez rodz, martinez mtz mtnz mtez, gonzalez glz glez gzz gzlz gonz,
fernandez fdez fdz, gutierrez gtz gtrz, dominguez dgz dguez dmgz, lopez lpz, ramirez rmz rmrz,
sanchez schz snchz, perez prz, jimenez jmz jmnz, vazquez vzqz, velazquez vlzqz, garcia gcia
"""
"""Spanish last names as they are cut short by hand, behind the whole one."""

_LONG_LAST = {short: line.split()[0] for line in _SHORTENED_LAST.split(",") for short in line.split()[1:]}
_LONG_FIRST = {"ma": "maria", "jn": "jean"}
"""Before another word alone: "Ma. Guadalupe", "Jn Claude"."""

_SAINT = frozenset(("saint", "sainte", "ste"))
_JOINED = ("dela", "delas", "delos", "del", "dos", "das", "vander", "vanden", "van", "de", "da")
"""Small words that are written in one with the name behind them: "Delacruz", "Dossantos"."""

_LEAST_REST = {True: 4, False: 3}
"""Letters that must be left behind a joined word of two letters, and of more."""

_BEGIN_A_FIRST_NAME = frozenset(("de", "la", "da"))


@lru_cache(KEPT)
def spelling_of(token: str) -> str:
    """The name that a word is another spelling of, itself where it is none that is known."""
    return _spelled().get(token, token)


@cache
def _spelled() -> dict[str, str]:
    every = (*lines(), *_LAST_SPELLINGS.strip().split("\n"))
    return {word: line.split()[0] for line in every for word in line.split()}


def lines() -> list[str]:
    """A name a line, first as it is called here."""
    return _SPELLINGS.strip().split("\n")


def last_written_out(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words of a last name as they are compared: "Hdez" is Hernandez, "Saint" and "Ste" are "St"."""
    return tuple(_with_st(_LONG_LAST.get(word, word)) for word in words)


def _with_st(word: str) -> str:
    if word in _SAINT:
        return "st"
    return f"st{word[5:]}" if word.startswith("saint") and len(word) > 8 else word


def first_written_out(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words of a first name as they are compared: "Ma. Elena" is Maria Elena, "De Andre" one word."""
    if len(words) < 2:
        return words
    if words[0] in _BEGIN_A_FIRST_NAME:
        return (words[0] + words[1], *words[2:])
    return (_LONG_FIRST.get(words[0], words[0]), *words[1:])


@lru_cache(KEPT)
def parted(word: str) -> frozenset[str]:
    """What is left of a word without a small one that may be joined before it; nothing of most words."""
    return frozenset(
        word[len(small) :]
        for small in _JOINED
        if word.startswith(small) and len(word) - len(small) >= _LEAST_REST[len(small) == 2]
    )
