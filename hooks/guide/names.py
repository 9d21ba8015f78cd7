"""Names in several scripts: folding for search and comparison, and the contested forms of places."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from guide.records import Names

WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s\-–/,.;:()“”‘’\u3000-\u30ff\u3400-\u9fff]+")
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]+")


def fold(text: str) -> str:
    """Latin letters without their diacritics (Tōgō → Togo); other scripts are left alone."""
    return LATIN.sub(lambda match: _strip(match.group(0)), text)


def _strip(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))


def folded_words(text: str) -> list[str]:
    """The words of a text that folding changes, folded, each once, in order: what the search index lacks."""
    words = dict.fromkeys(word for word in LATIN.findall(text) if not word.isascii())
    return list(dict.fromkeys(folded for word in words if (folded := _strip(word)) != word))


def search_forms(title: str, names: Names) -> list[str]:
    """Every form under which a reader may look a record up."""
    forms = [title, *names.all()]
    return list(dict.fromkeys(form for name in forms for form in (name, fold(name))))


def family_names(forms: Iterable[str], *, first: bool) -> list[str]:
    """The family name in each form of a person's name: its first word or its last."""
    return list(dict.fromkeys(form.split()[0 if first else -1] for form in forms))


def search_tokens(forms: Iterable[str]) -> list[str]:
    """What the search matches a query against: each word of each form, and each form whole, which counts once more.

    Theme and lunr split a query into words, and Japanese into signs, but leave the tokens of a list as they are.
    """
    lowered = [form.lower() for form in forms]
    words = dict.fromkeys(word for form in lowered for word in WORD.findall(form))
    return [*words, *(form for form in lowered if len(WORD.findall(form)) == 1 or form not in words)]


def contested_forms(names: Mapping[str, Names]) -> dict[str, str]:
    """Each side's form of each contested place → the id of its record; a form that both share is not contested."""
    forms: dict[str, str] = {}
    for record_id, block in names.items():
        if block.japan and block.russia and block.japan != block.russia:
            forms |= {block.japan: record_id, block.russia: record_id}
    return forms


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the words, whole, the longest first."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return (
        re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
        if longest_first
        else re.compile(r"(?!)")
    )
