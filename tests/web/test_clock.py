"""Ten years of random events: the short profile; the long one is `python -m benchmarks clock`."""

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.clockwork import Clockwork


def test_the_invariants_hold_whatever_happens(app: Flask) -> None:
    profile = settings(
        max_examples=6,
        stateful_step_count=30,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Clockwork, settings=profile)
