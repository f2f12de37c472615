"""Records as busy desks write them: words and numbers that stand where a fact was not known, and forms of address.

Made with the rest of a list's errors, to measure that they are told apart from facts.
"""

from collections.abc import Callable
from typing import Any

from typing_extensions import override

from db.demo.corrupt import Human, Listed, Maker

NOWHERE = ("homeless", "NFA", "transient", "unhoused", "No fixed address")


class Careless(Maker):
    """Makes the same people as `Maker`; a few in a hundred of their records have one slip more of each kind."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._generations: dict[int, str] = {}
        self._slips: tuple[tuple[str, float, Callable[[Human, Listed], bool]], ...] = (
            ("title", 0.06, self._title),
            ("generation", 0.5, self._generation),
            ("surname_initial", 0.03, self._surname_initial),
            ("whole_name", 0.02, self._whole_name),
            ("birth_of_1900", 0.12, self._instead("date_of_birth", "1900-01-01")),
            ("no_fixed_address", 0.2, self._instead("street", *NOWHERE)),
            ("phone_of_nines", 0.1, self._instead("phone", "(999) 999-9999")),
            ("gender_unknown", 0.06, self._gender_unknown),
        )

    @override
    def record(self, one: Human) -> Listed:
        """One record, and what else went wrong in it."""
        listed = super().record(one)
        if "unknown" in listed.faults:
            if self.random.random() < 0.5:
                listed.given_name = listed.surname = ""
            return listed
        for name, share, change in self._slips:
            if self.random.random() < share and change(one, listed):
                listed.faults.add(name)
        return listed

    @override
    def _son(self, one: Human, number: int) -> Human:
        self._generations |= {one.number: "Sr", number: "Jr"}
        return super()._son(one, number)

    def _title(self, one: Human, listed: Listed) -> bool:
        listed.given_name = f"{'Mr.' if one.sex == 'male' else 'Ms.'} {listed.given_name}"
        return True

    def _generation(self, one: Human, listed: Listed) -> bool:
        is_told = one.number in self._generations and bool(listed.surname)
        if is_told:
            listed.surname = f"{listed.surname} {self._generations[one.number]}"
        return is_told

    def _surname_initial(self, _one: Human, listed: Listed) -> bool:
        listed.surname = listed.surname[:1]
        return bool(listed.surname)

    def _whole_name(self, _one: Human, listed: Listed) -> bool:
        listed.given_name, listed.surname = f"{listed.given_name} {listed.surname}".strip(), ""
        return True

    def _instead(self, field: str, *words: str) -> Callable[[Human, Listed], bool]:
        """Words that stand where the field would be empty."""

        def change(_one: Human, listed: Listed) -> bool:
            is_missing = not getattr(listed, field)
            if is_missing:
                setattr(listed, field, self.random.choice(words))
            return is_missing

        return change

    def _gender_unknown(self, _one: Human, listed: Listed) -> bool:
        listed.sex = "Unknown"
        return True
