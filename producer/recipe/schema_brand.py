"""What may stand in the files of a brand, with the words and the example that editors and docs show."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from producer.brand.model import Anchor, Case, FrameShape, LookKind, PanelShape
from producer.recipe.schema_type import (
    Hex,
    InkBuild,
    Keys,
    Millimetres,
    Percent,
    Text,
    Tracking,
    key,
)

Sizes = Annotated[tuple[Annotated[float, Field(gt=0, le=100)], ...], Field(min_length=1, max_length=12)]


class MetaKeys(Keys):
    """Whose brand it is."""

    name: Text = key("The brand's name.", "Công đoàn Mẫu")
    language: Literal["vi"] = key("The language of its texts.", "vi", "vi")


class LogoKeys(Keys):
    """The mark and its rules."""

    mark: Text = key("The drawing, beside brand.yaml.", "logo/placeholder-mark.svg")
    mono: Text | None = key(
        "The union's own drawing in one colour, for gifts of one ink or two.", "logo/mark-mono.svg", None
    )
    reverse: Text | None = key("The union's own drawing for dark grounds.", "logo/mark-reverse.svg", None)
    mode: Literal["official", "placeholder"] = key("Whether the file is the union's own.", "placeholder")
    least: Millimetres = key("Least width in print.", "15mm", 15.0)
    clear: Percent = key("What stays free around it, of its height.", "25%", 25.0)


class ColourKeys(Keys):
    """One colour of the palette."""

    hex: Hex = key("sRGB.", '"#0B4DA2"')
    cmyk: InkBuild | None = key("The exact ink build, in percent.", "[100, 82, 5, 0]", None)


class PaletteKeys(Keys):
    """Colours, and what they are for."""

    palette: dict[Text, ColourKeys] = key(
        "Colours by name.", '{gold: {hex: "#FFC61A", cmyk: [0, 23, 98, 0]}}'
    )
    roles: dict[Text, Text] = key("What templates speak of: background, text, accent …", "{accent: gold}")
    themes: dict[Text, dict[Text, Text]] = key(
        "Roles laid over by the row's `theme`.", "{III.4: {background: union-blue-deep}}", {}
    )
    series: tuple[Text, ...] = key("Colours of chart series, in order.", "[union-blue, gold-deep]", ())


class StyleKeys(Keys):
    """How a text is set."""

    font: Text = key("One of the fonts.", "display")
    weight: Literal["regular", "medium", "semibold", "bold", "extrabold"] = key(
        "Its weight.", "bold", "regular"
    )
    case: Case = key("upper, or as-written.", "upper", Case.AS_WRITTEN)
    size: Sizes = key(
        "Steps in % of the page's shorter side; the first that fits is taken.", "[11, 9, 7.5, 6]"
    )
    lines: int = key("How many lines at most.", "4", 1, ge=1, le=60)
    leading: float = key(
        "Between baselines, in em; raised where letters would touch.", "1.3", 1.4, ge=1, le=2.5
    )
    tracking: Tracking = key(
        "Between letters, of the size; at most 3%, and none are drawn together.", "1%", 0.0
    )


class TypographyKeys(Keys):
    """Fonts and styles."""

    fonts: dict[Text, Text] = key(
        "A file, or a folder of weights, beside brand.yaml.", "{text: fonts/BeVietnamPro}"
    )
    fallback: tuple[Text, ...] = key("Fonts that lend a missing letter, in order.", "[figures]", ())
    styles: dict[Text, StyleKeys] = key("Styles by name.", "{body: {font: text, size: [3.6, 3.2], lines: 6}}")


class GroundKeys(Keys):
    """What lies under a whole page."""

    fill: Text | None = key("One role.", "background", None)
    gradient: tuple[Text, ...] = key("Roles from one end to the other.", "[background, background-deep]", ())
    split: tuple[Text, Text] | None = key("Two roles as flat fields.", "[background, accent]", None)
    angle: float = key("Direction of gradient or split in degrees; 180 runs downwards.", "150", 180.0)
    at: Percent = key("Where the two fields of a split meet.", "60%", 50.0)

    @model_validator(mode="after")
    def is_one(self) -> Self:
        """A ground is one of them; of several, one would be drawn and the others forgotten."""
        if sum((self.fill is not None, bool(self.gradient), self.split is not None)) != 1:
            raise PydanticCustomError("brand/fill-or-gradient", "one of three")
        return self


class MotifKeys(Keys):
    """A drawing set into the ground."""

    drawing: Text = key("The file, beside brand.yaml.", "motifs/rays.svg")
    at: Anchor = key("Where it stands; `fill` repeats it.", "top-right", Anchor.FILL)
    ink: Text = key("The role of its ink.", "accent")
    strength: Percent = key("How strong.", "14%", 100.0)
    size: Percent = key("Its width, of the page's shorter side.", "60%", 60.0)


class PanelKeys(Keys):
    """What lies under some cells."""

    fill: Text | None = key("The role of its ground.", "paper", None)
    text: Text = key("The role of words on it.", "ink", ...)
    accent: Text = key("The role of the accent on it.", "union-blue", ...)
    muted: Text | None = key("The role of lesser words on it.", "slate", None)
    radius: Percent = key("Round corners, of the page's shorter side.", "3%", 0.0)
    pad: Percent = key("Inside distance, of the page's shorter side.", "4%", 4.0)
    strength: Percent = key("How opaque.", "92%", 100.0)
    bleed: bool = key("Runs out of the page where it touches its sides.", "true", False)
    shape: PanelShape = key(
        "Its outline; `slant` and `wave` shape the edges that it has inside the page.",
        "bubble",
        PanelShape.PLAIN,
    )
    hugs: bool = key("Only as large as its words: a label, a badge.", "true", False)
    line: Text | None = key("The role of its edge.", "accent", None)
    width: Percent = key("How wide its line is, of the page's shorter side.", "0.5%", 0.3)
    offset: Percent = key("How far inside its edge the line stands.", "1.2%", 0.0)
    bar: Text | None = key("The role of a bar along its start.", "accent", None)
    shadow: bool = key("A soft shadow under it.", "true", False)


class FrameKeys(Keys):
    """How a picture is cut."""

    shape: FrameShape = key("The outline that it is cut to.", "slant", FrameShape.NONE)
    line: Text | None = key("The role of its edge; of a polaroid's mat.", "accent", None)
    width: Percent = key("How wide its line is, of the page's shorter side.", "1%", 0.6)
    offset: Percent = key("How far from the picture the line stands.", "1.4%", 0.0)
    bleed: bool = key("Runs out of the page where it touches its sides.", "true", True)

    @model_validator(mode="after")
    def says_something(self) -> Self:
        """A frame without a key would be none."""
        if not self.model_fields_set:
            raise PydanticCustomError("recipe/empty", "no key")
        return self


class LookKeys(Keys):
    """What happens to a photograph's colours."""

    kind: LookKind = key("duotone, mono or tint.", "duotone")
    dark: Text = key("The role of its shadows.", "background-deep")
    light: Text = key("The role of its lights.", "paper")
    strength: Percent = key("How strong.", "85%", 100.0)


class DividerKeys(Keys):
    """A mark that sets off a text."""

    ink: Text = key("The role of its ink.", "accent", ...)
    length: Percent = key("Its length.", "12%", 12.0)
    width: Percent = key("Its width.", "1%", 1.0)
    gap: Percent = key("Its distance from the text.", "2.5%", 2.5)
    at: Literal["above", "below", "left"] = key("Where it stands.", "above", "above")
    drawing: Text | None = key("A drawing in place of a bar, `length` wide.", "motifs/lotus.svg", None)


class BorderKeys(Keys):
    """A line around the page."""

    ink: Text = key("The role of its ink.", "accent", ...)
    inset: Percent = key("Its distance from the edge.", "3%", 3.0)
    width: Percent = key("How wide it is.", "0.4%", 0.35)
    kind: Literal["single", "double", "notched"] = key(
        "One line, two, or with bitten corners.", "double", "single"
    )


class TreatmentKeys(Keys):
    """One look of the brand, of any of these parts."""

    ground: GroundKeys | None = key("Under a whole page.", "{gradient: [background, background-deep]}", None)
    motifs: dict[Text, MotifKeys] = key(
        "Drawings in the ground.", "{sun: {drawing: motifs/rays.svg, ink: accent}}", {}
    )
    panel: PanelKeys | None = key("Under some cells.", "{fill: paper, text: ink, accent: union-blue}", None)
    frame: FrameKeys | None = key("How a picture is cut.", "{shape: slant}", None)
    look: LookKeys | None = key("A photograph's colours.", "{kind: duotone, dark: ink, light: paper}", None)
    divider: DividerKeys | None = key("A mark beside a text.", "{ink: accent}", None)
    border: BorderKeys | None = key(
        "A line around a page that names this as its ground.", "{ink: accent}", None
    )

    @model_validator(mode="after")
    def has_a_part(self) -> Self:
        """A treatment without any part would change nothing where it is used."""
        if not any(getattr(self, part) for part in type(self).model_fields):
            raise PydanticCustomError("recipe/empty", "no part")
        return self


class MotionKeys(Keys):
    """How clips move."""

    enter: Literal["rise", "fade", "none"] = key("How words come in.", "rise", "rise")
    between: Literal["slide", "fade", "cut"] = key("How pages follow one another.", "slide", "slide")


class SpacingKeys(Keys):
    """The page's white space, in % of its shorter side."""

    margin: Percent = key("Around every page.", "6%", 6.0)
    gap: Percent = key("Between cells.", "3%", 3.0)


class PrintKeys(Keys):
    """What the printer asks for."""

    profile: Text | None = key("The printer's own ICC profile, beside brand.yaml.", "print/press.icc", None)
    condition: str = key("The print condition, as its registry names it.", "FOGRA39", "FOGRA39", min_length=1)
    limit: Percent = key("The most ink on one spot, all inks together.", "300%", 300.0)


class BrandKeys(Keys):
    """How the union looks."""

    meta: MetaKeys = key("Whose brand it is.", "{name: Công đoàn Mẫu, language: vi}")
    logo: LogoKeys = key("The mark.", "{mark: logo/mark.svg, mode: placeholder}")
    color: PaletteKeys = key("Colours.", "{palette: …, roles: …}")
    typography: TypographyKeys = key("Type.", "{fonts: …, styles: …}")
    treatments: dict[Text, TreatmentKeys] = key(
        "The brand's own hand.", "{plain: {ground: {fill: paper}}}", {}
    )
    icons: Text = key("The folder of icons, beside brand.yaml.", "icons", None)
    motion: MotionKeys = key("How clips move.", "{enter: rise, between: slide}", MotionKeys())
    spacing: SpacingKeys = key("White space.", "{margin: 6%, gap: 3%}", SpacingKeys())
    joins: tuple[Text, ...] = key("Words that share a line.", "[Bình Mẫu]", ())
    glossary: dict[Text, Text] = key(
        "Words that are easily confused, with the right ones.", "{chia sẽ: chia sẻ}", {}
    )
    approval: Literal["required", "off"] = key(
        "Whether somebody must sign before a product goes out; until then its file carries a mark.",
        "required",
        "off",
    )
    print: PrintKeys = key("What the printer asks for.", "{limit: 300%}", PrintKeys())
    organisation: Text | None = key(
        "The file of dated profiles, beside brand.yaml.", "organisation.yaml", None
    )
    library: Text | None = key(
        "Where the archive lies: a folder from the working folder, or of a network; else `library`.",
        "/mnt/luu-tru/library",
        None,
    )
