"""Learners who take a quiz over HTTP: for tests and benchmarks that need a real server."""
