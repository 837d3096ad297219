"""Entry point for HTML: finds the threads of a page by the adapters, most certain first."""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.html.candidates import find_candidates
from pipeline.extract.html.dom import attribute, parse
from pipeline.extract.html.sections import section_of
from pipeline.extract.html.threads import Context, build
from pipeline.extract.html.walker import Walker
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
    tree = tree if tree is not None else parse(page.text)
    url = page.url or stated_url(tree)
    html = tree.css_first("html")
    context = Context(document_id(url, page.digest), url, attribute(html, "lang") if html is not None else None)
    return _marked(tree, context)


def stated_url(tree: LexborHTMLParser) -> str | None:
    """Address that the page gives of itself (canonical link, else og:url), or None."""
    link = tree.css_first('link[rel="canonical"]')
    if link is not None and (href := attribute(link, "href")) and href.startswith("http"):
        return href
    meta = tree.css_first('meta[property="og:url"]')
    content = attribute(meta, "content") if meta is not None else None
    return content if content and content.startswith("http") else None


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
    posts, skipped = build(walker.frames, context)
    outside = walker.outside.text()
    if outside and walker.frames:
        lines = outside.count("\n") + 1
        skipped.append(Skipped(context.document_id, None, lines, SkipReason.BOILERPLATE, outside[:80]))
    return ThreadResult(tuple(posts), tuple(skipped), tuple(nodes) if posts else ())
