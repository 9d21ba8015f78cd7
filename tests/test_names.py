from guide.names import any_of, contested_forms, family_names, fold, folded_words, search_forms, search_tokens
from guide.records import Names


def test_latin_letters_are_folded_and_others_are_left() -> None:
    assert fold("Tōgō, Øre, café, Достоевский, ガギグ, й") == "Togo, Øre, cafe, Достоевский, ガギグ, й"


def test_folded_words_are_those_that_changed() -> None:
    assert folded_words("Tōgō met Togo and Tōgō in Kōchi") == ["Togo", "Kochi"]


def test_the_neutral_name_is_alphabetical_whoever_uses_it() -> None:
    assert Names(japan="Ösel", russia="Eysel").neutral == "Eysel/Ösel"
    assert Names(japan="Aland", russia="Bland").neutral == "Aland/Bland"
    assert Names(japan="Shik", russia="Shik").neutral == "Shik"
    assert Names(also=["Old"]).neutral is None


def test_every_form_is_searched_for_in_its_plain_spelling_too() -> None:
    forms = search_forms("Tōma", Names(ja=["東馬"], also=["Tohma"]))
    assert forms == ["Tōma", "Toma", "Tohma", "東馬"]


def test_a_form_that_both_sides_share_is_not_contested() -> None:
    blocks = {"a": Names(japan="Ösel", russia="Eysel"), "b": Names(japan="Shik", russia="Shik")}
    assert contested_forms(blocks) == {"Ösel": "a", "Eysel": "a"}


def test_whole_words_are_found_the_longest_first() -> None:
    assert any_of(["Kun", "Kuna Isle"]).findall("Kuna Isle, Kun, Kunashir") == ["Kuna Isle", "Kun"]
    assert not any_of([]).search("anything")


def test_a_person_is_found_by_the_family_name() -> None:
    assert family_names(["Āran Tōma", "Aran Toma"], first=True) == ["Āran", "Aran"]
    assert family_names(["Eva Lund", "Ева Лунд"], first=False) == ["Lund", "Лунд"]


def test_search_tokens_are_words_signs_and_whole_forms() -> None:
    assert search_tokens(["Old Eysel", "東島"]) == ["old", "eysel", "東", "島", "old eysel", "東島"]
    assert search_tokens(["Lund"]) == ["lund", "lund"]
