"""brand.yaml and what lies beside it become a :class:`Brand`."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from fontTools.ttLib import TTFont, TTLibError

from producer.brand.model import (
    Artwork,
    BorderSpec,
    Brand,
    Colour,
    DividerSpec,
    Face,
    FrameSpec,
    GroundSpec,
    LookSpec,
    MarkSpec,
    Motif,
    MotionSpec,
    Organisation,
    PanelSpec,
    PressSpec,
    TextStyle,
    Treatment,
)
from producer.diagnostics import Diagnostic, ProducerError, SourceText, Span
from producer.recipe.organisation_file import OrganisationReader
from producer.recipe.read import read_file, read_keys, unknown
from producer.recipe.schema_brand import (
    BorderKeys,
    BrandKeys,
    ColourKeys,
    DividerKeys,
    GroundKeys,
    MotifKeys,
    PanelKeys,
    StyleKeys,
    TreatmentKeys,
)
from producer.recipe.yaml import span_at
from producer.svg import BrokenSvgError, UnsafeSvgError, has_ink, read_svg
from producer.world import OutsideProjectError, World

# What elements that a template does not style are set in.
NEEDED_STYLES = ("lead", "statement", "body", "label", "small", "sign", "number", "table")
WEIGHTS = {"regular": 400, "medium": 500, "semibold": 600, "bold": 700, "extrabold": 800}
FONT_FILES = (".ttf", ".otf")
# Every template may speak of these; a brand without one of them could not show it.
NEEDED_ROLES = (
    "background",
    "background-deep",
    "text",
    "muted",
    "accent",
    "paper",
    "ink",
    "line",
    "shade",
    "good",
    "short",
)


class BrandReader:
    """Reads one brand; gathers problems and raises them together."""

    def __init__(self, world: World, folder: str = "brand", *, many: bool = False) -> None:
        """Read the keys of ``folder``/brand.yaml; see :func:`read_brand` for ``many``."""
        self.world = world
        self.many = many
        self.folder = PurePosixPath(folder)
        self.path = str(self.folder / "brand.yaml")
        self.keys, self.root = read_keys(world, self.path, BrandKeys)
        self.problems: list[Diagnostic] = []

    def read(self) -> Brand:
        """Return the brand.

        Raises:
            ProducerError: an unknown colour, font or style, a file that is missing or no font.
        """
        keys = self.keys
        colours = {str(name): colour_of(colour) for name, colour in keys.color.palette.items()}
        roles = {str(role): self.colour(token) for role, token in keys.color.roles.items()}
        for role in NEEDED_ROLES:
            if role not in roles:
                self.problems.append(Diagnostic("brand/missing-role", self.root.span, {"role": role}))
        themes = {
            str(theme): {str(role): self.colour(token) for role, token in laid.items()}
            for theme, laid in keys.color.themes.items()
        }
        fonts = {str(name): self.faces(path) for name, path in keys.typography.fonts.items()}
        lenders = tuple(faces for name in keys.typography.fallback if (faces := self.font(fonts, name)))
        styles = {
            str(name): self.style(str(name), style, fonts, lenders)
            for name, style in keys.typography.styles.items()
        }
        for name in NEEDED_STYLES:
            if name not in styles:
                self.problems.append(Diagnostic("brand/missing-style", self.root.span, {"style": name}))
        treatments = {str(name): self.treatment(str(name), made) for name, made in keys.treatments.items()}
        mark = MarkSpec(
            self.mark(keys.logo.mark),
            keys.logo.mode == "placeholder",
            least_mm=keys.logo.least,
            clear=keys.logo.clear / 100,
            mono=self.mark(keys.logo.mono) if keys.logo.mono is not None else None,
            reverse=self.mark(keys.logo.reverse) if keys.logo.reverse is not None else None,
            span=keys.logo.mark.span,
        )
        made = Brand(
            name=str(keys.meta.name),
            language=keys.meta.language,
            colours=colours,
            roles=roles,
            themes=themes,
            series=tuple(self.colour(token) for token in keys.color.series),
            styles=styles,
            treatments=treatments,
            icons=self.icons(),
            mark=mark,
            motion=MotionSpec(keys.motion.enter, keys.motion.between),
            organisation=self.organisation(mark),
            margin=keys.spacing.margin,
            gap=keys.spacing.gap,
            joins=tuple(str(join) for join in keys.joins),
            glossary={str(wrong): str(right) for wrong, right in keys.glossary.items()},
            digest=self.world.digest(self.path),
            press=self.press(),
            approval=keys.approval == "required",
            places={str(name): name.span for name in keys.color.palette},
            library=str(keys.library or ""),
        )
        if self.problems:
            raise ProducerError(self.problems)
        return made

    def beside(self, path: str) -> str:
        """The path of a file named in brand.yaml, from the project folder."""
        return str(self.folder / path)

    def colour(self, token: SourceText) -> str:
        """The token, checked against the palette."""
        palette = [str(name) for name in self.keys.color.palette]
        if token not in palette:
            self.problems.append(unknown("plan/unknown-ink", str(token), palette, token.span))
        return str(token)

    def role(self, role: SourceText | None) -> str | None:
        """A role or token used by a treatment, checked."""
        known = [str(name) for name in (*self.keys.color.roles, *self.keys.color.palette)]
        if role is not None and role not in known:
            self.problems.append(unknown("plan/unknown-ink", str(role), known, role.span))
        return None if role is None else str(role)

    def artwork(self, path: SourceText) -> Artwork:
        """A drawing of the brand with its digest."""
        place = self.beside(path)
        try:
            read_file(self.world, place, path.span)
        except ProducerError as error:
            self.problems += error.diagnostics
            return Artwork(place, "")
        return Artwork(place, self.world.digest(place))

    def organisation(self, mark: MarkSpec) -> Organisation:
        """Who speaks, with marks of their own by the rules of the brand's."""
        if self.keys.organisation is None:
            return Organisation()
        reader = OrganisationReader(self.world, self.mark, mark, many=self.many)
        try:
            made = reader.read(self.beside(self.keys.organisation), self.keys.organisation.span)
        except ProducerError as error:
            self.problems += error.diagnostics
            return Organisation()
        self.problems += reader.problems
        return made

    def mark(self, path: SourceText) -> Artwork:
        """A drawing of the mark, which must have ink; what else is wrong with it is told where it is drawn."""
        art = self.artwork(path)
        try:
            empty = bool(art.digest) and not has_ink(read_svg(self.world.read_bytes(art.path)))
        except (BrokenSvgError, UnsafeSvgError):
            empty = False
        if empty:
            self.problems.append(Diagnostic("brand/empty-mark", path.span, {"path": art.path}))
        return art

    def press(self) -> PressSpec:
        """What the printer asks for; its profile must be one of a press."""
        keys = self.keys.print
        profile = self.artwork(keys.profile) if keys.profile is not None else None
        if profile is not None and keys.profile is not None and profile.digest:
            head = self.world.read_bytes(profile.path)[:40]
            if head[12:20] != b"prtrCMYK" or head[36:40] != b"acsp":
                facts = {"path": profile.path}
                self.problems.append(Diagnostic("brand/not-a-press-profile", keys.profile.span, facts))
        return PressSpec(profile, keys.condition, keys.limit)

    def icons(self) -> Mapping[str, Artwork]:
        """Every drawing of the icons' folder, by its name."""
        if self.keys.icons is None:
            return {}
        paths = [p for p in self.files(self.keys.icons) if p.endswith(".svg")]
        return {PurePosixPath(p).stem: Artwork(p, self.world.digest(p)) for p in paths}

    def files(self, folder: SourceText) -> tuple[str, ...]:
        """The files of a folder beside brand.yaml; none is a problem."""
        place = self.beside(folder).rstrip("/")
        try:
            found = self.world.files(place)
        except OutsideProjectError:
            self.problems.append(Diagnostic("recipe/outside-project", folder.span, {"path": place}))
            return ()
        if not found:
            self.problems.append(Diagnostic("recipe/no-file", folder.span, {"path": place}))
        return found

    def faces(self, path: SourceText) -> tuple[Face, ...]:
        """The faces of one font: a file, or all TTF and OTF files of a folder."""
        place = self.beside(path)
        found = (place,) if place.lower().endswith(FONT_FILES) else self.files(path)
        faces = [self.face(p, path.span) for p in found if p.lower().endswith(FONT_FILES)]
        if found and not faces:
            self.problems.append(Diagnostic("recipe/no-file", path.span, {"path": f"{place}/*.ttf"}))
        return tuple(face for face in faces if face is not None)

    def face(self, path: str, blame: Span) -> Face | None:
        """One font file, by its own names; nothing where it is none."""
        try:
            font = TTFont(io.BytesIO(read_file(self.world, path, blame)), lazy=True)
            names, weight, italic = font["name"], font["OS/2"].usWeightClass, bool(font["head"].macStyle & 2)
        except ProducerError as error:
            self.problems += error.diagnostics
            return None
        except (TTLibError, KeyError, ValueError, EOFError) as error:
            self.problems.append(Diagnostic("brand/bad-font", blame, {"path": path, "problem": str(error)}))
            return None
        if "fvar" in font:
            self.problems.append(Diagnostic("brand/variable-font", blame, {"path": path}))
        family = names.getDebugName(16) or names.getDebugName(1) or PurePosixPath(path).stem
        return Face(path, self.world.digest(path), family, weight, italic)

    def font(self, fonts: Mapping[str, tuple[Face, ...]], name: SourceText) -> tuple[Face, ...]:
        """The upright faces of a font by name."""
        if name not in fonts:
            self.problems.append(unknown("brand/unknown-font", str(name), list(fonts), name.span))
        return tuple(face for face in fonts.get(str(name), ()) if not face.italic)

    def style(
        self,
        name: str,
        keys: StyleKeys,
        fonts: Mapping[str, tuple[Face, ...]],
        lenders: tuple[tuple[Face, ...], ...],
    ) -> TextStyle:
        """A text style with the faces nearest to the weights that it asks for; so are those that lend letters."""
        faces = self.font(fonts, keys.font) or (Face("", "", ""),)
        wanted = WEIGHTS[keys.weight]
        face, bold = nearest_weight(faces, wanted), nearest_weight(faces, max(700, wanted))

        def lent(to: Face) -> tuple[Face, ...]:
            near = (nearest_weight(others, to.weight) for others in lenders)
            return tuple(other for other in near if other.path != to.path)

        return TextStyle(
            name,
            face,
            bold,
            fallbacks=lent(face),
            sizes=keys.size,
            lines=keys.lines,
            case=keys.case,
            leading=keys.leading,
            tracking=keys.tracking / 100,
            bold_fallbacks=lent(bold),
        )

    def treatment(self, name: str, keys: TreatmentKeys) -> Treatment:
        """One treatment with its roles checked."""
        frame, look = keys.frame, keys.look
        return Treatment(
            name,
            ground=self.ground(keys.ground) if keys.ground else None,
            panel=self.panel(keys.panel) if keys.panel else None,
            motifs=tuple(self.motif(motif) for motif in keys.motifs.values()),
            frame=FrameSpec(frame.shape, self.role(frame.line), frame.width, frame.bleed, frame.offset)
            if frame
            else None,
            look=LookSpec(
                look.kind, self.role(look.dark) or "", self.role(look.light) or "", look.strength / 100
            )
            if look
            else None,
            divider=self.divider(name, keys.divider) if keys.divider else None,
            border=self.border(keys.border) if keys.border else None,
        )

    def ground(self, keys: GroundKeys) -> GroundSpec:
        """A ground with its roles checked."""
        roles = keys.split or keys.gradient or ((keys.fill,) if keys.fill is not None else ())
        meet = keys.at / 100 if keys.split else None
        return GroundSpec(tuple(self.role(role) or "" for role in roles), keys.angle, meet)

    def divider(self, name: str, keys: DividerKeys) -> DividerSpec:
        """A divider with its role checked; one that lies across must fit between the margins of a page."""
        most = 100 - 2 * self.keys.spacing.margin
        if keys.at != "left" and keys.length > most:
            facts = {"field": "length", "value": f"{keys.length:g} %", "limit": f"≤ {most:g} %"}
            span = span_at(self.root, ("treatments", name, "divider", "length"))
            self.problems.append(Diagnostic("recipe/out-of-range", span, facts))
        art = self.artwork(keys.drawing) if keys.drawing is not None else None
        return DividerSpec(self.role(keys.ink) or "", keys.length, keys.width, keys.gap, keys.at, art)

    def border(self, keys: BorderKeys) -> BorderSpec:
        """A border with its role checked."""
        return BorderSpec(self.role(keys.ink) or "", keys.inset, keys.width, keys.kind)

    def panel(self, keys: PanelKeys) -> PanelSpec:
        """A panel with its roles checked."""
        return PanelSpec(
            fill=self.role(keys.fill),
            text=self.role(keys.text) or "",
            accent=self.role(keys.accent) or "",
            muted=self.role(keys.muted) or self.role(keys.text) or "",
            radius=keys.radius,
            pad=keys.pad,
            alpha=keys.strength / 100,
            bleed=keys.bleed,
            line=self.role(keys.line),
            line_width=keys.width,
            bar=self.role(keys.bar),
            shadow=keys.shadow,
            shape=keys.shape,
            offset=keys.offset,
            hugs=keys.hugs,
        )

    def motif(self, keys: MotifKeys) -> Motif:
        """A motif with its role checked."""
        return Motif(
            self.artwork(keys.drawing), keys.at, self.role(keys.ink) or "", keys.strength / 100, keys.size
        )


def colour_of(keys: ColourKeys) -> Colour:
    """A colour of the palette."""
    red, green, blue = bytes.fromhex(keys.hex[1:])
    return Colour(red, green, blue, keys.cmyk)


def nearest_weight(faces: tuple[Face, ...], wanted: int) -> Face:
    """Return the face whose weight is nearest to ``wanted``, the heavier of two as near."""
    return min(faces, key=lambda face: (abs(face.weight - wanted), -face.weight))


def read_brand(world: World, folder: str = "brand", *, many: bool = False) -> Brand:
    """Return the brand of a project; of ``many`` units several may have a profile for one day.

    Raises:
        ProducerError: every problem of brand.yaml and of the files beside it.
    """
    brand = BrandReader(world, folder, many=many).read()
    digests = sorted({face.digest for style in brand.styles.values() for face in (style.face, style.bold)})
    return replace(brand, digest=":".join([brand.digest, *digests]))
