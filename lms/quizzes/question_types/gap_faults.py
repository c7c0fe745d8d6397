"""What is wrong with a gap fill question as written."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from lms.i18n import gettext as _
from lms.quizzes.question_types.base import Content, Fault
from lms.quizzes.question_types.comparing import MODES
from lms.quizzes.question_types.gaps import Gap, mark_of, marks_in
from lms.quizzes.question_types.parts import missing_texts
from lms.quizzes.question_types.reading import is_share, mapping_of


def gap_faults(content: Content, gaps: list[Gap]) -> Iterator[Fault]:
    """No gaps; a gap whose answers or whose rule will not do."""
    written = content.structure.get("gaps")
    if not gaps or not isinstance(written, list) or len(written) != len(gaps):
        yield Fault("structure.gaps", _("Give at least one gap: [[g1]] in the text."))
    rules = mapping_of(content.scoring.get("gaps"))
    if set(rules) != {gap.id for gap in gaps}:
        yield Fault("scoring.gaps", _("Say for each gap which answers are right."))
    for gap in gaps:
        if len(gap.answers) < (1 if gap.typed else 2):
            needed = _("Give at least one accepted answer.") if gap.typed else _("Give at least two options.")
            yield Fault(f"structure.gaps.{gap.id}", needed)
        yield from _rule_faults(gap, mapping_of(rules.get(gap.id)))


def _rule_faults(gap: Gap, rule: Mapping[str, Any]) -> Iterator[Fault]:
    shares, at = mapping_of(rule.get("shares")), f"scoring.gaps.{gap.id}"
    if not shares.keys() <= set(gap.answers) or not all(is_share(share) for share in shares.values()):
        yield Fault(f"{at}.shares", _("Give the share of the mark as a number from 0 to 1."))
    if not any(is_share(share) and share == 1 for share in shares.values()):
        yield Fault(f"{at}.shares", _("One answer of each gap must get its full mark."))
    if rule.get("mode", "folded") not in MODES:
        yield Fault(f"{at}.mode", _("This way of comparing is not known."))
    weight = rule.get("weight", 1)
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 100:
        yield Fault(f"{at}.weight", _("The weight of a gap is a number above 0, at most 100."))


def passage_faults(text: Mapping[str, Any], language: str, gaps: list[Gap]) -> Iterator[Fault]:
    """A passage that names each gap not once."""
    passage, at = text.get("passage"), f"text.{language}.passage"
    if not isinstance(passage, str) or not passage.strip():
        yield Fault(at, _("The text with the gaps is missing."))
        return
    times, known = Counter(marks_in(passage)), [gap.id for gap in gaps]
    for gap in known:
        if times[gap] != 1:
            yield Fault(at, _("The gap %(gap)s must stand once in the text.", gap=mark_of(gap)))
    for gap in times.keys() - set(known):
        yield Fault(at, _("The text names the gap %(gap)s, which there is not.", gap=mark_of(gap)))


def word_faults(text: Mapping[str, Any], language: str, gaps: list[Gap]) -> Iterator[Fault]:
    """Answers without words."""
    for gap in gaps:
        if gap.typed:
            yield from _accepted_faults(text, language, gap)
        else:
            options = {gap.id: mapping_of(text.get("options")).get(gap.id)}
            yield from missing_texts(options, f"{language}.options", gap.id, gap.answers, _("This option has no text."))


def _accepted_faults(text: Mapping[str, Any], language: str, gap: Gap) -> Iterator[Fault]:
    accepted = mapping_of(mapping_of(text.get("accepted")).get(gap.id))
    for key in gap.answers:
        words = accepted.get(key)
        if not isinstance(words, list) or not words or not all(isinstance(w, str) and w.strip() for w in words):
            yield Fault(f"text.{language}.accepted.{gap.id}.{key}", _("This accepted answer has no words."))
