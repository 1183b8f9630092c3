"""The demo's issuers start in development only, with a file of people that is one."""

import json
from pathlib import Path

import pytest

from api.development.issuers import create_issuers_app, issuers_app_from_environment, issuers_url
from api.development.refusal import DevelopmentProblemError
from tests.api.development.issuing import (
    PEOPLE,
    PUBLIC_URL,
)


@pytest.mark.parametrize("environment", ["production", "Production", "staging", ""])
def test_the_issuers_start_in_development_only(environment: str) -> None:
    with pytest.raises(DevelopmentProblemError, match="register the agencies' own identity providers instead"):
        create_issuers_app([], public_url=PUBLIC_URL, environment=environment)


def test_they_start_from_the_environment_with_a_people_file(tmp_path: Path) -> None:
    people = tmp_path / "people of the demo.json"
    people.write_text(json.dumps(PEOPLE), encoding="utf-8")

    app = issuers_app_from_environment({"CONCORDAT_DEVELOPMENT_PEOPLE": str(people), "PUBLIC_URL": PUBLIC_URL})

    assert app.url_path_for("token", slug="police") == "/police/token"


@pytest.mark.parametrize("content", [None, "", "[]", '{"people": {"police": {}}}', '{"people": {"police": [{}]}}'])
def test_a_people_file_that_is_none_is_named_in_one_sentence(content: str | None, tmp_path: Path) -> None:
    people = tmp_path / "people.json"
    if content is not None:
        people.write_text(content, encoding="utf-8")

    with pytest.raises(DevelopmentProblemError, match=r"The people file .*people\.json"):
        issuers_app_from_environment({"CONCORDAT_DEVELOPMENT_PEOPLE": str(people)})


def test_the_issuers_live_on_the_next_port() -> None:
    assert issuers_url("http://127.0.0.1:8000") == "http://127.0.0.1:8001"
    assert issuers_url("http://[::1]:9000") == "http://[::1]:9001"
    with pytest.raises(DevelopmentProblemError, match="has no port"):
        issuers_url("http://localhost")
