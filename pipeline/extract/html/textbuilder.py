"""Text of an element as a reader sees it: one line a paragraph, a line break for each ``<br>``, quotes after "> "."""

from __future__ import annotations

_MAX_QUOTE_DEPTH = 9

BREAK, BLOCK, QUOTE_IN, QUOTE_OUT = "\x00br", "\x00block", "\x00in", "\x00out"
# Between two inline elements that style may keep apart: nothing in a text, a space between a name and a date.
SOFT = "\x00soft"
# Where an element held the date of a comment: nothing in a text, a sign that nobody writes in a spaced one.
DATED, DATE_SIGN = "\x00dated", "\ufffc"
SOFT_TAGS = frozenset(("span", "a", "time", "small", "label", "cite", "strong", "b", "font"))

BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)

# What an element puts into a text where it begins and where it ends.
MARKS = dict.fromkeys(BLOCK_TAGS, BLOCK) | dict.fromkeys(SOFT_TAGS, SOFT) | {"blockquote": QUOTE_IN}
CLOSING = MARKS | {"blockquote": QUOTE_OUT}


def collapsed(text: str) -> str:
    """Text with each run of white space of the source as one blank; other spaces, such as 「　」, stay.

    Replacements search a text many times faster than a pattern does, and most find nothing.
    """
    for space in "\n\t\r\f":
        text = text.replace(space, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


class TextBuilder:
    """Collects pieces of text and breaks in document order; :meth:`text` joins them once."""

    __slots__ = ("parts",)

    def __init__(self) -> None:
        self.parts: list[str] = []

    def __bool__(self) -> bool:
        for part in self.parts:  # noqa: SIM110 -- asked at every element: any() over a generator takes twice as long
            if part[:1] != "\x00" and not part.isspace():
                return True
        return False

    def opening(self) -> str:
        """The first piece of text that is not blank."""
        for part in self.parts:
            if part[:1] != "\x00" and not part.isspace():
                return part
        return ""

    def weight(self) -> int:
        """Length of the text, near enough to compare."""
        return sum(len(part.strip()) for part in self.parts if part[:1] != "\x00")

    def line(self) -> str:
        """The text on one line, without marks of quotation."""
        parts = self.parts
        text = parts[0] if len(parts) == 1 else "".join([" " if part[:1] == "\x00" else part for part in parts])
        return collapsed(text).strip(" ")

    def text(self, *, spaced: bool = False) -> str:
        """The text: white space of the source collapsed, paragraphs and ``<br>`` as line breaks, quotes marked.

        ``spaced`` puts a space between neighbouring inline elements; the lines are the same in number.
        """
        joined = "".join(self.parts)
        if QUOTE_IN in joined or (spaced and DATED in joined):
            return _with_signs([*self.parts, BLOCK], spaced=spaced)
        # No white space but blanks is left after this, so that the line break may stand for one.
        joined = collapsed(joined.replace(SOFT, " " if spaced else "").replace(DATED, "")).replace(BREAK, "\n")
        lines: list[str] = []
        for block in joined.split(BLOCK):
            if "\n" in block:
                *broken, last = block.split("\n")
                lines += [line.strip(" ") for line in broken]
                block = last
            if block and (content := block.strip(" ")):
                lines.append(content)
        return "\n".join(lines).strip("\n")


def _with_signs(parts: list[str], *, spaced: bool) -> str:
    """Text in which lines are marked as quoted, or spaced text with the sign for a date."""
    lines: list[str] = []
    line: list[str] = []
    depth = 0
    for part in parts:
        if part[:1] != "\x00":
            line.append(part)
            continue
        if part == SOFT:
            if spaced:
                line.append(" ")
            continue
        if part == DATED:
            if spaced and any(map(str.strip, line)):
                line.append(f" {DATE_SIGN} ")
            continue
        content = collapsed("".join(line)).strip(" ") if line else ""
        line.clear()
        if content or part == BREAK:
            lines.append("> " * min(depth, _MAX_QUOTE_DEPTH) + content if depth else content)
        if part == QUOTE_IN:
            depth += 1
        elif part == QUOTE_OUT:
            depth -= 1
    return "\n".join(lines).strip("\n")
