"""What an import found, and line by line what it left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pipeline.records import Extraction, Kind, Skipped
from pipeline.screens import figure, frame, state
from pipeline.screens.import_jobs import Result
from pipeline.screens.plain import markdown

# More rows than this are cut, and said so; the export of the store holds nothing back.
_ROWS = 500


def draw(results: Sequence[Result]) -> None:
    """The results of the last import."""
    if not results:
        return
    st.subheader(state.say("import.results"))
    failed = sum(bool(result.error or result.unexpected) for result in results)
    st.markdown(state.say("import.sum", done=len(results) - failed, failed=failed))
    for at, result in enumerate(results):
        with st.container(border=True):
            _result(result, at)
    if failed < len(results):
        frame.link("overview", state.say("import.to_overview"))


def _result(result: Result, at: int) -> None:
    st.markdown(f"**{markdown(result.name)}**")
    if result.error:
        st.error(markdown(result.error.message(state.lang())), icon=":material/error:")
        return
    if result.unexpected:
        st.error(state.plain_say("import.unexpected", detail=result.unexpected), icon=":material/error:")
        return
    saved = result.saved
    st.caption(state.say("import.saved", added=saved.added, changed=saved.changed, same=saved.unchanged))
    for number, extraction in enumerate(result.extractions):
        _document(extraction, f"{at}.{number}")


def _document(extraction: Extraction, key: str) -> None:
    document = extraction.document
    kinds = Counter(str(post.kind) for post in extraction.posts)
    title = document.title or state.say("import.no_title")
    counts = state.say("import.found", **{str(kind): kinds[kind] for kind in Kind}, skipped=len(extraction.skipped))
    figure.say(f"{title}: {counts}")
    if not kinds[Kind.EXPERT] and not kinds[Kind.READER]:
        st.info(state.say("import.no_comments"), icon=":material/article:")
    stated = document.page_states_comments
    if stated is not None and stated != kinds[Kind.EXPERT] + kinds[Kind.READER]:
        st.warning(state.say("import.stated", stated=stated, found=kinds[Kind.EXPERT] + kinds[Kind.READER]))
    if extraction.skipped:
        box = st.expander(
            state.say("import.skipped", n=len(extraction.skipped)), key=f"skipped.{key}", on_change="rerun"
        )
        if box.open:
            with box:
                skipped_table(extraction.skipped)


def skipped_table(skipped: Sequence[Skipped]) -> None:
    """Where, how many lines, why, and how each part left out begins."""
    rows = [
        {
            state.say("import.where"): _place(item),
            state.say("import.lines"): item.lines,
            state.say("import.why"): state.say(f"skip.{item.reason}"),
            state.say("import.begins"): item.excerpt,
        }
        for item in skipped[:_ROWS]
    ]
    st.html(figure.html_table(pd.DataFrame(rows)))
    if len(skipped) > _ROWS:
        st.caption(state.say("import.cut", n=_ROWS, total=len(skipped)))


def _place(item: Skipped) -> str:
    return f"{item.span.start}–{item.span.end}" if item.span else "–"
