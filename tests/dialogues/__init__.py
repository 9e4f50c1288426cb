"""Scripted dialogues: what a person types at a real terminal, and what is then on the screen."""
