"""Imports run one way."""

from tests.structure.sources import COMPOSING, FOUNDATION, LAYERS, LMS, imports_of, python_files, room_of


def test_a_room_imports_only_rooms_before_it() -> None:
    wrong = []
    for path in python_files():
        room = room_of(path)
        for line, name in imports_of(path):
            other = name.split(".")[1] if name.startswith("lms.") else ""
            if room not in LAYERS or other not in LAYERS or other == room or {room, other} <= COMPOSING:
                continue
            if LAYERS.index(other) > LAYERS.index(room):
                wrong.append(f"{path.relative_to(LMS)}:{line} imports {name}")
    assert not wrong, wrong


def test_the_foundation_imports_no_feature() -> None:
    wrong = [
        f"{path.relative_to(LMS)}:{line} imports {name}"
        for path in python_files()
        if room_of(path) in FOUNDATION
        for line, name in imports_of(path)
        if name.startswith("lms.") and name.split(".")[1] in LAYERS
    ]
    assert not wrong, wrong


def test_nobody_imports_a_view() -> None:
    wrong = [
        f"{path.relative_to(LMS)}:{line} imports {name}"
        for path in python_files()
        for line, name in imports_of(path)
        if name.startswith("lms.") and "views" in name.split(".") and name.split(".")[1] != room_of(path)
    ]
    assert not wrong, wrong


def test_services_queries_and_models_know_no_flask() -> None:
    wrong = []
    for path in python_files():
        names = {*path.relative_to(LMS).parts[:-1], path.stem}
        if not names & {"services", "queries", "models", "question_types", "requirement_types", "rule"}:
            continue
        wrong += [f"{path.relative_to(LMS)}:{line}" for line, name in imports_of(path) if name.split(".")[0] == "flask"]
    assert not wrong, wrong


def test_the_core_names_no_plugin() -> None:
    wrong = [
        f"{path.relative_to(LMS)}:{line}"
        for path in python_files()
        for line, name in imports_of(path)
        if name.split(".")[0] == "modules"
    ]
    assert not wrong, wrong
