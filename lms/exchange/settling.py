"""From drafts to items: languages settled, the types asked whether the question is one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lms.exchange.drafting import Draft, Path
from lms.exchange.errors import UnreadableFile
from lms.exchange.guessing import guess, in_script_of
from lms.exchange.items import MOST_QUESTIONS, Item
from lms.exchange.markdown import to_words
from lms.exchange.notes import Note
from lms.formats import LANGUAGES
from lms.quizzes.question_types import Content, find_type
from lms.text import clean_for_language

LONGEST_NAME = 120


def settle(drafts: Sequence[Draft], language: str, preferred: str) -> tuple[Item, ...]:
    """The items of a file. `language` is that of texts that do not say theirs; "" has it found out, and where letters
    do not tell between Persian and Arabic it is `preferred`. Raises UnreadableFile for too many, or none."""
    if not drafts:
        raise UnreadableFile("no_question")
    if len(drafts) > MOST_QUESTIONS:
        raise UnreadableFile("too_many")
    untagged = [text for draft in drafts for text in _without_language(draft)]
    whole = language or guess(untagged, preferred)
    return tuple(_item(number, draft, language, whole) for number, draft in enumerate(drafts, 1))


def _without_language(draft: Draft) -> Iterable[str]:
    yield from (found[""] for found in draft.texts.values() if "" in found)
    yield from (word for found in draft.words.values() for word in found.get("", ()))


def _item(number: int, draft: Draft, language: str, whole: str) -> Item:
    kind = draft.type or draft.kind
    if draft.failure is not None:
        return Item(number, _name(draft, {}), draft.kind or kind, None, (draft.failure, *draft.notes))
    own = language or guess(_without_language(draft), whole)
    text = _text(draft, own)
    question = {
        "type": draft.type,
        "mark": draft.mark,
        **({"tags": draft.tags} if draft.tags else {}),
        "structure": draft.structure,
        "scoring": draft.scoring,
        "text": text,
    }
    item = Item(number, _name(draft, text), draft.kind or kind, question, tuple(draft.notes))
    return judged(item)


def judged(item: Item) -> Item:
    """The item as its type judges it: without its question where that would be wrong in every language."""
    question = item.question
    if question is None:
        return item
    kind = find_type(question["type"])
    if kind is None:
        return replace(item, question=None, notes=(Note("type_unknown", item.kind), *item.notes))
    content = Content.of(question)
    if not any(part.get("prompt") or part.get("passage") for part in content.text.values()):
        return replace(item, question=None, notes=(Note("no_text"), *item.notes))
    faults = [fault for fault in kind.check(content) if not fault.where.startswith("text.")]
    if faults:
        return replace(item, question=None, notes=(Note("unfit", faults[0].message), *item.notes))
    unfinished = [code for code in content.text if _lacks(kind.check(content), code)]
    if unfinished and len(unfinished) == len(content.text):
        lack = next(fault.message for fault in kind.check(content) if fault.where.startswith("text."))
        return replace(item, question=None, notes=(Note("unfit", lack), *item.notes))
    return replace(item, notes=(*item.notes, *(Note("unfinished", code) for code in unfinished)))


def _lacks(faults: Iterable[Any], language: str) -> bool:
    return any(fault.where.startswith(f"text.{language}.") for fault in faults)


def _text(draft: Draft, own: str) -> dict[str, dict[str, Any]]:
    """The text by language: what says no language is for all that the question has, else for its own."""
    named = {code for found in draft.texts.values() for code in found if code}
    codes = [code for code in LANGUAGES if code in (named or {own})]
    return {code: _in(draft, code, own) for code in codes}


def _in(draft: Draft, code: str, own: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path, said in draft.defaults.items():
        put(found, path, said[code])
    for path, by_language in draft.texts.items():
        text = by_language.get(code, by_language.get(""))
        if text is not None:
            put(found, path, clean_for_language(text, code))
    for path, words in draft.words.items():
        chosen = [clean_for_language(word, code) for word in _words(words, code)]
        if chosen:
            put(found, path, list(dict.fromkeys(chosen)))
    return found


def _words(words: Mapping[str, list[str]], code: str) -> list[str]:
    """Accepted words in a language: its own, and of those that say no language the ones that can be of it."""
    loose = words.get("", [])
    fitting = [word for word in loose if in_script_of(word, code)]
    mine = [*words.get(code, []), *fitting]
    return mine or loose or [word for found in words.values() for word in found]


def put(target: dict[str, Any], path: Path, value: Any) -> None:
    """Set a value at its place in nested mappings."""
    *above, last = path
    for key in above:
        target = target.setdefault(key, {})
    target[last] = value


def _name(draft: Draft, text: Mapping[str, Mapping[str, Any]]) -> str:
    prompts = (str(part.get("prompt", "")) for part in text.values())
    name = draft.name or next((to_words(prompt) for prompt in prompts if prompt), "")
    return " ".join(name.split())[:LONGEST_NAME]
