from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from tokenizers import Tokenizer
from typer.testing import CliRunner

from models import commands
from models.stance import StanceModel
from models.weights_io import save_model
from pipeline.errors import ModelUnavailable, NoSuchInput, UnreadableInput

CORPUS = Path(commands.__file__).parent / "corpus"
app = typer.Typer()
app.command("evaluate")(commands.evaluate)
app.add_typer(commands.model, name="model")


@pytest.fixture
def folder(tmp_path: Path, tiny: StanceModel, tokenizer: Tokenizer) -> Path:
    save_model(tmp_path / "model", tiny, tokenizer)
    return tmp_path / "model"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    lines = (CORPUS / "dev.jsonl").read_text(encoding="utf-8").splitlines()[:40]
    (tmp_path / "gold.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "gold.jsonl"


def test_evaluate_prints_a_row_a_target(gold: Path, folder: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", str(gold), "--model", str(folder)], catch_exceptions=False)
    assert result.exit_code == 0
    names = [line.split()[0] for line in result.stdout.splitlines() if "[" in line]
    assert names == ["pooled", "us", "russia", "ukraine", "sentiment"]


def test_evaluate_as_json_holds_everything(gold: Path, folder: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", str(gold), "--model", str(folder), "--json"], catch_exceptions=False)
    report = json.loads(result.stdout)
    assert report["comments"] == 40
    low, high = report["strict"]["pooled"]["macro_f1"][1:]
    assert low <= report["strict"]["pooled"]["macro_f1"][0] <= high
    assert report["also"]["pooled"]["accuracy"][0] >= report["strict"]["pooled"]["accuracy"][0]
    assert {"stance_ece", "reliability", "risk_coverage", "covered"} <= set(report["calibration"])


@pytest.mark.parametrize(
    "content", ["", "no JSON", "[]", '{"text": "a"}', '{"id": "1", "text": "a", "stance": {}, "sentiment": "neutral"}']
)
def test_what_is_no_gold_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableInput, match="expected lines like"):
        CliRunner().invoke(app, ["evaluate", str(path)], catch_exceptions=False)


def test_no_gold_no_model(gold: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    with pytest.raises(NoSuchInput):
        runner.invoke(app, ["evaluate", str(tmp_path / "none.jsonl")], catch_exceptions=False)
    with pytest.raises(ModelUnavailable):
        runner.invoke(app, ["evaluate", str(gold), "--model", str(tmp_path)], catch_exceptions=False)


@pytest.mark.parametrize(("lang", "title"), [("ja", "# モデルカード"), ("en", "# Model card")])
def test_the_card_in_either_language(lang: str, title: str) -> None:
    result = CliRunner().invoke(app, ["model", "card", "--lang", lang], catch_exceptions=False)
    assert result.stdout.startswith(title)


def test_info_of_a_folder(folder: Path) -> None:
    result = CliRunner().invoke(app, ["model", "info", str(folder)], catch_exceptions=False)
    assert json.loads(result.stdout)["size"]["hidden"] == 32
    (folder / "model.safetensors").write_bytes(b"x")
    with pytest.raises(ModelUnavailable):
        CliRunner().invoke(app, ["model", "info", str(folder)], catch_exceptions=False)
    shutil.rmtree(folder)
    with pytest.raises(ModelUnavailable):
        CliRunner().invoke(app, ["model", "info", str(folder)], catch_exceptions=False)


def test_the_commands_are_declared_without_torch() -> None:
    check = "import sys, models.commands; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
