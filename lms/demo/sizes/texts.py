"""What the modules of a sized demonstration say. Every module is the same short course on another topic."""

from lms.db import Texts

#: Key, then the title a language. As many of them are published as a kit of twelve needs beside what is there already.
TOPICS: tuple[tuple[str, str, str, str], ...] = (
    ("working-together", "کار در کنار هم", "العمل معًا", "Working side by side"),
    ("one-voice", "سخن گفتن با یک صدا", "الحديث بصوت واحد", "Speaking with one voice"),
    ("stakeholders", "شناخت ذی‌نفعان", "معرفة الجهات المعنية", "Knowing the stakeholders"),
    ("finding-a-partner", "یافتن شریک", "اختيار الشريك", "Finding a partner"),
    ("trust", "گفتگو و اعتماد", "الحوار والثقة", "Dialogue and trust"),
    ("memorandum", "تفاهم‌نامه", "مذكرة التفاهم", "The memorandum of understanding"),
    ("deciding", "تصمیم مشترک", "القرار المشترك", "Deciding together"),
    ("planning", "برنامهٔ اقدام مشترک", "خطة العمل المشتركة", "A joint action plan"),
    ("resources", "جذب منابع مالی", "استقطاب الدعم", "Fundraising together"),
    ("exchange", "تبادل دانش", "تبادل المعرفة", "Exchanging knowledge"),
    ("disagreement", "حل اختلاف", "حل الخلاف", "Settling a disagreement"),
    ("evaluation", "پایش و ارزیابی", "الرصد والتقييم", "Monitoring and evaluation"),
)

KIT_TITLES: Texts = {
    "fa": "بستهٔ نمایشی: از آشنایی تا کار مشترک",
    "ar": "حقيبة للعرض: من التعارف إلى العمل المشترك",
    "en": "Sample kit: from acquaintance to joint work",
}
KIT_SUMMARIES: Texts = {
    "fa": "ماژول‌هایی کوتاه که برای نمایش گزارش‌ها و صفحه‌ها ساخته شده‌اند.",
    "ar": "وحدات قصيرة أُعدّت لعرض التقارير والصفحات.",
    "en": "Short modules, made to show reports and pages with.",
}
SUMMARY: Texts = {
    "fa": "سه درس کوتاه دربارهٔ «{topic}» در کار میان سازمان‌ها.",
    "ar": "ثلاثة دروس قصيرة عن «{topic}» في العمل بين المنظمات.",
    "en": "Three short lessons on “{topic}” in the work between organizations.",
}
NETWORK: Texts = {
    "fa": "شبکهٔ بزرگ سمن‌ها",
    "ar": "الشبكة الكبرى للمنظمات الأهلية",
    "en": "Great Network of NGOs",
}

#: Key of a lesson to its title, its text and the items of its list.
LESSONS: tuple[tuple[str, Texts, Texts, Texts], ...] = (
    (
        "why",
        {"fa": "چرا به آن نیاز داریم", "ar": "لماذا نحتاج إليه", "en": "Why it is needed"},
        {
            "fa": "دو سازمان که یکدیگر را می‌شناسند هنوز با هم کار نمی‌کنند. «{topic}» یکی از گام‌هایی است که آشنایی را"
            " به کار مشترک می‌رساند.",
            "ar": "منظمتان تعرف إحداهما الأخرى لا تعملان معًا بعد. و«{topic}» من الخطوات التي تنقل"
            " التعارف إلى عمل مشترك.",
            "en": "Two organizations that know each other do not work together yet. “{topic}” is one of the steps that"
            " lead from acquaintance to joint work.",
        },
        {
            "fa": "هدف را پیش از راه می‌نویسیم.\nهر سازمان استقلال خود را نگه می‌دارد.\nآنچه گفته شد نوشته می‌شود.",
            "ar": "نكتب الهدف قبل الطريق.\nتحتفظ كل منظمة باستقلاليتها.\nما يُقال يُكتب.",
            "en": "The goal is written down before the way.\nEach organization keeps its independence.\nWhat was said"
            " is written down.",
        },
    ),
    (
        "steps",
        {"fa": "گام به گام", "ar": "خطوة بخطوة", "en": "Step by step"},
        {
            "fa": "برای «{topic}» جلسه‌ای کوتاه بگذارید، پرسش‌ها را پیشاپیش بفرستید و برای هر کار نام و تاریخ بنویسید.",
            "ar": "خصّصوا لموضوع «{topic}» اجتماعًا قصيرًا، وأرسلوا الأسئلة قبله، واكتبوا لكل مهمة اسمًا وتاريخًا.",
            "en": "Hold a short meeting on “{topic}”, send the questions ahead, and write a name and a date"
            " beside each task.",
        },
        {
            "fa": "۱. بپرسید هر سازمان چه می‌آورد.\n۲. بگویید چه کسی تصمیم می‌گیرد.\n۳. روز بازبینی را تعیین کنید.",
            "ar": "1. اسألوا ماذا تقدّم كل منظمة.\n2. بيّنوا من يتخذ القرار.\n3. حدّدوا يوم المراجعة.",
            "en": "1. Ask what each organization brings.\n2. Say who decides.\n3. Set the day of the review.",
        },
    ),
    (
        "example",
        {"fa": "یک نمونه", "ar": "مثال", "en": "An example"},
        {
            "fa": "سه انجمن در یک شهر بر سر «{topic}» به توافق رسیدند. پس از شش ماه آنچه نوشته بودند مانده بود و آنچه"
            " ننوشته بودند از یاد رفته بود.",
            "ar": "اتفقت ثلاث جمعيات في مدينة واحدة على «{topic}». وبعد ستة أشهر بقي ما كُتب، ونُسي ما لم يُكتب.",
            "en": "Three associations of one town came to an agreement on “{topic}”. After six months what they had"
            " written down was still there, and what they had not was forgotten.",
        },
        {
            "fa": "چه چیزی را می‌نوشتید؟\nچه کسی باید خبر می‌داشت؟\nکِی دوباره به آن نگاه می‌کردید؟",
            "ar": "ماذا كنتم ستكتبون؟\nمن كان ينبغي أن يعلم؟\nمتى كنتم ستراجعونه؟",
            "en": "What would you have written down?\nWho should have known of it?\nWhen would you have looked"
            " at it again?",
        },
    ),
)

QUIZ_TITLES: Texts = {"fa": "آزمون کوتاه", "ar": "اختبار قصير", "en": "A short quiz"}
CHOICE: dict[str, tuple[str, str, str, str]] = {
    "fa": (
        "در آغاز «{topic}» نخست چه می‌کنیم؟",
        "هدف مشترک را می‌نویسیم.",
        "دفتری مشترک می‌گیریم.",
        "کارها را بی‌درنگ تقسیم می‌کنیم.",
    ),
    "ar": (
        "بمَ نبدأ في «{topic}»؟",
        "نكتب الهدف المشترك.",
        "نستأجر مكتبًا مشتركًا.",
        "نوزّع المهام على الفور.",
    ),
    "en": (
        "What comes first in “{topic}”?",
        "We write down the common goal.",
        "We rent a common office.",
        "We divide the tasks at once.",
    ),
}
STATEMENT: Texts = {
    "fa": "«{topic}» استقلال هر سازمان را از میان می‌برد.",
    "ar": "«{topic}» يلغي استقلالية كل منظمة.",
    "en": "“{topic}” ends the independence of each organization.",
}
