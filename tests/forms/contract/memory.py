"""How much memory a program has."""

from __future__ import annotations

from pathlib import Path

from tests.forms.contract.processes import Program


def memory(program: Program) -> int:
    """The bytes that it holds at the moment."""
    return _kilobytes(program, "VmRSS") * 1024


def peak(program: Program) -> int:
    """The most bytes since `forget_peak`."""
    return _kilobytes(program, "VmHWM") * 1024


def forget_peak(program: Program) -> None:
    """Measure the peak from now on."""
    Path(f"/proc/{program.pid}/clear_refs").write_text("5")


def _kilobytes(program: Program, name: str) -> int:
    lines = Path(f"/proc/{program.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name + ":"))
