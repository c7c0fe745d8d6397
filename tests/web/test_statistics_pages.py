"""The pages of statistics: a quiz, a question, their file; what they cost, and what they hide."""

import csv
import io
import re
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert, select

from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.models import Network
from lms.quizzes.models import Attempt, Question, QuizVersion
from lms.quizzes.statistics.facts import Facts, OfQuestion
from lms.quizzes.statistics.keeping import apply
from lms.quizzes.statistics.models import QuizTally
from lms.quizzes.statistics.reading import kept_of
from lms.quizzes.statistics.tallies import Tallies
from lms.text import uuid7
from lms.training.models import Module
from tests.cohorts import make_cohort
from tests.factories import add, make_member, make_network, make_organization
from tests.page import PageClient
from tests.queries import counted_statements
from tests.quizzes import RIGHT, WRONG, make_version, questions, quiz_file, survey
from tests.statistics import choices, count_all, given_of, quiz_of, take
from tests.studio import Studio, make_trainer

LANGUAGES = ("fa", "ar", "en")


@pytest.fixture
def network() -> Network:
    return make_network()


@pytest.fixture
def trainer(client: PageClient, network: Network) -> PageClient:
    return client.sign_in(make_trainer(network))


def publish(network: Network, asked: list[dict[str, Any]] | None = None, **rules: Any) -> QuizVersion:
    titles = {"fa": "ماژول", "ar": "وحدة", "en": "Module"}
    module = add(Module(key=f"counted-{network.id}", titles=titles, network_id=network.id))
    stored: QuizVersion = make_version(quiz_file(asked, **rules), module)
    return stored


def address(quiz: QuizVersion, rest: str = "", language: str = "en") -> str:
    version = quiz.module_version
    return f"/{language}/studio/m/{version.module.public_id}/statistics/{version.number}/{quiz.key}/{rest}"


def question_id(quiz: QuizVersion, key: str) -> str:
    module_id = quiz.module_version.module_id
    return str(
        db.session.scalar(select(Question.uid).where(Question.module_id == module_id, Question.key.endswith(key)))
    )


def simulated(quiz: QuizVersion, people: int, languages: str = "fa ar", *, hard_in: str = "") -> None:
    """Sums of many attempts at `choices`, without the attempts; q0 is harder in one language."""
    chance, languages_in_turn = Random(11), languages.split()
    versions = [each.version.id for each in kept_of(quiz_of(quiz)).questions]
    sums, most = Tallies(), len(versions)
    for n in range(people):
        language, good = languages_in_turn[n % len(languages_in_turn)], chance.choice((0.3, 0.5, 0.7, 0.9))
        signs = [chance.random() < good for _ in versions]
        signs[0] = signs[0] and not (language == hard_in and chance.random() < 0.7)
        got = sum(signs)
        asked = tuple(
            OfQuestion(version, 100, 10000 * sign, round(100 * (got - sign) / (most - 1)), 20, ("b", "a")[sign:][:1])
            for version, sign in zip(versions, signs, strict=True)
        )
        share = got / most
        sums.add(Facts(language, True, share >= 0.6, round(10000 * share), int(10 * share), 40, asked))
    with write_unit():
        of = quiz_of(quiz)
        tally = QuizTally(module_id=of.module_id, edition_id=of.edition_id, quiz_key=of.key, counted_at=now())
        db.session.add(tally)
        db.session.flush()
        apply(tally.id, sums)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_a_quiz_with_attempts(trainer: PageClient, network: Network, language: str) -> None:
    quiz = publish(network, [*questions(), survey()])
    for given in (RIGHT, WRONG, {**RIGHT, "votes": ["9"]}):
        take(quiz, given, language=language)
    overview = f"/{language}/studio/m/{quiz.module_version.module.public_id}/statistics/"
    assert address(quiz, language=language) in trainer.get(overview).text
    assert 'name="do" value="anew"' not in trainer.get(address(quiz, language=language)).text, "nothing is counted yet"
    page = trainer.follow(trainer.post(address(quiz, language=language), {})).text
    assert {"fa": "۶۰٪", "ar": "60%", "en": "60%"}[language] in page, "the mean of 5, 0 and 4 of 5"
    for key in (*RIGHT, "mood"):
        trainer.get(address(quiz, f"{question_id(quiz, key)}/", language))
    question = trainer.get(address(quiz, f"{question_id(quiz, 'votes')}/", language)).text
    assert {"fa": "۸", "ar": "8", "en": "8"}[language] in question


def test_a_quiz_without_attempts_says_how_figures_come(trainer: PageClient, network: Network) -> None:
    quiz = publish(network)
    assert "No attempt is counted yet" in trainer.get(address(quiz)).text
    asked = trainer.get(address(quiz, f"{question_id(quiz, 'votes')}/")).text
    assert "No answer is counted." not in asked
    assert "right" in asked, "the key stands there, chosen by nobody"


def test_counting_anew_gives_the_same_page(trainer: PageClient, network: Network) -> None:
    quiz = publish(network, choices(4))
    for pattern in ("1111", "1100", "1000"):
        take(quiz, given_of(pattern))
    count_all()
    before = trainer.get(address(quiz)).text.split("<main")[1]
    assert trainer.post(address(quiz), {"do": "anew"}).status_code == 303
    after = trainer.get(address(quiz)).text.split("<main")[1]

    def figures(page: str) -> list[str]:
        return [line for line in page.splitlines() if "num mid" in line or "<dd>" in line]

    assert figures(before) == figures(after)
    assert figures(before)


def test_a_trainer_elsewhere_sees_nothing(client: PageClient, network: Network) -> None:
    quiz = publish(network)
    client.sign_in(make_trainer(make_network()))
    assert client.get(address(quiz), status=404).status_code == 404


def test_a_site_trainer_reads_the_kit_that_ships(client: PageClient) -> None:
    client.sign_in(make_trainer())
    module = db.session.scalars(select(Module).where(Module.plugin.is_not(None))).first()
    assert module is not None
    home = client.get("/en/studio/").text
    assert f"/en/studio/m/{module.public_id}/statistics/" in home
    assert "attempts counted" in client.get(f"/en/studio/m/{module.public_id}/statistics/").text


def test_the_key_is_marked_and_who_chose_what_is_told(trainer: PageClient, network: Network) -> None:
    quiz = publish(network, choices(5))
    simulated(quiz, 300)
    page = trainer.get(address(quiz, f"{question_id(quiz, 'q1')}/")).text
    right = page.split("Option a")[1].split("</tr>")[0]
    wrong = page.split("Option b")[1].split("</tr>")[0]
    assert "right" in right
    assert "right" not in wrong
    low, _middle, high = (int(cell.split("<")[0]) for cell in right.split('<td class="num mid">')[2:5])
    assert low < high
    assert "Lowest third" in page


def counts_of(page: str) -> dict[str, str]:
    """How many gave each answer, by what it says."""
    table = page.split('<h2 id="answers">')[1].split("</tbody>", maxsplit=1)[0]
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td class="num mid">(.*?)</td>', table)
    return {re.sub("<.*?>", "", said).removesuffix(" right"): number.split(" ")[0] for said, number in rows}


def test_choices_that_nobody_made_stand_there_with_nought(trainer: PageClient, network: Network) -> None:
    quiz = publish(network, [*questions(), survey()])
    for _each in range(2):
        take(quiz, {**RIGHT, "needs": ["c"]})
    count_all()
    found = {
        key: counts_of(trainer.get(address(quiz, f"{question_id(quiz, key)}/")).text)
        for key in ("first-use", "needs", "must-sign", "mood", "votes")
    }
    assert found["first-use"] == {"Option b": "2", "Option a": "0"}
    assert found["needs"] == {"Option c": "2", "Option a": "0", "Option b": "0"}
    assert found["must-sign"] == {"False": "2", "True": "0"}
    scale = {
        f"{said}: {point}": "0" for said in ("We know each other.", "We meet.") for point in ("no", "partly", "yes")
    }
    assert found["mood"] == {"No answer": "2", **scale}
    assert found["votes"] == {"8": "2"}, "numbers are the learner's own"


def test_a_time_says_of_how_many_it_is(trainer: PageClient, network: Network) -> None:
    quiz = publish(network, choices(2))
    for pattern in ("11", "1-", "10"):
        take(quiz, given_of(pattern))
    count_all()
    page = trainer.get(address(quiz)).text
    assert "in 3 attempts" in page.split("<dt>Time (median)</dt><dd>")[1].split("</dd>")[0]
    assert re.findall(r'data-label="Time">.*?>(in .*?)</small></td>', page) == ["in 3 answers", "in 2 answers"]
    question = trainer.get(address(quiz, f"{question_id(quiz, 'q1')}/")).text
    assert "in 2 answers" in question.split("<dt>Time (median)</dt><dd>")[1].split("</dd>")[0]
    rows = list(csv.DictReader(io.StringIO(trainer.get(address(quiz, "file/csv")).text.removeprefix("\ufeff"))))
    assert [row["Answers with a time"] for row in rows[:2]] == ["3", "2"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_that_behaves_differently_is_pointed_at(
    trainer: PageClient, network: Network, language: str
) -> None:
    quiz = publish(network, choices(6))
    simulated(quiz, 600, hard_in="ar")
    page = trainer.get(address(quiz, language=language)).text
    words = {"fa": "به عربی رفتار دیگری دارد", "ar": "مختلف باللغة العربية", "en": "behaves differently in Arabic"}
    said = words[language]
    assert page.count(said) == 1
    question = trainer.get(address(quiz, f"{question_id(quiz, 'q0')}/", language)).text
    advice = {"fa": "ترجمه‌ای بد", "ar": "الترجمة السيئة", "en": "how a bad translation shows"}[language]
    assert advice in question
    assert advice not in trainer.get(address(quiz, f"{question_id(quiz, 'q1')}/", language)).text


def test_few_answers_are_compared_with_nothing(trainer: PageClient, network: Network) -> None:
    quiz = publish(network, choices(6))
    simulated(quiz, 80, hard_in="ar")
    assert "behaves differently" not in trainer.get(address(quiz)).text
    assert "too few answers to compare" in trainer.get(address(quiz, f"{question_id(quiz, 'q0')}/")).text


def test_a_small_language_is_hidden_and_cannot_be_asked_for(trainer: PageClient, network: Network) -> None:
    quiz = publish(network, choices(3))
    for n in range(12):
        take(quiz, given_of("110"), language="ar" if n < 2 else "fa")
    count_all()
    trainer.get(address(quiz))  # From its second page on, a session has one token in all forms.
    page = trainer.get(address(quiz)).text
    assert "By language" in page
    assert "language=ar" not in page
    assert "language=fa" not in page, "it would tell of the others"
    assert trainer.get(address(quiz, "?language=ar")).text.split("<main")[1] == page.split("<main")[1]
    question = trainer.get(address(quiz, f"{question_id(quiz, 'q0')}/")).text
    assert "fewer than 5 people answered" in question
    assert "facility_" not in trainer.get(address(quiz, "file/csv")).text


def test_what_few_wrote_themselves_is_not_shown(trainer: PageClient, network: Network) -> None:
    quiz = publish(network)
    for n in range(7):
        take(quiz, {**RIGHT, "word": ["چتر بزرگ" if n else "نامی پنهان"]})
    count_all()
    page = trainer.get(address(quiz, f"{question_id(quiz, 'word')}/")).text
    assert "چتربزرگ" in page.replace(" ", "")
    assert "پنهان" not in page
    assert "Answers that only few gave" in page


def test_later_attempts_are_shown_where_asked_for(trainer: PageClient, network: Network) -> None:
    quiz = publish(network, choices(4))
    person_id = take(quiz, given_of("0000")).person_id
    take(quiz, given_of("1111"), person_id=person_id)
    count_all()
    assert "First attempts" in trainer.get(address(quiz)).text
    both = trainer.get(address(quiz, "?attempts=all")).text
    assert "of 1 person" in both
    assert "50%" in both


def test_the_file_has_the_numbers_of_the_page(trainer: PageClient, network: Network) -> None:
    quiz = publish(network, choices(5))
    simulated(quiz, 300)
    answer = trainer.get(address(quiz, "file/csv"))
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    head = rows[0]
    first = dict(zip(head, rows[1], strict=True))
    page = trainer.get(address(quiz)).text
    assert f"{round(float(first['Facility']) * 100)}%" in page
    assert f">{float(first['Discrimination']):.2f}<" in page
    assert first["Answers"] == "300"
    assert {"Facility, Persian", "Facility, Arabic"} <= set(head)
    assert len(rows) > 6
    assert trainer.get(address(quiz, "file/xlsx")).data[:2] == b"PK"
    assert trainer.get(address(quiz, "file/pdf")).data.startswith(b"%PDF")
    assert trainer.get(address(quiz, "file/exe"), status=404).status_code == 404


def test_rows_are_sorted_by_what_is_asked_for(trainer: PageClient, network: Network) -> None:
    quiz = publish(network, choices(4))
    for pattern in ("1011", "1001", "1000", "1000"):
        take(quiz, given_of(pattern))
    count_all()
    page = trainer.get(address(quiz, "?sort=facility")).text
    places = [page.index(f"q{n} ") for n in (1, 2, 3, 0)]
    assert places == sorted(places)
    assert 'aria-sort="ascending"' in page


def test_a_page_costs_the_same_however_many_attempts_there_are(trainer: PageClient, network: Network) -> None:
    quiz = publish(network, [*questions(), survey()])
    costs = []
    for _round in range(2):
        for given in (RIGHT, WRONG, {**RIGHT, "word": ["چتر"]}) * 2:
            take(quiz, given, language="ar" if _round else "fa")
        count_all()
        for path in (address(quiz), address(quiz, f"{question_id(quiz, 'word')}/"), address(quiz, "file/csv")):
            with counted_statements() as seen:
                trainer.get(path)
            costs.append(len(seen))
            # What waits for a grader is the navigation's.
            own = [each for each in seen if "FROM grading_task" not in each]
            assert not [each for each in own if "attempt_question" in each or "FROM response" in each]
    assert costs[:3] == costs[3:]
    assert max(costs) < 40
    assert costs[0] <= 20, costs


def test_a_question_of_the_draft_is_linked_to_its_editor(trainer: PageClient, network: Network) -> None:
    studio = Studio(trainer, "en")
    module = studio.new_module(owner=str(network.id))
    part = studio.add_part(module, "quiz")
    item = studio.add_item(part, "true_false")
    db.session.refresh(part)
    asked = {**choices(1)[0], "id": item.key}
    version = make_version({**quiz_file([asked]), "id": part.key}, db.session.get_one(Module, module.id))
    page = trainer.get(address(version, f"{question_id(version, item.key)}/")).text
    assert f"/en/studio/questions/{item.public_id}/" in page
    assert f"/studio/m/{module.public_id}/statistics/" in trainer.get(studio.at(f"m/{module.public_id}/")).text


def test_a_cohorts_page_leads_to_the_statistics_of_its_modules(trainer: PageClient, network: Network) -> None:
    quiz, learner = publish(network), make_member(make_organization(network))
    kit_module = db.session.scalars(select(Module).where(Module.plugin.is_not(None))).first()
    assert kit_module is not None
    cohort = make_cohort(network, learner, modules=(quiz.module_version.module, kit_module))
    page = trainer.get(f"/en/cohorts/{cohort.public_id}/").text
    assert f"/en/studio/m/{quiz.module_version.module.public_id}/statistics/" in page
    assert f"/en/studio/m/{kit_module.public_id}/statistics/" not in page, "that is for the site's trainers"


@pytest.mark.usefixtures("app")
def test_many_attempts_are_added_up_at_once() -> None:
    """Rows put in past the services, as a restore or an import does, are counted as well."""
    quiz = publish(make_network(), choices(2))
    attempt = take(quiz, given_of("11"))
    row = {column.name: getattr(attempt, column.name) for column in Attempt.__table__.columns}
    with write_unit():
        for n in range(3):
            more = {"id": 1000 + n, "number": 2 + n, "uid": None, "public_id": f"copy{n}"}
            db.session.execute(insert(Attempt).values(**{**row, **more, "uid": uuid7()}))
    count_all()
    cuts = kept_of(quiz_of(quiz)).cuts
    assert sum(counts["passed"]["1"] for _cut, counts in cuts) == 4
