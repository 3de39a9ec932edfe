"""Runs several programs side by side until somebody says stop, and leaves none behind.

Each gets a session of its own, so a Ctrl-C in the terminal reaches only us and we end them in order. One that dies is
started again; one that keeps dying ends everything, because a site without its worker looks alive and is not.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

GRACE_SECONDS = 10  # how long a program may take to end before it is killed
QUICK_DEATH_SECONDS = 5
QUICK_DEATHS = 3
# Linux ends a program so started when we are killed ourselves and can end nothing any more.
TIED_TO_US = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []


class GaveUp(Exception):
    """A program would not stay up; the message is a sentence for a person."""


@dataclass
class Program:
    """One program, how it is called in messages, and its present process."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    quick_deaths: int = 0

    def start(self) -> None:
        self.process = subprocess.Popen([*TIED_TO_US, *self.command], start_new_session=True, stdin=subprocess.DEVNULL)
        self.started = time.monotonic()

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def signal(self, number: int) -> None:
        """Send a signal to the program and to everything it started."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return

    def is_gone(self) -> bool:
        """Tell whether neither the program nor anything it started is left."""
        if self.process is None:
            return True
        self.process.poll()
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return True
        return False


@dataclass
class Supervisor:
    """Starts programs, watches them, ends them. `say` prints one line for a person."""

    say: Callable[[str], None]
    programs: list[Program] = field(default_factory=list)
    stopping: bool = False

    def __enter__(self) -> "Supervisor":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        return self

    def __exit__(self, *error: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave half of them running
        self._end_all()

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def start(self, name: str, command: list[str]) -> Program:
        program = Program(name, command)
        self.programs.append(program)
        program.start()
        return program

    def watch(self) -> None:
        """Return when asked to stop. Raises GaveUp when a program keeps dying."""
        while not self.stopping:
            self.check()
            time.sleep(0.2)

    def check(self) -> None:
        """Start again what has ended."""
        for program in self.programs:
            if program.has_ended() and not self.stopping:
                self._restart(program)

    def _restart(self, program: Program) -> None:
        lived = time.monotonic() - program.started
        program.quick_deaths = program.quick_deaths + 1 if lived < QUICK_DEATH_SECONDS else 0
        code = program.process.returncode if program.process else 0
        if program.quick_deaths >= QUICK_DEATHS:
            raise GaveUp(f"The {program.name} ended {QUICK_DEATHS} times in a row (exit {code}). See the lines above.")
        self.say(f"The {program.name} ended (exit {code}); starting it again.")
        program.signal(signal.SIGKILL)  # what it may have left behind
        program.start()

    def _end_all(self) -> None:
        for program in self.programs:
            program.signal(signal.SIGTERM)
        end = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < end and not all(p.is_gone() for p in self.programs):
            time.sleep(0.05)
        for program in self.programs:
            program.signal(signal.SIGKILL)
