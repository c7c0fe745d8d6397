"""What people are told of certification: notices, mails, digests, and what each chose about them."""

from flask import Flask

from lms.messages.kinds import register_message_kind


def init_feature(app: Flask) -> None:
    """Register this feature's kinds, pages, jobs and listeners."""
    from lms.notifications import digests, mails  # noqa: F401 (they register their jobs)
    from lms.notifications.listeners import listen
    from lms.notifications.notices import register_notices
    from lms.notifications.privacy import register_privacy
    from lms.notifications.views import init_views
    from lms.notifications.wording import WORDINGS

    for wording in WORDINGS:
        register_message_kind(wording.kind)
    register_notices()
    register_privacy()
    listen()
    init_views(app)
