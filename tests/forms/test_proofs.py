"""Proof of work: challenges, solutions, and what is made of them."""

import base64
import json
import logging
import stat
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.dates import now
from sitegen.errors import MissingExtra
from sitegen.forms.judgement import proofs
from sitegen.forms.judgement.proofs import LIFE, Proofs
from sitegen.forms.secret import PROOFS, kept_secret
from tests.forms.world import ADA, FORM, codes

altcha = pytest.importorskip("altcha")

SECRET = "a secret of the tests"


@pytest.fixture(scope="module", autouse=True)
def easy():
    """Challenges cost next to nothing here; in a browser they cost what they do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proofs, "COST", 2)
        yield


ANSWERS = tuple(ADA.items())


def solved(challenge, **changes):
    """The payload for a challenge, as a page's script sends it; `changes` are forged into its parameters."""
    solution = altcha.solve_challenge(altcha.Challenge.from_dict(challenge)).to_dict()
    forged = challenge | {"parameters": challenge["parameters"] | changes}
    return base64.b64encode(json.dumps({"challenge": forged, "solution": solution}).encode()).decode()


@pytest.fixture(scope="module")
def challenge():
    return Proofs(lambda: SECRET).challenge("chicago", now())


@pytest.fixture(scope="module")
def payload(challenge):
    return solved(challenge)


@pytest.fixture
def judge():
    return Proofs(lambda: SECRET).judge


def test_a_solution_counts_once_but_for_the_same_answers(judge, payload):
    found = [judge(payload, "chicago", answers) for answers in (ANSWERS, ANSWERS, (("name", "Bob"),))]
    assert found == ["valid", "valid", "forged"]


def test_a_solution_is_for_one_form(judge, payload):
    assert judge(payload, "berlin", ANSWERS) == "forged"
    assert judge(payload, "chicago", ANSWERS) == "valid"  # what failed has not used it up


def test_another_receiver_with_the_secret_takes_it_and_one_without_does_not(payload):
    assert Proofs(lambda: SECRET).judge(payload, "chicago", ANSWERS) == "valid"
    assert Proofs(lambda: "another").judge(payload, "chicago", ANSWERS) == "forged"


@pytest.mark.parametrize("changes", [{"data": {"form": "berlin"}}, {"cost": 1}, {"expiresAt": 9e9}, {"keyPrefix": ""}])
def test_what_is_signed_cannot_be_changed(judge, challenge, changes):
    assert judge(solved(challenge, **changes), "berlin", ANSWERS) == "forged"


def test_a_guess_is_no_solution(judge, challenge):
    guess = {"challenge": challenge, "solution": {"counter": 1, "derivedKey": "00" * 32}}
    assert judge(base64.b64encode(json.dumps(guess).encode()).decode(), "chicago", ANSWERS) == "forged"


def test_what_has_expired_proves_nothing(judge):
    old = Proofs(lambda: SECRET).challenge("chicago", datetime.now(UTC) - LIFE - timedelta(seconds=2))
    assert judge(solved(old), "chicago", ANSWERS) == "none"
    assert judge("", "chicago", ANSWERS) == "none"


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(("challenge", "parameters", "a")), inner),
    max_leaves=8,
)
PARAMETERS = st.fixed_dictionaries(
    dict.fromkeys(("algorithm", "nonce", "salt", "cost"), JSON), optional={"expiresAt": JSON, "data": JSON}
)
LIKE = st.fixed_dictionaries(
    {
        "challenge": st.fixed_dictionaries({"parameters": PARAMETERS, "signature": JSON}),
        "solution": st.fixed_dictionaries({"counter": JSON, "derivedKey": JSON}),
    }
)


@given(st.text() | (JSON | LIKE).map(lambda it: base64.b64encode(json.dumps(it).encode()).decode()))
def test_nonsense_is_forged(payload):
    assert Proofs(lambda: SECRET).judge(payload, "chicago", ANSWERS) in ("forged", "none")


def test_memory_is_bounded(payload, monkeypatch):
    monkeypatch.setattr(proofs, "MOST_USED", 1)
    judge = Proofs(lambda: SECRET).judge
    other = solved(Proofs(lambda: SECRET).challenge("chicago", now()))
    assert [judge(one, "chicago", (("n", "1"),)) for one in (payload, other)] == ["valid"] * 2
    assert judge(payload, "chicago", (("n", "2"),)) == "valid"


@pytest.fixture
def proving(world):
    """A receiver that gives out challenges, by the clock of the machine as ALTCHA has it."""
    world.clock = now
    world.serve_form(replace(FORM, id="wörld"), altcha=True)
    world.restart()
    return world


LINKS = "https://a.example https://b.example https://c.example"
ROBOT = ADA | {"message": LINKS, "_stay": "5"}
PATH = "/f/w%C3%B6rld"


@pytest.mark.parametrize("field", ["_altcha", "altcha"])
def test_with_a_proof_weak_signals_do_not_count(proving, field):
    answer = proving.send("GET", f"{PATH}/challenge")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.text.isascii()
    proof = solved(answer.json())
    for name, more in (("with", {field: proof}), ("without", {}), ("again", {field: proof})):
        assert proving.post(ROBOT | {"name": name} | more, PATH).json()["ok"] is True
    assert [(one.state, dict(one.answers)["name"]) for one in proving.inbox()] == [
        ("new", "with"),
        ("spam", "without"),
        ("spam", "again"),
    ]
    assert "used before" in proving.inbox()[2].reason
    assert not {"_altcha", "altcha", "_stay"} & {name for one in proving.inbox() for name, _ in one.answers}


def test_a_proof_that_is_forged_alone_is_no_spam(proving):
    assert proving.post(ADA | {"_altcha": "nonsense"}, PATH).status_code == 200
    assert proving.inbox()[0].state == "new"


def test_only_a_site_that_wants_proofs_has_challenges(proving):
    assert proving.post(ADA, f"{PATH}/challenge").status_code == 405
    assert proving.send("GET", "/f/none/challenge").status_code == 404
    proving.book = replace(proving.book, altcha=False)
    assert proving.send("GET", f"{PATH}/challenge", headers={"Accept": "application/json"}).status_code == 404
    proving.post(ADA | {"_altcha": "nonsense"}, PATH)
    assert proving.inbox()[0].state == "new"


def test_without_the_extra_a_form_works_and_the_log_says_what_is_missing(proving, monkeypatch, caplog):
    monkeypatch.setitem(sys.modules, "altcha", None)
    answer = proving.send("GET", f"{PATH}/challenge", headers={"Accept": "application/json"})
    assert (answer.status_code, codes(answer)) == (503, ["UNAVAILABLE"])
    assert "needs the extra sitegen[altcha]" in caplog.text
    assert proving.post(ADA | {"_altcha": "nonsense"}, PATH).status_code == 200
    assert proving.inbox()[0].state == "new"
    with pytest.raises(MissingExtra, match=r"sitegen\[altcha\]"):
        proofs.library()


def test_a_secret_is_made_once_and_kept_to_its_owner(tmp_path):
    folder = tmp_path / ".sitegen"
    secret = kept_secret(PROOFS, folder, {})
    assert len(secret) == 64 and kept_secret(PROOFS, folder, {}) == secret
    assert stat.S_IMODE((folder / PROOFS.file).stat().st_mode) == 0o600
    assert sorted(file.name for file in folder.iterdir()) == [".gitignore", PROOFS.file]
    assert kept_secret(PROOFS, folder, {PROOFS.variable: f" {'k' * 32}\n"}) == "k" * 32


def test_a_secret_that_cannot_be_kept_serves_for_now(tmp_path, caplog):
    caplog.set_level(logging.WARNING)
    (tmp_path / "file").write_text("")
    assert len(kept_secret(PROOFS, tmp_path / "file", {})) == 64
    assert "cannot be kept" in caplog.text
    (tmp_path / PROOFS.file).write_text("\n")
    assert len(kept_secret(PROOFS, tmp_path, {})) == 64  # an empty one would sign nothing
