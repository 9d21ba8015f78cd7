import pytest
from guide import prose


def title(record_id: str) -> str:
    return {"isle": "Eysel/Ösel"}[record_id]


def test_references_are_found_outside_code() -> None:
    text = "A [meeting][1990-port] and [][isle#claim], not `[x][y]`.\n\n```\n[x][z]\n```\n"
    assert [prose.target(match) for match in prose.references(text)] == [("1990-port", ""), ("isle", "claim")]


def test_references_are_replaced_outside_code() -> None:
    text = "[a][b] `[a][b]` [][b]"
    assert prose.replace_references(text, lambda words, key, _: f"<{words}|{key}>") == "<a|b> `[a][b]` <|b>"


def test_plain_words_lose_citations_marks_and_links() -> None:
    text = "He met *her* on [][isle] in [the town](https://t.example). [@a, para. 2] It rained [@b, p. 1]."
    assert prose.plain(text, title) == "He met her on Eysel/Ösel in the town. It rained."


def test_a_gist_is_the_first_words() -> None:
    assert prose.gist("One two three four", title, 3) == "One two three…"
    assert prose.gist("One two", title, 3) == "One two"


HOSTILE_LINKS = [
    "[a](javascript:x)",
    "[a](JAVASCRIPT:x)",
    "[a]( java&#115;cript:x)",
    "[a](java&#x09;script:x)",
    "[a](data:text/html,x)",
    "[a](//host.example)",
    "[a](vbscript:x)",
    "[a]: javascript:x",
    "[a](<javascript:x>)",
]


@pytest.mark.parametrize("text", HOSTILE_LINKS)
def test_a_disguised_scheme_is_found(text: str) -> None:
    assert list(prose.foreign_schemes(text))


@pytest.mark.parametrize("text", ["[a](https://x.example/a:b)", "[a](page.md#x)", "[a](#x)", "`[a](javascript:x)`"])
def test_an_honest_link_is_not(text: str) -> None:
    assert not list(prose.foreign_schemes(text))


@pytest.mark.parametrize("text", ["<b>", "</b", "<!-- x", "a {onclick=x}", "a{: .b }", "\x00", "<?php"])
def test_html_and_attribute_lists_are_found(text: str) -> None:
    assert list(prose.raw_html(text))


REMOTE = [
    "![a](https://host.example/a.png)",
    "![a](//host.example/a.png)",
    '<img alt="a" src="https://host.example/a.png">',
    "<img src='//host.example/a.png'>",
    "<img\n  SRC = htt&#112;s://host.example/a.png>",
    '<video poster="http://host.example/a.png">',
    '<image xlink:href="https://host.example/a.svg">',
    "<p style=\"background: url('https://host.example/a.png')\">",
]


@pytest.mark.parametrize("text", REMOTE)
def test_what_another_host_would_send_is_found(text: str) -> None:
    assert list(prose.remote_loads(text))


LOCAL = [
    "![a](assets/a.png)",
    '<img src="../assets/a.png">',
    '<a href="https://host.example">a</a>',
    "`<img src='//host.example/a.png'>`",
    "2 < 3, src = https://host.example",
]


@pytest.mark.parametrize("text", LOCAL)
def test_what_the_site_itself_holds_is_not(text: str) -> None:
    assert not list(prose.remote_loads(text))


def test_a_comparison_is_no_html() -> None:
    assert not list(prose.raw_html("2 < 3 and 4 > 3"))


def test_only_long_quotations_are_found() -> None:
    text = "“one two three four five six seven eight” “one two three four five six seven eight nine”"
    assert [match.group(1)[-4:] for match in prose.long_quotations(text)] == ["nine"]


def test_bare_text_is_what_the_guide_itself_says() -> None:
    text = "A “B” *C* `D` [E][f] [G](https://h.example) [@i, p. 1] J"
    assert prose.bare(text).split() == ["A", "J"]
