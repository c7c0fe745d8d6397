"""What templates write of values."""

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup, escape


class Said:
    """Something that is markup in its own way."""

    def __html__(self) -> str:
        return "<b>said</b>"


VALUES = st.one_of(st.text(), st.text().map(Markup), st.integers(), st.none(), st.builds(Said))
BY_FIXTURE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@BY_FIXTURE
@given(VALUES)
def test_a_value_is_written_as_markupsafe_writes_it(app: Flask, value: object) -> None:
    template = app.jinja_env.from_string("{{ value }}|{% set kept %}{{ value }}{% endset %}{{ kept }}")
    assert template.render(value=value) == f"{escape(value)}|{escape(value)}"


@BY_FIXTURE
@given(VALUES)
def test_so_does_a_macro_and_what_is_put_together(app: Flask, value: object) -> None:
    source = "{% macro said(value) %}<i>{{ value }}</i>{% endmacro %}{{ said(value) }}{{ value ~ '<' }}"
    written = app.jinja_env.from_string(source).render(value=value)
    assert written.startswith(f"<i>{escape(value)}</i>")
    assert "<script" not in app.jinja_env.from_string(source).render(value="<script>")


@BY_FIXTURE
@given(VALUES, st.integers(0, 3))
def test_a_string_is_filled_with_values_that_are_escaped(app: Flask, value: object, count: int) -> None:
    source = (
        "{% trans whole=value %}of {{ whole }}{% endtrans %}|"
        "{% trans count=count, what=value %}{{ count }} {{ what }}{% pluralize %}{{ count }} times {{ what }}"
        "{% endtrans %}"
    )
    written = app.jinja_env.from_string(source).render(value=value, count=count)
    said = escape(value)
    assert written == f"of {said}|{count} {said}" if count == 1 else f"of {said}|{count} times {said}"
