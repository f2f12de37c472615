"""One address in many spellings has one key, others have others, and no text breaks the reading."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.domain.places import could_be_there, is_same, place_key, read_place

SAME = (
    ("1200 Oak St", "1200 OAK STREET", "1200 Oak Str.", "  1200   oak   st ", "01200 Oak St", "1200 Oak St."),
    ("1200 Oak St", "1200 Oak St Apt 4", "1200 Oak St #4", "1200 Oak St, Unit B-12", "1200 Oak St Ste 300"),
    ("1200 Oak St", "Apt 4, 1200 Oak St", "Bldg 3 1200 Oak St", "Lot 14, 1200 Oak St", "1200 Oak St Lot 14"),
    ("1200 Oak St", "1200 Oak St 3rd floor", "1200 Oak St Rear", "1200 Oak St Basement", "1200A Oak St"),
    (
        "1200 Oak St",
        "1200 Oak St, Denver",
        "1200 Oak St, Denver, CO 80202",
        "1200 OAK ST DENVER CO 80202-1234",
    ),
    ("1200 Oak St", "Walmart, 1200 Oak St", "Walmart 1200 Oak St", "near 1200 Oak St", "behind 1200 Oak St"),
    ("1200 Oak St", "1200 OAK ST: @WALMART", "1200 Oak St (Walmart)", "1200 Oak St between 5th and 6th"),
    ("1200 Oak St", "1200-1204 Oak St", "1200-A Oak St", "1200 Oak St; caller in lobby"),
    ("123 N Main St", "123 1/2 N Main St Apt 4", "123 North Main Street", "123 N. Main St."),
    ("1600 Pennsylvania Ave NW", "1600 Pennsylvania Avenue Northwest", "1600 PENNSYLVANIA AV NW"),
    ("1130 Park Ave W", "Rescue Mission, 1130 Park Avenue West", "1130 Park Av W, Denver CO"),
    (
        "700 block of S Dupre St",
        "007XX S Dupre St",
        "700 BLK SOUTH DUPRE STREET",
        "700 BLOCK S DUPRE ST, Denver",
    ),
    ("Unit block of Oak St", "0 block Oak Street", "UNIT BLK OAK ST"),
    (
        "5th Ave & Oak St",
        "OAK STREET / FIFTH AVENUE",
        "Oak St @ 5th Ave",
        "Oak St and 5th Ave",
        "5 Ave at Oak St",
    ),
    ("5th Ave & Oak St", "Corner of 5th Ave and Oak St", "5th Ave & Oak St, Denver CO 80111"),
    ("1300 3rd Ave N", "1300 Third Avenue North", "1300 3 AVE N"),
    ("1200 11th Ave", "1200 Eleventh Ave", "1200 11 Avenue"),
    ("1200 MLK Blvd", "1200 Martin Luther King Jr Blvd", "1200 Dr. Martin Luther King Jr. Boulevard"),
    ("5400 Lickton Pike", "5400 LICKTON PKE"),
    ("I-5", "I 5", "Interstate 5", "INTERSTATE HWY 5"),
    ("US Hwy 99", "US-99", "U.S. Route 99", "US Highway 99", "US 99"),
    ("State Route 126", "SR 126", "OR-126", "State Hwy 126", "ST RD 126"),
    ("77 County Road 12", "77 CR 12", "77 Co Rd 12", "77 CNTY RD 12"),
    ("PO Box 123", "P.O. Box 123", "POB 123", "Post Office Box 123"),
    ("RR 2 Box 14", "Rural Route 2 Box 14"),
    ("1 Saint Mary's Pl", "1 St Marys Place", "1 ST. MARY’S PL"),
    ("8500 Peña Blvd", "8500 PENA BOULEVARD"),
    ("37-12 74th St", "37-12 74 Street"),
    ("1200 Avenue A", "1200 AVE A"),
    ("Station Plaza", "STATION PLZ", "Stn. Plaza"),
    ("Motel 6", "MOTEL 6 RM 204", "Motel 6, room 12", "Motel 6 #110", "Motel 6 Apt B", "Motel 6 2nd floor"),
    ("1200 Oak St", "Walmart, 1200 Oak St Lot 14, by the door", "1200 Oak St Lot", "1200 Oak St front"),
    ("Rescue Mission", "Rescue Mission lobby", "Rescue Mission, rear", "Rescue Mission FRONT"),
    ("Rescue Mission", "Rescue Mission basement", "Rescue Mission upper", "Rescue Mission bldg 2, 2nd floor"),
    ("Motel 6", "Motel 6 Bldg B", "Motel 6, Bldg 2 Rm 204", "Motel 6 lobby", "Motel 6 Rm 12 rear"),
    ("Main St & Elm St", "Main St & Elm St rear", "Elm St / Main St, front"),
    ("5th & Oak", "5th & Oak rear"),
    ("16th St Mall", "16th St Mall lobby", "16th St Mall Ste 300"),
)
DIFFERENT = (
    ("1200 Oak St", "1201 Oak St"),
    ("1200 Oak St", "1200 Oak Ave"),
    ("1200 Oak St", "1200 N Oak St"),
    ("1200 N Oak St", "1200 S Oak St"),
    ("1200 Oak St", "1200 block of Oak St"),
    ("1200 N St", "1200 North St"),
    ("100 Park Ave", "100 Park Ave S"),
    ("37-12 74th St", "37-40 74th St"),
    ("I-5", "I-55"),
    ("US Hwy 99", "State Hwy 99"),
    ("77 County Road 12", "77 County Road 21"),
    ("PO Box 123", "PO Box 124"),
    ("PO Box 123", "RR 2 Box 123"),
    ("under the bridge at 5th & Oak", "5th & Oak"),
    ("Behind the library, Oak St", "Oak St"),
    ("Walmart parking lot", "Parking lot of the library"),
    ("1200 St Paul Ave", "1200 Paul Ave"),
    ("350 E 200 S", "350 W 200 S"),
    ("I-5: MP 194", "I-5: MP 195"),
    ("5th & Oak", "5th & Elm"),
    ("1200 1st St", "1200 11th St"),
    ("1200 Oak Park", "1200 Oak St"),
    ("Parking lot 5, Memorial Stadium", "Parking lot 7, Walmart"),
    ("Parking lot 5", "Parking lot 7"),
    ("Garage floor 2, Memorial Stadium", "Garage floor 2, Walmart"),
    ("Emergency Room", "Emergency"),
    ("16th St Mall Lot 5", "16th St Mall Lot 7"),
    ("16th St Mall Lot 5", "16th St Mall"),
    ("Rescue Mission rear lot", "Rescue Mission"),
    ("Hotel lobby bar", "Hotel"),
    ("Lobby", "Rear"),
)


@pytest.mark.parametrize(("one", "other"), [(first, each) for first, *rest in SAME for each in rest])
def test_spellings_of_one_place_have_one_key(one, other):
    assert read_place(one).key == read_place(other).key


@pytest.mark.parametrize("same", SAME)
def test_no_spelling_of_a_place_is_passed_over_before_it_is_read(same):
    assert [
        (one, other) for one in same for other in same if not could_be_there([read_place(one)])(other)
    ] == []


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_places_apart_have_keys_apart(one, other):
    assert not is_same(read_place(one), read_place(other))


@pytest.mark.parametrize("text", ["", " ", "!!!", "1200", "—", "#4", ","])
def test_no_place_is_read_where_none_stands(text):
    assert read_place(text) is None


def test_a_city_in_the_text_counts_where_none_is_beside_it():
    assert place_key("1200 Oak St, Denver, CO", "") == place_key("1200 Oak Street", "denver")
    assert place_key("1200 Oak St, Denver", "Aurora") == place_key("1200 Oak St", "AURORA")
    assert place_key("1200 Oak St", "Denver") != place_key("1200 Oak St", "Aurora")
    assert place_key("", "Denver") == ""


NUMBERS = st.integers(1, 99999).map(str)
NAMES = st.sampled_from(
    (
        "Oak",
        "Main",
        "5th",
        "St Paul",
        "Martin Luther King",
        "N Peak",
        "Park",
        "Hwy 99",
        "Avenue A",
        "Lake View",
    )
)
ENDS = st.sampled_from(("", "St", "Street", "Ave N", "Blvd", "Pkwy", "Rd", "Way"))
BESIDE = st.sampled_from(
    ("", " Apt 4", " #12", ", Denver", ", Denver, CO 80202", " & Elm St", "/Elm Ave", " (Walmart)", " Rear")
)
BEFORE = st.sampled_from(("", "Walmart, ", "Corner of ", "block of ", "BLK ", "Apt 4, ", "XX "))
ADDRESSES = st.builds("{}{} {} {}{}".format, BEFORE, NUMBERS, NAMES, ENDS, BESIDE)


@settings(max_examples=400, deadline=None)
@given(st.one_of(ADDRESSES, st.text(max_size=40), st.text("05XN&/@#,;:(- 1ATBOSKPR", max_size=40)))
def test_the_key_of_a_place_is_one_of_its_spellings(text):
    found = read_place(text)
    if found is not None:
        assert could_be_there([found])(text)
        again = read_place(found.key)
        assert again is not None and again.key == found.key


@settings(max_examples=200, deadline=None)
@given(ADDRESSES, st.randoms(use_true_random=False))
def test_case_spaces_and_points_make_no_difference(text, chance: random.Random):
    other = "".join(chance.choice((one.upper(), one.lower())) for one in text)
    other = "".join(one if one != " " else chance.choice((" ", "  ", "\t ", ". ")) for one in other)
    assert read_place(other) == read_place(text)


def test_numbers_without_end_are_read():
    assert read_place("9" * 5000 + " Oak St") is not None
    assert read_place("0" * 5000 + "XX Oak St") is not None


WRITTEN = """
APT UNIT BLOCK BLK OF XX 12 1200 N NORTH ST STREET AVE HWY US I 5 SR CO RD BOX PO RR CORNER AND AT & / , # : ( DR
MLK JR 1/2 37-12 OAK DENVER FL 5TH FIFTH BETWEEN REAR PARK SAINT
"""


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WRITTEN.split()), max_size=8).map(" ".join))
def test_words_of_addresses_in_any_order_have_a_key_that_is_one_of_their_spellings(text):
    found = read_place(text)
    assert found is None or (read_place(found.key).key == found.key and could_be_there([found])(text))
