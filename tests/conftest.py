"""What holds for every test: the code under test is the installed wheel, and in CI nothing is left out."""

import os
from pathlib import Path

import pytest

import producer

pytest_plugins = ["golden_image"]  # assert_golden and --update-golden

CHECKOUT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI") == "true"


def pytest_configure() -> None:
    """Refuse to test the checkout by accident: a file the wheel forgot would not be missed."""
    if os.environ.get("PRODUCER_TEST_EDITABLE") == "1":
        return
    if CHECKOUT / "producer" in Path(producer.__file__).resolve().parents:
        raise pytest.UsageError(
            "`producer` comes from the checkout, not from the wheel: run `make test`, "
            "or set PRODUCER_TEST_EDITABLE=1 while you work on it"
        )


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail in CI where a test was skipped: a tool that is missing there is a fault of the set-up."""
    if IN_CI and exitstatus == pytest.ExitCode.OK and skips(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why a run without a failed test failed."""
    if IN_CI and (count := skips(terminalreporter.config)):
        terminalreporter.write_line(f"CI: {count} skipped, and a skipped test is a failure here", red=True)


def skips(config: pytest.Config) -> int:
    """Give the number of tests and modules skipped so far."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", ())) if reporter else 0
