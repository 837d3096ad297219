"""Entry point for HTML: finds the threads of a page by the adapters, most certain first."""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.collector import held_back
from pipeline.extract.html.candidates import find_candidates
from pipeline.extract.html.dom import attribute, parse
from pipeline.extract.html.items import Item, to_posts
from pipeline.extract.html.json_threads import disqus_items, json_ld_items
from pipeline.extract.html.miner import mine
from pipeline.extract.html.sections import section_of
from pipeline.extract.html.think import think_items
from pipeline.extract.html.threads import Context, build, holds_several
from pipeline.extract.html.walker import Walker
from pipeline.extract.html.yahoo import yahoo_items
from pipeline.extract.ids import document_id
from pipeline.records import Page, Post, Skipped, SkipReason


@dataclass(frozen=True, slots=True)
class ThreadResult:
    """Posts of a page, what was left out, and the nodes that hold the threads (to take the article without them)."""

    posts: tuple[Post, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    nodes: tuple[LexborNode, ...] = field(default=(), repr=False)


def extract_threads(page: Page, tree: LexborHTMLParser | None = None) -> ThreadResult:
    """All comments of a page, in document order.

    ``tree`` is the page parsed by :func:`pipeline.extract.html.dom.parse`, where the caller has it already; the nodes
    of the result are nodes of that tree.
    """
    with held_back():
        return _extract(page, tree if tree is not None else parse(page.text))


def _extract(page: Page, tree: LexborHTMLParser) -> ThreadResult:
    url = page.url or stated_url(tree)
    html = tree.css_first("html")
    context = Context(document_id(url, page.digest), url, attribute(html, "lang") if html is not None else None)
    fixed = _fixed_layouts(tree, page.text, context)
    if fixed.posts:
        return fixed
    marked = _marked(tree, context)
    stored = _stored(tree, page.text, context)
    if len(stored.posts) > len(marked.posts):
        return _with_duplicates(stored, marked, context)
    if marked.posts:
        return _with_duplicates(marked, stored, context)
    return _mined(tree, context, marked)


def stated_url(tree: LexborHTMLParser) -> str | None:
    """Address that the page gives of itself (canonical link, else og:url), or None."""
    link = tree.css_first('link[rel="canonical"]')
    if link is not None and (href := attribute(link, "href")) and href.startswith("http"):
        return href
    meta = tree.css_first('meta[property="og:url"]')
    content = attribute(meta, "content") if meta is not None else None
    return content if content and content.startswith("http") else None


def _fixed_layouts(tree: LexborHTMLParser, source: str, context: Context) -> ThreadResult:
    """Yahoo! News Japan and Think!, by hooks that nothing else has."""
    items: list[Item] = []
    nodes: list[LexborNode] = []
    if "_cl_link:profnm" in source or "/profile/commentator/" in source:
        items, nodes = yahoo_items(tree)
    if not items and "のアバター" in source:
        items, nodes = think_items(tree)
    posts, skipped = to_posts(items, context.document_id)
    return ThreadResult(tuple(posts), tuple(skipped), tuple(nodes) if posts else ())


def _marked(tree: LexborHTMLParser, context: Context) -> ThreadResult:
    """Comments whose mark-up names them."""
    candidates = find_candidates(tree)
    walker = Walker(candidates)
    nodes: list[LexborNode] = []
    for identity, (node, _) in candidates.items():
        if identity in walker.visited:
            continue
        root, widget = section_of(node)
        nodes.append(root)
        walker.walk(root, widget)
    posts, skipped = build([frame for frame in walker.frames if not holds_several(frame)], context)
    if posts and (outside := walker.outside.text()):
        lines = outside.count("\n") + 1
        skipped.append(Skipped(context.document_id, None, lines, SkipReason.BOILERPLATE, outside[:80]))
    return ThreadResult(tuple(posts), tuple(skipped), tuple(nodes) if posts else ())


def _stored(tree: LexborHTMLParser, source: str, context: Context) -> ThreadResult:
    """Comments that the page holds as JSON."""
    items = disqus_items(tree) if "disqus-threadData" in source else []
    if not items and "application/ld+json" in source:
        items = json_ld_items(tree)
    posts, skipped = to_posts(items, context.document_id)
    return ThreadResult(tuple(posts), tuple(skipped))


def _mined(tree: LexborHTMLParser, context: Context, marked: ThreadResult) -> ThreadResult:
    """The longest thread of repeated dated blocks in which most blocks read as comments."""
    for mined in mine(tree):
        posts, skipped = build(mined.frames, context)
        if len(posts) >= 2 and 10 * sum(1 for post in posts if post.author and post.posted_at) >= 7 * len(posts):
            return ThreadResult(tuple(posts), (*skipped, *marked.skipped), tuple(mined.nodes))
    return marked


def _with_duplicates(chosen: ThreadResult, other: ThreadResult, context: Context) -> ThreadResult:
    """The chosen thread; the same thread in another form is listed as skipped."""
    if not other.posts:
        return ThreadResult(chosen.posts, (*chosen.skipped, *other.skipped), (*chosen.nodes, *other.nodes))
    lines = sum(post.text.count("\n") + 1 for post in other.posts)
    excerpt = other.posts[0].text[:80]
    twin = Skipped(context.document_id, None, lines, SkipReason.DUPLICATE, excerpt)
    return ThreadResult(chosen.posts, (*chosen.skipped, *other.skipped, twin), (*chosen.nodes, *other.nodes))
