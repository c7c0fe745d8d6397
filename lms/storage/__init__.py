"""Files outside of the database, by the hash of their content; how they are sent, and how large an upload may be."""

from lms.storage.files import FileStorage, Storage, Stored, current_storage
from lms.storage.sending import send_stored
from lms.storage.uploads import allow_upload

__all__ = ["FileStorage", "Storage", "Stored", "allow_upload", "current_storage", "send_stored"]
