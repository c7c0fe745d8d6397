"""Drafts: what a trainer changes until it is published. Reads and writes of the draft tables, and nothing of pages."""
