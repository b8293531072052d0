"""Citations as files: every value comes back whole from a reader of the format."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.exports.citations import FORMATS, bibtex, corporate, csl_json, latex, ris
from geo.words.citations import Citation
from tests.sizes import size

HOSTILE = r"50 % of A&B_c #1 {x} $y \z ~q ^n “ü” 福州 </script>"
UNESCAPED = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{sign}": sign for sign in "{}&%$#_"},
}
COMMAND = re.compile("|".join(re.escape(name) for name in UNESCAPED))


def cited(text: str = HOSTILE, author: str = "The Publisher") -> Citation:
    return Citation(
        author=author,
        title=text,
        part="record xx-a-1",
        issued=date(2026, 1, 5),
        version="1a2b3c4d",
        day=date(2022, 12, 5),
        address="https://atlas.example/?q=50%25_a%26b&asof=2022-12-05",
        accessed=date(2026, 11, 26),
        note=text,
    )


def one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def fields(entry: str) -> dict[str, str]:
    """Read an entry as BibTeX does: a value ends where its braces are closed."""
    found, at = {}, entry.index(",") + 1
    while match := re.compile(r"\s*(\w+) = (\{|\w+,)").match(entry, at):
        at, depth, start = match.end(), 1, match.end()
        if match[2] != "{":
            found[match[1]] = match[2].rstrip(",")
            continue
        while depth:
            depth += {"{": 1, "}": -1}.get(entry[at], 0) if entry[at - 1] != "\\" else 0
            at += 1
        found[match[1]] = entry[start : at - 1]
        assert entry[at] == ","
        at += 1
    assert entry[at:].strip() == "}"
    return found


@settings(max_examples=size(60, 400))
@given(st.text())
def test_latex_comes_back_and_has_no_bare_sign(text: str) -> None:
    written = latex(text)
    assert COMMAND.sub(lambda m: UNESCAPED[m[0]], written) == one_line(text)
    assert not set("{}&%$#_~^\\") & set(COMMAND.sub("", written))


@settings(max_examples=size(40, 200))
@given(st.text())
def test_bibtex_is_read_back(text: str) -> None:
    read = fields(bibtex(cited(text), "key_1-a.b"))
    assert read["title"] == f"{{{latex(cited(text).whole_title)}}}"
    assert read["author"] == "{The Publisher}"
    assert (read["year"], read["month"], read["version"]) == ("2026", "jan", "1a2b3c4d")
    assert (read["url"], read["urldate"]) == (cited().address, "2026-11-26")
    assert bibtex(cited(text), "key_1-a.b").startswith("@misc{key_1-a.b,\n")


@settings(max_examples=size(40, 200))
@given(st.text())
def test_ris_is_read_back(text: str) -> None:
    written = ris(cited(text), "key")
    lines = written.split("\r\n")
    assert "\n" not in "".join(lines)
    assert lines[0] == "TY  - DATA"
    assert lines[-2:] == ["ER  - ", ""]
    tagged = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line) for line in lines[:-1]]
    read = {match[1]: match[2] for match in tagged if match}
    assert len(read) == len(lines) - 1
    assert read["TI"] == one_line(cited(text).whole_title)
    assert (read["AU"], read["T2"]) == ("The Publisher,", "Alleged Stations Atlas")
    assert (read["PY"], read["DA"], read["Y2"]) == ("2026", "2026/01/05/", "2026/11/26/")
    assert (read["ET"], read["UR"]) == ("1a2b3c4d", cited().address)


@settings(max_examples=size(40, 200))
@given(st.text())
def test_csl_json_is_read_back(text: str) -> None:
    (item,) = json.loads(csl_json(cited(text), "key"))
    assert item["title"] == cited(text).whole_title
    assert item["author"] == [{"literal": "The Publisher"}]
    assert item["issued"] == {"date-parts": [[2026, 1, 5]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 26]]}
    assert (item["id"], item["type"], item["version"]) == ("key", "dataset", "1a2b3c4d")
    assert (item["URL"], item["container-title"]) == (cited().address, "Alleged Stations Atlas")


@pytest.mark.parametrize("name", ["A Body", "Body, Inc.", "One, Two and Three", "Word"])
def test_a_body_stays_whole_where_people_are_expected(name: str) -> None:
    # a reader divides at the first comma; what is behind it would be a first name
    surname, _comma, first = corporate(name).partition(",")
    assert (surname, first) == (" ".join(name.replace(",", " ").split()), "")


def test_each_format_has_its_own_type_and_ending() -> None:
    assert len({f.ending for f in FORMATS}) == len({f.media_type for f in FORMATS}) == len(FORMATS)
    assert all(f.write(cited(), "key") for f in FORMATS)
