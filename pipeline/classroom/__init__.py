"""Blind rounds in a classroom: the rules of a room, who may see what, which posts, questions to discuss. Pure."""
