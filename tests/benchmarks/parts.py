"""The parts by name, and groups of them."""

from collections.abc import Callable, Iterable
from dataclasses import fields, replace

from db.demo.corrupt import Rates
from tests.benchmarks import (
    call_lists,
    call_types,
    caseload,
    febrl,
    field_errors,
    imports,
    intake,
    papers,
    retrieval,
)
from tests.benchmarks.figures import Figure

Part = Callable[[], list[Figure]]


def times(factor: float) -> Rates:
    """Every rate of error so many times as high, none above nine in ten."""
    usual = Rates()
    return replace(usual, **{one.name: min(0.9, factor * getattr(usual, one.name)) for one in fields(usual)})


PARTS: dict[str, Part] = {
    "febrl2": lambda: febrl.measure(2),
    "febrl3": lambda: febrl.measure(3),
    "febrl4": lambda: febrl.measure(4),
    "field-9k": lambda: field_errors.measure(field_errors.SMALL),
    "field-9k-seed2": lambda: field_errors.measure(field_errors.SMALL, seed=2, note=", another seed"),
    "field-9k-half": lambda: field_errors.measure(
        field_errors.SMALL, rates=times(0.5), note=", half the errors"
    ),
    "field-9k-more": lambda: field_errors.measure(
        field_errors.SMALL, rates=times(1.5), note=", half as many again"
    ),
    "papers": papers.measure,
    "field-100k": lambda: field_errors.measure(field_errors.LARGE),
    "intake-10k": lambda: intake.measure(10_000),
    "intake-100k": lambda: intake.measure(100_000),
    "intake-1m": lambda: intake.measure(1_000_000),
    "retrieval-100k": lambda: retrieval.measure(100_000),
    "retrieval-1m": retrieval.measure,
    "import": imports.measure,
    "calls": call_lists.measure,
    "caseload-100k": lambda: caseload.measure(100_000),
    "caseload-1m": caseload.measure,
    "call-types": call_types.measure,
}
GROUPS: dict[str, tuple[str, ...]] = {
    "febrl": ("febrl2", "febrl3", "febrl4"),
    "field": ("field-9k", "field-9k-seed2", "field-9k-half", "field-9k-more", "field-100k"),
    "intake": ("intake-10k", "intake-100k", "intake-1m"),
    "retrieval": ("retrieval-100k", "retrieval-1m"),
    "recognition": tuple(
        name for name in PARTS if name.startswith(("febrl", "field", "intake", "retrieval"))
    ),
}


def chosen(names: Iterable[str]) -> list[str]:
    """The parts named, groups taken apart; raises KeyError for a name that is neither."""
    found = dict.fromkeys(part for name in names for part in GROUPS.get(name, (name,)))
    for name in found:
        PARTS[name]
    return list(found)
