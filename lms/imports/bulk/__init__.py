"""Whole sheets: organizations, people, memberships and past completions, looked at before anything is written."""
