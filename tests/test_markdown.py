from html import unescape

import markdown as python_markdown
import pytest
import yaml
from conftest import WORLD
from guide.check import read
from guide.citations import parse_block
from guide.library import Library
from guide.pandoc import Formatted
from guide.render import markdown
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

EXTENSIONS = ["attr_list", "def_list", "md_in_html", "tables"]


@pytest.fixture(scope="module")
def library() -> Library:
    corpus, entries, _ = read(WORLD / "docs", WORLD / "bibliography.bib")
    return Library(corpus, entries)


@given(st.text(alphabet="ab1 *_[](){}<>#!|`~^=:&\\\"'-+.@/$", min_size=1))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    words = " ".join(text.split())
    page = python_markdown.markdown(f"x {markdown.escape(words)} y", extensions=EXTENSIONS)
    assert " ".join(html.fromstring(page).text_content().split()) == " ".join(f"x {words} y".split())


@pytest.mark.parametrize("title", ["a: b # {{ c }}", "- é\u2028ō\u0085", "'\"", "東郷"])
def test_front_matter_survives_any_title(title: str) -> None:
    header = markdown.front_matter(title=title, hide=["toc"])
    meta = yaml.safe_load(header.strip("-\n"))
    assert (unescape(meta["title"]), meta["hide"]) == (title, ["toc"])


def test_words_of_front_matter_are_no_html() -> None:
    assert yaml.safe_load(markdown.front_matter(title="<i>").strip("-\n")) == {"title": "&lt;i&gt;"}


def test_a_citation_is_one_link_for_each_source(library: Library) -> None:
    formatted = Formatted({"ferro1990": "Ferro 1990", "holm1985": "Hølm 1985"}, {})
    text = markdown.citation(parse_block("see @ferro1990, paras. 2-3; @holm1985, p. 9"), library, formatted)
    assert text == (
        "(see [Ferro 1990, paras&#46; 2–3](guide:ferro1990#para-2){ .cite }; "
        "[Hølm 1985, p. 9](guide:holm1985#at-p-9){ .cite })"
    ).replace("&#46;", ".")


def test_links_become_relative_to_their_page(library: Library) -> None:
    text = "[a](guide:lund-eva) [b](guide:1990-05-port#no-answer) [c](guide:index.md) [d](guide:ferro1990#para-2)"
    assert markdown.relative_links(text, library, "summits/1990-05-port.md") == (
        "[a](../leaders/lund-eva.md) [b](#no-answer) [c](../index.md) [d](../sources/ferro1990.md#para-2)"
    )


def test_a_bare_name_links_once_and_never_to_its_own_page(library: Library) -> None:
    text = "[][etorofu] [][etorofu] [it][etorofu] [][kunashiri]"
    links = markdown.resolve_references(text, library, "kunashiri")
    assert links.count("](guide:etorofu)") == 2
    assert "guide:kunashiri" not in links
    assert "Cwern/Kvern" in links


def test_a_page_without_citations_has_no_reference_list() -> None:
    assert markdown.reference_list("No source.", Formatted({}, {})) == ""
