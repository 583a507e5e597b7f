"""The keys of brand/organisation.yaml."""

from __future__ import annotations

from producer.recipe.schema_type import Day, Keys, Name, Text, key


class ProfileKeys(Keys):
    """Who speaks, between two days."""

    name: Name = key("The full name.", "Liên đoàn Lao động huyện Bình Mẫu")
    short: Name = key("The short name.", "LĐLĐ huyện Bình Mẫu")
    since: Day = key("The first day.", "2023-01-01")
    until: Day | None = key("The last day.", "2025-06-30", None)
    parent: str = key("The level above.", "LĐLĐ tỉnh Mẫu", "")
    address: str = key("The address.", "Số 1, đường Mẫu", "")
    phone: str = key("The telephone number.", "0000 000 000", "")
    link: Text | None = key("The address of its page, for QR codes.", "https://congdoan.example", None)
    congress: str = key("The last congress.", "Đại hội lần thứ I", "")
    term: str = key("The term that it began.", "2025–2030", "")
    mark: Text | None = key("Its own mark, where it is not the brand's.", "logo/xa.svg", None)
    mono: Text | None = key("That mark in one colour.", "logo/xa-mono.svg", None)
    reverse: Text | None = key("That mark for dark grounds.", "logo/xa-reverse.svg", None)


class DatedNameKeys(Keys):
    """What somebody is called, between two days."""

    name: Name = key("The full name.", "Đài Phát thanh – Truyền hình tỉnh Mẫu")
    short: str = key("The short name; else the full one.", "Đài PT-TH tỉnh Mẫu", "")
    since: Day | None = key("The first day.", "2025-07-01", None)
    until: Day | None = key("The last day.", "2025-06-30", None)


class OrganisationKeys(Keys):
    """Whom texts speak of, each name with its days."""

    profiles: dict[Text, ProfileKeys] = key("Profiles by name.", "{xa: {name: …, since: 2025-07-01}}")
    units: dict[Text, ProfileKeys] = key(
        "Units that have sets of products of their own.", "{may-mau: {name: …, since: 2023-01-01}}", {}
    )
    names: dict[Text, tuple[DatedNameKeys, ...]] = key(
        "Stations, papers and partners by the word that sheets use.", "{dai-tinh: [{name: …}]}", {}
    )
