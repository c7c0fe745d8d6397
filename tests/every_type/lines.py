"""The questions of this module whose answer is an option, several, or a line."""

from tests.every_type.writing import Texts, asked


def choices() -> list[Texts]:
    """The types whose answer is an option or several."""
    return [
        asked(
            "form",
            "single_choice",
            {"options": ["a", "b", "c"]},
            {"correct": ["b"]},
            {"prompt": "کدام ساختار اساسنامهٔ سخت‌گیر ندارد؟", "options": {"a": "اتحادیه", "b": "شبکه", "c": "فدراسیون"}},
            {
                "prompt": "أي بنية ليس لها نظام أساسي صارم؟",
                "options": {"a": "الاتحاد", "b": "الشبكة", "c": "الاتحاد العام"},
            },
            {
                "prompt": "Which has no strict statute?",
                "options": {"a": "A union", "b": "A network", "c": "A federation"},
            },
        ),
        asked(
            "needs",
            "multiple_choice",
            {"options": ["a", "b", "c", "d"]},
            {"correct": ["a", "c"], "partial": True, "penalty": 0.25},
            {
                "prompt": "یک شبکهٔ پایدار به چه نیاز دارد؟",
                "options": {"a": "منافع مشترک", "b": "یک رئیس برای همه", "c": "تخصیص وظایف", "d": "یک نشانی یکسان"},
            },
            {
                "prompt": "ما الذي تحتاجه شبكة مستدامة؟",
                "options": {"a": "مصالح مشتركة", "b": "رئيس واحد للجميع", "c": "توزيع المهام", "d": "عنوان واحد"},
            },
            {
                "prompt": "What does a lasting network need?",
                "options": {
                    "a": "Common interests",
                    "b": "One head for all",
                    "c": "A division of tasks",
                    "d": "One address",
                },
            },
        ),
        asked(
            "must-sign",
            "true_false",
            {},
            {"correct": ["false"]},
            {"prompt": "هر عضو شبکه استقلال خود را از دست می‌دهد.", "feedback": {"true": "استقلال می‌ماند."}},
            {"prompt": "كل عضو في الشبكة يفقد استقلاليته.", "feedback": {"true": "الاستقلالية باقية."}},
            {"prompt": "Every member of a network gives up its independence.", "feedback": {"true": "It keeps it."}},
        ),
    ]


def written() -> list[Texts]:
    """The types whose answer is typed in one line."""
    return [
        asked(
            "word",
            "short_text",
            {"accepted": ["full", "half"]},
            {"accepted": {"full": {"share": 1, "mode": "folded"}, "half": {"share": 0.5, "mode": "folded"}}},
            {
                "prompt": "همکاری پایدار سازمان‌ها را با یک واژه بنامید.",
                "accepted": {"full": ["شبکه‌سازی"], "half": ["همکاری"]},
                "feedback": {"half": "نزدیک است: این همکاری نامی ویژه دارد.", "other": "درس نخست را دوباره بخوانید."},
            },
            {
                "prompt": "سمّوا التعاون الدائم بين المنظمات بكلمة واحدة.",
                "accepted": {"full": ["التشبيك"], "half": ["التعاون"]},
                "feedback": {"half": "إجابة قريبة: لهذا التعاون اسم خاص.", "other": "أعيدوا قراءة الدرس الأول."},
            },
            {
                "prompt": "Name the lasting cooperation of organizations in one word.",
                "accepted": {"full": ["networking"], "half": ["cooperation"]},
                "feedback": {"half": "Close: it has a name of its own.", "other": "Read the first lesson again."},
            },
        ),
        asked(
            "distance",
            "numeric",
            {"units": ["km", "m"]},
            {
                "answer": 12.5,
                "tolerance": 0.04,
                "relative": True,
                "units": {"km": 1, "m": 0.001},
                "unit_missing": 0.5,
            },
            {
                "prompt": "دو روستا ۱۲٫۵ کیلومتر از هم دورند. فاصله را با یکای آن بنویسید.",
                "units": {"km": ["کیلومتر", "km"], "m": ["متر", "m"]},
                "feedback": {"unit": "عدد درست است؛ یکا را هم بنویسید."},
            },
            {
                "prompt": "تبعد القريتان 12.5 كيلومترًا. اكتبوا المسافة مع وحدتها.",
                "units": {"km": ["كيلومتر", "كم", "km"], "m": ["متر", "م", "m"]},
                "feedback": {"unit": "الرقم صحيح؛ تنقصه الوحدة."},
            },
            {
                "prompt": "Two villages are 12.5 kilometres apart. Write the distance with its unit.",
                "units": {"km": ["km", "kilometres"], "m": ["m", "metres"]},
                "feedback": {"unit": "The number is right; its unit is not."},
            },
        ),
    ]
