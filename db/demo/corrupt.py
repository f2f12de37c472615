"""Makes lists of people as this field writes them, with the truth beside them, to measure recognition.

Names come as often as in the census (package `names`), short forms from `nicknames`, other languages from
`Faker`: all three are for the benchmarks alone. Everything is made up from a seed; nobody is real.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from faker import Faker
from names import FILES
from nicknames import NickNamer

TODAY = date(2026, 6, 1)
SPANISH_SHORT = {
    "José": ("Pepe", "Chepe"), "Francisco": ("Paco", "Pancho"), "Jesús": ("Chuy",), "Guadalupe": ("Lupe", "Lupita"),
    "Ignacio": ("Nacho",), "María": ("Mari",), "Manuel": ("Manny", "Manolo"), "Enrique": ("Kike", "Quique"),
    "Alberto": ("Beto",), "Roberto": ("Beto", "Robert"), "Eduardo": ("Lalo", "Eddie"), "Antonio": ("Toño", "Tony"),
    "Rosario": ("Chayo",), "Consuelo": ("Chelo",), "Dolores": ("Lola",), "Juan": ("Juanito", "John"),
    "Guillermo": ("Memo", "William"), "Miguel": ("Mike",), "Isabel": ("Chabela",), "Concepción": ("Concha",),
    "Rafael": ("Rafa",), "Alejandro": ("Alex", "Jandro"), "Fernando": ("Nando",), "Ernesto": ("Neto",),
}  # fmt: skip
TRANSLITERATED = (
    ("Yuliya", "Julia", "Iuliia", "Yulia"), ("Sergey", "Sergei", "Serhiy"), ("Dmitry", "Dmitri", "Dmytro"),
    ("Mohammed", "Muhammad", "Mohamed", "Mohamad"), ("Yusuf", "Yousef", "Youssef", "Yousuf"),
    ("Aleksandr", "Alexander", "Oleksandr"), ("Ekaterina", "Yekaterina", "Katerina"), ("Ahmed", "Ahmad", "Ahmet"),
    ("Natalya", "Natalia", "Nataliya"), ("Hussein", "Hussain", "Husayn", "Hossein"), ("Nguyen", "Nguyên"),
    ("Abdulrahman", "Abdirahman", "Abdul Rahman"), ("Fatima", "Fatma", "Fatimah"), ("Volodymyr", "Vladimir"),
)  # fmt: skip
SURNAMES_ABROAD = (
    ("Kovalenko", "Kowalenko"), ("Shevchenko", "Chevtchenko"), ("Hassan", "Hasan"), ("Petrov", "Petroff"),
    ("Al-Masri", "Almasri", "El Masri"), ("Abdi", "Abdy"), ("Ivanova", "Ivanov"), ("Osman", "Usman", "Othman"),
    ("Hussein", "Hussain"), ("Tkachenko", "Tkatchenko"), ("Warsame", "Warsameh"), ("Yilmaz", "Yylmaz"),
)  # fmt: skip
STREET_NAMES = (
    "Smokey",
    "Red",
    "Tiny",
    "Mama Jo",
    "Lucky",
    "Ghost",
    "Slim",
    "Bear",
    "Doc",
    "Spider",
    "Cricket",
    "Shorty",
)
SHELTERS = (("1", "Shelter Way"), ("450", "Mission Street"), ("88", "Harbor Avenue"))
NEAR_KEYS = {
    "a": "s",
    "e": "r",
    "i": "o",
    "o": "p",
    "n": "m",
    "s": "d",
    "t": "r",
    "l": "k",
    "r": "t",
    "u": "y",
}


@dataclass(frozen=True, slots=True)
class Rates:
    """How often each thing goes wrong in a record; shares between 0 and 1."""

    short_form: float = 0.16
    typo: float = 0.10
    initial: float = 0.03
    no_surname: float = 0.05
    surname_dropped: float = 0.35
    surnames_swapped: float = 0.08
    hyphen: float = 0.12
    transliterated: float = 0.40
    chosen: float = 0.03
    married: float = 0.04
    street_name: float = 0.04
    names_swapped: float = 0.01
    birth_missing: float = 0.35
    day_month_swapped: float = 0.03
    digit_off: float = 0.05
    first_of_january: float = 0.04
    age_only: float = 0.06
    moved: float = 0.33
    no_address: float = 0.30
    shelter: float = 0.08
    phone_changed: float = 0.30
    phone_missing: float = 0.30
    unknown: float = 0.01
    twins: float = 0.01
    siblings: float = 0.06
    father_and_son: float = 0.015


@dataclass(frozen=True, slots=True)
class Human:
    """The truth behind the records."""

    number: int
    sex: str
    given: str
    middle: str
    surnames: tuple[str, ...]
    birth: date
    home: tuple[str, str, str, str]
    phone: str
    community: str
    family: int


@dataclass(slots=True)
class Listed:
    """One record of the list: `person` and `family` are the truth, `faults` what was done to it."""

    person: int
    family: int
    given_name: str
    surname: str
    alias: str = ""
    date_of_birth: str = ""
    age: str = ""
    contact_date: str = ""
    sex: str = ""
    phone: str = ""
    street_number: str = ""
    street: str = ""
    city: str = ""
    zip: str = ""
    faults: set[str] = field(default_factory=set)


COLUMNS = tuple(name for name in Listed.__dataclass_fields__ if name not in ("person", "family", "faults"))


def make(maker: "Maker", people: int, records: int) -> list[Listed]:
    """`records` records of `people` people in random order; the first of each person is no cleaner."""
    everyone = maker.people(people)
    weights = [min(12.0, maker.random.paretovariate(1.6)) for _ in everyone]
    extra = maker.random.choices(everyone, weights, k=max(0, records - people))
    listed = [maker.record(one) for one in (*everyone, *extra)]
    maker.random.shuffle(listed)
    return listed


@cache
def _names_of(which: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Names and their running shares in the census of 1990, as the package `names` holds them."""
    lines = [line.split() for line in Path(FILES[which]).read_text(encoding="ascii").splitlines()]
    return tuple(line[0].title() for line in lines), tuple(float(line[2]) for line in lines)


class Maker:
    """Makes `people` people from a seed, and records of them with this field's errors."""

    def __init__(self, people: int, *, seed: int = 1, rates: Rates | None = None) -> None:
        self.random = random = Random(seed)
        self.rates = rates or Rates()
        self._nicknames = NickNamer()
        self._fakers = {}
        for place in ("es_MX", "en_US"):
            self._fakers[place] = Faker(place)
            self._fakers[place].seed_instance(random.randrange(1 << 30))
        self._streets = [self._fakers["en_US"].street_name() for _ in range(max(60, people // 12))]
        self._cities = [(self._fakers["en_US"].city(), f"97{n:03d}") for n in range(12)]

    def people(self, count: int) -> list[Human]:
        """The truth: so many people, some of them twins, siblings, or father and son of one name."""
        found: list[Human] = []
        while len(found) < count:
            one = self._human(len(found))
            found.append(one)
            roll = self.random.random()
            for share, make_relative in (
                (self.rates.twins, self._twin),
                (self.rates.father_and_son, self._son),
                (self.rates.siblings, self._sibling),
            ):
                if roll < share and len(found) < count:
                    found.append(make_relative(one, len(found)))
                    break
                roll -= share
        return found

    def _human(self, number: int) -> Human:
        random = self.random
        sex = random.choice(("male", "female"))
        community = random.choices(("english", "spanish", "abroad"), (66, 22, 12))[0]
        return Human(
            number,
            sex,
            self._given(community, sex),
            self._census(f"first:{sex}") if random.random() < 0.3 else "",
            self._surnames(community),
            date(1940, 1, 1) + timedelta(days=random.randrange(68 * 365)),
            self._address(),
            self._number(),
            community,
            number,
        )

    def _given(self, community: str, sex: str) -> str:
        if community == "spanish":
            faker = self._fakers["es_MX"]
            return (
                self.random.choice(tuple(SPANISH_SHORT))
                if self.random.random() < 0.35
                else str(faker.first_name())
            )
        if community == "abroad":
            return self.random.choice(TRANSLITERATED)[0]
        return self._census(f"first:{sex}")

    def _surnames(self, community: str) -> tuple[str, ...]:
        if community == "spanish":
            return self._fakers["es_MX"].last_name(), self._fakers["es_MX"].last_name()
        if community == "abroad" and self.random.random() < 0.5:
            return (self.random.choice(SURNAMES_ABROAD)[0],)
        return (self._census("last"),)

    def _address(self) -> tuple[str, str, str, str]:
        city, code = self.random.choices(self._cities, [1 / (n + 1) for n in range(len(self._cities))])[0]
        return str(self.random.randrange(1, 2400)), self.random.choice(self._streets), city, code

    def _number(self) -> str:
        return f"(541) {self.random.randrange(200, 999)}-{self.random.randrange(10_000):04d}"

    def _twin(self, one: Human, number: int) -> Human:
        return replace(one, number=number, given=self._given(one.community, one.sex), middle="")

    def _sibling(self, one: Human, number: int) -> Human:
        born = one.birth + timedelta(days=self.random.choice((-1, 1)) * self.random.randrange(330, 3000))
        sex = self.random.choice(("male", "female"))
        phone = one.phone if self.random.random() < 0.4 else self._number()
        return replace(
            one,
            number=number,
            sex=sex,
            given=self._given(one.community, sex),
            middle="",
            birth=born,
            phone=phone,
        )

    def _son(self, one: Human, number: int) -> Human:
        born = one.birth + timedelta(days=self.random.randrange(18 * 365, 38 * 365))
        born = born if born < TODAY - timedelta(days=12 * 365) else one.birth - timedelta(days=25 * 365)
        phone = one.phone if self.random.random() < 0.4 else self._number()
        return replace(one, number=number, birth=born, phone=phone)

    def record(self, one: Human) -> Listed:
        """One record of somebody, with whatever went wrong in it."""
        if self._hit("unknown"):
            return self._unknown(one)
        given = f"{one.given} {one.middle}".strip() if self.random.random() < 0.4 else one.given
        listed = Listed(one.number, one.family, given, " ".join(one.surnames), sex=one.sex[0].upper())
        for step in (self._names, self._birth, self._where, self._phone):
            step(one, listed)
        return listed

    def _census(self, which: str) -> str:
        names, shares = _names_of(which)
        return self.random.choices(names, cum_weights=shares)[0]

    def _hit(self, name: str, listed: Listed | None = None) -> bool:
        found = bool(self.random.random() < getattr(self.rates, name))
        if found and listed is not None:
            listed.faults.add(name)
        return found

    def _unknown(self, one: Human) -> Listed:
        age = round((TODAY.year - one.birth.year) / 10) * 10
        number, street, city, code = self.random.choice((one.home, self._address()))
        listed = Listed(one.number, one.family, "Unknown", one.sex, age=str(age), sex=one.sex[0].upper())
        listed.contact_date = TODAY.isoformat()
        listed.street_number, listed.street, listed.city, listed.zip = number, street, city, code
        listed.faults.add("unknown")
        return listed

    def _names(self, one: Human, listed: Listed) -> None:
        chosen: tuple[tuple[str, Callable[[Human, Listed], None]], ...] = (
            ("short_form", self._short_form),
            ("chosen", self._chosen),
            ("street_name", self._street_name),
            ("initial", lambda _one, to: setattr(to, "given_name", to.given_name[:1])),
        )
        for name, change in chosen:
            if self._hit(name, listed):
                change(one, listed)
                break
        self._surname(one, listed)
        if self._hit("typo", listed):
            which = self.random.choice(("given_name", "surname"))
            setattr(listed, which, self._typo(getattr(listed, which)))
        if self._hit("names_swapped", listed):
            listed.given_name, listed.surname = listed.surname, listed.given_name

    def _short_form(self, one: Human, listed: Listed) -> None:
        short = SPANISH_SHORT.get(one.given) or tuple(sorted(self._nicknames.nicknames_of(one.given)))
        if short:
            listed.given_name = self.random.choice(short).title()

    def _chosen(self, one: Human, listed: Listed) -> None:
        other = self._given(one.community, self.random.choice(("male", "female")))
        if self.random.random() < 0.5:
            listed.alias = listed.given_name
        listed.given_name = other

    def _street_name(self, _one: Human, listed: Listed) -> None:
        name = self.random.choice(STREET_NAMES)
        if self.random.random() < 0.6:
            listed.alias = name
        else:
            listed.given_name = name

    def _surname(self, one: Human, listed: Listed) -> None:
        parts = list(one.surnames)
        if one.community == "abroad" and self._hit("transliterated", listed):
            listed.given_name = self._other_spelling(TRANSLITERATED, listed.given_name)
            parts = [self._other_spelling(SURNAMES_ABROAD, part) for part in parts]
        if len(parts) > 1 and self._hit("surname_dropped", listed):
            parts = [self.random.choices(parts, (3, 1))[0]]
        elif len(parts) > 1 and self._hit("surnames_swapped", listed):
            parts.reverse()
        if one.sex == "female" and self._hit("married", listed):
            parts = [self._surnames("english")[0]]
        joint = "-" if len(parts) > 1 and self._hit("hyphen", listed) else " "
        listed.surname = "" if self._hit("no_surname", listed) else joint.join(parts)

    def _other_spelling(self, table: tuple[tuple[str, ...], ...], name: str) -> str:
        family = next((line for line in table if name in line), None)
        return self.random.choice(family) if family else name

    def _typo(self, text: str) -> str:
        if len(text) < 3:
            return text
        place = self.random.randrange(1, len(text) - 1)
        kind = self.random.randrange(4)
        if kind == 0:
            return text[:place] + text[place + 1 :]
        if kind == 1:
            return text[:place] + text[place] + text[place:]
        if kind == 2:
            return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        return text[:place] + NEAR_KEYS.get(text[place].lower(), "e") + text[place + 1 :]

    def _birth(self, one: Human, listed: Listed) -> None:
        born = one.birth
        if self._hit("birth_missing", listed):
            return
        if self._hit("age_only", listed):
            seen = TODAY - timedelta(days=self.random.randrange(900))
            age = (seen - born).days // 365 + self.random.choice((-3, -2, -1, 0, 0, 0, 1, 2, 3))
            listed.age, listed.contact_date = str(age), seen.isoformat()
            return
        if self._hit("first_of_january", listed):
            born = date(born.year + self.random.choice((-1, 0, 0, 1)), 1, 1)
        elif born.day <= 12 and self._hit("day_month_swapped", listed):
            born = born.replace(month=born.day, day=born.month)
        text = born.isoformat()
        listed.date_of_birth = self._digit_off(text) if self._hit("digit_off", listed) else text

    def _digit_off(self, text: str) -> str:
        while True:
            place = self.random.choice((2, 3, 5, 6, 8, 9))
            changed = text[:place] + str(self.random.randrange(10)) + text[place + 1 :]
            try:
                if changed != text and date.fromisoformat(changed) < TODAY:
                    return changed
            except ValueError:
                continue

    def _where(self, one: Human, listed: Listed) -> None:
        if self._hit("no_address", listed):
            return
        home = one.home
        if self._hit("shelter", listed):
            home = (*self.random.choice(SHELTERS), *self._cities[0])
        elif self._hit("moved", listed):
            home = self._address()
        listed.street_number, listed.street, listed.city, listed.zip = home

    def _phone(self, one: Human, listed: Listed) -> None:
        if self._hit("phone_missing", listed):
            return
        listed.phone = self._number() if self._hit("phone_changed", listed) else one.phone
