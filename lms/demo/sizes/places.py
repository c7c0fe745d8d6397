"""Countries of a sized demonstration, their cities, and the languages that their people learn in."""

from dataclasses import dataclass

from lms.db import Texts


@dataclass(frozen=True)
class Country:
    """A country with its weight among the organizations."""

    code: str
    weight: int
    #: Language to its share of a hundred people.
    languages: dict[str, int]
    cities: tuple[Texts, ...]


def _cities(*lines: str) -> tuple[Texts, ...]:
    return tuple(dict(zip(("fa", "ar", "en"), line.split("|"), strict=True)) for line in lines)


COUNTRIES = (
    Country(
        "IR",
        46,
        {"fa": 97, "en": 3},
        _cities(
            "تهران|طهران|Tehran",
            "اصفهان|أصفهان|Isfahan",
            "مشهد|مشهد|Mashhad",
            "شیراز|شيراز|Shiraz",
            "تبریز|تبريز|Tabriz",
            "یزد|يزد|Yazd",
            "کرمانشاه|كرمانشاه|Kermanshah",
            "اهواز|الأهواز|Ahvaz",
            "رشت|رشت|Rasht",
            "کرمان|كرمان|Kerman",
            "زاهدان|زاهدان|Zahedan",
            "سنندج|سنندج|Sanandaj",
        ),
    ),
    Country(
        "IQ",
        16,
        {"ar": 92, "fa": 4, "en": 4},
        _cities(
            "بغداد|بغداد|Baghdad",
            "بصره|البصرة|Basra",
            "نجف|النجف|Najaf",
            "کربلا|كربلاء|Karbala",
            "موصل|الموصل|Mosul",
            "سلیمانیه|السليمانية|Sulaymaniyah",
        ),
    ),
    Country(
        "LB",
        10,
        {"ar": 76, "en": 24},
        _cities("بیروت|بيروت|Beirut", "طرابلس|طرابلس|Tripoli", "صیدا|صيدا|Sidon", "زحله|زحلة|Zahle"),
    ),
    Country(
        "AF",
        9,
        {"fa": 95, "en": 5},
        _cities("کابل|كابول|Kabul", "هرات|هراة|Herat", "مزار شریف|مزار شريف|Mazar-i-Sharif", "بامیان|باميان|Bamyan"),
    ),
    Country("BH", 8, {"ar": 90, "en": 10}, _cities("منامه|المنامة|Manama", "محرق|المحرق|Muharraq")),
    Country("JO", 3, {"ar": 92, "en": 8}, _cities("امان|عمّان|Amman", "اربد|إربد|Irbid")),
    Country("KW", 2, {"ar": 85, "en": 15}, _cities("شهر کویت|مدينة الكويت|Kuwait City")),
    Country("OM", 2, {"ar": 88, "en": 12}, _cities("مسقط|مسقط|Muscat")),
    Country("TJ", 1, {"fa": 92, "en": 8}, _cities("دوشنبه|دوشنبه|Dushanbe")),
    Country("TR", 1, {"en": 70, "ar": 20, "fa": 10}, _cities("استانبول|إسطنبول|Istanbul")),
    Country("PK", 1, {"en": 80, "fa": 20}, _cities("لاهور|لاهور|Lahore")),
    Country("KE", 1, {"en": 100}, _cities("نایروبی|نيروبي|Nairobi")),
)
