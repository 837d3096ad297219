"""What is stored: naming a page's source, and deleting a page with undo."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from pipeline.records import Kind, Skipped, SkipReason, Span
from pipeline.screens import figure, import_result, state
from pipeline.screens.plain import markdown

_FEW_PAGES = 8
_ROWS = 100


def draw() -> None:
    """Draw the list of stored pages and what can be done with one."""
    _undo()
    documents = state.documents()
    if documents.empty:
        return
    st.subheader(state.say("manage.title", n=f"{len(documents):,}"))
    _list(documents)
    names = {row["id"]: _name(row) for row in documents.to_dict("records")}
    chosen = st.selectbox(
        state.say("manage.choose"),
        list(names),
        index=None,
        format_func=lambda code: names.get(code, code),
        placeholder=state.say("filter.choose"),
        key="manage.document",
    )
    if chosen is None or chosen not in names:
        return
    row = documents[documents["id"] == chosen].iloc[0]
    _rename(chosen, row["site_given"] if isinstance(row["site_given"], str) else "")
    _skipped(chosen)
    st.button(
        state.say("manage.delete"),
        icon=":material/delete:",
        on_click=_delete,
        args=(names,),
        key="delete",
    )


def _list(documents: pd.DataFrame) -> None:
    """The stored pages as a table; opened at once where it is short."""
    with st.expander(state.say("manage.stored"), expanded=len(documents) <= _FEW_PAGES):
        shown = documents.head(_ROWS)
        table = shown.assign(title=shown["title"].fillna(shown["source"]), published=shown["published_at"].str[:10])
        heads = {name: state.say(f"table.{name}") for name in ("title", "site", "published")}
        heads |= {f"{kind}s": state.say(f"group.{kind}") for kind in Kind}
        heads["skipped"] = state.say("table.skipped")
        st.html(figure.html_table(table[list(heads)].rename(columns=heads)))
        if len(documents) > _ROWS:
            st.caption(state.say("manage.cut", n=_ROWS, total=f"{len(documents):,}"))


def _name(row: dict[object, object]) -> str:
    title = row["title"] if isinstance(row["title"], str) else row["source"]
    counts = state.say("manage.counts", experts=row["experts"], readers=row["readers"], quotations=row["quotations"])
    return f"{title} ({row['site'] if isinstance(row['site'], str) else '–'}; {counts})"


def _rename(document_id: str, given: str) -> None:
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    name = left.text_input(state.say("import.source"), value=given, key=f"rename.{document_id}")
    right.button(
        state.say("manage.rename"),
        on_click=_save_name,
        args=(document_id,),
        key="rename",
        disabled=name.strip() == given,
    )


def _save_name(document_id: str) -> None:
    with state.guard():
        state.store().rename_source(document_id, st.session_state[f"rename.{document_id}"].strip() or None)
        state.forget()


def _skipped(document_id: str) -> None:
    box = st.expander(state.say("manage.skipped"), key=f"manage.skipped.{document_id}", on_change="rerun")
    if box.open:
        with box:
            found = state.store().skipped(document_id)
            if found.empty:
                st.caption(state.say("manage.none_skipped"))
            else:
                import_result.skipped_table([_record(row) for row in found.to_dict("records")])


def _record(row: dict[object, object]) -> Skipped:
    start, end = row["span_start"], row["span_end"]
    span = None if pd.isna(start) else Span(int(start), int(end))  # type: ignore[call-overload]  # a cell of a table
    return Skipped(
        str(row["document_id"]), span, int(str(row["lines"])), SkipReason(str(row["reason"])), str(row["excerpt"])
    )


def _delete(names: Mapping[str, str]) -> None:
    # What is chosen now, which may be later than what the pressed button was drawn for.
    document_id = st.session_state["manage.document"]
    if document_id is None:
        return
    with state.guard():
        state.store().delete_document(document_id)
        state.forget()
        st.session_state["manage.deleted"] = (document_id, names[document_id])


def _undo() -> None:
    deleted = st.session_state.get("manage.deleted")
    if not deleted:
        return
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.warning(state.say("manage.deleted", name=markdown(deleted[1])))
    right.button(state.say("manage.undo"), icon=":material/undo:", on_click=_restore, args=(deleted[0],), key="undo")


def _restore(document_id: str) -> None:
    with state.guard():
        state.store().restore_document(document_id)
        state.forget()
        st.session_state["manage.deleted"] = None
