"""Dialogues: one process of one municipality, walking through the phases."""
