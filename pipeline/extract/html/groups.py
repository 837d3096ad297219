"""Repeated siblings that each hold a date: where a thread that nothing names may stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from selectolax.lexbor import LexborNode

from pipeline.extract.dates import holds_date
from pipeline.extract.html.dom import TEXT_ID, TIME_ID
from pipeline.extract.html.visible import HIDDEN_TAGS

# Cheap test before the grammar of dates is tried. It opens with one set of characters, which Python's engine looks for
# many times faster than for a list of alternatives.
_ANY_DATE = re.compile(
    r"[\d令平JFMASOND](?:"
    r"(?<=\d)(?:\d{3}\s?[年/.-]\s?\d{1,2}\s?[月/.-]\s?\d{1,2}|\d?[./]\d{1,2}[./]\d{4}"
    r"|\d/\d\d/\d\d\(|\s?(?:分|時間|日)前|\. ?\w+ \d{4})"
    r"|(?:(?<=令)和|(?<=平)成)\s?[元\d]{1,2}\s?年"
    r"|(?:(?<=\bJ)(?:an|un|ul)|(?<=\bF)eb|(?<=\bM)a[ry]|(?<=\bA)(?:pr|ug)|(?<=\bS)ep|(?<=\bO)ct|(?<=\bN)ov|(?<=\bD)ec)"
    r"[a-z]*\.? \d{1,2},? \d{4})"
)
# The commonest forms, which are dates without a doubt: the grammar takes ten times as long to say so.
_PLAIN_DATE = re.compile(
    r"(?<![\dA-Za-z_])(?:19|20)\d\d(?:(?P<sign>[/.-])(?:1[0-2]|0?[1-9])(?P=sign)(?:[12]\d|0?[1-9])(?!\d)"
    r"|年(?:1[0-2]|0?[1-9])月(?:[12]\d|0?[1-9])日)"
)
_AGO = re.compile(r"\b(?:ago|her)\b")
_SHORTEST, _LONGEST = 4, 200  # characters around those of a text that may be a date
_NOT_HERE = HIDDEN_TAGS | {"nav", "aside", "form", "button"}
_LEVELS = 9
_MOST_GROUPS = 20
_DEEPEST = 60

_Key = tuple[int, str]
_Chain = list[tuple[int, str, LexborNode]]  # identity, tag and node, each read once


@dataclass(slots=True)
class Group:
    """Siblings of one tag that each hold a date, by their identity; ``nested`` are blocks of the same form in them."""

    parent: LexborNode
    blocks: dict[int, LexborNode]
    nested: dict[int, LexborNode] = field(default_factory=dict)


def find_groups(body: LexborNode) -> list[Group]:
    """Groups of dated siblings; each date belongs to the largest group above it, the innermost of equals."""
    groups: dict[_Key, Group] = {}
    chains = [_chain(element) for element in _dated(body)]
    paths: list[list[_Key]] = []
    for chain in chains:
        path: list[_Key] = []
        for (identity, tag, block), (above, _, parent) in pairwise(chain):
            key = (above, tag)
            if (group := groups.get(key)) is None:
                group = groups[key] = Group(parent, {})
            group.blocks[identity] = block
            path.append(key)
        paths.append(path)
    sizes = {key: len(group.blocks) for key, group in groups.items()}
    best = dict.fromkeys(max(path, key=sizes.__getitem__) for path in paths if path)
    # Groups may lie in one another: reading a bounded number of them keeps the cost linear.
    chosen = [key for key in best if sizes[key] >= 2]
    largest = sorted(chosen, key=sizes.__getitem__, reverse=True)[:_MOST_GROUPS]
    for key in largest:
        _add_nested(groups[key], chains)
    return [groups[key] for key in largest]


def _chain(element: LexborNode) -> _Chain:
    """A dated element and what stands around it, up to a bounded height."""
    chain: _Chain = []
    block: LexborNode | None = element
    while block is not None and len(chain) <= _LEVELS:
        tag = block.tag or ""
        chain.append((block.mem_id, tag, block))
        if tag in ("body", "html"):
            break
        block = block.parent
    return chain


def _add_nested(group: Group, chains: Iterable[_Chain]) -> None:
    """Find replies inside the blocks: elements that hold their date in the same place as most blocks do."""
    forms: Counter[tuple[str, ...]] = Counter()
    seen: set[int] = set()
    for chain in chains:
        for height, (identity, _, _) in enumerate(chain[:-1]):
            if identity in group.blocks:
                if identity not in seen:
                    seen.add(identity)
                    forms[tuple(tag for _, tag, _ in chain[: height + 1])] += 1
                break
    if not forms:
        return
    form, times = forms.most_common(1)[0]
    if len(form) < 2 or 2 * times < len(group.blocks):
        return
    inside, most = group.parent.mem_id, len(form)
    for chain in chains:
        if len(chain) <= most or tuple(tag for _, tag, _ in chain[:most]) != form:
            continue
        identity, _, block = chain[most - 1]
        if identity not in group.blocks and identity not in group.nested and _lies_in(block, inside):
            group.nested[identity] = block


def _lies_in(node: LexborNode, identity: int) -> bool:
    above = node.parent
    for _ in range(_DEEPEST):
        if above is None:
            return False
        if above.mem_id == identity:
            return True
        above = above.parent
    return False


def _dated(body: LexborNode) -> list[LexborNode]:
    """Elements whose own text, or whose ``datetime``, is or holds a date, in document order."""
    # One comprehension: a loop with names for its steps takes three times as long for a page.
    may = [
        (node, text)
        for node in body.traverse(include_text=True)
        if (
            (kind := node.tag_id) == TEXT_ID
            and _SHORTEST < len(text := node.text_content or "") < _LONGEST
            and not text.isspace()
        )
        or (kind == TIME_ID and not (text := "" if node.attributes.get("datetime") else "-"))
    ]
    found: list[LexborNode] = []
    hidden: dict[int, bool] = {body.mem_id: False}
    for index in _with_dates([text for _, text in may]):
        node, text = may[index]
        element = node.parent if text else node
        if element is not None and not _is_hidden(element, hidden) and _holds_date(text):
            found.append(element)
    return found


def _holds_date(text: str) -> bool:
    """Whether the text of a node is or holds a date; "" stands for an element with one in its attributes."""
    return not text or _PLAIN_DATE.search(text) is not None or holds_date(text)


def _with_dates(texts: list[str]) -> list[int]:
    """Which texts may hold a date, and which are empty; all are searched as one, which takes a third of the time."""
    joined = "\0".join(texts)
    may = {index for index, text in enumerate(texts) if not text}
    for pattern in (_ANY_DATE, _AGO) if "ago" in joined or "her" in joined else (_ANY_DATE,):
        index = position = 0
        for match in pattern.finditer(joined):
            index += joined.count("\0", position, position := match.start())
            may.add(index)
    return sorted(may)


def _is_hidden(node: LexborNode | None, known: dict[int, bool]) -> bool:
    """Whether an element lies in one that is not looked at. ``known`` keeps the answers: each element is asked once."""
    path: list[int] = []
    hidden = False
    while node is not None:
        identity = node.mem_id
        if (answer := known.get(identity)) is not None:
            hidden = answer
            break
        path.append(identity)
        if node.tag in _NOT_HERE:
            hidden = True
            break
        node = node.parent
    for identity in path:
        known[identity] = hidden
    return hidden
