"""Draws the stand-in portraits of the starter: people who do not exist, at their work, as flat busts.

``python assets/portraits/draw.py`` writes ``guong-NN.svg`` beside this file. Cloth and grounds take the colours of
the starter's brand. Nobody's likeness is used: a bust is put together from hair, headgear and dress, and its face
says no more than that somebody smiles.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

BLUE, DEEP, BRIGHT, TINT = "#0B4DA2", "#082F66", "#1273C4", "#E8F1FB"
RED, GOLD, CREAM, AMBER = "#C8141E", "#FFC61A", "#FFF6DA", "#D97706"
GREEN, PLUM, TEAL = "#0A7A3F", "#9B1F63", "#006E7A"
INK, SLATE, MIST, PAPER = "#14202E", "#4A5A6B", "#D5DDE6", "#FFFFFF"
BLACK = "#1D1A1C"  # hair
LIGHT, WARM, TAN = (
    ("#F2CBA4", "#E0AC80"),
    ("#E6B98C", "#CF9A69"),
    ("#CF9868", "#B37C4E"),
)  # skin and its shadow
# What lies behind somebody: the page, and a disc on it.
GROUNDS = (
    ("#CFE2F5", "#AECDEC"),
    (CREAM, "#FFE59A"),
    ("#E3F1E8", "#BFE0CC"),
    ("#F7E6EF", "#EBC4D8"),
    ("#E0F0F1", "#B7DCE0"),
)


@dataclass(frozen=True, slots=True)
class Bust:
    """One person; colours are hex values."""

    number: int
    ground: int
    skin: tuple[str, str]
    hair: str  # short · crop · part · bald · bob · long · bun · tail · wave
    dress: str  # shirt · tie · aodai · vest · coat · coverall · apron · baba · hood · polo
    cloth: str
    second: str = PAPER  # of what is worn over or under it
    hat: str = ""  # helmet · cap · cone · bucket · net · nurse · scarf
    hat_ink: str = GOLD
    glasses: bool = False
    checked: str = ""  # a chequered scarf of this colour around the neck


PEOPLE = (
    Bust(1, 0, WARM, "crop", "coat", BRIGHT, hat="net", hat_ink=PAPER),
    Bust(2, 3, LIGHT, "bob", "apron", PLUM, second=PAPER, hat="scarf", hat_ink=PAPER),
    Bust(3, 0, LIGHT, "long", "aodai", BLUE, second=PAPER),
    Bust(4, 2, TAN, "short", "shirt", GREEN, checked=RED),
    Bust(5, 4, LIGHT, "bun", "coat", PAPER, second=TEAL, hat="nurse", hat_ink=PAPER),
    Bust(6, 1, WARM, "crop", "vest", AMBER, second=BLUE, hat="helmet", hat_ink=AMBER),
    Bust(8, 3, LIGHT, "tail", "shirt", PAPER, second=PLUM, glasses=True),
    Bust(9, 0, WARM, "short", "coverall", BLUE, second=MIST, hat="helmet", hat_ink=BLUE),
    Bust(10, 4, TAN, "tail", "apron", TEAL, second=PAPER, hat="net", hat_ink="#CFE6F5"),
    Bust(12, 0, WARM, "tail", "polo", BRIGHT, second=PAPER, hat="cap", hat_ink=DEEP),
    Bust(13, 1, WARM, "crop", "vest", GREEN, second=SLATE, hat="helmet", hat_ink=PAPER),
    Bust(15, 2, TAN, "crop", "vest", "#E4572E", second=INK, hat="helmet", hat_ink=GOLD),
    Bust(16, 1, LIGHT, "bun", "aodai", RED, second=GOLD),
    Bust(17, 4, LIGHT, "part", "tie", PAPER, second=TEAL, glasses=True),
    Bust(19, 1, TAN, "short", "baba", INK, hat="bucket", hat_ink="#6B7B4B", checked=INK),
    Bust(20, 2, LIGHT, "bob", "aodai", GREEN, second=PAPER, glasses=True),
    Bust(23, 0, WARM, "short", "shirt", GOLD, second=BLUE, hat="cap", hat_ink=BLUE),
    Bust(24, 3, LIGHT, "wave", "aodai", PLUM, second=CREAM),
    Bust(25, 0, TAN, "crop", "shirt", SLATE, second=PAPER, hat="helmet", hat_ink=GOLD),
    Bust(27, 4, LIGHT, "part", "hood", INK, second=GOLD, glasses=True),
    Bust(29, 2, WARM, "part", "polo", TEAL, second=PAPER, hat="bucket", hat_ink=CREAM),
    Bust(30, 1, WARM, "bun", "baba", PLUM, hat="cone", hat_ink="#EBCB8B"),
)


def path(drawn: str, fill: str, more: str = "") -> str:
    """A filled outline."""
    return f'<path d="{drawn}" fill="{fill}"{more}/>'


def line(drawn: str, ink: str, width: float) -> str:
    """A round stroke."""
    return f'<path d="{drawn}" stroke="{ink}" stroke-width="{width:g}" stroke-linecap="round" stroke-linejoin="round"/>'


def shade(colour: str, share: float = 0.82) -> str:
    """The same colour darker."""
    return "#" + "".join(f"{round(int(colour[at : at + 2], 16) * share):02X}" for at in (1, 3, 5))


LARGER = '  <g transform="translate(400 470) scale(1.1) translate(-400 -470)">'
SHOULDERS = (
    "M92 800 C96 640 150 590 270 556 C310 544 330 530 336 500 L464 500 "
    "C470 530 490 544 530 556 C650 590 704 640 708 800 Z"
)
FACE = (
    "M286 300 C286 210 330 170 400 170 C470 170 514 210 514 300 "
    "C514 400 462 470 400 470 C338 470 286 400 286 300 Z"
)
BEHIND = {
    "bob": "M254 330 C240 190 310 120 400 120 C490 120 560 190 546 330 "
    "C544 400 536 430 520 452 L280 452 C264 430 256 400 254 330 Z",
    "long": "M250 320 C240 180 310 116 400 116 C490 116 560 180 550 320 "
    "C552 430 566 520 596 600 L204 600 C234 520 248 430 250 320 Z",
    "wave": "M244 330 C230 190 304 112 400 112 C496 112 570 190 556 330 "
    "C572 380 586 420 568 470 C556 506 520 500 500 480 L300 480 "
    "C280 500 244 506 232 470 C214 420 228 380 244 330 Z",
    "tail": "M470 200 C560 210 606 290 590 380 C582 440 604 480 622 520 "
    "C560 520 530 470 528 400 C524 330 510 270 470 200 Z",
    "bun": "M336 118 C336 76 366 56 400 56 C434 56 464 76 464 118 C464 150 336 150 336 118 Z",
}
FRONT = {
    "short": "M276 318 C262 204 310 128 404 128 C494 128 540 200 524 318 L512 318 "
    "C512 276 500 248 478 232 C420 250 350 244 318 222 "
    "C298 246 288 280 288 318 Z",
    "crop": "M280 300 C272 200 322 142 400 142 C478 142 528 200 520 300 L510 300 "
    "C506 262 494 236 472 220 C424 206 376 206 328 220 "
    "C306 236 294 262 290 300 Z",
    "part": "M272 322 C254 206 306 122 412 126 C500 130 546 206 526 322 L514 322 "
    "C512 280 500 250 476 230 C440 226 384 216 352 188 "
    "C342 226 310 250 296 268 C290 286 288 304 288 322 Z",
    "bob": "M268 340 C250 210 310 130 400 130 C490 130 550 210 532 340 L514 340 "
    "C516 286 496 246 452 214 C420 238 350 252 300 252 "
    "C290 276 286 306 286 340 Z",
    "long": "M264 350 C246 206 310 124 400 124 C490 124 554 206 536 350 L514 344 "
    "C514 280 480 226 402 196 C324 226 286 280 286 344 Z",
    "wave": "M262 350 C240 206 304 120 410 122 C500 124 560 210 538 350 L514 344 "
    "C520 290 494 250 440 200 C400 240 330 258 298 262 "
    "C288 290 286 316 286 344 Z",
    "tail": "M274 326 C258 204 312 130 400 130 C488 130 542 204 526 326 L514 322 "
    "C512 272 478 230 430 206 C380 238 322 246 304 250 "
    "C292 274 288 300 286 322 Z",
    "bun": "M272 326 C258 204 312 128 400 128 C488 128 542 204 528 326 L514 322 "
    "C512 268 470 222 400 206 C330 222 288 268 286 322 Z",
}


def body(one: Bust) -> str:
    """What somebody wears."""
    cloth, dark = one.cloth, shade(one.cloth)
    base = path(SHOULDERS, cloth)
    side = path("M92 800 C96 640 150 590 252 562 C206 640 196 720 200 800 Z", dark, ' opacity="0.35"')
    open_neck = "M336 512 L400 640 L464 512 C464 560 336 560 336 512 Z"
    collar = path("M330 506 L286 560 L362 632 L400 580 Z", one.second) + path(
        "M470 506 L514 560 L438 632 L400 580 Z", one.second
    )
    own = path("M330 506 L286 560 L362 640 L400 584 Z", shade(cloth, 0.9)) + path(
        "M470 506 L514 560 L438 640 L400 584 Z", shade(cloth, 0.9)
    )
    buttons = "".join(f'<circle cx="400" cy="{at}" r="7" fill="{shade(cloth, 0.7)}"/>' for at in (680, 746))
    skin = path("M334 492 L400 592 L466 492 Z", one.skin[1])
    match one.dress:
        case "tie":
            tie = path("M382 584 L418 584 L426 616 L440 800 L360 800 L374 616 Z", one.second)
            worn = base + side + own + tie
        case "aodai":
            neck = path("M330 478 L470 478 L478 548 C440 572 360 572 322 548 Z", cloth)
            edge = line("M324 546 C360 570 440 570 476 546", one.second, 6)
            fold = line("M404 566 C470 600 540 620 566 800", one.second, 6)
            flower = "".join(
                f'<circle cx="{x}" cy="{y}" r="9" fill="{one.second}"/>'
                for x, y in ((300, 700), (330, 736), (288, 760))
            )
            worn = base + side + neck + edge + fold + flower
        case "vest":
            under = path(SHOULDERS, one.second) + path(open_neck, shade(one.second, 0.8)) + skin
            halves = path("M214 574 C150 610 120 680 116 800 L386 800 L372 690 L300 548 Z", cloth)
            halves += path("M586 574 C650 610 680 680 684 800 L414 800 L428 690 L500 548 Z", cloth)
            bands = path("M252 562 L296 550 L352 800 L300 800 Z", PAPER) + path(
                "M548 562 L504 550 L448 800 L500 800 Z", PAPER
            )
            bands += path("M120 730 L382 730 L386 772 L117 772 Z", "#F4F1C6") + path(
                "M680 730 L418 730 L414 772 L683 772 Z", "#F4F1C6"
            )
            worn = under + halves + bands
        case "coat":
            inner = path("M326 508 L400 700 L474 508 Z", one.second if one.second != cloth else TINT) + skin
            lapels = path("M322 510 L262 566 L330 640 L306 668 L400 800 L396 690 Z", shade(cloth, 0.92))
            lapels += path("M478 510 L538 566 L470 640 L494 668 L400 800 L404 690 Z", shade(cloth, 0.92))
            worn = base + side + inner + lapels
        case "coverall":
            strap = path("M256 562 L322 546 L340 700 L460 700 L478 546 L544 562 L560 800 L240 800 Z", cloth)
            worn = (
                path(SHOULDERS, one.second)
                + skin
                + strap
                + path("M340 700 L460 700 L460 712 L340 712 Z", dark)
                + "".join(f'<circle cx="{x}" cy="690" r="12" fill="{GOLD}"/>' for x in (336, 464))
            )
        case "apron":
            straps = path("M280 554 L312 546 L330 660 L290 660 Z", cloth) + path(
                "M520 554 L488 546 L470 660 L510 660 Z", cloth
            )
            bib = path("M276 650 L524 650 L556 800 L244 800 Z", cloth)
            worn = path(SHOULDERS, one.second) + skin + straps + bib
        case "baba":
            worn = (
                base
                + side
                + skin
                + line("M400 594 L400 800", shade(cloth, 0.6 if cloth != INK else 1.8), 5)
                + buttons
            )
        case "hood":
            hood = path(
                "M300 520 C262 560 262 620 330 640 L400 600 L470 640 "
                "C538 620 538 560 500 520 C470 580 330 580 300 520 Z",
                shade(cloth, 1.6),
            )
            cords = line("M366 622 L360 706", one.second, 6) + line("M434 622 L440 706", one.second, 6)
            worn = base + skin + hood + cords
        case "polo":
            worn = base + side + skin + collar + line("M400 590 L400 690", dark, 5)
        case _:
            worn = (
                base
                + side
                + skin
                + (own if one.second == PAPER else collar)
                + line("M400 600 L400 800", dark, 4)
                + buttons
            )
    return worn


def hat(one: Bust) -> str:
    """What somebody has on the head."""
    ink, dark = one.hat_ink, shade(one.hat_ink, 0.86)
    match one.hat:
        case "helmet":
            dome = path("M262 250 C258 140 322 84 400 84 C478 84 542 140 538 250 Z", ink)
            ridge = path("M376 86 C380 76 420 76 424 86 L430 236 L370 236 Z", dark)
            brim = path(
                "M236 250 C290 224 510 224 564 250 C566 268 556 274 540 272 "
                "C450 254 350 254 260 272 C244 274 234 268 236 250 Z",
                dark,
            )
            worn = dome + ridge + brim
        case "cap":
            dome = path(
                "M268 244 C262 150 326 104 400 104 C474 104 538 150 532 244 C450 224 350 224 268 244 Z", ink
            )
            peak = path(
                "M264 240 C330 214 470 214 536 240 C566 262 560 284 540 284 "
                "C470 250 330 250 260 284 C240 284 234 262 264 240 Z",
                dark,
            )
            worn = dome + peak + f'<circle cx="400" cy="178" r="20" fill="{GOLD}"/>'
        case "cone":
            cone = path("M400 40 L640 268 C560 306 240 306 160 268 Z", ink)
            rings = "".join(
                line(
                    f"M{400 - w} {y} C{400 - w / 2:g} {y + w / 7:g} {400 + w / 2:g} {y + w / 7:g} {400 + w} {y}",
                    dark,
                    4,
                )
                for w, y in ((60, 98), (112, 148), (166, 198), (214, 244))
            )
            worn = line("M268 300 C282 420 330 486 400 492 C470 486 518 420 532 300", PLUM, 7) + cone + rings
        case "bucket":
            dome = path("M276 226 C278 136 330 102 400 102 C470 102 522 136 524 226 Z", ink)
            brim = path(
                "M276 214 L524 214 C560 236 590 262 596 286 C500 248 300 248 204 286 C210 262 240 236 276 214 Z",
                dark,
            )
            worn = dome + brim
        case "net":
            worn = path(
                "M264 268 C244 150 314 96 400 96 C486 96 556 150 536 268 C450 226 350 226 264 268 Z", ink
            ) + line("M266 262 C350 222 450 222 534 262", shade(ink, 0.84), 10)
        case "nurse":
            worn = path("M304 178 C340 150 460 150 496 178 L508 116 C460 86 340 86 292 116 Z", ink) + path(
                "M306 164 C344 136 456 136 494 164 L496 178 C460 150 340 150 304 178 Z", TEAL
            )
        case "scarf":
            worn = path(
                "M262 262 C250 150 316 100 400 100 C484 100 550 150 538 262 C470 206 330 206 262 262 Z", ink
            ) + line("M276 238 C340 196 460 196 524 238", shade(ink, 0.86), 6)
        case _:
            worn = ""
    return worn


def face(one: Bust) -> str:
    """A friendly face that is nobody's."""
    skin, dark = one.skin
    ears = "".join(f'<ellipse cx="{x}" cy="326" rx="20" ry="32" fill="{dark}"/>' for x in (282, 518))
    brows = line("M330 288 C344 278 362 278 374 284", BLACK, 8) + line(
        "M426 284 C438 278 456 278 470 288", BLACK, 8
    )
    eyes = "".join(f'<ellipse cx="{x}" cy="320" rx="8.5" ry="10" fill="{INK}"/>' for x in (354, 446))
    cheeks = "".join(
        f'<ellipse cx="{x}" cy="366" rx="24" ry="16" fill="{RED}" opacity="0.1"/>' for x in (328, 472)
    )
    nose = line("M402 326 C398 346 392 358 390 364 C396 370 404 370 410 367", dark, 6)
    mouth = path("M362 398 C378 408 422 408 438 398 C432 428 368 428 362 398 Z", PAPER) + line(
        "M358 396 C378 410 422 410 442 396", shade(dark, 0.6), 5
    )
    glasses = ""
    if one.glasses:
        rings = "".join(
            f'<circle cx="{x}" cy="320" r="38" stroke="{INK}" stroke-width="7"/>' for x in (352, 448)
        )
        glasses = rings + line("M390 318 C396 312 404 312 410 318", INK, 7)
    return ears + path(FACE, skin) + cheeks + brows + eyes + nose + mouth + glasses


def scarf(ink: str) -> str:
    """The chequered scarf of the delta."""
    cloth = path("M318 486 C350 530 450 530 482 486 L506 548 C450 596 350 596 294 548 Z", PAPER)
    end = path("M330 560 L400 574 L388 760 L300 748 Z", PAPER)
    lines = "".join(
        line(f"M{x} {y} L{x + 10} {y + 54}", ink, 7)
        for x, y in ((318, 514), (352, 526), (388, 532), (424, 530), (458, 518))
    )
    lines += line("M302 532 C360 572 440 572 498 532", ink, 7)
    lines += "".join(
        line(f"M{326 - n * 6} {600 + n * 36} L{396 - n * 2} {610 + n * 36}", ink, 7) for n in range(4)
    )
    lines += line("M352 574 L330 744", ink, 7) + line("M378 580 L364 748", ink, 7)
    return cloth + end + lines


def drawing(one: Bust) -> str:
    """The whole picture."""
    page, disc = GROUNDS[one.ground]
    parts = [
        f'<rect width="800" height="800" fill="{page}"/>',
        f'<circle cx="400" cy="360" r="306" fill="{disc}"/>',
        path(BEHIND[one.hair], BLACK)
        if one.hair in BEHIND and not (one.hair == "bun" and one.hat in ("cone", "net"))
        else "",
        path("M336 420 L464 420 L464 520 C464 590 336 590 336 520 Z", one.skin[1]),
        body(one),
        path("M336 440 C360 486 440 486 464 440 L464 470 C440 514 360 514 336 470 Z", shade(one.skin[1], 0.9))
        if one.dress != "aodai"
        else "",
        scarf(one.checked) if one.checked else "",
        face(one),
        path(FRONT[one.hair], BLACK),
        hat(one),
    ]
    ground, figure = parts[:2], [part for part in parts[2:] if part]
    drawn = "\n".join(
        [*(f"  {part}" for part in ground), LARGER, *(f"    {part}" for part in figure), "  </g>"]
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800" width="800" height="800" fill="none">\n'
        f"  <title>Hình minh họa gương số {one.number:02} (nhân vật hư cấu)</title>\n{drawn}\n</svg>\n"
    )


if __name__ == "__main__":
    for person in PEOPLE:
        Path(__file__).with_name(f"guong-{person.number:02}.svg").write_text(drawing(person), "utf-8")
