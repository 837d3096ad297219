"""The errors that a user can meet. Each says what was wrong, where, and what to do next, in the user's language.

The texts stand in the string table (``report/wording/errors.toml``) under the key ``error.<ClassName>``.
"""

from __future__ import annotations

from pipeline.report.wording import Lang, table, text


class TachibaError(Exception):
    """Base of all. Keyword arguments fill the placeholders of the error's text."""

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.message("en"))

    def __reduce__(self) -> tuple[object, ...]:
        """Errors come back from other processes: an exception is otherwise rebuilt from its message alone."""
        return _rebuild, (type(self), self.params)

    def message(self, lang: Lang) -> str:
        """One line: what was wrong, where, what was expected, what to do next."""
        shown = {name: in_words(value, lang) if name == "detail" else value for name, value in self.params.items()}
        line = text(f"error.{type(self).__name__}", lang, **shown)
        return " ".join(line.split())


def in_words(detail: object, lang: Lang) -> object:
    """A detail in the user's language where the string table knows it; what a library said stays as it is."""
    key = f"detail.{detail}"
    return text(key, lang) if key in table() else detail


def _rebuild(kind: type[TachibaError], params: dict[str, object]) -> TachibaError:
    return kind(**params)


class BadTargets(TachibaError):
    """The targets file cannot be used (``path``, ``detail``)."""


class NoSuchInput(TachibaError):
    """A path that is not there (``path``)."""


class UnreadableInput(TachibaError):
    """A file that cannot be read as any known format (``path``, ``detail``)."""


class InputTooLarge(TachibaError):
    """A file, or what a packed file unpacks to, over the limit (``path``, ``megabytes``, ``limit``)."""


class NoTextColumn(TachibaError):
    """A table without a column of texts (``path``, ``columns``)."""


class PageNotTable(TachibaError):
    """A saved page where a table was asked for (``path``)."""


class NothingToDo(TachibaError):
    """No input gave anything (``detail``)."""


class StoreUnavailable(TachibaError):
    """The database cannot be opened, is locked or is full (``url``, ``detail``)."""


class BadStoreAddress(TachibaError):
    """An address names no database that can be opened (``url``, ``detail``)."""


class StoreTooNew(TachibaError):
    """The database was written by a newer version (``url``, ``found``, ``known``)."""


class ModelUnavailable(TachibaError):
    """The model asked for cannot be loaded (``model``, ``detail``)."""


class InternalFault(TachibaError):
    """An input met a fault of this program (``path``, ``detail``); the other inputs go on."""


class RayUnavailable(TachibaError):
    """``--engine ray`` without Ray, or Ray cannot start (``detail``)."""


class NetworkNotAllowed(TachibaError):
    """An address was given without --allow-network (``url``)."""


class UnwritableOutput(TachibaError):
    """A file that cannot be written (``path``, ``detail``)."""


class UnknownOutputFormat(TachibaError):
    """An output file whose ending names no known format (``path``, ``known``)."""


class PdfUnavailable(TachibaError):
    """A PDF was asked for, and no browser on this computer can print one (``detail``)."""


class BadLabels(TachibaError):
    """A file that is no log of labels (``path``, ``detail``)."""


class RoomRefuses(TachibaError):
    """A classroom room does not do what was asked (``reason``, a key of the string table's ``room.refuses.*``)."""

    def message(self, lang: Lang) -> str:
        """The reason in words, and what to do next."""
        return text(f"room.refuses.{self.params['reason']}", lang)
