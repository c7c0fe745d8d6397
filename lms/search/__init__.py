"""Search: folded text of what can be found."""
