"""A small project of YAML and CSV alone: another brand than ours, and as much of a recipe as a test asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from producer.diagnostics import Diagnostic, ProducerError
from producer.layout.font import FontBook
from producer.layout.lay_out import lay_out
from producer.layout.model import Document
from producer.pipeline import Road, prepare, real_stages
from producer.render.model import Artifact, Resources
from producer.render.picture import picture_pixels
from producer.scene.model import Element, Scene
from producer.world import DictWorld, World

FONTS = Path(__file__).resolve().parent.parent / "brand" / "fonts" / "BeVietnamPro"
RECIPE = "recipes/thu/recipe.yaml"

BRAND = """\
meta: {name: Công đoàn Thử, language: vi}
logo: {mark: mark.svg, mode: placeholder}
color:
  palette:
    leaf: {hex: "#0A5C36", cmyk: [90, 35, 90, 35]}
    night: {hex: "#06281A", cmyk: [85, 55, 80, 70]}
    sun: {hex: "#FFC61A", cmyk: [0, 23, 98, 0]}
    white: {hex: "#FFFFFF", cmyk: [0, 0, 0, 0]}
    soot: {hex: "#16211B", cmyk: [75, 60, 70, 75]}
    fog: {hex: "#DDE5E0", cmyk: [12, 5, 10, 0]}
    brick: {hex: "#B3261E", cmyk: [20, 97, 100, 12]}
  roles: {background: leaf, background-deep: night, text: white, muted: fog, accent: sun, paper: white, ink: soot,
    line: fog, shade: night, good: leaf, short: brick}
  themes:
    III.1: {background: brick}
    lap-dong: {background: night, accent: fog}
  series: [leaf, sun]
typography:
  fonts: {text: fonts}
  styles:
    headline: {font: text, weight: bold, case: upper, size: [10, 8, 6.5, 5.4, 4.6, 4], lines: 5, leading: 1.3}
    lead: {font: text, size: [5, 4.4, 4, 3.6, 3.2], lines: 5}
    statement: {font: text, weight: bold, size: [7, 6, 5, 4], lines: 6}
    body: {font: text, size: [4, 3.6, 3.2, 2.8], lines: 6}
    label: {font: text, size: [3.6, 3.2, 2.8, 2.4], lines: 4}
    small: {font: text, size: [3, 2.6, 2.2], lines: 3}
    sign: {font: text, weight: bold, size: [3.6, 3.2, 2.8, 2.4], lines: 2}
    number: {font: text, weight: bold, size: [20, 16, 12, 9], lines: 1}
    table: {font: text, size: [3.4, 3, 2.6, 2.2], lines: 3}
treatments:
  night:
    ground: {gradient: [background, background-deep], angle: 160}
    motifs: {hill: {drawing: hill.svg, at: bottom, ink: accent, strength: 20%, size: 100%}}
  gold: {ground: {fill: accent}}
  foot: {panel: {fill: paper, text: ink, accent: background, muted: ink, pad: 4%, bleed: true, bar: accent}}
  card: {panel: {fill: paper, text: ink, accent: background, radius: 3%, pad: 4%, line: line, shadow: true}}
  wave: {frame: {shape: wave, line: accent}}
  round: {frame: {shape: rounded, bleed: false}, look: {kind: duotone, dark: shade, light: paper, strength: 60%}}
  bar: {divider: {ink: accent}}
spacing: {margin: 6%, gap: 3%}
organisation: organisation.yaml
"""
ORGANISATION = """\
profiles:
  huyen: {name: Liên đoàn Lao động huyện Thử, short: LĐLĐ huyện Thử, since: 2020-01-01, until: 2025-06-30}
  xa: {name: Công đoàn xã Thử, short: CĐ xã Thử, since: 2025-07-01, parent: Liên đoàn Lao động tỉnh Thử}
"""
EVENTS = """\
id,theme,day,hour,title,message,place,photo,figure,tags
A1,III.1,2025-07-28,07:30,Ngày hội công nhân,Vì đoàn viên,Nhà văn hóa xã Thử,picture.svg,1250,#Thu
A2,,2025-01-12,14:00,Tết Sum vầy,,Sân vận động huyện Thử,,,
"""
TYPES = "{day: date, hour: time, photo: photo, figure: number}"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {}">{}</svg>'
HILL = SVG.format("100 20", '<path d="M0 20 Q50 -20 100 20Z" fill="currentColor"/>')
MARK = SVG.format(
    "40 40", '<circle cx="20" cy="20" r="20" fill="#FFC61A"/><circle cx="20" cy="20" r="13" fill="#06281A"/>'
)
PICTURE = SVG.format(
    "160 120",
    '<rect width="160" height="70" fill="#9FD3F0"/><rect y="70" width="160" height="50" fill="#3E8E41"/>'
    '<circle cx="110" cy="40" r="18" fill="#FFC61A"/>',
)
OURS = "brand/: {author: An Mẫu, licence: CC0-1.0}\n"
LICENCES = f"{OURS}assets/: {{author: An Mẫu, licence: CC0-1.0, shows: nobody}}\n"
TEMPLATE = """\
about: Thử
kind: still
ground: night
slots:
  photo: {type: photo, optional: true, treatment: wave}
  title: {type: text, style: headline}
  message: {type: text, style: lead, optional: true}
  facts: {type: list, style: body, items: ["{hour | time}, {day | weekday}", "{place}"]}
  sign: {type: signature}
shapes:
  any: "photo\\ntitle\\nmessage\\nfacts\\nsign"
  any without photo: "title\\nmessage\\n.\\nfacts\\nsign"
panels: {foot: [sign]}
"""
CHANNELS = """\
  anh: {kind: image, size: [360, 450], formats: [png]}
"""


@cache
def fonts() -> Mapping[str, bytes]:
    """The brand's fonts: two weights of ours."""
    names = ("BeVietnamPro-Regular.ttf", "BeVietnamPro-Bold.ttf")
    return {f"brand/fonts/{name}": (FONTS / name).read_bytes() for name in names}


@dataclass(frozen=True, slots=True)
class Small:
    """The texts of a project; what a test is about takes the place of what stands here."""

    template: str = TEMPLATE
    fill: str = ""  # YAML of `with:`, on one line
    events: str = EVENTS
    take: str = "each"  # each row, or all
    channels: str = CHANNELS
    used: str = "anh"
    data: str = ""  # further names of rows, indented by two
    brand: str = BRAND
    more: Mapping[str, str | bytes] = field(default_factory=dict)

    @property
    def files(self) -> dict[str, str | bytes]:
        """Every file by its path."""
        recipe = (
            f"title: Thử\ntoday: 2025-11-03\ndata:\n"
            f"  events: {{file: assets/events.csv, id: id, types: {TYPES}}}\n{self.data}"
            f"pieces:\n  tin:\n    template: thu\n    {self.take}: events\n    channels: [{self.used}]\n"
            + (f"    with: {self.fill}\n" if self.fill else "")
            + f"channels:\n{self.channels}"
        )
        return {
            RECIPE: recipe,
            "brand/brand.yaml": self.brand,
            "brand/organisation.yaml": ORGANISATION,
            "brand/mark.svg": MARK,
            "brand/hill.svg": HILL,
            "brand/templates/thu.yaml": self.template,
            "assets/events.csv": self.events,
            "assets/picture.svg": PICTURE,
            "assets/licences.yaml": LICENCES,
            **fonts(),
            **self.more,
        }

    @property
    def world(self) -> World:
        """The project without a disk."""
        return DictWorld(self.files)

    def write(self, folder: Path) -> Path:
        """Put the project into a folder and return it."""
        for name, data in self.files.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data.encode() if isinstance(data, str) else data)
        return folder

    def road(self) -> Road:
        """The project up to its plan."""
        return prepare(RECIPE, self.world, real_stages())

    def scenes(self) -> tuple[Scene, ...]:
        """The scenes of all jobs."""
        road = self.road()
        compose = real_stages().compose
        return tuple(compose(job, road.project, road.tables, road.world) for job in road.plan.jobs)

    def scene(self, at: int = 0) -> Scene:
        """One job's scene."""
        road = self.road()
        return real_stages().compose(road.plan.jobs[at], road.project, road.tables, road.world)

    def document(self, at: int = 0) -> Document:
        """One job, laid out."""
        return laid(self.scene(at), self.world)

    def artifact(self, at: int = 0) -> Artifact:
        """One job's file."""
        scene, world = self.scene(at), self.world
        resources = Resources(scene.colours, ("leaf", "sun"), world.read_bytes)
        return real_stages().render(laid(scene, world), resources)

    def refused(self, at: int = 0) -> tuple[Diagnostic, ...]:
        """Why one job cannot be laid out; nothing where it can."""
        try:
            self.document(at)
        except ProducerError as error:
            return error.diagnostics
        return ()

    def but(self, **changed: object) -> Small:
        """The same with other texts."""
        return replace(self, **changed)  # type: ignore[arg-type]


@cache
def font_book() -> FontBook:
    """The brand's fonts, opened once."""
    return FontBook(DictWorld(fonts()).read_bytes)


def laid(scene: Scene, world: World) -> Document:
    """A scene, laid out."""
    resources = Resources(scene.colours, (), world.read_bytes)
    see = partial(picture_pixels, resources=resources)
    return lay_out(scene, font_book(), world.read_bytes, see)


def elements(scene: Scene, page: int = 0) -> dict[str, Element]:
    """A page's elements by name."""
    return {element.name: element for element in scene.pages[page].elements}


def said(element: Element) -> str:
    """The words of a text."""
    return "".join(run.text for run in element.runs)  # type: ignore[union-attr]


def slot(kind: str, name: str = "it", **keys: str) -> str:
    """A template of one slot on a page of its own."""
    more = "".join(f", {key}: {value}" for key, value in keys.items())
    head = "about: Thử\nkind: still\nground: night\n"
    return f"{head}slots:\n  {name}: {{type: {kind}{more}}}\nshapes: {{any: {name}}}\n"
