"""What somebody may try: every way to a released file that nobody approved is shut, and told."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from office import DRAFT, FILE, FINAL, ONE, Office

from producer.library.approval import (
    BrokenReceiptError,
    Entry,
    Output,
    Receipt,
    Statement,
    chained,
    entry_digest,
    from_json,
    signed_bytes,
    to_json,
)
from producer.library.judge import judge
from producer.library.sign import signed
from producer.library.signature import fingerprint, read_key, sign
from producer.library.state import State

NOON = datetime(2025, 7, 1, 12, 0, tzinfo=UTC)


def held_back(office: Office, code: str) -> None:
    """Whatever was done to the receipt: the file stays a draft, people are told, and verify says no."""
    said = office.build()
    assert said.code == 0
    assert f"[{code}]" in said.err
    assert office.output.read_bytes() == DRAFT

    final = office.home / "EV-1-png.png"
    final.write_bytes(FINAL)
    asked = office.run(
        "verify", str(final), "--receipt", str(office.receipt), "--keys", str(office.list), "--json"
    )
    assert asked.code == 5
    assert (asked.events[0]["answer"], asked.events[0]["reason"]) == ("unknown", code)


@pytest.mark.parametrize(
    "field", ["role", "name", "time", "needed", "inputs", "state", "outputs", "unsigned"]
)
def test_an_edited_receipt_is_worth_nothing(field: str, office: Office) -> None:
    """Each word of it is signed."""
    office.approve()

    def change(entry: dict[str, Any]) -> None:
        said = entry["statement"]
        match field:
            case "role" | "name":
                said["by"][field] = "Ai đó"
            case "time":
                said["time"] = "2024-01-01T08:00:00+07:00"
            case "needed":
                said["needed"] = 0
            case "inputs":
                said["inputs"] = {}
            case "state":
                said["state"] = "published"
            case "outputs":
                said["outputs"][0]["path"] = FILE.replace("EV-1", "EV-9")
            case "unsigned":
                entry["signature"] = ""

    office.edit(change)
    if field == "outputs":  # it is about another file now
        office.build()
        assert office.output.read_bytes() == DRAFT
        return
    held_back(office, "approval/wrong-signature")


def test_an_output_swapped_into_a_receipt_is_not_approved(office: Office) -> None:
    """Digests of other bytes under somebody's signature."""
    office.approve()
    office.build()
    forged = b"forged"
    office.output.write_bytes(forged)

    def change(entry: dict[str, Any]) -> None:
        import hashlib

        entry["statement"]["outputs"][0] |= {
            "sha256": hashlib.sha256(forged).hexdigest(),
            "bytes": len(forged),
        }

    office.edit(change)
    assert office.verify("--receipt", str(office.receipt), "--json").events[0]["answer"] != "approved"


def test_a_swapped_key_does_not_count(office: Office) -> None:
    """Signed by a key that is in nobody's name any more; or in another's."""
    office.approve("an")
    entries = office.entries()
    office.people(an={**entries["an"], "key": "A" * 43 + "="})
    held_back(office, "approval/unknown-key")

    office.people(
        an={**entries["an"], "key": entries["binh"]["key"]},
        binh={**entries["binh"], "key": entries["an"]["key"]},
    )
    held_back(office, "approval/wrong-name")


def test_an_attackers_own_key_is_nobodys(office: Office) -> None:
    """A receipt that is right in itself, by somebody who is not in the list."""
    office.run("approve", "--new-key", "--as", "mallory")
    office.approve("an")
    said = from_json(office.receipt.read_bytes()).last
    forged = signed(replace(said, by="mallory"), None, read_key(office.key("mallory")))
    office.receipt.write_bytes(to_json(forged))

    held_back(office, "approval/unknown-key")


def test_the_receipt_of_another_file_says_nothing(office: Office) -> None:
    """Neither to the build nor to verify."""
    office.run("approve", "poster/EV-2-png", "--as", "an", "--yes")
    other = office.receipt.with_name("EV-2-png.png.duyet.json")
    shutil.copy(other, office.receipt)
    office.build()
    assert office.output.read_bytes() == DRAFT

    final = office.home / "EV-1-png.png"
    final.write_bytes(FINAL)
    asked = office.run("verify", str(final), "--receipt", str(other), "--keys", str(office.list), "--json")
    assert (asked.code, asked.events[0]["reason"]) == (5, "approval/no-receipt")


def test_a_file_of_that_name_with_other_bytes_was_changed(office: Office) -> None:
    """Edited by hand: verify says so, and the next build brings the approved bytes back and keeps the others."""
    office.approve()
    office.build()
    office.output.write_bytes(FINAL + b"!")

    asked = office.verify("--json")
    assert (asked.code, asked.events[0]["answer"]) == (1, "changed")
    office.build()
    assert office.output.read_bytes() == FINAL
    assert [path.read_bytes() for path in office.output.parent.glob("*-sua-tay-*")] == [FINAL + b"!"]


def test_a_damaged_store_is_made_again_and_still_approved(office: Office) -> None:
    """The same bytes come out: the approval is of them, and not of a place in the store."""
    office.approve()
    sha256 = from_json(office.receipt.read_bytes()).outputs[0].sha256
    kept = office.toy.root / ".producer" / "cas" / sha256[:2] / sha256
    kept.write_bytes(b"x" * len(FINAL))

    assert office.build().code == 0
    assert office.output.read_bytes() == FINAL
    assert office.verify().code == 0


def test_a_lost_store_leaves_the_receipt_beside_the_file(office: Office) -> None:
    """The folder of the store may be thrown away: what travels with the file approves it."""
    office.approve()
    office.build()
    shutil.rmtree(office.toy.root / ".producer")

    assert office.build().code == 0
    assert office.output.read_bytes() == FINAL


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_symlinked_receipt_is_not_followed(office: Office) -> None:
    """What a link points at may change after it was judged."""
    office.approve()
    aside = office.home / "aside.json"
    office.receipt.rename(aside)
    office.receipt.symlink_to(aside)

    office.build()
    assert office.output.read_bytes() == DRAFT

    final = office.home / "EV-1-png.png"
    final.write_bytes(FINAL)
    asked = office.run(
        "verify", str(final), "--receipt", str(office.receipt), "--keys", str(office.list), "--json"
    )
    assert (asked.code, asked.events[0]["reason"]) == (5, "approval/broken-receipt")


def test_of_two_receipts_the_withdrawal_counts(office: Office) -> None:
    """Whoever hides the newer receipt behind the older one hides nothing as long as both are there."""
    office.approve()
    office.build()
    older = office.home / "older.duyet.json"
    shutil.copy(office.receipt, older)
    office.approve("binh", "--withdraw", "Sai ngày")

    asked = office.run("verify", str(office.output), "--receipt", str(older), "--json")
    assert (asked.code, asked.events[0]["answer"]) == (6, "withdrawn")
    office.build()
    assert not office.output.exists()


def test_a_clock_that_went_back_cannot_sign(office: Office) -> None:
    """Neither is an entry accepted that is older than the one above it."""
    office.toy.write("recipes/thu/recipe.yaml", '{"formats": ["png"], "approvers": 2}')
    office.approve("an")
    office.go(days=-1)

    assert "approval/clock-back" in office.approve("binh").err


def test_a_key_signs_on_its_days_alone(office: Office) -> None:
    """An expired key cannot sign; what it signed before stays signed."""
    office.approve("an")
    today = datetime.now(UTC).date()
    entries = office.entries()
    office.people(an={**entries["an"], "until": f"{today + timedelta(days=1)}"})
    assert office.build().code == 0
    assert office.output.read_bytes() == FINAL

    office.people(an={**entries["an"], "until": "2020-12-31"})
    held_back(office, "approval/not-then")
    office.receipt.unlink()
    office.build()
    assert "approval/not-then" in office.approve("an").err


def test_a_list_beside_the_file_is_nobodys_word(office: Office) -> None:
    """Whoever forges a receipt can put a list of keys beside it: it must be named."""
    office.approve()
    office.build()
    shop = office.home / "shop"
    shop.mkdir()
    for place in (office.output, office.output.with_name("EV-1-png.png.duyet.json"), office.list):
        shutil.copy(place, shop)
    office.monkeypatch.chdir(shop)

    alone = office.run("verify", "EV-1-png.png", "--json")
    named = office.run("verify", "EV-1-png.png", "--keys", "approvers.yaml", "--json")

    assert (alone.code, alone.events[0]["reason"]) == (5, "approval/no-keys")
    assert (named.code, named.events[0]["answer"]) == (0, "approved")
    assert named.events[0]["by"] == ["Nguyễn Mẫu An, Chủ tịch"]


def test_two_people_with_one_key_are_refused(office: Office) -> None:
    """The list itself is judged before anybody's signature is."""
    entries = office.entries()
    office.people(binh={**entries["binh"], "key": entries["an"]["key"]})
    said = office.build()
    assert (said.code, "approval/same-key" in said.err) == (2, True)

    office.people(binh={**entries["binh"], "key": "abc"})
    assert "approval/bad-key" in office.build().err


# receipts by themselves


def a_statement(state: State = State.APPROVED, **more: Any) -> Statement:
    """What An says of a file at noon."""
    made = Statement(
        state, "recipes/thu/recipe.yaml", ONE, "an", "Nguyễn Mẫu An", "Chủ tịch", "", NOON, 1,
        (Output(FILE, "ab" * 32, 3),), {"data x": "cd"}, "k",
    )  # fmt: skip
    return replace(made, **more)


def by(office: Office, who: str) -> dict[str, Any]:
    """Who says it."""
    entry = office.entries()[who]
    return {"by": who, "name": entry["name"], "role": entry["role"]}


def judged(office: Office, receipt: Receipt, needed: int = 1) -> str | State:
    """What a receipt is worth a day later: the state of its files, or what is wrong with it."""
    found = judge(receipt, office.approvers(), NOON + timedelta(days=1), needed)
    return found.fault.value if found.fault else found.state


def test_a_chain_cannot_be_taken_apart(office: Office) -> None:
    """No entry out of the middle, none twice, none in another order, none about other files, none older."""
    an, binh = read_key(office.key("an")), read_key(office.key("binh"))
    later = {"time": NOON + timedelta(hours=1)}
    one = signed(a_statement(), None, an)
    two = signed(a_statement(State.PUBLISHED, **by(office, "binh"), **later), one, binh)
    three = signed(a_statement(State.WITHDRAWN, **by(office, "binh"), **later), two, binh)

    assert judged(office, one) is State.APPROVED
    assert judged(office, two) is State.PUBLISHED
    assert judged(office, three) is State.WITHDRAWN
    first, second, third = three.entries
    assert judged(office, Receipt((first, third))) == "approval/broken-chain"
    assert judged(office, Receipt((second, third))) == "approval/broken-chain"
    assert judged(office, Receipt((first, third, second))) == "approval/broken-chain"
    assert judged(office, Receipt((first, second, second, third))) == "approval/broken-chain"
    other = signed(a_statement(outputs=(Output(FILE, "ef" * 32, 3),), **later), one, an)
    assert judged(office, other) == "approval/other-files"
    older = signed(
        a_statement(State.PUBLISHED, **by(office, "binh"), time=NOON - timedelta(days=1)), one, binh
    )
    assert judged(office, older) == "approval/time-back"
    ahead = signed(a_statement(time=NOON + timedelta(days=9)), None, an)
    assert judged(office, ahead) == "approval/time-ahead"
    twice = signed(a_statement(**later), one, an)
    assert judged(office, twice) == "approval/twice"
    early = signed(a_statement(State.PUBLISHED), None, an)
    assert judged(office, early) == "approval/no-step"


def test_fewer_signatures_than_the_receipt_or_the_template_asks_for_are_a_review(office: Office) -> None:
    """Whoever writes a smaller number into a statement does not make it so."""
    one = signed(a_statement(needed=1), None, read_key(office.key("an")))

    assert judged(office, one, needed=2) is State.IN_REVIEW
    many = signed(a_statement(needed=2), None, read_key(office.key("an")))
    assert judged(office, many) is State.IN_REVIEW


def test_the_chain_is_of_signatures_too(office: Office) -> None:
    """An entry names the one before with its signature: it cannot be signed over."""
    an = read_key(office.key("an"))
    one = signed(a_statement(), None, an)
    said = chained(replace(a_statement(), key=fingerprint(office.approvers()[0].key)), None)

    assert entry_digest(one.entries[0]) == entry_digest(Entry(said, sign(an, signed_bytes(said))))
    assert entry_digest(one.entries[0]) != entry_digest(Entry(said, ""))


@pytest.mark.parametrize(
    "damage",
    [
        lambda read: read | {"more": 1},
        lambda read: read | {"format": "producer-receipt/2"},
        lambda read: read | {"entries": []},
        lambda read: read | {"entries": [1]},
        lambda read: read | {"entries": read["entries"] * 101},
        lambda read: [read],
        lambda read: read | {"entries": [read["entries"][0] | {"note": "x"}]},
    ],
)
def test_what_is_no_receipt_of_ours_is_refused(damage: Any, office: Office) -> None:
    """No key too many, which nobody would have signed; no other form."""
    data = to_json(signed(a_statement(), None, read_key(office.key("an"))))
    assert from_json(data).last.by == "an"

    text = json.dumps(damage(json.loads(data)), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    with pytest.raises(BrokenReceiptError):
        from_json(text.encode())


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b" " * 1_000_001])
def test_bytes_that_are_nothing_are_refused(data: bytes) -> None:
    """No depth, size or letter leads out of the reader."""
    with pytest.raises(BrokenReceiptError):
        from_json(data)


def test_a_time_without_its_zone_is_refused(office: Office) -> None:
    """It would be another moment on another machine."""
    data = to_json(signed(a_statement(), None, read_key(office.key("an"))))

    with pytest.raises(BrokenReceiptError):
        from_json(data.replace(b"12:00:00+00:00", b"12:00:00"))


def test_a_file_that_is_not_there_is_told(office: Office, tmp_path: Path) -> None:
    """Exit code 2: nothing can be said of it."""
    assert office.run("verify", str(tmp_path / "none.png")).code == 2
