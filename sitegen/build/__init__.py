"""The spine: read, plan, render, publish."""

from sitegen.build.build import build
from sitegen.build.report import BuildReport

__all__ = ["BuildReport", "build"]
