"""The theme: which brand token stands in which colour slot, and which fonts are the theme's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from producer.brand.model import FLAG_COLOURS, Colour, Face, Ink, contrast
from producer.layout.model import Document
from producer.render.model import Resources
from producer.render.slides.face import Faces
from producer.scene.model import ChartElement, Element, ListElement, Role, TableElement, TextElement

# Slot of the theme → name that slides use for it. The master's clrMap turns the first four round.
SCHEME = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"} | {
    f"accent{n}": f"accent{n}" for n in range(1, 7)
}


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of the theme's slots, and for each token the slot it stands in where it has one."""

    slots: Mapping[str, str]  # slot → token
    scheme: Mapping[str, str]  # token → name on slides
    colours: Mapping[str, Colour]

    @classmethod
    def of(cls, resources: Resources) -> Palette:
        """Give ten tokens a slot each, the same for every deck of a brand.

        Darkest and lightest are text and ground. The series come next, as a new chart takes the accents in this order,
        then what is no shade of another token ("gold" before "gold-deep"). What a deck uses does not matter: a slide
        pasted from one deck of a brand into another keeps its colours.
        """
        # The flag's colours have no slot: a new theme must not recolour it.
        colours = {token: one for token, one in resources.colours.items() if token not in FLAG_COLOURS}
        ranked = sorted(colours, key=lambda token: (colours[token].luminance, token))
        poles = [ranked[0], ranked[-1], ranked[min(1, len(ranked) - 1)], ranked[max(-2, -len(ranked))]]
        main = [token for token in colours if not any(token.startswith(f"{other}-") for other in colours)]
        accents = [
            token for token in dict.fromkeys((*resources.series, *main, *colours)) if token not in poles
        ][:6]
        accents += [poles[0]] * (6 - len(accents))
        tokens = dict(zip(SCHEME, (*poles, *accents), strict=True))
        scheme: dict[str, str] = {}
        for slot, token in tokens.items():
            scheme.setdefault(token, SCHEME[slot])
        return cls(tokens, scheme, resources.colours)

    def xml(self, ink: Ink) -> str:
        """The colour of an ink: the theme's where the token has a slot, so that a new theme recolours it."""
        alpha = f'<a:alpha val="{round(ink.alpha * 100000)}"/>' if ink.alpha < 1 else ""
        if ink.token in self.scheme:
            return f'<a:schemeClr val="{self.scheme[ink.token]}">{alpha}</a:schemeClr>'
        return f'<a:srgbClr val="{self.colours[ink.token].hex}">{alpha}</a:srgbClr>'

    def solid(self, ink: Ink) -> str:
        """A fill of one ink."""
        return f"<a:solidFill>{self.xml(ink)}</a:solidFill>"

    def readable_on(self, ground: Ink) -> Ink:
        """Dark or light text of the theme, whichever stands out more from an opaque ground."""
        under = self.colours[ground.token]
        return Ink(
            max(
                (self.slots["dk1"], self.slots["lt1"]), key=lambda token: contrast(self.colours[token], under)
            )
        )

    def slot_hex(self, slot: str) -> str:
        """The sRGB value of a slot as ``RRGGBB``."""
        return self.colours[self.slots[slot]].hex


@dataclass(frozen=True, slots=True)
class ThemeFonts:
    """Family names of headlines and of body text."""

    major: str
    minor: str

    @classmethod
    def of(cls, document: Document, faces: Faces) -> ThemeFonts:
        """Take the family of the first title, and the one that most other elements use."""
        titles = [faces.of(face).family for role, face in _faces(document) if role is Role.TITLE]
        others = Counter(faces.of(face).family for role, face in _faces(document) if role is not Role.TITLE)
        if not titles and not others:
            return cls("Arial", "Arial")
        minor = min(others, key=lambda family: (-others[family], family)) if others else titles[0]
        return cls(titles[0] if titles else minor, minor)

    def typeface(self, family: str) -> str:
        """The name to write: the theme's reference where the family is the theme's own."""
        if family == self.minor:
            return "+mn-lt"
        return "+mj-lt" if family == self.major else family


def _faces(document: Document) -> Iterator[tuple[Role, Face]]:
    for page in document.pages:
        for item in page.items:
            style = _style_face(item.element)
            if style is not None:
                yield item.role, style


def _style_face(element: Element | None) -> Face | None:
    if isinstance(element, TextElement | ListElement | TableElement | ChartElement):
        return element.style.face
    return None
