"""A text for each kind of block, in each language."""

BLOCKS: dict[str, dict[str, str]] = {
    "list": {"fa": "گوش دادن\nپرسیدن", "ar": "الإصغاء\nالسؤال", "en": "Listening\nAsking"},
    "callout": {
        "fa": "نخست بپرسید\nپیش از **رأی** دو پرسش بپرسید.",
        "ar": "السؤال أولًا\nسؤالان قبل **التصويت**.",
        "en": "Ask first\nTwo questions before a **vote**.",
    },
    "table": {
        "fa": "نقش‌ها\nنقش | کار\nعضو | رأی",
        "ar": "الأدوار\nالدور | العمل\nعضو | تصويت",
        "en": "Roles\nRole | Work\nMember | Vote",
    },
    "checklist": {"fa": "دستور جلسه\nیادداشت", "ar": "جدول الأعمال\nمحضر", "en": "Agenda\nMinutes"},
    "term": {"fa": "شبکه\nچند سازمان با هم", "ar": "شبكة\nمنظمات معًا", "en": "Network\nOrganizations together"},
    "question": {
        "fa": "کدام شبکه است؟\n- [ ] یک سازمان\n- [x] چند سازمان\n\nبا هم کار می‌کنند.",
        "ar": "أيها شبكة؟\n- [ ] منظمة\n- [x] منظمات\n\nتعمل معًا.",
        "en": "Which is a network?\n- [ ] one organization\n- [x] several\n\nThey work together.",
    },
    "case": {
        "fa": "چاه روستا\nدو تشکل یک چاه کندند.\n\n---\n\nشما چه می‌کردید؟",
        "ar": "بئر القرية\nحفرت جمعيتان بئرًا.\n\n---\n\nماذا كنتم ستفعلون؟",
        "en": "The village well\nTwo groups dug a well.\n\n---\n\nWhat would you have done?",
    },
}
