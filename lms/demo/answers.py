"""What some people of the demonstration wrote and handed in: it waits in the grading queue. Everything is made up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Handed:
    """Somebody's answers to what a person grades, and how many of the other questions she knew."""

    sign_in_name: str
    proposal: str
    #: Name and lines of the file; nothing where she left that question out.
    draft: tuple[str, ...]
    known: int
    days_ago: int


HANDED = (
    Handed(
        "demo-sepidar-1",
        "در محلهٔ ما انجمنی هست که به سالمندان تنها سر می‌زند و ما کلاس سواد داریم. هر دو دنبال کسی هستیم که در خانه‌ها"
        " را بزند. پیشنهاد می‌کنیم داوطلبان آن انجمن سالمندانی را که می‌خواهند بخوانند و بنویسند به ما معرفی کنند و ما"
        " از ماه آینده هر هفته یک آموزگار بفرستیم. فهرست نشانی‌ها تا پایان این ماه با آن‌هاست و کتاب‌ها با ما. آن‌ها"
        " به سالمندان بیشتری می‌رسند و ما به شاگردانی که تا امروز به کلاس نمی‌آمدند.",
        (
            "پیش‌نویس.txt",
            "تفاهم‌نامه میان انجمن سالمندان و کلاس سواد",
            "۱. برای چه: سالمندانی که تنها هستند بخوانند و بنویسند و هم‌صحبت داشته باشند.",
            "۲. وظیفه‌ها: انجمن نشانی‌ها را تا پایان ماه می‌دهد؛ کلاس هر هفته یک آموزگار می‌فرستد.",
            "۳. آورده‌ها: انجمن داوطلب، کلاس کتاب و آموزگار. پولی ردوبدل نمی‌شود.",
            "۴. تصمیم: گفتگو با رسانه‌ها تنها با موافقت هر دو.",
            "۵. پایان: شش ماه؛ بازبینی پس از سه ماه؛ هر یک با یک ماه خبر می‌تواند برود.",
        ),
        known=6,
        days_ago=4,
    ),
    Handed(
        "demo-nasij-1",
        "في منطقتنا جمعية بيئية تنظّف الشاطئ مرة كل شهر، ونحن نعمل مع شباب لا يجدون ما يفعلونه في العطلة. نقترح عليها"
        " أن يشارك شبابنا في التنظيف، وأن تعلّمهم هي فرز النفايات. نحن نتولى النقل والغداء في أول سبت من كل شهر، وهي"
        " تتولى الأدوات والتدريب وتسليم ما يُجمع. تكسب الجمعية أيدي أكثر، ويكسب شبابنا خبرة وشهادة مشاركة.",
        (
            "مسودة.txt",
            "مذكرة تفاهم: شباب الحي والشاطئ النظيف",
            "لماذا: شاطئ نظيف، وشباب لهم دور.",
            "من يفعل ماذا: النقل والغداء علينا، والأدوات والتدريب على الجمعية، في أول سبت من كل شهر.",
            "ماذا يقدّم كل طرف: حافلة وثلاثون شابًا؛ أدوات ومدرّبان.",
            "المدة: سنة، والمراجعة كل ثلاثة أشهر.",
        ),
        known=5,
        days_ago=3,
    ),
    Handed(
        "demo-arz-1",
        "Two streets from us an association of mothers runs a kitchen. We plant trees in school yards and have no way"
        " to reach parents. We would propose a garden of herbs at three schools: they choose the schools and talk to"
        " the parents this month, we bring soil, seedlings and a gardener next month. The kitchen gets herbs and a"
        " reason to meet parents; we get gardens that somebody waters when we are gone.",
        (),
        known=6,
        days_ago=2,
    ),
    Handed(
        "demo-kavir-1",
        "با سازمان‌های دیگر شهر باید بیشتر همکاری کنیم و از تجربهٔ هم بهره ببریم. خوب است جلسه‌ای بگذاریم و دربارهٔ"
        " مشکلات مشترک گفتگو کنیم و بعد کارها را تقسیم کنیم تا موازی‌کاری نشود و منابع کم ما هدر نرود. ما آماده‌ایم.",
        (),
        known=3,
        days_ago=1,
    ),
)
