"""Files outside of the database, by the hash of their content, and how they are sent."""

from lms.storage.current import current_storage
from lms.storage.files import FileStorage, Storage, Stored
from lms.storage.needs import needs_files
from lms.storage.sending import send_stored

__all__ = ["FileStorage", "Storage", "Stored", "current_storage", "needs_files", "send_stored"]
