import pytest
from guide.dates import FuzzyDate
from pydantic_core import PydanticCustomError

GOOD = [
    ("1998", "1998", "1998"),
    ("1998-04", "April 1998", "1998-04"),
    ("1998-04-18", "18 April 1998", "1998-04-18"),
    ("1998-04-18/19", "18–19 April 1998", "1998-04-18/1998-04-19"),
    ("1998-04-18/05-02", "18 April–2 May 1998", "1998-04-18/1998-05-02"),
    ("1998-04/1998-06", "April–June 1998", "1998-04/1998-06"),
    ("1998-04/06", "April–June 1998", "1998-04/1998-06"),
    ("1997-12-30/1998-01-02", "30 December 1997–2 January 1998", "1997-12-30/1998-01-02"),
    ("1955/1956", "1955–1956", "1955/1956"),
    ("about 1991", "about 1991", "about 1991"),
    ("2000-02-29", "29 February 2000", "2000-02-29"),
]
BAD = ["", "98", "1998-13", "1998-00", "1998-02-30", "1900-02-29", "1998-04-18/17", "circa 1998", "1998/04/18", 1998]


@pytest.mark.parametrize(("text", "words", "written"), GOOD)
def test_a_date_is_read_shown_and_written(text: str, words: str, written: str) -> None:
    date = FuzzyDate.parse(text)
    assert (date.display(), str(date)) == (words, written)
    assert FuzzyDate.parse(str(date)) == date


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_date_is_refused(text: object) -> None:
    with pytest.raises(PydanticCustomError):
        FuzzyDate.parse(text)


def test_dates_sort_by_their_first_day_then_their_last() -> None:
    written = ["1991-04", "1990", "1990-05-18/19", "1990-05-18", "about 1990-05-20"]
    ordered = sorted(FuzzyDate.parse(text) for text in written)
    assert [date.display() for date in ordered] == [
        "1990",
        "18 May 1990",
        "18–19 May 1990",
        "about 20 May 1990",
        "April 1991",
    ]
