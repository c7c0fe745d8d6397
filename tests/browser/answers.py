"""Answering the kit's quizzes in a browser, by what the questions say."""

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

CONTENT = Path(__file__).resolve().parents[2] / "modules" / "networking_kit" / "content"


def questions_of(module: str, language: str) -> dict[str, dict[str, Any]]:
    """The questions of a module's quizzes, by the letters of their prompts in a language."""
    files = [json.loads(path.read_text(encoding="utf-8")) for path in (CONTENT / module / "quizzes").glob("*.json")]
    return {letters(asked["text"][language]["prompt"]): asked for quiz in files for asked in quiz["questions"]}


def letters(text: str) -> str:
    """A text without Markdown, punctuation and spaces: the same before and after it was rendered."""
    return re.sub(r"[\W_]+", "", text)


def answer_all(page: Page, module: str, language: str, *, right: bool) -> int:
    """Answer every question on the page, rightly or (where it is a choice) wrongly; gives how many were answered."""
    known = questions_of(module, language)
    sections = page.locator("section[data-question]").all()
    for section in sections:
        said = letters(section.inner_text())
        question = next(question for prompt, question in known.items() if prompt in said)
        _answer(section, question, language, right=right)
    return len(sections)


def _answer(section: Locator, question: dict[str, Any], language: str, *, right: bool) -> None:
    scoring, text = question["scoring"], question["text"][language]
    if question["type"] == "numeric":
        section.locator("input:not([type=hidden])").fill(str(scoring["answer"] if right else scoring["answer"] + 500))
    elif question["type"] == "short_text":
        best = max(scoring["accepted"], key=lambda key: scoring["accepted"][key].get("share", 1))
        section.locator("input:not([type=hidden])").fill(text["accepted"][best][0] if right else "…")
    else:
        options = question["structure"].get("options") or ["true", "false"]
        chosen = scoring["correct"] if right else [next(key for key in options if key not in scoring["correct"])]
        for key in chosen:
            section.locator(f"input[value='{key}']").check()
