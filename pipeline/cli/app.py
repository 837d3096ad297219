"""Commands of ``tachiba``: thin; each calls one public function and says what came of it."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points

import typer

from pipeline.cli import data, handout, labels, output, rooms
from pipeline.errors import TachibaError

app = typer.Typer(
    name="tachiba",
    help="Where do experts and readers stand? Reads saved Japanese pages, labels stance and sentiment, exports, shows.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
data.register(app)
handout.register(app)
labels.register(app)
rooms.register(app)
# Commands on the model (evaluate, model) come from whoever supplies the model.
for offer in entry_points(group="tachiba.commands"):
    command = offer.load()
    if isinstance(command, typer.Typer):
        app.add_typer(command, name=offer.name)
    else:
        app.command(offer.name)(command)


# What typer makes of Ctrl-C.
_INTERRUPTED = 130


def main() -> None:
    """Run the command line: exit code 0 done, 1 some inputs could not be read, 2 nothing done."""
    try:
        code = app(standalone_mode=False)
    except TachibaError as error:
        output.error(error)
        code = 2
    except typer.TyperException as error:
        from typer.rich_utils import rich_format_error  # with all of Rich: too much for a command that needs none

        rich_format_error(error)  # type: ignore[arg-type]  # every one that typer raises is of this kind
        code = 2
    except (typer.Abort, KeyboardInterrupt):
        code = _INTERRUPTED
    if code == _INTERRUPTED:
        output.tell("cli.stopped")
        code = 2
    sys.exit(code if isinstance(code, int) else 0)
