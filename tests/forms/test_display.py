"""What a terminal shows of an answer and of an inbox: nothing that is to be copied is cut."""

from datetime import UTC

import pytest
from rich.console import Console

from sitegen.cli import main
from sitegen.forms.inbox.charts import charts
from sitegen.forms.inbox.display import details
from sitegen.forms.inbox.places import Terms
from sitegen.forms.inbox.statistics import FormNumbers, Statistics
from sitegen.forms.submission import KeptFile
from tests.forms.sending.post import about, parcel

ADDRESS = "ada.lovelace-and-many-others@mail.example.org"
FILE = KeptFile("0123456789abcdef0123456789abcdef", "cv", "a long name of a file.pdf", "application/pdf", 5, "")


def drawn(what, width):
    console = Console(width=width, color_system=None)
    with console.capture() as text:
        console.print(what)
    return text.get()


@pytest.mark.parametrize("width", [60, 80, 140])
def test_addresses_and_ids_are_whole_on_any_terminal(width):
    made = parcel(target=ADDRESS)
    text = drawn(details(about(made), [FILE], [made.delivery], zone=UTC, width=width), width)
    assert ADDRESS in text and FILE.id in text and "attempts" in text
    assert max(map(len, text.splitlines())) <= width


NUMBERS = FormNumbers("chicago", {"new": 8}, 8, Terms()), FormNumbers("talks", {"joined": 3}, 3, Terms(3))


@pytest.mark.parametrize(("width", "rows"), [(60, 3), (30, 6)])
def test_a_table_of_forms_is_as_wide_as_it_needs_and_places_have_a_limit(width, rows):
    text = drawn(charts(Statistics(NUMBERS, (), {}, ()), width), width)
    lines = text.partition("week of")[0].split("\n")
    assert len([line for line in lines if line.strip()]) == rows
    assert "3 of 3" in text and "8 of" not in text


def test_numbers_of_an_empty_inbox_say_how_answers_come(tmp_path, capsys):
    for action in ("list", "stats"):
        assert main(["inbox", action, "-s", str(tmp_path)]) == 0
        assert capsys.readouterr().out.startswith("The inbox is empty (")
