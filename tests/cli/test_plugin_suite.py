"""The suite for plugins finds what the start does not."""

from pathlib import Path

import pytest

from tests.cli.installing import Installation
from tests.modules.bringing import Bringer

pytestmark = [pytest.mark.once, pytest.mark.timeout(600)]

MODEL = """
from sqlalchemy.orm import Mapped
from lms.db import Base


class Thing(Base):
    __tablename__ = "{table}"
    size: Mapped[int]
"""
PAGES = """
def blueprints(self):
    page = Blueprint("brought_pages", __name__, url_prefix=self.address)
    page.get("/", endpoint="fails")(public(lambda: 1 / 0))
    page.get("/open/", endpoint="open")(lambda: "hello")
    return [page]
"""
UNTRANSLATED = """msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "%(num)s things"
msgstr "چیزها"
"""


def test_what_is_wrong_with_a_plugin_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installation = Installation(tmp_path)
    bring = Bringer(installation.packages, monkeypatch)
    (bring("brought_table") / "models.py").write_text(MODEL.format(table="thing"))
    (bring("brought_model") / "models.py").write_text(MODEL.format(table="brought_model_thing"))
    bring("brought_pages", PAGES)
    catalog = bring("brought_words") / "translations" / "fa" / "LC_MESSAGES" / "brought_words.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text(UNTRANSLATED, encoding="utf-8")
    said = {
        name: installation.lms("plugins", "check", name, fails=True)
        for name in ("brought_table", "brought_model", "brought_pages", "brought_words")
    }
    assert "its table thing does not begin with brought_table_" in said["brought_table"]
    assert "no migration makes its table brought_model_thing" in said["brought_model"]
    assert "its page /ar/x/brought-pages/ fails: ZeroDivisionError" in said["brought_pages"]
    assert "/open/ declares neither a permission nor that it is public" in said["brought_pages"]
    assert "fa: '%(num)s things' is not translated, or its placeholders differ" in said["brought_words"]
    assert "translations/ar/LC_MESSAGES/brought_words.po is missing" in said["brought_words"]
