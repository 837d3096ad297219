"""Screen 6: pages, pasted text and tables in; what was found, and what was skipped and why."""

from __future__ import annotations

import streamlit as st

from pipeline.screens import import_jobs, import_manage, import_result, import_targets, state

# Uploads and pasted text are offered by the ending of a saved page, an export or a table.
_ENDINGS = ["html", "htm", "mhtml", "mht", "txt", "xml", "json", "jsonl", "csv", "tsv", "xlsx", "parquet"]


def show() -> None:
    """Draw the screen."""
    st.title(state.say("import.title"))
    st.markdown(state.say("import.intro"))
    with st.form("import", clear_on_submit=True):
        uploads = st.file_uploader(
            state.say("import.files"), type=_ENDINGS, accept_multiple_files=True, help=state.say("import.endings")
        )
        pasted = st.text_area(state.say("import.paste"), placeholder=state.say("import.paste_hint"), height=140)
        source = st.text_input(state.say("import.source"), help=state.say("import.source_help"))
        pressed = st.form_submit_button(state.say("import.start"), type="primary", icon=":material/upload:")
    if pressed:
        jobs = [import_jobs.Job(upload.name, upload.getvalue()) for upload in uploads]
        if pasted.strip():
            jobs.append(import_jobs.Job(state.say("import.pasted_name"), pasted.encode("utf-8", "replace")))
        if jobs:
            st.session_state["import.results"] = import_jobs.run(jobs, source.strip())
        else:
            st.warning(state.say("import.nothing"))
    import_result.draw(st.session_state.get("import.results", []))
    import_manage.draw()
    import_targets.draw()
