"""Statistics in words, for trainers who are no psychometricians."""

from lms.authoring.labels import LANGUAGES
from lms.authoring.statistics import QuizPage, Row
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, lazy_pgettext
from lms.quizzes.statistics.figures import Flag

FLAGS = {
    Flag.EASY: lazy_pgettext("of a question", "too easy"),
    Flag.HARD: lazy_pgettext("of a question", "hard"),
    Flag.REVERSED: lazy_pgettext("of a question", "the good ones miss it"),
    Flag.WEAK: lazy_pgettext("of a question", "discriminates badly"),
}
ADVICE = {
    Flag.EASY: lazy_gettext(
        "Nearly everybody has it right, so it does not show who knows more. Keep it to warm up, or ask for more."
    ),
    Flag.HARD: lazy_gettext(
        "Hardly anybody has it right. Look at the key, at the wording, and whether the lessons teach it."
    ),
    Flag.REVERSED: lazy_gettext(
        "Those who are good at the rest of the quiz get less for it than the others. Look at the key first: it may be "
        "wrong. Or another option is right as well, for somebody who reads closely."
    ),
    Flag.WEAK: lazy_gettext(
        "It hardly tells those who know from those who do not. Look below for an option that the best third chooses "
        "too, and for a wording that can be understood in two ways."
    ),
}


def flags_in_words(row: Row) -> list[str]:
    """What is to be pointed at, in a few words each."""
    differing = [_("behaves differently in %(language)s", language=LANGUAGES[each.language]) for each in row.differing]
    return [*(str(FLAGS[flag]) for flag in row.figures.flags), *differing]


def attempts_in_words(page: QuizPage) -> str:
    """Which attempts are counted."""
    which = _("First and later attempts") if page.wanted.later else _("First attempts")
    if page.wanted.language is None:
        return which
    return f"{which}, {LANGUAGES[page.wanted.language]}"
