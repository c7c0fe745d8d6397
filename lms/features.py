"""The features, in the order in which they may import one another. Each registers its pages and what it listens to."""

from importlib import import_module

from flask import Flask

FEATURES = (
    "messages",
    "accounts",
    "organizations",
    "training",
    "cohorts",
    "quizzes",
    "grading",
    "progress",
    "certification",
    "reports",
    "notifications",
    "learning",
    "authoring",
    "boards",
    "imports",
    "api",
)


def init_features(app: Flask) -> None:
    """Import every model, then call each feature's `init_feature(app)`."""
    load_models()
    for name in ("backup.erasures", "backup.resealing", "storage.sweeping"):  # their jobs
        import_module(f"lms.{name}")
    for name in FEATURES:
        import_module(f"lms.{name}").init_feature(app)


def load_models() -> None:
    """Import every model, so that the metadata is whole."""
    for name in (*FEATURES, "certification.evidence", "jobs", "search", "events", "storage"):
        import_module(f"lms.{name}.models")
