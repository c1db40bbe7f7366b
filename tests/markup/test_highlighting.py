"""Code in colour: not a sign of it is lost."""

import pytest

from sitegen.markup import plain_text
from sitegen.markup.highlighting import code_block


@pytest.mark.parametrize("language", ["psql", "irb", "python", "nope", ""])
@pytest.mark.parametrize("code", ["GRANT SELECT ON a TO b;", "x = 1\n         ^", "y < 2\n"])
def test_no_line_is_lost(code, language):
    assert plain_text(code_block(code, language)).split() == code.split()
