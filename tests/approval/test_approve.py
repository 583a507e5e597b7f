"""Approval is bound to bytes: what is released is what was looked at, and nothing else."""

from __future__ import annotations

import base64
import io
import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from office import DRAFT, FINAL, ONE, Office

from producer.library.approval import from_json, signed_bytes
from producer.library.gate import receipts_of
from producer.library.state import STEPS, State, StepError, step


def test_a_build_puts_out_drafts_and_keeps_the_finals(office: Office) -> None:
    """Nobody has signed: each file carries the mark, and the manifest says so."""
    files = json.loads((office.toy.root / "output/thu/manifest.json").read_bytes())["files"]

    assert office.output.read_bytes() == DRAFT
    assert {entry["state"] for entry in files} == {"draft"}
    assert not list(office.output.parent.glob("*.duyet.json"))


def test_a_second_build_of_drafts_renders_nothing(office: Office) -> None:
    """Draft and final are both known."""
    office.toy.rendered()

    assert office.build().code == 0
    assert office.toy.rendered() == []


def test_what_was_signed_is_released_byte_for_byte(office: Office) -> None:
    """The next build puts the signed bytes out, with the receipt beside them, and renders nothing."""
    assert office.approve("an", "--role", "Chủ tịch").code == 0
    assert office.output.read_bytes() == DRAFT
    office.toy.rendered()

    assert office.build().code == 0

    receipt = from_json(office.receipt.read_bytes())
    assert office.toy.rendered() == []
    assert office.output.read_bytes() == FINAL
    assert receipt.outputs[0].sha256 == office.run("verify", str(office.output), "--json").events[0]["sha256"]
    assert office.output.with_name("EV-1-png.png.duyet.json").read_bytes() == office.receipt.read_bytes()
    assert {name.partition(" ")[0] for name in receipt.last.inputs} >= {"recipe", "template", "data", "brand"}
    assert office.verify().code == 0


def test_the_others_stay_drafts(office: Office) -> None:
    """An approval is of one product."""
    office.approve()
    office.build()

    assert "(nháp)" in office.output.with_name("EV-2-png.png").read_text()


def test_a_changed_byte_voids_it_and_is_told(office: Office) -> None:
    """The next build marks the file again and says which words changed; the receipt goes from beside it."""
    office.approve()
    office.build()
    office.toy.rows(EV_1="một khác", EV_2="hai", EV_3="ba")

    said = office.build()

    assert said.code == 0
    assert "approval/fallen" in said.err
    assert "“một” → “một khác”" in said.err
    assert office.output.read_text() == "một khác (nháp) in FF0000 as png"
    assert not list(office.output.parent.glob("*.duyet.json"))


def test_it_can_be_approved_anew_and_both_receipts_are_kept(office: Office) -> None:
    """History is not overwritten: the archive finds what was approved before."""
    office.approve()
    office.toy.rows(EV_1="một khác", EV_2="hai", EV_3="ba")
    office.build()
    assert office.approve("binh").code == 0
    office.build()

    kept = receipts_of(office.toy.root, "thu", f"{ONE}.png")
    assert office.output.read_text() == "một khác in FF0000 as png"
    assert [receipt.last.by for receipt in kept] == ["an", "binh"]


def test_what_was_there_before_is_approved_still(office: Office) -> None:
    """An approval that fell counts again when every byte is as it was."""
    office.approve()
    office.toy.rows(EV_1="một khác", EV_2="hai", EV_3="ba")
    office.build()
    office.toy.rows(EV_1="một", EV_2="hai", EV_3="ba")

    assert office.build().code == 0
    assert office.output.read_bytes() == FINAL


def test_other_lines_of_a_file_void_nothing(office: Office) -> None:
    """Rows that a product does not show, and the look of a recipe's text, are no bytes of it."""
    office.approve()
    office.toy.rows(EV_0="không", EV_1="một", EV_2="hai hai", EV_3="ba")
    office.toy.write("recipes/thu/recipe.yaml", '{\n "formats": ["png"]}')

    assert "fallen" not in office.build().err
    assert office.output.read_bytes() == FINAL


def test_a_final_that_fails_is_a_failure(office: Office) -> None:
    """A draft does not hide that there is no final."""
    office.toy.rows(EV_1="too-long", EV_2="hai", EV_3="ba")

    said = office.build()

    assert said.code == 1
    assert not office.output.exists()


def test_force_renders_both_once(office: Office) -> None:
    """Forced, drafts and finals are made anew, and each of them one time."""
    office.toy.rendered()
    office.run("build", "recipes/thu/recipe.yaml", "-j", "1", "--force")

    assert len(office.toy.rendered()) == 6


# two who must sign


def test_two_must_sign_where_the_template_asks(office: Office) -> None:
    """One signature is a review; the second releases; each is told how many there are."""
    office.toy.write("recipes/thu/recipe.yaml", '{"formats": ["png"], "approvers": 2}')
    assert office.approve("an", "--json").events[-1]["state"] == "in review"
    said = office.build()
    assert office.output.read_bytes() == DRAFT
    assert "[approval/in-review]" in said.err
    assert "1 of 2" in said.err
    assert office.run("verify", str(office.output), "--json").events[0]["answer"] == "unknown"

    assert office.approve("binh", "--json").events[-1]["state"] == "approved"
    office.build()

    assert office.output.read_bytes() == FINAL
    assert office.verify().code == 0


def test_nobody_counts_twice(office: Office) -> None:
    """Neither with the same key, nor with another one under another word of theirs."""
    office.toy.write("recipes/thu/recipe.yaml", '{"formats": ["png"], "approvers": 2}')
    office.approve("an")
    assert "approval/twice" in office.approve("an").err

    binh = office.entries()["binh"]
    office.people(binh={**binh, "name": "Nguyễn Mẫu An"})
    assert "approval/twice" in office.approve("binh").err


def test_a_third_signature_is_not_asked_for(office: Office) -> None:
    """What is approved is approved."""
    office.approve("an")

    assert "approval/no-step" in office.approve("binh").err


# what comes after


def test_publishing_is_noted_with_place_link_and_day(office: Office) -> None:
    """The note is an entry of the receipt, signed as the others."""
    office.approve("an")
    said = office.approve(
        "binh", "--published", "Trang tin", "--link", "https://congdoan.example/1", "--date", "2025-07-01"
    )
    office.build()

    last = from_json(office.receipt.read_bytes()).last
    assert said.code == 0
    assert last.state is State.PUBLISHED
    assert dict(last.note) == {
        "place": "Trang tin",
        "link": "https://congdoan.example/1",
        "date": "2025-07-01",
    }
    assert office.verify().code == 0
    assert office.output.read_bytes() == FINAL


def test_nothing_is_published_before_it_is_approved(office: Office) -> None:
    """A draft has no step to there."""
    assert "approval/no-step" in office.approve("an", "--published", "Trang tin").err
    assert not office.receipt.exists()


def test_what_is_withdrawn_goes_and_stays_away(office: Office) -> None:
    """The next build takes the file away, which is no failure; whoever has a copy is told by the receipt."""
    office.approve("an")
    office.build()
    copy = office.home / "copy.png"
    shutil.copy(office.output, copy)

    assert office.approve("binh", "--withdraw", "Sai ngày").code == 0
    said = office.build()

    assert said.code == 0
    assert "[approval/withdrawn]" in said.err
    assert "Sai ngày" in said.err
    assert not office.output.exists()
    asked = office.run("verify", str(copy), "--receipt", str(office.receipt))
    assert asked.code == 6
    assert "Sai ngày" in asked.out


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_every_step_is_allowed_or_refused(before: State, after: State) -> None:
    """One table says which; nothing comes back from being withdrawn, and nothing is published unapproved."""
    if after in STEPS[before]:
        assert step(before, after) is after
    else:
        with pytest.raises(StepError):
            step(before, after)
    assert STEPS[State.WITHDRAWN] == ()
    assert [state for state, steps in STEPS.items() if State.PUBLISHED in steps] == [
        State.APPROVED,
        State.PUBLISHED,
    ]


# who signs


def test_a_refusal_signs_nothing(office: Office) -> None:
    """Whoever answers no, or nothing, has not signed."""
    for answer, code in (("n\n", 1), ("\n", 1), ("", 130)):
        office.monkeypatch.setattr("sys.stdin", io.StringIO(answer))
        assert office.run("approve", ONE, "--as", "an").code == code
    assert not office.receipt.exists()

    office.monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert office.run("approve", ONE, "--as", "an").code == 0
    assert office.receipt.exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--as", "anh"), "approval/unknown-approver"),
        (("--as", "an", "--role", "Thủ quỹ"), "approval/wrong-role"),
        (("--as", "an", "--key", "an.key"), "approval/key-inside"),
        (("--as", "an", "--key", "/nowhere/an.key"), "approval/no-key"),
    ],
)
def test_who_may_not_sign_does_not(arguments: tuple[str, ...], code: str, office: Office) -> None:
    """Each is told what is wrong, and nothing is written."""
    said = office.run("approve", ONE, "--yes", *arguments)

    assert said.code == 2
    assert f"[{code}]" in said.err
    assert not office.receipt.exists()


def test_keys_of_others_and_open_keys_are_refused(office: Office) -> None:
    """A key signs for its owner alone, and only while nobody else can read it."""
    assert "approval/wrong-key" in office.approve("an", "--key", str(office.key("binh"))).err

    office.key("an").write_text("no key")
    assert "approval/no-key" in office.approve("an").err
    if os.name == "posix":
        office.key("binh").chmod(0o644)
        assert "approval/open-key" in office.approve("binh").err


def test_a_new_key_is_its_owners_alone_and_overwrites_none(office: Office) -> None:
    """The private half is readable by its owner; the public half goes to stdout as a line of the list."""
    said = office.run("approve", "--new-key", "--as", "chi", "--role", "Ủy viên")
    again = office.run("approve", "--new-key", "--as", "chi")

    assert said.code == 0
    assert "chi: {name: …, role: Ủy viên, key: " in said.out
    assert "approval/key-there" in again.err
    if os.name == "posix":
        assert stat.S_IMODE(office.key("chi").stat().st_mode) == 0o600
    assert "PRIVATE" not in "".join(
        path.read_text("latin-1") for path in office.toy.root.rglob("*") if path.is_file()
    )


def test_what_is_not_made_cannot_be_approved(office: Office) -> None:
    """Nobody signs for a file that is yet to come."""
    office.toy.rows(EV_1="một khác", EV_2="hai", EV_3="ba")

    assert "approval/not-built" in office.approve().err


def test_openssl_says_the_same(office: Office, tmp_path: Path) -> None:
    """The signature is plain Ed25519 over canonical JSON: a program of others proves it."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    office.approve()
    entry = from_json(office.receipt.read_bytes()).entries[0]
    (tmp_path / "said").write_bytes(signed_bytes(entry.statement))
    (tmp_path / "sig").write_bytes(base64.b64decode(entry.signature))

    def holds() -> bool:
        call = ["openssl", "pkeyutl", "-verify", "-rawin", "-inkey", "key", "-in", "said", "-sigfile", "sig"]
        (tmp_path / "key").write_bytes(office.key("an").read_bytes())
        return subprocess.run(call, cwd=tmp_path, capture_output=True, check=False).returncode == 0

    assert holds()
    (tmp_path / "said").write_bytes(signed_bytes(entry.statement).replace(b"approved", b"approvef"))
    assert not holds()
