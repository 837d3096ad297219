"""Sheets for a class: blind, on one page, nothing in them runs; the key says that its labels are estimates."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.label import label_posts
from pipeline.records import Document, Extraction, Kind, Post, Votes, VotesKind
from pipeline.report.handout import SIZES, make_sheet, poster_html, sheet_html
from pipeline.report.handout_key import key_html
from pipeline.report.pdf import find_browser, html_to_pdf
from pipeline.report.wording import LANGS, Lang, text
from pipeline.store import open_store
from pipeline.targets import load_targets
from tests.conftest import missing
from tests.fakes import WordLabeller

TARGETS = load_targets()
HOSTILE = "<script>alert(1)</script>&\"' 米国を支持 a@example.org \u202eRLO\x07 <img src=x onerror=alert(2)>"


def stored(folder: Path, *texts: str) -> pd.DataFrame:
    """The wide table of these texts, labelled."""
    document = Document(
        "d" * 16, "page.html", site="試験新聞", title="<b>題名</b>", url="https://example.org/a", body="本文の秘密"
    )
    posts = tuple(
        Post(
            f"{n:016x}",
            document.id,
            Kind.EXPERT if n == 0 else Kind.READER,
            content,
            n,
            author=f"筆者{n}号",
            votes=Votes(7771 + n, VotesKind.UP),
        )
        for n, content in enumerate(texts)
    )
    store = open_store(f"sqlite:///{folder / 't.sqlite3'}")
    store.save(Extraction(document, posts, ()), list(label_posts(posts, WordLabeller())))
    frame = store.posts()
    store.close()
    return frame


@pytest.mark.parametrize("lang", LANGS)
def test_the_sheet_is_blind_and_quotes_its_source(tmp_path: Path, lang: Lang) -> None:
    posts = stored(tmp_path, "米国を支持する", "ロシアを批判する")
    page = sheet_html(make_sheet(posts, TARGETS, lang), TARGETS, lang)
    for hidden in (
        "筆者",
        text("pseudonym.expert", lang, mark="A"),
        "7771",
        "7772",
        text("model.estimate", lang),
        "本文の秘密",
    ):
        assert hidden not in page
    for shown in ("米国を支持する", "試験新聞", "https://example.org/a", text("caveat.posts", lang, n=2)):
        assert shown in page
    assert page.count("<i></i>") == 2 * len(TARGETS) * 4


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_in_a_hostile_post_runs(tmp_path: Path, lang: Lang) -> None:
    posts = stored(tmp_path, HOSTILE)
    sheet = make_sheet(posts, TARGETS, lang)
    for page in (
        sheet_html(sheet, TARGETS, lang),
        key_html(sheet, posts, TARGETS, lang),
        poster_html("ABC", "http://x/?a=<b>", lang),
    ):
        assert not re.search(r"<(script|img|b)\b(?! *>\d)", page.replace("<b>1</b>", ""))
        assert "example.org " not in page.replace("https://example.org/a ", "")
        assert "\x07" not in page
        assert "default-src 'none'" in page


def test_the_key_names_estimates_confidence_evidence_and_people(tmp_path: Path) -> None:
    posts = stored(tmp_path, "米国を支持する", "ロシアの話")
    posts = posts.assign(human_stance_us=["against", None], human_stance_ukraine=["none", None])
    page = key_html(make_sheet(posts, TARGETS, "ja"), posts, TARGETS, "ja")
    assert "支持 (推定)" in page
    assert "判定保留 (推定)" in page
    assert "70%" in page
    assert "批判 (不一致)" in page
    assert "言及なし (一致)" in page
    assert "人とモデルの一致: 1/2" in page
    assert "専門家A" in page
    assert "筆者0号" not in page
    assert "筆者0号" in key_html(make_sheet(posts, TARGETS, "ja"), posts, TARGETS, "ja", names=True)
    assert "words 1" in page


def test_posts_that_do_not_fit_are_counted_and_a_giant_is_cut(tmp_path: Path) -> None:
    posts = stored(tmp_path, *(f"{n}: " + "米国について長く述べる。" * 30 for n in range(12)))
    sheet = make_sheet(posts, TARGETS, "ja")
    assert 0 < len(sheet.items) < sheet.chosen == 12
    assert sheet.size == SIZES[-1]
    assert text("handout.left_out", "ja", chosen=12, n=len(sheet.items)) in sheet_html(sheet, TARGETS, "ja")
    giant = make_sheet(stored(tmp_path / "b", "米国は。" * 3000), TARGETS, "ja")
    assert giant.items[0].words.endswith(text("handout.cut", "ja"))
    assert make_sheet(posts.head(1), TARGETS, "ja").size == SIZES[0]


@settings(max_examples=30, deadline=None)
@given(
    texts=st.lists(
        st.text(st.sampled_from("米国はロシアwW \nー。😀"), min_size=1, max_size=700), min_size=1, max_size=14
    )
)
def test_a_sheet_keeps_order_and_invents_nothing(texts: list[str]) -> None:
    posts = pd.DataFrame({"id": [str(n) for n in range(len(texts))], "text": texts})
    sheet = make_sheet(posts, TARGETS, "ja")
    ids = [int(item.post_id) for item in sheet.items]
    assert ids == sorted(set(ids))
    assert sheet.chosen == len(texts)


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGS)
def test_any_sheet_is_one_page_of_pdf(tmp_path: Path, lang: Lang) -> None:
    if find_browser() is None:
        missing("Chromium, Chrome or Edge")
    mixes = {
        "short": ["米国を支持"] * 20,
        "long": ["ロシアとウクライナの関係について、私はこう考える。" * 25] * 3,
        "latin": ["The United States should think again about Russia. " * 8] * 12,
        "lines": ["一行\n" * 9 + "終わり"] * 9,
        "wide": ["W" * 900, "😀" * 200, "ﾊﾝｶｸ" * 90],
    }
    for name, texts in mixes.items():
        folder = tmp_path / name
        folder.mkdir()
        pdf = html_to_pdf(sheet_html(make_sheet(stored(folder, *texts), TARGETS, lang), TARGETS, lang))
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1, name
