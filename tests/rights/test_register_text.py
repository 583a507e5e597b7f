"""The register of people is written into as its owner left it: a spreadsheet's marks, lines and columns stay."""

from datetime import date

import pytest

from producer.diagnostics import ProducerError
from producer.rights import register_text

DAY = date(2025, 7, 1)
ENTRY = {"id": "P2", "who": "Ngô Mẫu Bình", "photos": "photos/b.jpg"}
HEAD = "id,who,photos,consent,consent_scope,consent_until,proof,withdrawn,note"


def with_withdrawal(text: str, entry: dict[str, str], day: date) -> str:
    """The same of a text in UTF-8."""
    return register_text.with_withdrawal(text.encode(), entry, day).decode()


def with_entries(text: str, entries: list[dict[str, str]]) -> str:
    """The same of a text in UTF-8."""
    return register_text.with_entries(text.encode(), entries).decode()


def test_one_line_changes_and_no_other() -> None:
    """BOM, line ends, quotes, a cell of two lines and columns of one's own order stay."""
    first, second = 'P1,"Lê ""Mẫu""",x,yes,,,Phiếu 1,,"hai\r\ndòng"', "P2,B,y,yes,zalo,2027-01-01,Phiếu 2,,"
    before = f"\ufeff{HEAD}\r\n{first}\r\n{second}\r\n\r\n"

    after = with_withdrawal(before, ENTRY, DAY)

    assert after == before.replace(second, "P2,B,y,withdrawn,zalo,2027-01-01,Phiếu 2,2025-07-01,")
    assert with_withdrawal(after, ENTRY, date(2026, 1, 1)) == after


def test_every_line_of_a_person_is_withdrawn() -> None:
    """Somebody who agreed twice withdraws once."""
    after = with_withdrawal("id,consent,withdrawn\nP2,yes,\nP1,yes,\nP2,signed,\n", ENTRY, DAY)
    assert after == "id,consent,withdrawn\nP2,withdrawn,2025-07-01\nP1,yes,\nP2,withdrawn,2025-07-01\n"


def test_a_missing_column_is_added_to_all() -> None:
    """A register without the day of withdrawal gains its column; a last line without an end gets one."""
    assert (
        with_withdrawal("id,consent\nP1,yes", ENTRY, DAY)
        == "id,consent,withdrawn\nP1,yes,\nP2,withdrawn,2025-07-01\n"
    )


@pytest.mark.parametrize("sign", [";", "\t"])
def test_what_a_spreadsheet_saved_keeps_its_separator(sign: str) -> None:
    """Excel of Việt Nam saves semicolons; lists of pictures are quoted then."""
    head, row = (
        sign.join(("id", "photos", "consent", "withdrawn")),
        sign.join(("P2", '"a.jpg;b.jpg"', "yes", "")),
    )
    wanted = sign.join(("P2", '"a.jpg;b.jpg"' if sign == ";" else "a.jpg;b.jpg", "withdrawn", "2025-07-01"))
    assert with_withdrawal(f"{head}\r\n{row}\r\n", ENTRY, DAY) == f"{head}\r\n{wanted}\r\n"


def test_who_is_not_there_is_added() -> None:
    """With the pictures that show them; a new register has all columns."""
    after = with_withdrawal("", ENTRY, DAY)
    head, line = after.removeprefix("\ufeff").splitlines()
    said = dict(zip(head.split(","), line.split(","), strict=True))
    assert {name: cell for name, cell in said.items() if cell} == {
        **ENTRY, "consent": "withdrawn", "withdrawn": "2025-07-01",
    }  # fmt: skip


def test_entries_go_to_the_end() -> None:
    """Those that were there are not touched."""
    before = "id,consent,photos\nP1,yes,a\n"
    after = with_entries(before, [{"id": "P3", "consent": "yes", "photos": "c", "age": "9", "note": ""}])
    assert after == "id,consent,photos,age\nP1,yes,a,\nP3,yes,c,9\n"


def test_what_is_no_register_is_told() -> None:
    """Nothing is written into a file of something else."""
    for text in ("name,age\nAn,9\n", 'id,consent\nP1,"yes\n'):
        with pytest.raises(ProducerError):
            with_withdrawal(text, ENTRY, DAY)
