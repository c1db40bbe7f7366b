"""A wheel without extras builds a site, and says which extra the rest needs."""

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
POST = "---\ntitle: Hello\n---\nThe *first* post.\n"


def run(*command: str | Path, cwd: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run to the end without a terminal, and show both streams if it fails."""
    done = subprocess.run(
        command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600, check=False
    )
    assert not check or done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the project, built from a copy, so that nothing stale gets in and nothing is left behind."""
    work = tmp_path_factory.mktemp("wheel")
    source = work / "source"
    shutil.copytree(ROOT / "sitegen", source / "sitegen", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, source)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", work, source, cwd=work)
    return next(work.glob("*.whl"))


@pytest.fixture(scope="module")
def core(wheel: Path) -> Path:
    """The bin folder of a fresh environment with the wheel and its core dependencies, as pinned."""
    home = wheel.parent / "venv"
    venv.create(home, with_pip=True)
    pins = wheel.parent / "pins.txt"
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins.write_text("\n".join(line.rstrip(" \\") for line in lock if "==" in line), encoding="utf-8")
    pip = (home / "bin" / "python", "-m", "pip", "--disable-pip-version-check")
    run(*pip, "install", "--constraint", pins, wheel, cwd=wheel.parent)
    return home / "bin"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2024-01-02-hello.md").write_text(POST, encoding="utf-8")
    return tmp_path


def test_the_wheel_has_every_file(wheel):
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("sitegen/")}
    source = wheel.parent / "source"
    files = (path for path in (source / "sitegen").rglob("*") if path.is_file())
    assert packed == {path.relative_to(source).as_posix() for path in files}


def test_it_knows_its_version(core, site):
    from sitegen import __version__

    assert __version__ in run(core / "sitegen", "--version", cwd=site).stdout


def test_it_builds_a_site(core, site):
    run(core / "sitegen", "build", cwd=site)
    pages = [path.read_text(encoding="utf-8") for path in (site / "output").rglob("*.html")]
    assert any("<em>first</em>" in page for page in pages)


@pytest.mark.parametrize(
    "name", ["starlette", "sqlalchemy", "watchdog", "rich", "liquid", "latex2mathml", "pagefind_bin", "babel"]
)
def test_it_brings_no_extra(core, site, name):
    assert "ModuleNotFoundError" in run(core / "python", "-c", f"import {name}", cwd=site, check=False).stderr


def test_serve_says_what_is_missing(core, site):
    done = run(core / "sitegen", "serve", cwd=site, check=False)
    assert done.returncode == 1
    assert "pip install" in done.stderr
    assert "sitegen[serve]" in done.stderr
    assert "Traceback" not in done.stderr


def test_maths_say_what_is_missing(core, site):
    (site / "sitegen.toml").write_text("title = 'x'\nmarkdown.maths = true\n", encoding="utf-8")
    done = run(core / "sitegen", "build", cwd=site, check=False)
    assert done.returncode == 1
    assert "sitegen.toml:2: `markdown.maths` cannot be: MathML needs the extra sitegen[maths]" in done.stderr


def test_each_extra_is_told_once_at_its_first_place(core, site):
    settings = "search = true\noutputs = ['posts', 'search']\nimages.variants = true\ncards.for = ['posts', 'pages']\n"
    (site / "sitegen.toml").write_text(f"title = 'x'\n{settings}assets.minify = true\n", encoding="utf-8")
    told = run(core / "sitegen", "build", cwd=site, check=False).stderr
    assert [told.count(f"sitegen[{extra}], which") for extra in ("search", "images", "minify")] == [1, 1, 1]
    assert "sitegen.toml:3: `outputs` cannot be" in told and "to look through; `search` needs it, too" in told
    assert "sitegen.toml:4: `images.variants` cannot be" in told and "; `cards.for` needs it, too" in told


def test_search_says_what_is_missing(core, site):
    (site / "sitegen.toml").write_text("title = 'x'\nsearch = true\n", encoding="utf-8")
    done = run(core / "sitegen", "build", cwd=site, check=False)
    assert done.returncode == 1
    assert "sitegen.toml:2: `search` cannot be: a search index needs the extra sitegen[search]" in done.stderr


def test_a_german_site_builds_and_is_told_what_writes_its_dates(core, site):
    (site / "sitegen.toml").write_text("title = 'x'\nlang = 'de'\n", encoding="utf-8")
    done = run(core / "sitegen", "build", cwd=site)
    assert "sitegen.toml:2: notice: dates are written as 2026-05-31" in done.stderr
    assert "what writes dates in de as words needs the extra sitegen[languages]" in done.stderr
    page = (site / "output/2024/01/02/hello/index.html").read_text(encoding="utf-8")
    assert ">2024-01-02</time>" in page and "Zum Inhalt springen" in page
