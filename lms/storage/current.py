"""Which storage an installation has."""

from flask import Flask, current_app

from lms.settings import Settings
from lms.storage.files import FileStorage, Storage

_STORES = "lms_object_stores"


def current_storage() -> Storage:
    """The storage of the app at work."""
    return storage_of(current_app)


def storage_of(app: Flask) -> Storage:
    """The storage of an app: the bucket of its settings, or its folder. A bucket's connections are kept by the app."""
    settings: Settings = app.extensions["lms_settings"]
    if not settings.files_url:
        return FileStorage(settings.files)
    # Made at first use: a process that was forked begins with connections of its own.
    stores: dict[str, Storage] = app.extensions.setdefault(_STORES, {})
    if settings.files_url not in stores:
        stores[settings.files_url] = bucket_of(settings)
    return stores[settings.files_url]


def storage_for(settings: Settings) -> Storage:
    """The storage of some settings, for commands that have no app."""
    return bucket_of(settings) if settings.files_url else FileStorage(settings.files)


def bucket_of(settings: Settings) -> Storage:
    """The storage in the bucket of the settings; its library comes with the extra `scale`."""
    from lms.storage.objects import ObjectStorage, s3_store

    return ObjectStorage(s3_store(settings))
