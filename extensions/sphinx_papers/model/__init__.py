"""Values and rules of a collection of papers, in the standard library only.

Everything that a table, a leaderboard or a card shows is decided here, as plain
values; nothing here reads a file, knows a text format or has heard of Sphinx.
"""
