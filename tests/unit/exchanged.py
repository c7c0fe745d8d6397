"""Questions made up for the tests of other formats, and what makes two of them the same."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from lms.exchange.markdown import plain_markdown, to_html, to_markdown
from lms.exchange.runs import read_html
from lms.text import clean_for_language, clean_line

CODES = ("fa", "ar", "en")
LETTERS = {"fa": "پچژگکیآسلامه‌ ", "ar": "ةأإىيعربيم ", "en": "abcXYZ "}
SIGNS = ".,:;=#{}~\\<>&*_[]()%\"'/-|`!$؟،«»۱٢3+@^→\n"


def _clean(text: str, code: str) -> str:
    return clean_for_language(clean_line(text), code)


def plain(code: str) -> st.SearchStrategy[str]:
    """Words in a language with whatever signs, beginning with a letter, on one line."""
    first = st.sampled_from(LETTERS[code].strip()[0])
    rest = st.text(LETTERS[code] + SIGNS, max_size=24)
    return st.builds(lambda a, b: _clean(a + b, code), first, rest).filter(lambda text: not text.startswith(("*", "%")))


@st.composite
def marked(draw: st.DrawFn, code: str) -> str:
    """Inline Markdown: words, some of them bold, slanted or a link."""
    words = plain_markdown(draw(plain(code)))
    wrap = draw(
        st.sampled_from(["{}", "{}", "**bold** {}", "{} *so*", "{} `code`", "[link](https://example.org/a?b=1) {}"])
    )
    return canonical(wrap.format(words))


def canonical(markdown: str) -> str:
    """The plainest Markdown that says the same."""
    return to_markdown(read_html(to_html(markdown))[0])[0]


def by_option(draw: st.DrawFn, code: str, keys: list[str], *, all_of_them: bool) -> dict[str, str]:
    """A text for each key, or for some."""
    chosen = keys if all_of_them else draw(st.lists(st.sampled_from(keys), unique=True))
    return {key: draw(marked(code)) for key in keys if key in chosen}


def question(kind: str, structure: Any, scoring: Any, text: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A question as in a quiz file."""
    return {"id": "q", "type": kind, "mark": 1, **more, "structure": structure, "scoring": scoring, "text": text}


@st.composite
def languages(draw: st.DrawFn) -> list[str]:
    """Some of our languages, in our order."""
    chosen = draw(st.sets(st.sampled_from(CODES), min_size=1))
    return [code for code in CODES if code in chosen]


@st.composite
def choices(draw: st.DrawFn, several: bool) -> dict[str, Any]:
    """Single and multiple choice."""
    keys = list("abcd")[: draw(st.integers(2, 4))]
    right = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=len(keys) if several else 1, unique=True))
    scoring: dict[str, Any] = {"correct": [key for key in keys if key in right]}
    if several:
        scoring["partial"] = True
        penalty = draw(st.sampled_from([None, 0, 0.5, 1]))
        if penalty is not None and len(right) < len(keys) and abs(penalty - 1 / len(right)) > 0.01:
            scoring["penalty"] = penalty
    text = {
        code: {
            "prompt": draw(marked(code)),
            "options": by_option(draw, code, keys, all_of_them=True),
            "feedback": by_option(draw, code, keys, all_of_them=False),
        }
        for code in draw(languages())
    }
    return question("multiple_choice" if several else "single_choice", {"options": keys}, scoring, text)


@st.composite
def statements(draw: st.DrawFn) -> dict[str, Any]:
    """True or false."""
    text = {
        code: {"prompt": draw(marked(code)), "feedback": by_option(draw, code, ["true", "false"], all_of_them=False)}
        for code in draw(languages())
    }
    return question("true_false", {}, {"correct": [draw(st.sampled_from(["true", "false"]))]}, text)


@st.composite
def numbers(draw: st.DrawFn) -> dict[str, Any]:
    """Numbers with a tolerance."""
    number = st.integers(-(10**6), 10**6) | st.floats(-1e4, 1e4).map(lambda x: round(x, 3)).filter(
        lambda x: x != int(x)
    )
    tolerance = st.integers(0, 5) | st.sampled_from([0.5, 0.125])
    text = {
        code: {"prompt": draw(marked(code)), "feedback": by_option(draw, code, ["right", "wrong"], all_of_them=False)}
        for code in draw(languages())
    }
    return question("numeric", {}, {"answer": draw(number), "tolerance": draw(tolerance)}, text)


@st.composite
def spellings(draw: st.DrawFn) -> dict[str, Any]:
    """Short answers with shares that Moodle knows."""
    keys = ["a", "b", "c"][: draw(st.integers(1, 3))]
    mode = draw(st.sampled_from(["folded", "exact"]))
    shares = [1, *(draw(st.sampled_from([1, 0.5, 0.25, 0])) for _key in keys[1:])]
    text = {}
    for code in draw(languages()):
        words = {key: draw(st.lists(plain(code).map(_one_line), min_size=1, max_size=2, unique=True)) for key in keys}
        feedback = by_option(draw, code, [*keys, "other"], all_of_them=False)
        text[code] = {"prompt": draw(marked(code)), "accepted": words, "feedback": feedback}
    rules = {key: {"share": share, "mode": mode} for key, share in zip(keys, shares, strict=True)}
    return question("short_text", {"accepted": keys}, {"accepted": rules}, text)


@st.composite
def pairings(draw: st.DrawFn, kind: str = "matching") -> dict[str, Any]:
    """Items and what goes with them; some matches go with nothing."""
    items = [f"i{n}" for n in range(1, draw(st.integers(2, 4)) + 1)]
    loose = draw(st.integers(0, 2))
    matches = [f"m{n}" for n in range(1, len(items) + loose + 1)]
    text = {}
    for code in draw(languages()):
        said = draw(st.lists(plain(code), min_size=len(matches), max_size=len(matches), unique_by=_letters))
        text[code] = {
            "prompt": draw(marked(code)),
            "items": by_option(draw, code, items, all_of_them=True),
            "matches": {
                key: canonical(plain_markdown(f"{n} {word}"))
                for n, (key, word) in enumerate(zip(matches, said, strict=True))
            },
            "feedback": by_option(draw, code, ["right", "partly", "wrong"], all_of_them=False),
        }
    return question(
        kind, {"items": items, "matches": matches}, {"pairs": dict(zip(items, matches, strict=False))}, text
    )


def _letters(word: str) -> str:
    return "".join(word.split())


@st.composite
def orderings(draw: st.DrawFn) -> dict[str, Any]:
    """Items in an order."""
    items = [f"i{n}" for n in range(1, draw(st.integers(2, 5)) + 1)]
    credit = draw(st.sampled_from(["position", "adjacent", "exact"]))
    text = {
        code: {
            "prompt": draw(marked(code)),
            "items": by_option(draw, code, items, all_of_them=True),
            "feedback": by_option(draw, code, ["right", "partly", "wrong"], all_of_them=False),
        }
        for code in draw(languages())
    }
    return question("ordering", {"items": items}, {"order": items, "credit": credit}, text)


@st.composite
def gapped(draw: st.DrawFn) -> dict[str, Any]:
    """A text with gaps, typed and chosen, in one language."""
    code = draw(st.sampled_from(CODES))
    structure: list[dict[str, Any]] = []
    scoring: dict[str, Any] = {}
    accepted: dict[str, Any] = {}
    options: dict[str, Any] = {}
    pieces = []
    for n in range(1, draw(st.integers(1, 3)) + 1):
        key, typed = f"g{n}", draw(st.booleans())
        answers = ["a", "b"][: draw(st.integers(1, 2))] if typed else ["a", "b", "c"]
        words = draw(
            st.lists(plain(code).map(_in_gap), min_size=len(answers), max_size=len(answers), unique_by=_letters)
        )
        structure.append({"id": key, "kind": "typed" if typed else "chosen", "answers": answers})
        shares = {"a": 1, **({"b": 0.5} if typed and len(answers) == 2 else {})}
        weight = draw(st.sampled_from([1, 1, 2]))
        mode = {"mode": draw(st.sampled_from(["folded", "exact"]))} if typed else {}
        scoring[key] = {"shares": shares, **mode, **({"weight": weight} if weight != 1 else {})}
        if typed:
            accepted[key] = {answer: [word] for answer, word in zip(answers, words, strict=True)}
        else:
            options[key] = {
                answer: canonical(plain_markdown(word)) for answer, word in zip(answers, words, strict=True)
            }
        pieces += [draw(st.sampled_from(LETTERS[code].split())), f"[[{key}]]"]
    text = {"prompt": draw(marked(code)), "passage": " ".join(pieces), "accepted": accepted, "options": options}
    return question("gap_fill", {"gaps": structure}, {"gaps": scoring}, {code: text})


def _in_gap(word: str) -> str:
    return word.replace("*", "x").replace("\\", "/").replace("%", "x")


def _one_line(word: str) -> str:
    return word.replace("\\", "/")


def same(question: Mapping[str, Any]) -> dict[str, Any]:
    """What makes a question: without its id, empty things, and what grades alike written otherwise."""
    found = {key: value for key, value in question.items() if key != "id"}
    if question["type"] == "multiple_choice" and len(question["scoring"]["correct"]) == 1:
        found["scoring"] = {**question["scoring"], "partial": True}
    if question["type"] == "short_text":
        found = _merged(found)
    if question["type"] == "gap_fill":
        texts = {code: {**text, "prompt": canonical(text["prompt"])} for code, text in found["text"].items()}
        found = {**found, "text": texts}
    return {key: _filled(value) for key, value in found.items()}


def _merged(question: dict[str, Any]) -> dict[str, Any]:
    """Accepted answers of equal share and feedback are spellings of one."""
    groups: list[list[str]] = []
    for key in question["structure"]["accepted"]:
        if groups and _about(question, groups[-1][0]) == _about(question, key):
            groups[-1].append(key)
        else:
            groups.append([key])
    text = {
        code: {
            "prompt": part["prompt"],
            "accepted": {str(at): _words(part, group) for at, group in enumerate(groups)},
            "feedback": {
                **{str(at): part.get("feedback", {}).get(group[0]) for at, group in enumerate(groups)},
                "other": part.get("feedback", {}).get("other"),
            },
        }
        for code, part in question["text"].items()
    }
    rules = [question["scoring"]["accepted"][group[0]] for group in groups]
    return {**question, "structure": {}, "scoring": {"rules": rules}, "text": text}


def _words(part: Mapping[str, Any], group: list[str]) -> list[str]:
    return sorted({word for key in group for word in part["accepted"][key]})


def _about(question: Mapping[str, Any], key: str) -> Any:
    feedback = {code: part.get("feedback", {}).get(key) for code, part in question["text"].items()}
    return question["scoring"]["accepted"][key], feedback


def _filled(value: Any) -> Any:
    if isinstance(value, Mapping):
        found = {key: _filled(inner) for key, inner in value.items()}
        return {key: inner for key, inner in found.items() if inner not in (None, "", {})}
    return value
