"""Programs side by side: none is left behind, a dead one comes back, one that keeps dying ends everything."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from policytracker import supervisor
from policytracker.supervisor import GaveUp, Supervisor

PARENT_AND_CHILD = "import subprocess, time; subprocess.Popen(['sleep', '60']); time.sleep(60)"
IGNORES_SIGTERM = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('x', flush=True); time.sleep(60)"
)


@pytest.fixture(autouse=True)
def keep_signal_handlers():
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def status_of(process: int) -> str:
    """What Linux tells of a process; nothing when there is none."""
    try:
        return Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return ""


def test_leaving_ends_programs_and_what_they_started():
    with Supervisor(say=print) as running:
        program = running.start("parent", [sys.executable, "-c", PARENT_AND_CHILD])
        time.sleep(0.3)

    assert not is_alive(program.process.pid)


def test_a_program_that_will_not_end_is_killed(monkeypatch):
    monkeypatch.setattr(supervisor, "GRACE_SECONDS", 0.3)

    with Supervisor(say=print) as running:
        program = running.start("stubborn", [sys.executable, "-c", IGNORES_SIGTERM])
        time.sleep(0.3)

    program.process.wait(5)
    assert not is_alive(program.process.pid)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_watch(number):
    with Supervisor(say=print) as running:
        running.start("sleeper", ["sleep", "60"])
        os.kill(os.getpid(), number)
        running.watch()

    assert running.stopping


def test_a_killed_program_is_started_again(monkeypatch):
    said = []
    with Supervisor(say=said.append) as running:
        program = running.start("worker", ["sleep", "60"])
        first = program.process.pid
        os.kill(first, signal.SIGKILL)
        program.process.wait(5)

        running.check()

        assert program.process.pid != first
        assert said == ["The worker ended (exit -9); starting it again."]


def test_a_program_that_keeps_dying_ends_everything():
    with pytest.raises(GaveUp, match="The worker ended 3 times in a row"), Supervisor(say=print) as running:
        other = running.start("server", ["sleep", "60"])
        running.start("worker", ["false"])
        running.watch()

    assert not is_alive(other.process.pid)


SUPERVISES_A_SLEEPER = """
from policytracker.supervisor import Supervisor
with Supervisor(say=print) as supervisor:
    print(supervisor.start("sleeper", ["sleep", "60"]).process.pid, flush=True)
    supervisor.watch()
"""


@pytest.mark.skipif(not supervisor.TIED_TO_US, reason="only Linux ends programs when their supervisor is killed")
def test_a_killed_supervisor_leaves_nothing_behind():
    with subprocess.Popen([sys.executable, "-c", SUPERVISES_A_SLEEPER], stdout=subprocess.PIPE) as supervising:
        sleeper = int(supervising.stdout.readline())
        wait_for(lambda: "Name:\tsleep\n" in status_of(sleeper))
        supervising.kill()

    wait_for(lambda: "State:" not in status_of(sleeper) or "State:\tZ" in status_of(sleeper))
