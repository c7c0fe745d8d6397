"""Mail addresses as people type them."""

import re

LONGEST_MAIL = 254
# No comment, no quoted part, no list: what people have. A domain may be written in any script.
_MAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@[^\s@<>()\[\],;:\"\\.]+(\.[^\s@<>()\[\],;:\"\\.]+)+")


def is_mail_address(s: str) -> bool:
    """Tell whether s is written like one mail address; whether it exists, only a mail to it can tell."""
    return len(s) <= LONGEST_MAIL and s.isprintable() and _MAIL.fullmatch(s) is not None
