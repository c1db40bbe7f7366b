"""Posts for measuring: made from a seed, so that every run and every engine has the same ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

WORDS = re.findall(
    r"\w+",
    """\
morning river letter window garden market bridge lantern kettle orchard harbour ladder meadow cellar thread copper
paper candle valley winter summer neighbour question answer circle table teacher baker sailor printer weaver stranger
listen gather wander borrow repair remember carry follow begin finish travel measure question build open close share
quiet narrow early bright gentle heavy simple honest patient small common steady careful distant familiar hollow plain
beside under between without until although because therefore however perhaps always seldom often never together
""",
)
CODE = {
    "python": "def NAME(prices: list[int]) -> int:\n    # in cents\n    return sum(price for price in prices)\n",
    "rust": 'fn NAME() {\n    let names = vec!["ada", "bo"];\n    for name in &names { println!("{name}"); }\n}\n',
    "shell": "for file in *.NAME; do\n  wc -w \"$file\" | awk '{ print $1 }'\ndone\n",
    "json": '{"NAME": "circle", "places": 12, "open": true}\n',
}


def bodies(count: int, *, code: bool = True, seed: int = 1) -> Iterator[str]:
    """Markdown bodies of about 500 words, with what posts have: headings, lists, links, emphasis, quotes, notes."""
    random = Random(seed)
    return (_body(random, number, code=code) for number in range(count))


def _body(random: Random, number: int, *, code: bool) -> str:
    parts = [_paragraph(random)]
    for section in range(4):
        parts += [f"## {_words(random, 3).capitalize()}", _paragraph(random), _extra(random, section)]
        if code and section % 2:
            language = random.choice(sorted(CODE))
            name = _words(random, 1)  # no two blocks alike, as in life
            parts.append(f"```{language}\n{CODE[language].replace('NAME', f'{name}_{number}')}```")
        parts.append(_paragraph(random))
    if number % 5 == 0:
        parts += [f"{_sentence(random)[:-1]}[^note].", f"[^note]: {_sentence(random)}"]
    return "\n\n".join(parts) + "\n"


def _extra(random: Random, section: int) -> str:
    if section == 0:
        return "\n".join(f"- {_sentence(random)}" for _ in range(4))
    if section == 1:
        return "\n".join(f"{at}. {_words(random, 5)}\n   - {_words(random, 4)}" for at in range(1, 4))
    if section == 2:
        return f"> {_sentence(random)}\n> {_sentence(random)}"
    rows = "\n".join(f"| {_words(random, 1)} | {random.randint(1, 99)} |" for _ in range(3))
    return f"| what | how many |\n|---|---:|\n{rows}"


def _paragraph(random: Random) -> str:
    return " ".join(_sentence(random) for _ in range(random.randint(3, 5)))


def _sentence(random: Random) -> str:
    text = _words(random, random.randint(6, 14)).capitalize()
    word = random.choice(WORDS)
    ways = (f", *{word}*", f" (`{word}`)", f", [{word}](https://example.org/{word}/)", f" — “{word}”", "", "", "")
    return f"{text}{random.choice(ways)}."


def _words(random: Random, count: int) -> str:
    return " ".join(random.choice(WORDS) for _ in range(count))
