"""Threads of comments in HTML pages."""

from pipeline.extract.html.dispatch import ThreadResult, extract_threads

__all__ = ["ThreadResult", "extract_threads"]
