"""Names for those who cannot see."""

import pytest

from sitegen.markup import MarkupSettings, render

TABLE = "| a |\n|---|\n| b |\n\n"


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_tables_have_names_of_their_own(engine):
    one, two = (render(TABLE + "text\n\n" + TABLE * more, MarkupSettings(engine)).html for more in (0, 1))
    assert one.count('aria-label="Table"') == 1
    assert ('aria-label="Table 1"' in two, 'aria-label="Table 2"' in two) == (True, True)


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_boxes_have_labels(engine):
    html = render("- [x] a\n- [ ] b\n", MarkupSettings(engine)).html
    assert ('aria-label="Done"' in html, 'aria-label="Not done"' in html) == (True, True)
