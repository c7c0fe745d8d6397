"""Reads of the API: one page each, in a fixed number of statements."""
