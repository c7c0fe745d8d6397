"""Reports that are made regularly: by mail or into a folder, in each receiver's language and calendar."""


def init_schedules() -> None:
    """Register the jobs, the notice and what is kept about a person."""
    from lms.reports.schedules import keeping, making  # noqa: F401 (they register their jobs)
    from lms.reports.schedules.notices import register_notices
    from lms.reports.schedules.privacy import register_privacy

    register_notices()
    register_privacy()
