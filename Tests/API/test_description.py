"""Schemathesis makes calls from the served OpenAPI document, right ones and wrong ones, and finds nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

DESCRIPTION = "/api/v1/openapi.json"
ALL = ["view_reviews", "answer_checks", "ask_counter", "view_progress_figures"]
# What a description cannot say (that a check character fits, that a day is not to come) is 422.
CONFIGURATION = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "422", "429"]

[checks.missing_required_header]
expected-statuses = ["400", "401", "403", "415", "422", "429"]

[[operations]]
include-path = "/api/v1/rounds/{id}/checks"
parameters = { "path.id" = ROUND }

[[operations]]
include-path = "/api/v1/rounds/{id}/answers"
parameters = { "path.id" = ROUND }
"""


def calls(url, token, folder, *options):
    program = Path(sys.executable).with_name("schemathesis")
    configuration = folder / "schemathesis.toml"
    arguments = [program, "--config-file", configuration, "run", url + DESCRIPTION]
    arguments += ["-H", f"Authorization: Bearer {token}"] if token else []
    arguments += ["--checks", "all", "--seed", "20210820", "--no-color", *options]
    environment = dict(os.environ, HYPOTHESIS_STORAGE_DIRECTORY=str(folder / "hypothesis"))
    return subprocess.run(
        arguments, capture_output=True, text=True, timeout=600, cwd=folder, env=environment
    )


@pytest.fixture
def folder(tmp_path, read, issue_token):
    token = issue_token("ziran", ["view_reviews"])
    rounds = read("/api/v1/rounds", token)["rounds"]
    assert rounds, "the demo county has a round that runs"
    text = CONFIGURATION.replace("ROUND", str(rounds[0]["id"]))
    (tmp_path / "schemathesis.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_description_is_served_to_everybody(read):
    assert read(DESCRIPTION)["openapi"].startswith("3.1")


# Who answers what: each account's calls reach other operations to their end.
@pytest.mark.parametrize(
    ("account", "permissions"),
    [("ziran", ALL), ("minzheng", [name for name in ALL if name != "ask_counter"])],
)
def test_calls_made_from_the_description_find_nothing(url, issue_token, folder, account, permissions):
    token = issue_token(account, permissions)
    done = calls(url, token, folder, "--max-examples", "15", "--max-time", "60")
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert "Test cases:" in done.stdout, done.stdout[-2000:]


def test_without_a_token_nothing_but_the_description_is_answered(url, folder):
    done = calls(url, None, folder, "--phases", "examples,coverage", "--mode", "positive")
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
