"""The grading pages, without script, in three languages."""

import re

import pytest

from lms.accounts.models import Person
from lms.clock import now
from lms.db import write_unit
from lms.grading.models import GradingTask
from lms.grading.services import claim
from lms.organizations.queries import actor_of
from lms.quizzes.models import AttemptState
from lms.security.actor import Role
from tests.conftest import LANGUAGES
from tests.factories import grant, make_member, make_network, make_organization, make_person
from tests.grading import HALF, HIGH, attempt_of, essay_quiz, hand_in, judge
from tests.page import PageClient
from tests.queries import counted_statements
from tests.quizzes import begin, case_study, essay, finish, make_version, quiz_file
from tests.sent_forms import form_in
from tests.studio import make_trainer

HOSTILE = 'خوب <script>alert("x")</script>\r\nسطر دوم'
FORM = {"level.clear": "high", "level.useful": "low", "comment": HOSTILE, "stage": "first"}


@pytest.fixture
def trainer(client: PageClient) -> Person:
    person = make_trainer()
    client.sign_in(person)
    return person


def address(task: GradingTask, language: str = "en", rest: str = "") -> str:
    return f"/{language}/grading/answers/{task.public_id}/{rest}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_trainer_goes_from_the_queue_to_the_next_answer(client: PageClient, trainer: Person, language: str) -> None:
    quiz = essay_quiz()
    learners = [make_person(display_name=f"نویسنده {n}") for n in range(2)]
    first, second = (hand_in(quiz, learner, f"Plan <b>{n}</b>") for n, learner in enumerate(learners))
    page = client.get(f"/{language}/grading/").text
    assert "نویسنده" not in page
    question = re.findall(r'name="question" value="([^"]+)"', page)[-1]
    there = client.post(f"/{language}/grading/next", {"question": question}).headers["Location"]
    assert there == address(first, language)
    shown = client.get(there).text
    assert "Plan &lt;b&gt;0&lt;/b&gt;" in shown
    assert "نویسنده" not in shown
    sent = {**form_in(shown, address(first, language)), **FORM, "do": "next"}
    assert client.post(there, sent).headers["Location"] == address(second, language)
    graded = client.get(there).text
    assert "نویسنده 0" in graded
    assert "&lt;script&gt;alert" in graded
    assert attempt_of(first).state == AttemptState.GRADED
    last = client.post(address(second, language), {**FORM, "do": "next"}).headers["Location"]
    assert last == f"/{language}/grading/"
    assert address(first, language) in client.get(f"/{language}/grading/done").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_learner_reads_levels_and_words(client: PageClient, language: str) -> None:
    learner = make_person()
    task = hand_in(essay_quiz(), learner)
    judge(task, make_trainer(), HALF, HOSTILE)
    page = client.sign_in(learner).get(f"/{language}/attempts/{attempt_of(task).public_id}/result").text
    assert "Strong clear" in page
    assert "Weak useful" in page
    assert "&lt;script&gt;" in page
    assert "badge-certified" in page


def test_a_verdict_that_lacks_a_level_is_shown_again_as_typed(client: PageClient, trainer: Person) -> None:
    task = hand_in(essay_quiz(), make_person())
    client.post(address(task, rest="claim"))
    page = client.post(address(task), {"level.clear": "high", "comment": "سپاس", "stage": "first"}, status=422).text
    assert "سپاس</textarea>" in page
    assert re.search(r'name="level.clear" value="high" checked', page)
    assert 'href="#criterion-useful"' in page


def test_what_is_typed_is_kept_where_somebody_else_was_faster(client: PageClient, trainer: Person) -> None:
    task = hand_in(essay_quiz(), make_person())
    judge(task, make_trainer(), HIGH)
    page = client.post(address(task), FORM, status=409).text
    assert "سطر دوم</textarea>" in page
    assert attempt_of(task).mark == 5


def test_two_graders_do_not_take_the_same_answer(client: PageClient, trainer: Person) -> None:
    quiz = essay_quiz()
    task = hand_in(quiz, make_person())
    other = actor_of(make_trainer().id)
    with write_unit():
        claim(task.id, other, now())
    assert "Somebody else is grading this answer" in client.get(address(task)).text
    assert "Somebody else" in client.follow(client.post(address(task, rest="claim"))).text
    answer = client.post("/en/grading/next", {"quiz": quiz.public_id})
    assert answer.headers["Location"] == "/en/grading/"
    assert "with another grader" in client.get("/en/grading/").text


def test_an_answer_can_be_left_to_others(client: PageClient, trainer: Person) -> None:
    quiz = essay_quiz()
    task = hand_in(quiz, make_person())
    there = client.post("/en/grading/next", {"quiz": quiz.public_id}).headers["Location"]
    assert there == address(task) + "?by=learner"
    client.post(address(task, rest="release"))
    assert "Grade this answer" in client.get(address(task)).text


def test_the_second_reader_does_not_see_the_first_one(client: PageClient, trainer: Person) -> None:
    task = hand_in(essay_quiz(readers=2, difference=10), make_person())
    judge(task, make_trainer(), HIGH, "نظر اول")
    client.post(address(task, rest="claim"))
    assert "نظر اول" not in client.get(address(task)).text
    client.post(address(task), {**FORM, "stage": "second", "do": "queue"})
    after = client.get(address(task)).text
    assert "نظر اول" not in after or "What the readers before you said" in after
    decider = PageClient(client.app).sign_in(make_trainer())
    assert "نظر اول" in decider.get(address(task)).text


def test_a_graded_answer_is_graded_again_with_its_reason(client: PageClient, trainer: Person) -> None:
    task = hand_in(essay_quiz(), make_person())
    judge(task, trainer, HALF)
    again = {"level.clear": "high", "level.useful": "high", "comment": ""}
    assert "Say why" in client.post(address(task, rest="again"), again, status=422).text
    client.post(address(task, rest="again"), {**again, "reason": "Misread."})
    page = client.get(address(task)).text
    assert "Misread." in page
    assert "Graded again" in page


def test_a_network_admin_grades_her_learners_and_nobody_elses(client: PageClient) -> None:
    network = make_network()
    admin = grant(make_person(), Role.NETWORK_ADMIN, network=network)
    hers = hand_in(essay_quiz(), make_member(make_organization(network)))
    other = hand_in(essay_quiz(), make_member(make_organization(make_network())))
    client.sign_in(admin)
    client.post(address(hers, rest="claim"))
    client.post(address(hers), {**FORM, "do": "queue"})
    client.get(address(other), 404)
    client.post(address(other), FORM, 404)
    client.post("/en/grading/next", {"question": "no-uuid"}, 400)


def test_who_trains_nobody_finds_no_queue(client: PageClient) -> None:
    learner = make_person()
    task = hand_in(essay_quiz(), learner)
    client.sign_in(learner)
    client.get("/en/grading/", 403)
    client.get(address(task), 404)


def test_nobody_grades_her_own_answer(client: PageClient, trainer: Person) -> None:
    task = hand_in(essay_quiz(), trainer)
    client.get(address(task), 404)
    assert address(task) not in client.get("/en/grading/").text


def test_an_answer_about_a_case_is_read_with_it(client: PageClient, trainer: Person) -> None:
    quiz = make_version(quiz_file([case_study(), {**essay(), "in_case": True}]))
    attempt = finish(begin(quiz, make_person()), {"plan": ["A plan."]})
    there = client.post("/en/grading/next", {"quiz": quiz.public_id}).headers["Location"]
    assert "Then they <strong>signed</strong>" in client.get(there).text
    assert attempt.public_id not in client.get(there).text


def test_lists_cost_the_same_however_long_they_are(client: PageClient, trainer: Person) -> None:
    def cost(path: str) -> int:
        with counted_statements() as seen:
            client.get(path)
        return len(seen)

    quiz = essay_quiz()
    for _ in range(2):
        judge(hand_in(quiz, make_person()), trainer, HIGH)
        hand_in(quiz, make_person())
    before = [cost(path) for path in ("/en/grading/", "/en/grading/done")]
    for _ in range(3):
        judge(hand_in(essay_quiz(), make_person()), trainer, HIGH)
        hand_in(essay_quiz(), make_person())
    assert [cost(path) for path in ("/en/grading/", "/en/grading/done")] == before
