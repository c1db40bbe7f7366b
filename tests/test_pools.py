"""Processes that work for this one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from sitegen.pools import pool

MAIN = """
import time
from sitegen.pools import pool
if __name__ == "__main__":
    with pool(2) as workers:
        jobs = [workers.submit(time.sleep, 0.5) for _ in range(2)]
        [job.result() for job in jobs]
        print(*workers._processes, flush=True)
        workers.submit(time.sleep, 600)
        time.sleep(600)
"""


def test_what_is_asked_for_is_done_elsewhere() -> None:
    with pool(1) as workers:
        assert workers.submit(os.getpid).result() != os.getpid()


def test_they_end_with_a_process_that_is_killed(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(MAIN, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(tmp_path / "main.py")], stdout=subprocess.PIPE, text=True) as main:
        assert main.stdout is not None
        workers = [int(word) for word in main.stdout.readline().split()]
        main.send_signal(signal.SIGKILL)
        main.wait()
    _are_gone(workers)


def test_they_end_in_order_with_one_that_is_asked_to(tmp_path: Path) -> None:
    """No word of semaphores that were left behind."""
    (tmp_path / "main.py").write_text(MAIN, encoding="utf-8")
    command = [sys.executable, str(tmp_path / "main.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as main:
        assert main.stdout is not None
        workers = [int(word) for word in main.stdout.readline().split()]
        main.send_signal(signal.SIGTERM)
        _, said = main.communicate(timeout=60)
    assert (main.returncode, said) == (128 + signal.SIGTERM, "")
    _are_gone(workers)


def _are_gone(workers: list[int]) -> None:
    assert len(workers) == 2
    patience = time.monotonic() + 60
    while (left := [worker for worker in workers if _lives(worker)]) and time.monotonic() < patience:
        time.sleep(0.05)
    for worker in left:
        os.kill(worker, signal.SIGKILL)
    assert not left


def _lives(process: int) -> bool:
    """Whether it still runs; one that nobody has waited for yet does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
