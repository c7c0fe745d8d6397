"""The certificate as PDF: what a reader, a screen reader, an archive and a copying hand find in it."""

import re
import time
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from lms.documents.certificate import Certificate, certificate_pdf
from lms.documents.typesetting import FOLDER

ROOT = Path(__file__).parents[2]
AWARDED = datetime(2026, 6, 14, 9, 30, tzinfo=UTC)
CODE = "TSH-7K2M-94QD"
URL = f"https://lms.example.org/v/{CODE}"

ENGLISH = Certificate(
    language="en",
    title=f"Certificate {CODE}",
    network_name="Civil Society Development Network",
    certifies="certifies that",
    holder="Mehr-e Kavir Institute (Yazd)",
    has_met="has met the requirements of",
    award="Networking, level 2: Active partner",
    facts=(
        ("Awarded", "14 June 2026", "۲۴ خرداد ۱۴۰۵"),
        ("Valid until", "13 June 2028", "۲۳ خرداد ۱۴۰۷"),
        ("Certificate", CODE, None),
        ("Signed for the network", "Narges Karimi", "Secretary"),
    ),
    code=CODE,
    verify_url=URL,
    holder_other=("مؤسسهٔ مهر کویر (یزد)", "fa"),
)
PERSIAN = Certificate(
    language="fa",
    title=f"گواهی {CODE}",
    network_name="شبکهٔ سمن‌های توسعه",
    certifies="گواهی می‌کند که",
    holder="مؤسسهٔ مهر کویر (یزد)",
    has_met="الزام‌های این گواهی را برآورده کرده است:",
    award="شبکه‌سازی، سطح ۲: «شریک فعال»",
    facts=(
        ("تاریخ صدور", "۲۴ خرداد ۱۴۰۵", "14 June 2026"),
        ("معتبر تا", "۲۳ خرداد ۱۴۰۷", "13 June 2028"),
        ("شمارهٔ گواهی", CODE, None),
        ("امضا از طرف شبکه", "نرگس کریمی", "دبیر شبکه"),
    ),
    code=CODE,
    verify_url=URL,
    holder_other=("Mehr-e Kavir Institute (Yazd)", "en"),
)
ARABIC = Certificate(
    language="ar",
    title=f"شهادة {CODE}",
    network_name="شبكة المنظمات الأهلية للتنمية",
    certifies="تشهد بأنّ",
    holder="جمعية نسيج للتنمية المجتمعية",
    has_met="قد استوفت متطلبات",
    award="التشبيك، المستوى 2: «شريك فاعل»",
    facts=(
        ("تاريخ الإصدار", "14 يونيو 2026", None),
        ("صالحة حتى", "13 يونيو 2028", None),
        ("رقم الشهادة", CODE, None),
        ("وقّعها عن الشبكة", "ليلى منصور", "أمينة السرّ"),
    ),
    code=CODE,
    verify_url=URL,
)
IN_EACH_LANGUAGE = pytest.mark.parametrize("data", [PERSIAN, ARABIC, ENGLISH], ids=lambda data: data.language)
FOLDED = str.maketrans("يىك", "ییک", "\u200c\u2066\u2067\u2068\u2069ًٌٍَُِّْٰٔ")


def read(data: Certificate) -> PdfReader:
    return PdfReader(BytesIO(certificate_pdf(data, AWARDED)))


def text_of(reader: PdfReader) -> str:
    return reader.pages[0].extract_text().translate(FOLDED)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.translate(FOLDED))


def strokes(reader: PdfReader) -> int:
    """How many line segments are drawn: the ornament alone has nearly a hundred."""
    contents = reader.pages[0].get_contents()
    assert contents is not None
    return len(re.findall(rb" l\s", contents.get_data()))


@IN_EACH_LANGUAGE
def test_one_landscape_page_with_title_language_direction_and_tags(
    data: Certificate,
) -> None:
    reader = read(data)
    root: Any = reader.trailer["/Root"]
    assert len(reader.pages) == 1
    assert (
        round(reader.pages[0].mediabox.width),
        round(reader.pages[0].mediabox.height),
    ) == (842, 595)
    assert reader.metadata is not None
    assert reader.metadata.title == data.title
    assert reader.metadata.author == data.network_name
    assert reader.metadata.creation_date == AWARDED
    assert root["/Lang"] == data.language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/Direction"] == ("/L2R" if data.language == "en" else "/R2L")


@IN_EACH_LANGUAGE
def test_is_made_for_archives_and_screen_readers(data: Certificate) -> None:
    metadata = read(data).xmp_metadata
    assert metadata is not None
    assert (metadata.pdfaid_part, metadata.pdfaid_conformance) == ("2", "A")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in certificate_pdf(data, AWARDED)


@IN_EACH_LANGUAGE
def test_every_font_is_inside_and_ours(data: Certificate) -> None:
    resources: Any = read(data).pages[0]["/Resources"]
    fonts = [font.get_object()["/DescendantFonts"][0].get_object() for font in resources["/Font"].values()]
    assert fonts
    for font in fonts:
        assert "/FontFile2" in font["/FontDescriptor"] or "/FontFile3" in font["/FontDescriptor"]
        assert re.search("Vazirmatn|Amiri|SourceSerif", font["/BaseFont"])


@IN_EACH_LANGUAGE
def test_text_can_be_copied_and_searched(data: Certificate) -> None:
    text = text_of(read(data))
    assert CODE in text
    assert URL in text
    for word in words(data.holder):
        assert word in text


@IN_EACH_LANGUAGE
def test_a_void_certificate_says_so_and_has_no_ornament(data: Certificate) -> None:
    label = {"fa": "باطل شده", "ar": "ملغاة", "en": "Revoked on 2 July 2026"}[data.language]
    void = read(replace(data, void_label=label))
    for word in words(label):
        assert word in text_of(void)
    assert not any(word not in text_of(void) for word in words(data.holder))
    assert strokes(void) < strokes(read(data)) - 60


def test_links_lead_to_the_verification_page() -> None:
    annotations: Any = read(PERSIAN).pages[0]["/Annots"]
    assert [annotation.get_object()["/A"]["/URI"] for annotation in annotations] == [
        URL,
        URL,
    ]


def test_markup_in_a_name_is_only_text() -> None:
    name = '#panic("x") *bold* $x^2$ @ref <label> `raw` \\ // "quoted" = [a]'
    text = text_of(read(replace(ENGLISH, holder=name, network_name=name, award=name)))
    squeezed = re.sub(r"\s", "", text)
    assert squeezed.count(re.sub(r"\s", "", name)) == 3


@pytest.mark.parametrize("times", [3, 12, 60])
@IN_EACH_LANGUAGE
def test_long_names_stay_on_one_page(data: Certificate, times: int) -> None:
    long = replace(data, holder=f"{data.holder} " * times, award=f"{data.award} " * times)
    reader = read(long)
    assert len(reader.pages) == 1
    assert CODE in text_of(reader)


def test_a_character_without_a_glyph_does_not_refuse_the_certificate() -> None:
    reader = read(replace(ENGLISH, holder="互联 Institute"))
    assert "Institute" in text_of(reader)
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]


def test_same_data_gives_the_same_bytes() -> None:
    assert certificate_pdf(PERSIAN, AWARDED) == certificate_pdf(PERSIAN, AWARDED)


def test_warm_certificate_is_quick() -> None:
    certificate_pdf(ARABIC, AWARDED)
    best = min(_seconds(replace(ARABIC, holder=f"جمعية {number}")) for number in range(5))
    assert best < 0.2


def _seconds(data: Certificate) -> float:
    start = time.process_time()
    certificate_pdf(data, AWARDED)
    return time.process_time() - start


def test_an_unknown_language_is_refused() -> None:
    for change in ({"language": "de"}, {"holder_other": ("Mehr-e Kavir", "de")}):
        with pytest.raises(ValueError):
            replace(ENGLISH, **change)


def test_ornament_is_the_one_of_the_sprite() -> None:
    space = "{http://www.w3.org/2000/svg}"
    sprite = ElementTree.parse(ROOT / "lms" / "static" / "icons.svg").getroot()
    (symbol,) = [one for one in sprite.iter(f"{space}symbol") if one.get("id") == "i-shamsa"]
    ornament = ElementTree.parse(FOLDER / "shamsa.svg").getroot()
    drawn = [(part.tag, part.get("d"), part.get("r")) for part in ornament]
    assert drawn == [(part.tag, part.get("d"), part.get("r")) for part in symbol]
    assert ornament.get("viewBox") == symbol.get("viewBox")
