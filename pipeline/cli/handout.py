"""The command that prints a sheet for a class and the teacher's key to it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.classroom.picks import Pick
from pipeline.cli import output
from pipeline.errors import NothingToDo, UnknownOutputFormat
from pipeline.records import Kind
from pipeline.report.wording import Lang, text
from pipeline.targets import load_targets

_WRITTEN = (".html", ".pdf")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(handout)


def handout(
    out: Annotated[Path, typer.Argument(help="File to write, .html or .pdf; the key is written beside it as *_key")],
    posts: Annotated[int, typer.Option("--posts", min=1, help="Posts at most")] = 8,
    pick: Annotated[Pick, typer.Option("--pick", help="original order, by lot, or where the model is least sure")] = (
        Pick.ORIGINAL
    ),
    seed: Annotated[str, typer.Option("--seed", help="Another lot for --pick random")] = "0",
    document: Annotated[list[str] | None, typer.Option("--document", help="Only posts of this document id")] = None,
    kind: Annotated[list[Kind] | None, typer.Option("--kind", help="Only posts of this kind")] = None,
    names: Annotated[bool, typer.Option("--names", help="Authors' own names in the key")] = False,
    lang: Annotated[Lang, typer.Option("--lang", help="ja or en")] = "ja",
) -> int:
    """Write a one-page A4 sheet of posts with empty boxes, and the teacher's key.

    Example: tachiba handout sheet.html --posts 6
    """
    if out.suffix.lower() not in _WRITTEN:
        raise UnknownOutputFormat(path=out, known=" ".join(_WRITTEN))
    # What follows takes seconds to import, and help needs none of it.
    from pipeline.classroom.choosing import choose
    from pipeline.report.handout import make_sheet, sheet_html
    from pipeline.report.handout_key import key_html
    from pipeline.report.pdf import html_to_pdf
    from pipeline.store import Filters, open_store

    targets = load_targets()
    found = open_store().posts(Filters(document_ids=tuple(document or ()), kinds=tuple(map(str, kind or ()))))
    if found.empty:
        raise NothingToDo(detail=text("cli.empty_store", output.language()))
    chosen = choose(found, pick, posts, [target.key for target in targets], seed=seed)
    sheet = make_sheet(chosen, targets, lang)
    pages = {out: sheet_html(sheet, targets, lang)}
    pages[out.with_name(f"{out.stem}_key{out.suffix}")] = key_html(sheet, chosen, targets, lang, names=names)
    pdf = out.suffix.lower() == ".pdf"
    made = {path: html_to_pdf(page) if pdf else page.encode("utf-8") for path, page in pages.items()}
    for path, content in made.items():
        with output.writing(path) as file:
            file.write(content)
    output.tell("cli.handout", path=out, n=len(sheet.items))
    return 0
