"""Tables, charts, exports and the wording they share."""
