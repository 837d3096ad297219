"""Tachiba: from a saved page to labelled posts, tables and charts."""
