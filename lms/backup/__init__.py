"""Backup and restore: everything that an installation keeps, in one sealed file that any supported database takes."""
