"""This feature keeps no rows of its own."""
