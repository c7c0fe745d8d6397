"""Question types, one file a type. A plugin brings more through `question_types()`."""

from lms.quizzes.question_types.base import (
    MAIN,
    Answer,
    AuthorField,
    Content,
    Fault,
    Given,
    Grade,
    QuestionType,
    shown_language,
)
from lms.quizzes.question_types.case_study import CaseStudy
from lms.quizzes.question_types.categorise import Categorise
from lms.quizzes.question_types.essay import Essay
from lms.quizzes.question_types.file_upload import FileUpload
from lms.quizzes.question_types.gap_fill import GapFill
from lms.quizzes.question_types.matching import Matching
from lms.quizzes.question_types.multiple_choice import MultipleChoice
from lms.quizzes.question_types.numeric import Numeric
from lms.quizzes.question_types.ordering import Ordering
from lms.quizzes.question_types.registry import UnknownType, all_types, find_type, register_types, type_of
from lms.quizzes.question_types.short_text import ShortText
from lms.quizzes.question_types.single_choice import SingleChoice
from lms.quizzes.question_types.survey_scale import SurveyScale
from lms.quizzes.question_types.true_false import TrueFalse

CORE_TYPES: tuple[QuestionType, ...] = (
    SingleChoice(),
    MultipleChoice(),
    TrueFalse(),
    ShortText(),
    Numeric(),
    Matching(),
    Ordering(),
    GapFill(),
    Categorise(),
    Essay(),
    FileUpload(),
    SurveyScale(),
    CaseStudy(),
)

register_types(CORE_TYPES)

__all__ = [
    "CORE_TYPES",
    "MAIN",
    "Answer",
    "AuthorField",
    "Content",
    "Fault",
    "Given",
    "Grade",
    "QuestionType",
    "UnknownType",
    "all_types",
    "find_type",
    "register_types",
    "shown_language",
    "type_of",
]
