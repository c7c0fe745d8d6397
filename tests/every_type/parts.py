"""The questions of this module whose answers have several parts."""

from tests.every_type.writing import Texts, asked


def in_parts() -> list[Texts]:
    """Matching, ordering, gaps, sorting into groups."""
    return [terms(), steps(), sentence(), kinds()]


def terms() -> Texts:
    """Matching, with long matches and one that goes with nothing."""
    return asked(
        "terms",
        "matching",
        {"items": ["a", "b", "c"], "matches": ["p", "q", "r", "s"]},
        {"pairs": {"a": "p", "b": "q", "c": "r"}},
        {
            "prompt": "هر اصطلاح با کدام معنا جور است؟",
            "items": {"a": "شبکه", "b": "ائتلاف", "c": "ظرفیت‌سازی"},
            "matches": {
                "p": "پیوند پایدار سازمان‌های مستقل برای هدف‌های مشترک",
                "q": "اتحاد موقت برای یک کارزار معین",
                "r": "افزودن به توان کارکنان و سازمان",
                "s": "واگذاری دارایی‌ها به سازمانی دیگر",
            },
            "feedback": {"right": "هر سه درست.", "partly": "برخی درست است.", "b": "ائتلاف پایان دارد؛ شبکه می‌ماند."},
        },
        {
            "prompt": "ما المعنى المناسب لكل مصطلح؟",
            "items": {"a": "الشبكة", "b": "الائتلاف", "c": "بناء القدرات"},
            "matches": {
                "p": "رابطة دائمة بين منظمات مستقلة لأهداف مشتركة",
                "q": "تحالف مؤقت من أجل حملة معيّنة",
                "r": "تعزيز قدرة العاملين والمنظمة",
                "s": "نقل الممتلكات إلى منظمة أخرى",
            },
            "feedback": {"right": "الثلاثة صحيحة.", "partly": "بعضها صحيح.", "b": "الائتلاف ينتهي، والشبكة تبقى."},
        },
        {
            "prompt": "Which meaning goes with each term?",
            "items": {"a": "Network", "b": "Coalition", "c": "Capacity building"},
            "matches": {
                "p": "A lasting tie of independent organizations for common goals",
                "q": "A passing alliance for one campaign",
                "r": "Making staff and organization able to do more",
                "s": "Handing property over to another organization",
            },
            "feedback": {"right": "All three.", "partly": "Some of them.", "b": "A coalition ends; a network stays."},
        },
        mark=3,
    )


def steps() -> Texts:
    """Ordering, a share for each place."""
    return asked(
        "steps",
        "ordering",
        {"items": ["a", "b", "c", "d"]},
        {"order": ["a", "b", "c", "d"], "credit": "position"},
        {
            "prompt": "گام‌های پایه‌گذاری شبکه را به ترتیب بچینید.",
            "items": {
                "a": "یافتن سازمان‌هایی با **منافع مشترک**",
                "b": "گفتگو دربارهٔ هدف‌ها و ارزش‌ها",
                "c": "نوشتن تفاهم‌نامه و تخصیص وظایف میان همهٔ سازمان‌های عضو",
                "d": "ارزیابی سال نخست",
            },
        },
        {
            "prompt": "رتّبوا خطوات تأسيس شبكة.",
            "items": {
                "a": "إيجاد منظمات لها **مصالح مشتركة**",
                "b": "الحوار حول الأهداف والقيم",
                "c": "كتابة مذكرة تفاهم وتوزيع المهام على المنظمات الأعضاء كلها",
                "d": "تقييم السنة الأولى",
            },
        },
        {
            "prompt": "Put the steps of founding a network in order.",
            "items": {
                "a": "Find organizations with **common interests**",
                "b": "Talk about goals and values",
                "c": "Write a memorandum and divide the tasks among all member organizations",
                "d": "Evaluate the first year",
            },
        },
        mark=2,
    )


def sentence() -> Texts:
    """A gap that is typed and one that is chosen."""
    return asked(
        "sentence",
        "gap_fill",
        {
            "gaps": [
                {"id": "g1", "kind": "typed", "answers": ["a"]},
                {"id": "g2", "kind": "chosen", "answers": ["a", "b", "c"]},
            ]
        },
        {"gaps": {"g1": {"shares": {"a": 1}, "mode": "folded"}, "g2": {"shares": {"b": 1}}}},
        {
            "prompt": "متن را کامل کنید.",
            "passage": "سازمان‌هایی که با هم کار می‌کنند یک [[g1]] می‌سازند، و هر یک **[[g2]]** خود را نگه می‌دارد.",
            "accepted": {"g1": {"a": ["شبکه"]}},
            "options": {"g2": {"a": "دارایی", "b": "استقلال", "c": "نشانی"}},
            "feedback": {"g1": "درس نخست را ببینید."},
        },
        {
            "prompt": "أكملوا النص.",
            "passage": "تبني المنظمات التي تعمل معًا [[g1]]، وتصون كل منها **[[g2]]**.",
            "accepted": {"g1": {"a": ["الشبكة", "شبكة"]}},
            "options": {"g2": {"a": "ممتلكاتها", "b": "استقلاليتها", "c": "عنوانها"}},
            "feedback": {"g1": "راجعوا الدرس الأول."},
        },
        {
            "prompt": "Complete the text.",
            "passage": "Organizations that work together build a [[g1]], and each of them keeps its **[[g2]]**.",
            "accepted": {"g1": {"a": ["network"]}},
            "options": {"g2": {"a": "property", "b": "independence", "c": "address"}},
            "feedback": {"g1": "See the first lesson."},
        },
        mark=2,
    )


def kinds() -> Texts:
    """Items to be sorted into groups."""
    return asked(
        "kinds",
        "categorise",
        {"items": ["a", "b", "c"], "groups": ["u", "n", "f"]},
        {"groups": {"a": "u", "b": "n", "c": "n"}},
        {
            "prompt": "هر نمونه از کدام گونه است؟",
            "items": {
                "a": "انجمن‌های یک حرفه که با هم چانه می‌زنند",
                "b": "سمن‌های آب در سه استان که تجربه‌ها را به اشتراک می‌گذارند",
                "c": "خیریه‌های یک شهر که کارها را میان خود تقسیم می‌کنند",
            },
            "groups": {"u": "اتحادیه", "n": "شبکه", "f": "مجمع"},
            "feedback": {"b": "اشتراک تجربه کار شبکه است."},
        },
        {
            "prompt": "إلى أي نوع ينتمي كل مثال؟",
            "items": {
                "a": "جمعيات مهنة واحدة تتفاوض معًا",
                "b": "منظمات أهلية للمياه في ثلاث محافظات تتبادل الخبرات",
                "c": "جمعيات خيرية في مدينة تتوزع المهام",
            },
            "groups": {"u": "اتحاد", "n": "شبكة", "f": "ملتقى"},
            "feedback": {"b": "تبادل الخبرات عمل الشبكات."},
        },
        {
            "prompt": "Of which kind is each example?",
            "items": {
                "a": "Associations of one trade that bargain together",
                "b": "Water NGOs of three provinces that share their experience",
                "c": "Charities of a city that divide their tasks",
            },
            "groups": {"u": "Union", "n": "Network", "f": "Forum"},
            "feedback": {"b": "Sharing experience is what networks do."},
        },
        mark=3,
    )
