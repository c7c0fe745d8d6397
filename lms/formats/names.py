"""Names of months and weekdays. CLDR has them too, but not Jalali dates, nor at this speed."""

from lms.formats.regions import FRENCH_MONTHS, LEVANT

_JALALI = {
    "fa": "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    "fa_AF": "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت",
    "ar": "فروردين أرديبهشت خرداد تير مرداد شهريور مهر آبان آذر دي بهمن إسفند",
    "en": "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand",
}
_GREGORIAN = {
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "fa_AF": "جنوری فبروری مارچ اپریل می جون جولای اگست سپتمبر اکتوبر نومبر دسمبر",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "ar_FRENCH": "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "ar_MA": "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
    "ar_MR": "يناير فبراير مارس إبريل مايو يونيو يوليو أغشت شتمبر أكتوبر نوفمبر دجمبر",
    "ar_LEVANT": ("كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول"),
    "en": "January February March April May June July August September October November December",
}
_HIJRI = {
    "fa": ("محرم صفر ربیع‌الاول ربیع‌الثانی جمادی‌الاول جمادی‌الثانی رجب شعبان رمضان شوال ذی‌قعده ذی‌حجه"),
    "ar": ("محرم صفر ربيع_الأول ربيع_الآخر جمادى_الأولى جمادى_الآخرة رجب شعبان رمضان شوال ذو_القعدة ذو_الحجة"),
    "en": (
        "Muharram Safar Rabi‘_I Rabi‘_II Jumada_I Jumada_II Rajab Sha‘ban Ramadan Shawwal Dhu_al-Qa‘dah Dhu_al-Hijjah"
    ),
}
# Monday first, as date.weekday() counts.
_WEEKDAYS = {
    "fa": "دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}


def _listed(table: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(name.replace("_", " ") for name in names.split()) for key, names in table.items()}


WEEKDAYS, HIJRI = _listed(_WEEKDAYS), _listed(_HIJRI)
_JALALI_NAMES, _GREGORIAN_NAMES = _listed(_JALALI), _listed(_GREGORIAN)


def jalali_months(language: str, country: str | None) -> tuple[str, ...]:
    """Return the twelve Jalali months from Farvardin on; Afghanistan has its own names."""
    return _JALALI_NAMES.get(f"{language}_{country}", _JALALI_NAMES[language])


def gregorian_months(language: str, country: str | None) -> tuple[str, ...]:
    """Return the months from January on, as a country calls them."""
    region = "LEVANT" if country in LEVANT else "FRENCH" if country in FRENCH_MONTHS else country
    return _GREGORIAN_NAMES.get(f"{language}_{region}", _GREGORIAN_NAMES[language])


def of_year(month: str, year: int) -> str:
    """Return month and year; a Persian name in silent ه takes the ezafe («ژانویهٔ ۲۰۲۶»)."""
    return f"{month}ٔ {year}" if month.endswith("ه") else f"{month} {year}"
