"""Articles in copied text: head, bylines, dates, boilerplate. The pages are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.extract.article import Article, article_of_text
from pipeline.extract.article.bylines import dateline, english_byline, labelled_authors, signed_agency
from pipeline.load import load
from pipeline.records import DateHow, Media, Page, SkipReason

BODY = "政府は10日、新しい港の建設を始めると発表した。工事は三年続く見通しだ。"


def article(*lines: str) -> Article:
    text = "\n".join(lines)
    return article_of_text(list(enumerate(lines, 1)), Page("s", Media.TEXT, text, "digest"))


def test_head_and_body() -> None:
    found = article(
        "経済", "", "北部の港で建設始まる 総工費は三百億円", "2023年5月10日(水) 9時30分", "文:早川 杏奈", "", BODY
    )
    assert found.section == "経済"
    assert found.title == "北部の港で建設始まる 総工費は三百億円"
    assert found.published_at is not None
    assert (found.published_at.value, found.published_at.how) == ("2023-05-10T09:30", DateHow.STATED)
    assert found.authors == ("早川 杏奈",)
    assert found.body == BODY
    assert found.body_lines == (7,)


def test_title_in_two_forms_is_one_title() -> None:
    found = article("北部の港で建設始まる 総工費は三百億円", "", "北部の港で建設始まる", "総工費は三百億円", "", BODY)
    assert found.title == "北部の港で建設始まる 総工費は三百億円"
    assert [part.reason for part in found.left_out] == [SkipReason.DUPLICATE]


@pytest.mark.parametrize("line", ["10日", "今月7日", "5月10日", "2023年", "3時間前"])
def test_a_date_that_is_not_whole_is_no_date_of_publication(line: str) -> None:
    assert article("北部の港で建設始まる 総工費は三百億円", line, BODY).published_at is None


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("人気ランキング", SkipReason.RANKING),
        ("【関連記事】", SkipReason.RELATED),
        ("MAGAZINE", SkipReason.ADVERT),
        ("Copyright (C) 2026 港湾新聞", SkipReason.BOILERPLATE),
        ("ＣＯＰＹＲＩＧＨＴ（Ｃ）２０２６　港湾新聞", SkipReason.BOILERPLATE),
        ("この記事へのトラックバックはありません。", SkipReason.TRACKBACK),
    ],
)
def test_what_follows_the_article_is_left_out(end: str, reason: SkipReason) -> None:
    found = article("北部の港で建設始まる 総工費は三百億円", BODY, end, "・2026年の選挙を占う", "・別の記事")
    assert found.body == BODY
    assert found.left_out[0].reason is reason
    assert {n for part in found.left_out for n in range(part.span.start, part.span.end)} == {3, 4, 5}


def test_the_article_goes_on_after_a_list_of_others() -> None:
    found = article(
        "北部の港で建設始まる 総工費は三百億円",
        BODY,
        "【関連記事】",
        "・別の記事",
        "",
        "一方、漁協は海の汚れを心配している。説明会は来月開かれる。",
    )
    assert found.body.split("\n")[-1].startswith("一方、")
    assert found.body_lines == (2, 6)


def test_captions_and_credits_are_no_text() -> None:
    found = article(
        "北部の港で建設始まる 総工費は三百億円",
        "建設が始まった港=10日、北部(港湾通信撮影)",
        BODY,
        "出典:港湾局",
        "画像提供:港湾局",
    )
    assert found.body == BODY


def test_questions_to_readers_are_kept_apart() -> None:
    found = article(
        "北部の港で建設始まる 総工費は三百億円",
        BODY,
        "読者のみなさんへの問い",
        "- 港は本当に要るのでしょうか。",
        "- 海は守られるのでしょうか。",
    )
    assert found.reader_prompts == ("港は本当に要るのでしょうか。", "海は守られるのでしょうか。")


def test_list_that_asks_nobody_stays_in_the_body() -> None:
    found = article("北部の港で建設始まる 総工費は三百億円", BODY, "焦点は二つある。", "- 費用は足りるのか。")
    assert found.reader_prompts == ()
    assert found.body.endswith("- 費用は足りるのか。")


def test_a_thread_ends_the_article() -> None:
    lines = [
        (1, "北部の港で建設始まる 総工費は三百億円"),
        (2, BODY),
        (9, "別の記事の見出しがここに続いています。これは本文ではない。"),
    ]
    found = article_of_text(lines, Page("s", Media.TEXT, "", "digest"))
    assert found.body == BODY
    assert [(part.span.start, part.span.end) for part in found.left_out] == [(9, 10)]


@pytest.mark.parametrize(
    ("line", "authors", "agency"),
    [
        ("【ワシントン=坂口幸裕、モスクワ=桑本太】米国は", ("坂口幸裕", "桑本太"), None),
        ("【ロンドン＝岡田浩幸】１０日に", ("岡田浩幸",), None),
        ("【パリ共同】仏政府は", (), "共同"),
        ("【カイロ=時事】政府は", (), "時事"),
        ("[モスクワ 30日 ロイター] - ロシアは", (), "ロイター"),
        ("【6月18日 AFP】北東部で", (), "AFP"),
    ],
)
def test_datelines(line: str, authors: tuple[str, ...], agency: str | None) -> None:
    found = dateline(line)
    assert found is not None
    assert (found.authors, found.agency) == (authors, agency)


@pytest.mark.parametrize("line", ["【独自】政府は港を", "【写真】港の様子", "「港=海の玄関」と", "政府は【速報】を"])
def test_labels_are_no_datelines(line: str) -> None:
    assert dateline(line) is None


def test_english_byline() -> None:
    found = english_byline("By Ann Lee, Bo Roe and Cy Poe – The Harbour Post – Monday, May 8, 2023")
    assert found is not None
    assert found.authors == ("Ann Lee", "Bo Roe", "Cy Poe")
    assert found.paper == "The Harbour Post"
    assert found.published_at is not None
    assert found.published_at.value == "2023-05-08"
    assert english_byline("By the way – this is no byline") is None


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("[ロイター]", "ロイター"),
        ("…と述べた。(共同)", "共同"),
        ("〔ニューヨーク時事〕", "時事"),
        ("(写真はイメージ)", None),
        ("政府(ロイター)は", None),
    ],
)
def test_signatures(line: str, agency: str | None) -> None:
    assert signed_agency(line) == agency


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("文:早川杏奈", ("早川杏奈",)),
        ("著者：後藤 大地", ("後藤 大地",)),
        ("執筆 早川杏奈、森 一", ("早川杏奈", "森 一")),
        ("文化の日に", ()),
    ],
)
def test_labelled_authors(line: str, names: tuple[str, ...]) -> None:
    assert labelled_authors(line) == names


def test_no_seed_has_furniture_in_its_body(seeds: Path) -> None:
    for file in sorted(seeds.glob("*.txt")):
        (extraction,) = extract(load(str(file)))
        body = extraction.document.body
        assert body
        for words in (
            "関連記事",
            "ランキング",
            "出典:",
            "Copyright",
            "コメント",
            "アバター",
            "撮影(",
            "[ロイター]",
            "お知らせ",
            "By Joseph",
        ):
            assert words not in body, (file.name, words)
