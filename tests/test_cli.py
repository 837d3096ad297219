"""The command line as a user meets it: what it writes, what it says, how it exits."""

from __future__ import annotations

import io
import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from pipeline.cli import app as cli_app
from pipeline.cli import data, output
from pipeline.load import MAX_BYTES, MEGABYTE
from pipeline.store import connect
from tests.fakes import WordLabeller

TEXTS = ["ロシアの侵攻を批判する。", "", "ウクライナを支持する。", "今日は天気がよいと思います。"]
POST_FIELDS = (
    "id document_id kind author affiliation label posted_at updated_at votes votes_kind parent_id depth position "
    "text source"
)
ADDED = [
    "sentiment",
    "sentiment_confidence",
    *(f"stance_{t}{end}" for t in ("us", "russia", "ukraine") for end in ("", "_confidence", "_evidence", "_review")),
    "needs_review",
    "model",
]
COMMANDS = ["extract", "label", "run", "export", "handout", "dashboard", "labels", "rooms", "evaluate"]


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: bytes
    err: str

    @property
    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.decode().splitlines()]


Run = Callable[..., Done]


@pytest.fixture
def tachiba(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs a command in this process, with a labeller of words and a store of its own."""
    monkeypatch.setenv("TACHIBA_DB", f"sqlite:///{tmp_path / 'store' / 't.sqlite3'}")
    monkeypatch.setenv("TACHIBA_LANG", "en")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(data, "load_labeller", lambda model, targets: WordLabeller(targets))

    def run(*args: object, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "argv", ["tachiba", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as stop:
            cli_app.main()
        out, err = capsysbinary.readouterr()
        assert isinstance(stop.value.code, int)
        return Done(stop.value.code, out, err.decode())

    return run


def table(path: Path, texts: list[str] = TEXTS) -> Path:
    """A CSV with a text column among others, one of them clashing with a label's name."""
    frame = pd.DataFrame({"no": [f"{i:03}" for i in range(len(texts))], "text": texts, "model": "manual"})
    path.write_bytes(frame.to_csv(index=False).encode("utf-8-sig"))
    return path


def page(text: str) -> str:
    return f"<html><head><title>記事</title></head><body><article><p>{text}</p></article></body></html>"


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.name.startswith(".tachiba-")]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(tachiba: Run, command: str) -> None:
    done = tachiba(command, "--help")
    assert done.code == 0
    assert f"tachiba {command}" in done.out.decode().split("Usage:")[1].split("\n", 1)[1]


def test_extract_writes_one_json_line_a_record(tachiba: Run, seeds: Path, tmp_path: Path) -> None:
    out = tmp_path / "posts.jsonl"
    done = tachiba("extract", seeds, "-o", out)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert (done.code, done.out) == (0, b"")
    assert {line["type"] for line in lines} == {"document", "post", "skipped"}
    posts = [line for line in lines if line["type"] == "post"]
    assert all(set(POST_FIELDS.split()) <= set(post) for post in posts)
    assert [sum(post["kind"] == kind for post in posts) for kind in ("expert", "reader")] == [3, 12]
    quotation = next(post for post in posts if post["kind"] == "quotation")
    assert {"quote_kind", "speaker", "role", "anonymous", "via", "verb"} <= set(quotation)
    assert "3 experts, 12 readers" in done.err


def test_extract_reads_standard_input_and_says_that_there_are_no_comments(tachiba: Run) -> None:
    done = tachiba("extract", "-", stdin=page("ロシアについての記事です。" * 9).encode())
    assert done.code == 0
    assert done.lines[0]["type"] == "document"
    assert "-: no comments on this page" in done.err


def test_label_keeps_columns_and_rows_and_adds_exactly_the_label_columns(tachiba: Run, tmp_path: Path) -> None:
    done = tachiba("label", table(tmp_path / "in.csv"))
    assert done.code == 0
    assert [list(row) for row in done.lines] == [["no", "text", "model_input", *ADDED]] * 4
    assert [row["no"] for row in done.lines] == ["000", "001", "002", "003"]
    assert [row["stance_russia"] for row in done.lines] == ["against", None, "none", "none"]
    assert done.lines[1]["needs_review"] is None
    assert done.lines[0]["stance_russia_evidence"] == "ロシア"


@pytest.mark.parametrize("name", ["in.csv", "cp932.csv", "in.tsv", "in.xlsx", "in.jsonl", "in.parquet"])
def test_label_reads_every_form_alike(tachiba: Run, tmp_path: Path, name: str) -> None:
    frame, path = pd.DataFrame({"番号": ["007", "8"], "コメント": TEXTS[::2]}), tmp_path / name
    if name.endswith("csv"):
        path.write_bytes(frame.to_csv(index=False).encode("cp932" if "cp932" in name else "utf-8-sig"))
    elif name.endswith("tsv"):
        path.write_bytes(frame.to_csv(index=False, sep="\t").encode())
    elif name.endswith("xlsx"):
        frame.to_excel(path, index=False)
    elif name.endswith("jsonl"):
        frame.to_json(path, orient="records", lines=True, force_ascii=False)
    else:
        frame.to_parquet(path)
    done = tachiba("label", path)
    assert [(row["番号"], row["コメント"]) for row in done.lines] == [("007", TEXTS[0]), ("8", TEXTS[2])]
    assert [row["sentiment"] for row in done.lines] == ["negative", "positive"]


@pytest.mark.parametrize("name", ["out.csv", "out.tsv", "out.xlsx", "out.jsonl", "out.parquet"])
def test_label_writes_by_ending_and_its_output_can_be_labelled_again(tachiba: Run, tmp_path: Path, name: str) -> None:
    first, second, third = (tmp_path / f"{i}{name}" for i in range(3))
    assert tachiba("label", table(tmp_path / "in.csv"), "-o", first).code == 0
    assert tachiba("label", first, "-o", second).code == 0
    assert tachiba("label", second, "-o", third).code == 0
    row = tachiba("label", third).lines[0]
    assert row["text"] == TEXTS[0]
    assert row["model_input"] == "manual"
    assert row["model_input2"] == "words 1"
    assert leftovers(tmp_path) == []


def test_label_takes_the_output_of_extract(tachiba: Run, seeds: Path, tmp_path: Path) -> None:
    out = tmp_path / "posts.jsonl"
    tachiba("extract", seeds, "-o", out)
    done = tachiba("label", out)
    assert len(done.lines) == len(out.read_text(encoding="utf-8").splitlines())
    assert all((row["sentiment"] is not None) == (row["type"] == "post") for row in done.lines)


def test_label_keeps_dates_long_numbers_and_numeric_headers_of_a_workbook(tachiba: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    frame = pd.DataFrame(
        {"text": TEXTS[:1] * 2, 2022: [0.1234567890123, "x"], "on": pd.to_datetime(["2022-02-21", "2022-02-22"])}
    )
    frame.to_excel(path, index=False)
    row = tachiba("label", path).lines[0]
    assert row["2022"] == 0.1234567890123
    assert str(row["on"]).startswith("2022-02-21")
    assert tachiba("label", path, "-o", tmp_path / "mixed.parquet").code == 0
    assert list(pd.read_parquet(tmp_path / "mixed.parquet")["2022"]) == ["0.1234567890123", "x"]


def test_run_twice_changes_nothing_and_exports_in_every_form(tachiba: Run, seeds: Path, tmp_path: Path) -> None:
    assert "0 unchanged" in tachiba("run", seeds).err
    again = tachiba("run", seeds)
    assert "0 added, 0 changed, 0 gone" in again.err
    plain, bom = tmp_path / "plain.csv", tmp_path / "bom.csv"
    assert tachiba("export", plain, "--plain").code == tachiba("export", bom).code == 0
    assert bom.read_bytes() == b"\xef\xbb\xbf" + plain.read_bytes()
    frame = pd.read_csv(bom)
    for name in ("x.tsv", "x.xlsx", "x.parquet", "x.jsonl"):
        assert tachiba("export", tmp_path / name).code == 0
    assert list(pd.read_excel(tmp_path / "x.xlsx")["id"]) == list(frame["id"])
    assert list(pd.read_parquet(tmp_path / "x.parquet").columns) == list(frame.columns)
    assert list(pd.read_csv(tmp_path / "bom_dictionary.csv")["column"])[: len(frame.columns)] == list(frame.columns)
    tachiba("export", tmp_path / "names.csv", "--names")
    named = pd.read_csv(tmp_path / "names.csv")
    assert not set(frame["author"].dropna()) & set(named["author"].dropna())
    tachiba("export", tmp_path / "ja.csv", "--lang", "ja")
    assert not set(pd.read_csv(tmp_path / "ja.csv").columns) & set(frame.columns)
    tachiba("export", tmp_path / "comments.csv")
    polis = list(pd.read_csv(tmp_path / "comments.csv").columns)
    assert {"comment-id", "agrees", "disagrees", "comment-body"} <= set(polis)
    assert list(pd.read_csv(tmp_path / "comments_dictionary.csv")["column"]) == polis
    assert tachiba("handout", tmp_path / "sheet.html").code == 0
    assert (tmp_path / "sheet_key.html").read_text(encoding="utf-8").startswith("<!")


@pytest.mark.parametrize("arguments", [["export", "x.csv", "--lang", "fr"], ["label", "x", "--engine", "no"], ["nope"]])
def test_wrong_use_exits_with_2(tachiba: Run, arguments: list[str]) -> None:
    done = tachiba(*arguments)
    assert done.code == 2
    assert "Traceback" not in done.err


def test_export_of_an_empty_store_says_what_to_do(tachiba: Run, tmp_path: Path) -> None:
    done = tachiba("export", tmp_path / "x.csv")
    assert (done.code, "tachiba run FOLDER" in done.err) == (2, True)
    assert not (tmp_path / "x.csv").exists()


BAD = {
    "empty.html": b"",
    "binary.html": bytes(range(256)) * 40,
    "paper.pdf": b"%PDF-1.7\n" + bytes(99),
    "locked.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000),
    "cut.xlsx": b"PK\x03\x04" + bytes(99),
    "cut.parquet": b"PAR1" + bytes(99),
    "notext.html": b"<html><body><script>1</script></body></html>",
    "entities.xml": b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    b'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version>'
    b"<item><title>&b;</title></item></channel></rss>",
    "deep.xml": b"<rss>" + b"<a>" * 100_000,
}


@pytest.mark.parametrize("command", ["extract", "label"])
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", [*BAD, "missing.html", "n" * 5000])
def test_bad_input_gets_one_line_and_leaves_no_file(
    tachiba: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, lang: str, command: str
) -> None:
    monkeypatch.setenv("TACHIBA_LANG", lang)
    if name in BAD:
        (tmp_path / name).write_bytes(BAD[name])
    done = tachiba(command, tmp_path / name, "-o", tmp_path / "out.jsonl")
    assert done.code == 2
    assert len(done.err.strip().splitlines()) == 1, done.err
    assert name in done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / "out.jsonl").exists()
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("name", ["page.html", "copied.txt"])
def test_label_of_a_page_points_to_the_commands_for_pages(tachiba: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("<p>本文です。</p>\n" if name == "page.html" else "題\n本文です。\n", encoding="utf-8")
    done = tachiba("label", tmp_path / name)
    assert (done.code, done.out, len(done.err.splitlines())) == (2, b"", 1)
    assert "tachiba run" in done.err
    assert "tachiba extract" in done.err


def test_a_zip_bomb_is_refused_unpacked(tachiba: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.load.MAX_UNPACKED", 5 * MEGABYTE)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(6):
                sheet.write(bytes(MEGABYTE))
    for command in ("label", "extract", "run"):
        done = tachiba(command, tmp_path / "bomb.xlsx")
        assert (done.code, done.out, len(done.err.splitlines())) == (2, b"", 1)
        assert "limit 5 MB" in done.err


def test_the_reader_of_a_pipe_may_go_away(tmp_path: Path) -> None:
    """As with ``tachiba extract … | head -1``: complete lines until then, no traceback, and no error."""
    for n in range(70):
        (tmp_path / f"{n}.html").write_text(page("長い本文です。" * 400), encoding="utf-8")
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "extract", str(tmp_path)]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout is not None
    first = run.stdout.readline()
    run.stdout.close()
    assert run.stderr is not None
    said = run.stderr.read().decode()
    assert json.loads(first)["type"] == "document"
    assert run.wait() == 0
    assert "Traceback" not in said
    assert "Error" not in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full: Linux alone has one")
def test_a_full_disk_behind_standard_output(seeds: Path) -> None:
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "extract", str(seeds)]
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    said = run.stderr.decode()
    assert run.returncode == 2
    assert "Traceback" not in said
    assert "stdout" in said.splitlines()[-1]


def test_a_page_over_the_limit_is_refused_unread(tachiba: Run, tmp_path: Path) -> None:
    with (tmp_path / "huge.html").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    done = tachiba("extract", tmp_path / "huge.html")
    assert (done.code, done.out) == (2, b"")
    assert "limit 100 MB" in done.err


def test_nesting_100_000_deep_is_read(tachiba: Run, tmp_path: Path) -> None:
    (tmp_path / "deep.html").write_text("<div>" * 100_000 + "ロシアを支持する", encoding="utf-8")
    done = tachiba("extract", tmp_path / "deep.html")
    assert done.code == 0
    assert "ロシアを支持する" in done.out.decode()


def test_a_table_without_texts_lists_its_columns(tachiba: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("alpha,beta\n1,2\n", encoding="utf-8")
    for arguments in ([], ["--text-column", "gamma"]):
        done = tachiba("label", tmp_path / "in.csv", *arguments)
        assert (done.code, "alpha, beta" in done.err) == (2, True)


def test_three_of_100_files_fail_and_97_are_done(tachiba: Run, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(97):
        (folder / f"{number:03}.html").write_text(page(f"{number} 番目の記事です。" * 5), encoding="utf-8")
    for name in ("empty.html", "binary.html"):
        (folder / name).write_bytes(BAD[name])
    (folder / "zz.html").write_bytes(BAD["paper.pdf"])
    done = tachiba("extract", folder, "-o", tmp_path / "out.jsonl")
    assert done.code == 1
    assert [word in done.err for word in ("empty file", "binary data", "(PDF)", "3 of 100", "97 documents")] == [
        True
    ] * 5
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8").count('"type": "document"') == 97


def test_a_fault_of_ours_costs_one_page_only(tachiba: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import run

    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(page("記事です。" * 9), encoding="utf-8")
    real = run.extract
    monkeypatch.setattr(run, "extract", lambda page: 1 / 0 if page.source.endswith("a.html") else real(page))
    done = tachiba("extract", tmp_path)
    assert done.code == 1
    assert "a.html (ZeroDivisionError" in done.err
    assert len(done.lines) > 0


def test_unwritable_output_is_told_before_the_work(
    tachiba: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WordLabeller, "predict", lambda *_: pytest.fail("labelled before the output was opened"))
    done = tachiba("label", table(tmp_path / "in.csv"), "-o", tmp_path / "no" / "out.csv")
    assert (done.code, "Cannot be written" in done.err) == (2, True)
    assert tachiba("label", table(tmp_path / "in.csv"), "-o", tmp_path / "out.doc").code == 2


def test_a_locked_database_loses_nothing(
    tachiba: Run, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tachiba("run", seeds)
    before = tachiba("export", tmp_path / "a.csv").code
    monkeypatch.setattr(connect, "LOCK_SECONDS", 0.05)
    holder = sqlite3.connect(tmp_path / "store" / "t.sqlite3")
    holder.execute("BEGIN IMMEDIATE")
    (tmp_path / "new.html").write_text(page("新しい記事です。" * 9), encoding="utf-8")
    done = tachiba("run", tmp_path / "new.html")
    holder.rollback()
    holder.close()
    assert (before, done.code) == (0, 2)
    assert "locked" in done.err
    tachiba("export", tmp_path / "b.csv")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_a_full_database_keeps_whole_documents(tachiba: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{i:02}.html" for i in range(40)]
    for name in names:
        (tmp_path / name).write_text(page(f"{name} 大統領は「これは許せない」と述べた。" * 40), encoding="utf-8")
    path = tmp_path / "store" / "t.sqlite3"
    tachiba("run", tmp_path / names[0])
    with sqlite3.connect(path) as reader:
        pages = reader.execute("PRAGMA page_count").fetchone()[0]
    real = connect._set_pragmas

    def full(connection: sqlite3.Connection, record: object) -> None:
        real(connection, record)  # type: ignore[arg-type]  # the pool's record is not used
        connection.execute(f"PRAGMA max_page_count={pages + 20}")

    monkeypatch.setattr(connect, "_set_pragmas", full)
    done = tachiba("run", tmp_path)
    assert done.code == 2
    assert "full" in done.err
    with sqlite3.connect(path) as reader:
        assert reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept = reader.execute("SELECT count(*) FROM documents").fetchone()[0]
        bare = reader.execute(
            "SELECT count(*) FROM posts WHERE id NOT IN (SELECT post_id FROM predictions)"
        ).fetchone()[0]
    assert 1 <= kept < len(names)
    assert bare == 0


def test_a_file_that_is_no_database(tachiba: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "junk").write_bytes(b"junk" * 2000)
    monkeypatch.setenv("TACHIBA_DB", f"sqlite:///{tmp_path / 'junk'}")
    done = tachiba("export", tmp_path / "x.csv")
    assert (done.code, len(done.err.strip().splitlines())) == (2, 1)
    assert (tmp_path / "junk").read_bytes() == b"junk" * 2000


def test_an_address_needs_leave(tachiba: Run) -> None:
    done = tachiba("extract", "https://example.org/")
    assert (done.code, "--allow-network" in done.err) == (2, True)


def test_an_interrupt_leaves_no_partial_output(tachiba: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(WordLabeller, "predict", stop)
    done = tachiba("label", table(tmp_path / "in.csv"), "-o", tmp_path / "out.csv")
    assert done.code == 2
    assert done.err.strip() == "Stopped. No partial output was left."
    assert not (tmp_path / "out.csv").exists()
    assert leftovers(tmp_path) == []


def test_control_characters_of_a_file_name_are_shown(tachiba: Run) -> None:
    assert "\x1b" not in tachiba("extract", "a\x1b[31mb.html").err


def test_language_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TACHIBA_LANG", "ja")
    assert output.language() == "ja"
