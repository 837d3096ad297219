"""Articles of HTML pages: what counts as evidence. The pages are invented; real ones are in test_real_pages.py."""

from __future__ import annotations

import pytest

from pipeline.extract.article import Article, article_of_html
from pipeline.extract.html.dom import parse
from pipeline.records import Media, Page

PROSE = (
    "<p>政府は十日、新しい港の建設を始めると発表した。工事は三年続く見通しで、周辺の道路も広げられる。漁協は説明を求めている。</p>"
    "<p>港湾局によると、完成すれば大型船が年に二百隻寄港する。費用は三百億円で、国が半分を負う。残りは県と市が分け合う。</p>"
    "<p>一方、海の汚れを心配する声もある。市は水質の調査を続け、結果を毎月公表する方針だ。次の説明会は来月に開かれる予定である。</p>"
)
TITLE = "北部の港で建設始まる"


def ld(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


def page(head: str = "", top: str = "", body: str = PROSE, after: str = "") -> Article:
    html = (
        f"<html><head>{head}</head><body><nav><a href='/'>港湾新聞</a></nav>"
        f"<article><h1>{TITLE}</h1>{top}{body}</article>{after}<footer>© 2026 港湾新聞</footer></body></html>"
    )
    return article_of_html(parse(html), Page("s", Media.HTML, html, "digest"))


def value(article: Article) -> str | None:
    return article.published_at.value if article.published_at else None


@pytest.mark.parametrize(
    "head",
    [
        f"<title>{TITLE}｜港湾新聞</title>",
        f"<title>{TITLE} - 港湾新聞 - 社会</title><meta property='og:site_name' content='港湾新聞'>",
        f"<title>港湾新聞 : {TITLE}</title>",
        f"<meta property='og:title' content='{TITLE}（写真＝共同）：港湾新聞'>",
        f"<meta property='og:title' content='{TITLE[:9]}…'>",
    ],
)
def test_title_is_the_heading_that_the_page_names(head: str) -> None:
    assert page(head).title == TITLE


def test_title_without_any_heading_loses_the_name_of_the_site() -> None:
    html = f"<title>{TITLE} | 港湾新聞</title><meta property='og:site_name' content='港湾新聞'><p>短い。</p>"
    assert article_of_html(parse(html), Page("s", Media.HTML, html, "d")).title == TITLE


def test_the_logo_is_no_title() -> None:
    html = (
        f"<title>{TITLE} | 港湾新聞オンライン</title><h1><a href='/'>港湾新聞オンライン</a></h1><h2>{TITLE}</h2>{PROSE}"
    )
    assert article_of_html(parse(html), Page("s", Media.HTML, html, "d")).title == TITLE


@pytest.mark.parametrize(
    ("head", "top", "expected"),
    [
        (ld('{"@type":"NewsArticle","datePublished":"20230510T093000+0900"}'), "", "2023-05-10T09:30:00"),
        (ld('{"@graph":[{"@type":"BlogPosting","datePublished":"2023-05-10"}]}'), "", "2023-05-10"),
        ("<meta property='article:published_time' content='2023-05-10T09:30:00+09:00'>", "", "2023-05-10T09:30:00"),
        ("<meta name='pubdate' content='2023-05-10'>", "", "2023-05-10"),
        ("", "<time datetime='2023-05-10T09:30'>1時間前</time>", "2023-05-10T09:30"),
        ("", "<p class='x'>2023年5月10日 9:30</p>", "2023-05-10T09:30"),
        ("", "<span>更新日 2023年6月1日</span><span>公開日 2023年5月10日</span>", "2023-05-10"),
        ("", "<span>令和5年5月10日</span>", "2023-05-10"),
    ],
)
def test_dates_by_order_of_evidence(head: str, top: str, expected: str) -> None:
    assert value(page(head, top)) == expected


def test_json_ld_comes_before_meta_and_text() -> None:
    head = (
        ld('{"@type":"NewsArticle","datePublished":"2023-05-10"}')
        + "<meta property='article:published_time' content='2023-05-11'>"
    )
    assert value(page(head, "<span>2023年5月12日</span>")) == "2023-05-10"


def test_utc_gives_way_to_the_time_that_is_shown() -> None:
    head = "<meta property='article:published_time' content='2023-05-10T22:30:00Z'>"
    assert value(page(head, "<span>2023年5月11日 7:30</span>")) == "2023-05-11T07:30"
    assert value(page(head)) == "2023-05-10T22:30:00"


@pytest.mark.parametrize(
    ("top", "after"),
    [
        (
            "",
            "<div id='comments'><ol><li class='comment'><time datetime='2024-01-02'>1月2日</time></li></ol></div>",
        ),
        ("", "<aside><ul><li>2026年3月1日 別の記事</li></ul></aside>"),
        ("", "<p>Copyright 2026年1月1日 港湾新聞</p>"),
        ("<p>開催日:2023年8月1日</p>", ""),
        ("<p>発売日 2023年8月1日</p>", ""),
        ("<p>5月10日</p>", ""),
        ("<p>3時間前</p>", ""),
        ("<p>2023年</p>", ""),
        ("<p>2023年5月</p>", ""),
        ("<p>2023年5月10日から6月1日まで、港で工事の説明が行われる。</p>", ""),
    ],
)
def test_other_dates_are_not_the_articles(top: str, after: str) -> None:
    assert page(top=top, after=after).published_at is None


def test_a_year_alone_never_becomes_new_years_day() -> None:
    assert page("<meta name='date' content='2023'>").published_at is None
    assert value(page("<meta name='pubdate' content='2023-01-01T08:00:00+09:00'>")) == "2023-01-01T08:00:00"


@pytest.mark.parametrize(
    ("top", "authors"),
    [
        ("<span class='author vcard'><a rel='author'>早川杏奈</a></span>", ("早川杏奈",)),
        ("<p class='author'>文● オカモト／ASCII編集部</p>", ("オカモト", "ASCII編集部")),
        ("<span class='writer'>《KT》</span>", ("《KT》",)),
        ("<p>取材・文:早川杏奈</p>", ("早川杏奈",)),
        ("<a class='name'>著者：後藤大地</a>", ("後藤大地",)),
        ("<span class='author'>港湾新聞</span>", ()),
        ("<span class='author'><a href='/a'>記事一覧</a></span>", ()),
        ("", ()),
    ],
)
def test_authors_as_the_page_writes_them(top: str, authors: tuple[str, ...]) -> None:
    assert page("<meta property='og:site_name' content='港湾新聞'>", top).authors == authors


def test_author_of_another_article_is_not_taken() -> None:
    assert page(after="<div class='related'><span class='author'>早川杏奈</span></div>").authors == ()


def test_author_in_json_ld_and_in_the_dateline() -> None:
    data = '{"@type":"NewsArticle","author":[{"@type":"Person","name":"早川 杏奈"},{"name":"https://example.org/x"}]}'
    assert page(ld(data)).authors == ("早川 杏奈",)
    assert page(body=PROSE.replace("<p>政府", "<p>【北部=森一郎】政府", 1)).authors == ("森一郎",)


def test_broken_json_ld_is_passed_over() -> None:
    assert page(ld('{"@type": "NewsArticle", '), "<p>2023/5/10</p>").title == TITLE


def test_body_is_the_article_without_lists_and_threads() -> None:
    html = (
        f"<title>{TITLE}</title><div><p>別の記事の要約がここに長く書かれている。これは本文ではない。</p></div>"
        f"<article><h1>{TITLE}</h1>{PROSE}<h3>関連記事</h3><ul><li><a href='/1'>別の見出し</a></li></ul></article>"
        "<div id='comments'><p>これは読者の書き込みである。長い意見がここに続く。本文に入ってはならない。</p></div>"
    )
    tree = parse(html)
    found = article_of_html(tree, Page("s", Media.HTML, html, "d"), tree.css("#comments"))
    assert found.body.startswith("政府は十日、")
    for words in ("別の", "読者の書き込み", "関連記事"):
        assert words not in found.body


def test_site_section_and_stated_comments() -> None:
    data = '{"@type":"NewsArticle","articleSection":"経済","commentCount":"12","publisher":{"name":"港湾新聞社"}}'
    found = page(ld(data))
    assert (found.site, found.section, found.page_states_comments) == ("港湾新聞社", "経済", 12)


@pytest.mark.parametrize(
    ("heading", "count"),
    [
        ("コメント(12)", 12),
        ("コメント 1,204件", 1204),
        ("「北部の港で建設始まる」への3件のフィードバック", 3),
        ("7 thoughts on “Harbour”", 7),
        ("Comments (5)", 5),
        ("コメントを書く", None),
        ("港に3つの桟橋", None),
    ],
)
def test_count_that_the_page_states(heading: str, count: int | None) -> None:
    assert page(after=f"<div id='comments'><h2>{heading}</h2></div>").page_states_comments == count


def test_counts_that_contradict_each_other_are_none() -> None:
    assert page(after="<h3>コメント(3)</h3><h3>コメント(5)</h3>").page_states_comments is None
