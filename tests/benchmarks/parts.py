"""The parts by name, and groups of them; a part loads what it measures alone, for its memory is measured too."""

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from importlib import import_module
from typing import Any

from tests.benchmarks.figures import Figure

Part = Callable[[], list[Figure]]


def times(usual: Any, factor: float) -> Any:
    """Every rate of error so many times as high, none above nine in ten."""
    return replace(usual, **{one.name: min(0.9, factor * getattr(usual, one.name)) for one in fields(usual)})


def _field(factor: float = 1.0, **options: Any) -> Part:
    def measure() -> list[Figure]:
        field_errors = import_module("tests.benchmarks.field_errors")
        rates = times(import_module("db.demo.corrupt").Rates(), factor)
        found: list[Figure] = field_errors.measure(field_errors.SMALL, rates=rates, **options)
        return found

    return measure


def _careless() -> list[Figure]:
    maker = import_module("db.demo.careless").Careless
    return _field(maker=maker, note=", careless")()


def _of(name: str, *given: Any, **options: Any) -> Part:
    def measure() -> list[Figure]:
        found: list[Figure] = import_module(f"tests.benchmarks.{name}").measure(*given, **options)
        return found

    return measure


def _several() -> list[Figure]:
    field_errors = import_module("tests.benchmarks.field_errors")
    found: list[Figure] = field_errors.measure_several(field_errors.SMALL)
    return found


def _large() -> list[Figure]:
    field_errors = import_module("tests.benchmarks.field_errors")
    found: list[Figure] = field_errors.measure(field_errors.LARGE)
    return found


PARTS: dict[str, Part] = {
    "febrl2": _of("febrl", 2),
    "febrl3": _of("febrl", 3),
    "febrl4": _of("febrl", 4),
    "field-9k": _field(),
    "field-9k-lists": _several,
    "field-9k-half": _field(factor=0.5, note=", half the errors"),
    "field-9k-more": _field(factor=1.5, note=", half as many again"),
    "field-9k-careless": _careless,
    "crowd": _of("crowded"),
    "papers": _of("papers"),
    "field-100k": _large,
    "intake-10k": _of("intake", 10_000),
    "intake-10k-seed301": _of("intake", 10_000, seed=301),
    "intake-100k": _of("intake", 100_000),
    "intake-1m": _of("intake", 1_000_000),
    "retrieval-100k": _of("retrieval", 100_000),
    "retrieval-1m": _of("retrieval"),
    "import": _of("imports"),
    "calls": _of("call_lists"),
    "caseload-100k": _of("caseload", 100_000),
    "caseload-1m": _of("caseload"),
    "call-types": _of("call_types"),
}
GROUPS: dict[str, tuple[str, ...]] = {
    "febrl": ("febrl2", "febrl3", "febrl4"),
    "field": tuple(name for name in PARTS if name.startswith("field")),
    "intake": tuple(name for name in PARTS if name.startswith("intake")),
    "retrieval": ("retrieval-100k", "retrieval-1m"),
    "recognition": tuple(
        name for name in PARTS if name.startswith(("febrl", "field", "crowd", "intake", "retrieval"))
    ),
}


def chosen(names: Iterable[str]) -> list[str]:
    """The parts named, groups taken apart; raises KeyError for a name that is neither."""
    found = dict.fromkeys(part for name in names for part in GROUPS.get(name, (name,)))
    for name in found:
        PARTS[name]
    return list(found)
