"""The store: documents, posts, predictions and human labels in SQLite or PostgreSQL. All SQL stands in this package."""

from pipeline.store.connect import Store, default_url, open_store
from pipeline.store.filters import Filters, LabelSource, Order
from pipeline.store.writing import SaveResult

__all__ = ["Filters", "LabelSource", "Order", "SaveResult", "Store", "default_url", "open_store"]
