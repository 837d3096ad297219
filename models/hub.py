"""Which model ``--model`` means: a folder, a Hugging Face id of a model in this project's saved form, or ``nli:<id>``.

Nothing is fetched unless TACHIBA_ALLOW_NETWORK=1: an id is looked up in the local cache of Hugging Face.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from models.embedded import EmbeddedLabeller
from models.labelling import LogitLabeller
from models.weights_io import WeightsError
from pipeline.errors import ModelUnavailable
from pipeline.targets import Target

EMBEDDED = Path(__file__).with_name("weights")
NLI = "nli:"
NETWORK = "TACHIBA_ALLOW_NETWORK"
_ID = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?")
# Weights in safetensors and text files; never a pickle.
_WANTED = ["*.json", "*.safetensors", "*.txt", "*.model"]


def open_model(model: str | None, targets: tuple[Target, ...]) -> LogitLabeller:
    """The labeller of a model's name; the embedded one where it is None.

    Raises:
        ModelUnavailable: there is no such model, it is not in the saved form, or a package is missing.
    """
    if model is None:
        return _load(model, EMBEDDED, targets)
    if model.startswith(NLI):
        return _load(model, _folder(model, model.removeprefix(NLI)), targets)
    return _load(model, _folder(model, model), targets)


def _load(model: str | None, folder: Path, targets: tuple[Target, ...]) -> LogitLabeller:
    try:
        if model is not None and model.startswith(NLI):
            from models.entailment import EntailmentLabeller

            return EntailmentLabeller(model.removeprefix(NLI), folder, targets)
        if (folder / "tachiba.json").is_file():
            from models.backbone import BackboneLabeller

            return BackboneLabeller(folder, targets)
        return EmbeddedLabeller(folder, targets)
    except WeightsError as error:
        raise ModelUnavailable(model="default" if model is None else model, detail=_short(error)) from error
    except ImportError as error:
        raise ModelUnavailable(model=model, detail=f"{error}; run `pip install 'tachiba[hub]'`") from error


def _folder(model: str, source: str) -> Path:
    """The folder of ``source``: itself, or that of a Hugging Face id in the local cache."""
    if source and Path(source).is_dir():
        return Path(source)
    if not _ID.fullmatch(source):
        raise ModelUnavailable(model=model, detail="no such folder, and no Hugging Face id (owner/name)")
    try:
        from huggingface_hub import snapshot_download
    except ImportError as error:
        raise ModelUnavailable(model=model, detail=f"{error}; run `pip install 'tachiba[hub]'`") from error
    online = os.environ.get(NETWORK) == "1"
    try:
        return Path(snapshot_download(source, local_files_only=not online, allow_patterns=_WANTED))
    except (OSError, ValueError) as error:
        # Of huggingface_hub's errors all that matter here are OSError or ValueError.
        step = f"set {NETWORK}=1 to fetch it" if not online else "check the id and the network"
        raise ModelUnavailable(model=model, detail=f"not in the local cache; {step}") from error


def _short(error: Exception) -> str:
    lines = str(error).splitlines()
    return lines[0][:300] if lines else type(error).__name__
