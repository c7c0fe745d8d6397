"""What stops a backup or a restore."""


class BackupError(Exception):
    """It cannot be done; the message says why, and what to do. Nothing was changed."""
