"""The invented world built into a site, read back from its HTML."""

import json
import re
from pathlib import Path

import pytest
from conftest import ROOT, Project, copy_world
from guide import bibliography
from lxml import html


def page(site: Path, path: str) -> html.HtmlElement:
    return html.parse(str(site / path / "index.html")).getroot()


def texts(root: html.HtmlElement, query: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in root.cssselect(query)]


def test_a_citation_shows_once_and_leads_to_its_paragraph(built_world: Path) -> None:
    port = page(built_world, "summits/1990-05-port")
    (summary,) = texts(port, ".summary")
    assert summary == "The two heads of government met for the first time. (Ferro 1990, para. 2)"
    link = port.cssselect(".summary a.cite")[0]
    assert link.get("href") == "../../sources/ferro1990/#para-2"
    assert page(built_world, "sources/ferro1990").cssselect("#para-2")
    assert not port.cssselect("sup"), "no second footnote mark"


def test_a_page_ends_with_its_references(built_world: Path) -> None:
    port = page(built_world, "summits/1990-05-port")
    references = texts(port, ".references li")
    assert [text.split(".")[0] for text in references] == [
        "Ferro, Ada (1990)",
        "Hølm, Søren (1985a)",
        "Hølm, Søren (1985b)",
    ]
    assert {element.get("id") for element in port.cssselect(".references [id]")} == {
        "ref-ferro1990",
        "ref-holm1985",
        "ref-holm1985-answer",
    }


def test_a_claim_has_its_anchor_permalink_voice_and_line(built_world: Path) -> None:
    (claim,) = page(built_world, "summits/1990-05-port").cssselect("#no-answer")
    assert claim.get("class") == "claim judgment"
    assert texts(claim, ".claim-kind") == ["Judgment of Ada Ferro"]
    assert claim.cssselect("a.permalink")[0].get("href") == "#no-answer"
    address = claim.cssselect("a.line")[0].get("href")
    line = int(address.rsplit("#L", 1)[1])
    rows = (ROOT / "tests/world/docs/summits/1990-05-port.yml").read_text(encoding="utf-8").splitlines()
    assert rows[line - 1] == "  - id: no-answer"


def test_the_edit_button_opens_the_record(built_world: Path) -> None:
    for path, source in {
        "summits/1990-05-port": "summits/1990-05-port.yml",
        "sources/ferro1990": "sources/ferro1990.yml",
    }.items():
        assert page(built_world, path).cssselect("a[rel=edit]")[0].get("href").endswith(f"/edit/main/docs/{source}")
    assert (
        page(built_world, "sources/holm1985")
        .cssselect("a[rel=edit]")[0]
        .get("href")
        .endswith("/edit/main/bibliography.bib")
    )


def test_a_contested_place_shows_both_names_and_its_page_says_whose(built_world: Path) -> None:
    outcome = page(built_world, "summits/1990-05-port").cssselect("#sec-outcome + p")[0].text_content()
    assert "Eysel/Ösel aside" in outcome
    facts = " ".join(texts(page(built_world, "terms/etorofu"), "dd"))
    assert "Ösel (Japanese usage)" in facts
    assert "Eysel (Russian usage)" in facts


def test_a_page_lists_what_refers_to_it(built_world: Path) -> None:
    lund = page(built_world, "leaders/lund-eva")
    (groups,) = lund.xpath("//h2[@id='sec-backlinks']/following-sibling::dl[1]")
    assert texts(groups, "dt") == ["Meetings", "Authors", "Documents"]
    assert texts(groups, "a") == ["Port meeting", "Ada Ferro", "Port Declaration"]


def test_a_page_says_which_source_it_lacks(built_world: Path) -> None:
    def missing(path: str) -> list[str]:
        return texts(page(built_world, path), "dt:contains('Missing') + dd")

    assert missing("summits/1990-05-port") == []
    assert missing("summits/1991-hall")[0].startswith("A source published on the side of Russia")
    assert missing("terms/etorofu")[0].startswith("A second source")


def test_a_page_that_lacks_a_second_source_and_a_side_says_both(world: Project) -> None:
    world.edit(
        "bibliography.bib", "urldate = {2026-01-02},\n  kind = {primary}", "urldate = {2026-01-02},\n  kind = {press}"
    )
    assert world.build().returncode == 0
    (facts,) = [
        dl for dl in page(world.root / "site", "summits/1991-hall").cssselect("dl") if "Missing" in texts(dl, "dt")
    ]
    assert [text.split("(")[0].strip() for text in texts(facts, "dd")[-2:]] == [
        "A second source: this page rests on one that is not primary",
        "A source published on the side of Russia and the Soviet Union",
    ]


def test_markdown_and_template_signs_in_a_title_are_text(built_world: Path) -> None:
    hall = page(built_world, "summits/1991-hall")
    assert texts(hall, "h1") == ["{{ Hall }} *meeting* [1991]¶"] or texts(hall, "h1")[0].startswith(
        "{{ Hall }} *meeting* [1991]"
    )
    assert hall.cssselect("title")[0].text_content().startswith("{{ Hall }} *meeting* [1991]")


def test_breadcrumbs_tab_and_neighbours_are_right(built_world: Path) -> None:
    port = page(built_world, "summits/1990-05-port")
    assert texts(port, ".md-path__item") == ["Home", "Meetings"]
    assert texts(port, ".md-tabs__item--active") == ["Meetings"]
    assert port.cssselect("link[rel=next]")[0].get("href") == "../1991-hall/"
    assert not port.cssselect("link[rel=prev]")


def test_an_index_is_complete_without_scripts(built_world: Path) -> None:
    rows = texts(page(built_world, "summits"), ".records tbody tr")
    assert len(rows) == 2
    assert rows[0].startswith("18–19 May 1990 Port meeting Āran Tōma, Eva Lund Port of Arv They agreed to meet again")


def test_a_disagreement_stands_with_every_account_and_on_the_page_of_all(built_world: Path) -> None:
    for path, anchor in {"summits/1990-05-port": "who-asked", "disagreements": "1990-05-port-who-asked"}.items():
        root = page(built_world, path)
        assert root.cssselect(f"#{anchor}")
        assert any("Tolmark asked." in text for text in texts(root, "li"))
    assert "Who asked for the meeting?" in " ".join(texts(page(built_world, "authors/ferro-ada"), "li"))


def test_a_source_shows_its_slips_and_what_rests_on_it(built_world: Path) -> None:
    source = page(built_world, "sources/ferro1990")
    assert texts(source, "#slip-wrong-month")[0].startswith("Month of the meeting (para. 2)")
    assert "Month of the meeting (para. 2)" in texts(source, ".md-nav--secondary a")
    (row,) = [row for row in source.cssselect("tr") if row.cssselect("#para-6")]
    assert " ".join(row.text_content().split()) == (
        "para. 6 (n. 1) 1. Haldvik Courier, 3 June "
        "The port: Nothing on Eysel/Ösel. · Port meeting: Lund gave no answer on Eysel/Ösel."
    )
    courier = page(built_world, "sources/courier1989")
    assert "only through" in " ".join(texts(courier, "dd"))


def test_the_search_index_has_every_form_of_a_name(built_world: Path) -> None:
    index = json.loads((built_world / "search/search_index.json").read_text(encoding="utf-8"))
    entries = {entry["location"]: entry for entry in index["docs"]}
    tokens = entries["terms/etorofu/"]["tags"]
    assert {"eysel", "ösel", "osel", "old", "オ", "セ", "ル", "オセル"} <= set(tokens)
    assert tokens.count("osel") == 2, "a whole name counts more than a word of one"
    assert "tōma" in entries["leaders/aran-toma/"]["tags"]
    assert entries["leaders/aran-toma/"]["boost"] > entries["summits/1990-05-port/"]["boost"]
    assert "Toma" in entries["leaders/aran-toma/"]["text"]
    assert "Kind of source" not in entries["sources/ferro1990/"]["text"]


def test_no_address_of_another_host_is_loaded(built_world: Path) -> None:
    loading = re.compile(
        r"<(?:script|img|iframe|source)[^>]*\ssrc=\"https?:|<link[^>]*rel=\"(?!canonical)[^\"]*\"[^>]*href=\"https?:"
    )
    for path in built_world.rglob("*.html"):
        assert not loading.search(path.read_text(encoding="utf-8")), path


def test_nothing_of_the_guide_s_own_syntax_is_left(built_world: Path) -> None:
    for path in built_world.rglob("index.html"):
        words = html.parse(str(path)).getroot().text_content()
        assert "[@" not in words
        assert "guide:" not in words
        assert "](" not in words


def test_ids_are_unique_on_every_page(built_world: Path) -> None:
    for path in built_world.rglob("index.html"):
        ids = [element.get("id") for element in html.parse(str(path)).getroot().cssselect("[id]")]
        assert len(ids) == len(set(ids)), path


def test_two_builds_are_identical(built_world: Path, world: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    sites = []
    for name in ("one", "two"):
        project = copy_world(world.root / name)
        assert project.build().returncode == 0
        sites.append(
            {
                path.relative_to(project.root): path.read_bytes()
                for path in (project.root / "site").rglob("*")
                if path.is_file()
            }
        )
    assert sites[0] == sites[1]


def test_bad_data_ends_a_build_without_a_traceback_and_leaves_the_site(world: Project) -> None:
    assert world.build().returncode == 0
    world.edit("docs/summits/1990-05-port.yml", "place: Port of Arv", "plaec: Port of Arv")
    world.edit("docs/terms/shikotan.yml", "[@ferro1990, para. 3]", "[@ferro1990, para. 33]")
    done = world.build()
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert (
        "docs/summits/1990-05-port.yml:10: field 'plaec' is not known here (did you mean 'place'?) [unknown-field]"
        in done.stderr
    )
    assert "docs/terms/shikotan.yml:5: @ferro1990 has 6 paragraphs; 33 is not among them [cite-range]" in done.stderr
    assert (world.root / "site/summits/1990-05-port/index.html").exists()


def test_a_broken_bibliography_ends_a_build_without_a_traceback(world: Project) -> None:
    world.edit("bibliography.bib", "  side = {japan},\n}\n\n@book{holm1985", "  side = {japan},\n\n@book{holm1985")
    done = world.build()
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "[bib-syntax]" in done.stderr


def test_a_link_to_nothing_fails_a_strict_build_and_make_leaves_the_site(world: Project) -> None:
    (world.root / "Makefile").write_text((ROOT / "Makefile").read_text().replace(".venv/bin", str(ROOT / ".venv/bin")))
    (world.root / ".venv").mkdir()
    (world.root / ".venv/site").touch()
    for name in ("requirements.txt", "pyproject.toml"):
        (world.root / name).symlink_to(ROOT / name)
    (world.root / ".ci").symlink_to(ROOT / ".ci")
    import subprocess

    def make() -> subprocess.CompletedProcess[str]:
        (world.root / ".venv/site").touch()
        return subprocess.run(["make", "site"], cwd=world.root, capture_output=True, text=True, check=False)

    good = make()
    assert good.returncode == 0, good.stderr
    assert re.search(r"The site is in .*/site \(\d+ pages\)", good.stdout)
    before = (world.root / "site/index.html").read_bytes()
    world.edit("docs/index.md", "Two countries", "[Two](nowhere.md) countries")
    assert "docs/index.md:3: link leads to 'nowhere.md'" in make().stderr
    world.edit("docs/index.md", "nowhere.md", "names.md#nothing")
    bad = make()
    assert bad.returncode != 0
    assert "Traceback" not in bad.stderr
    assert "nothing" in bad.stderr
    assert (world.root / "site/index.html").read_bytes() == before


def test_a_page_s_reference_styles_agree_with_the_bibliography(built_world: Path) -> None:
    entries = bibliography.read(ROOT / "tests/world/bibliography.bib").entries
    assert {path.parent.name for path in (built_world / "sources").glob("*/index.html")} == set(entries)


def test_the_strip_shows_only_terms_whose_ends_are_known(built_world: Path) -> None:
    bands = texts(page(built_world, "timeline"), ".strip title")
    assert bands == ["1990: 1 meeting", "Āran Tōma, 1988–1992", "Eva Lund, 1987–1992"]


def test_a_dirty_build_writes_only_pages_whose_text_changed(world: Project) -> None:
    assert world.run("mkdocs", "build", "--dirty").returncode == 0
    times = {path: path.stat().st_mtime_ns for path in (world.root / "site").rglob("*/index.html")}
    world.edit("docs/summits/1991-hall.yml", "A second meeting was planned.", "A second meeting was planned early.")
    assert world.run("mkdocs", "build", "--dirty").returncode == 0
    changed = {path.parent.name for path, time in times.items() if path.stat().st_mtime_ns != time}
    assert "1991-hall" in changed
    assert "holm1985" not in changed
