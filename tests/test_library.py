import pytest
from conftest import WORLD
from guide.check import read
from guide.citations import Citation
from guide.library import Library, Source, family_name, slug


@pytest.fixture(scope="module")
def library() -> Library:
    corpus, entries, _ = read(WORLD / "docs", WORLD / "bibliography.bib")
    return Library(corpus, entries)


def test_backlinks_come_from_fields_claims_and_prose(library: Library) -> None:
    assert library.backlinks("lund-eva") == {
        "summits": ["1990-05-port"],
        "authors": ["ferro-ada"],
        "documents": ["1990-port-declaration"],
    }
    assert library.backlinks("1990-05-port") == {
        "chapters": ["chapters/01-the-port.md", "chapters/02-the-hall.md", "index.md"],
        "leaders": ["lund-eva"],
    }


def test_uses_of_a_source_are_in_order_of_locator(library: Library) -> None:
    locators = [use.citation.locator for use in library.uses["holm1985"]]
    assert locators == sorted(locators)
    owners = {use.spot.owner for use in library.uses_by_paragraph("ferro1990")[6]}
    assert owners == {"1990-05-port", "01-the-port"}, "note 1 is paragraph 6"


def test_slips_are_in_the_order_of_the_text(library: Library) -> None:
    ferro = library.sources["ferro1990"]
    assert ferro.notes
    (slip,) = ferro.slips
    later, note = slip.model_copy(update={"at": "paras. 4-5"}), slip.model_copy(update={"at": "n. 1"})
    notes = ferro.notes.model_copy(update={"slips": [note, later, slip]})
    assert [slip.at for slip in Source(ferro.entry, notes).slips] == ["para. 2", "paras. 4-5", "n. 1"]


def test_a_citation_leads_to_its_paragraph_or_place(library: Library) -> None:
    ferro, holm = library.sources["ferro1990"], library.sources["holm1985"]
    assert ferro.anchor(Citation("ferro1990", "paras. 2-3")) == "para-2"
    assert ferro.anchor(Citation("ferro1990", "n. 1")) == "para-6"
    assert holm.anchor(Citation("holm1985", "pp. 10-12")) == "at-pp-10-12"
    assert holm.anchor(Citation("holm1985")) == ""
    assert ferro.paragraph_label(6) == "para. 6 (n. 1)"


def test_neighbours_follow_the_order_of_the_section(library: Library) -> None:
    neighbours = library.neighbours()
    assert neighbours["1990-05-port"] == (None, "1991-hall")
    assert neighbours["1991-hall"] == ("1990-05-port", None)
    assert neighbours["ferro1990"] == ("courier1989", "holm1985")


def test_meetings_disagreements_and_slips_find_their_people(library: Library) -> None:
    assert [meeting.id for meeting in library.meetings("aran-toma")] == ["1990-05-port"]
    assert [item.id for _, item in library.disagreements_about("ferro-ada")] == ["who-asked"]
    assert library.disagreements_about("1990-05-port") == [], "it stands there already"
    assert [slip.id for _, slip in library.slips_about("1990-05-port")] == ["wrong-month"]


def test_works_named_by_a_source_and_records_that_hold_a_work(library: Library) -> None:
    assert [(entry.key, locator) for entry, locator in library.named_by("ferro1990")] == [("courier1989", "n. 1")]
    assert library.works_of("holm1985") == ["1990-05-port"]


def test_small_words() -> None:
    assert slug("Art. 2(c), §4 Ō") == "art-2-c-4-o"
    assert family_name("Āran Tōma", "japan") == "aran"
    assert family_name("Eva Lund", "russia") == "lund"
