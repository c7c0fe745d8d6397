"""Forms of the boards."""
