"""The kind of a browser: enough to know one's own devices by, too little to be known by."""

_BROWSERS = (
    ("Firefox", ("firefox/", "fxios/")),
    ("Edge", ("edg/", "edga/", "edgios/")),
    ("Samsung Internet", ("samsungbrowser/",)),
    ("Opera", ("opr/", "opera")),
    ("Chrome", ("chrome/", "crios/", "chromium/")),
    ("Safari", ("safari/",)),
)
_SYSTEMS = (
    ("Android", ("android",)),
    ("iOS", ("iphone", "ipad", "ipod")),
    ("Windows", ("windows",)),
    ("macOS", ("mac os x", "macintosh")),
    ("ChromeOS", ("cros ",)),
    ("Linux", ("linux", "x11")),
)
_LONGEST = 1000


def agent_kind(header: str) -> str:
    """Browser and system of a User-Agent header ("Firefox, Android"); empty where neither is known."""
    low = header[:_LONGEST].lower()
    return ", ".join(filter(None, (_first(_BROWSERS, low), _first(_SYSTEMS, low))))


def _first(table: tuple[tuple[str, tuple[str, ...]], ...], header: str) -> str:
    return next((name for name, marks in table if any(mark in header for mark in marks)), "")
