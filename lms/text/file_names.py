"""Names of files that people save."""

import re

from lms.text.cleaning import clean_line

LONGEST = 80
#: What Windows, an archive or a shell takes amiss.
_AMISS = re.compile(r'[/\\:*?"<>|]+')


def file_name(name: str) -> str:
    """A name that any system can save under, as near to what it was as can be: letters of every script stay.

    Not longer than 80 characters; `file` where nothing is left.
    """
    return clean_line(_AMISS.sub(" ", name))[:LONGEST].strip(" .\u200c") or "file"
