"""The mark of a copy that nobody has approved: words across every page, for layout to place."""

from __future__ import annotations

from dataclasses import replace

from producer.brand.model import Brand
from producer.plan.model import Medium
from producer.scene.ink import tokens_of
from producer.scene.model import Scene, Stamp

DRAFT = "BẢN NHÁP – CHƯA DUYỆT"


def as_draft(scene: Scene, brand: Brand) -> Scene:
    """Return the scene of a product's draft: the same page under the mark, and the words to post below it.

    Two inks, the darkest and the lightest that the page may have, are seen on every ground: of a page of few inks
    those that it has already, in print those with a build.
    """
    known = scene.colours
    usable = [t for t in known if scene.canvas.medium is not Medium.PRINT or known[t].cmyk is not None]
    if scene.canvas.inks:
        used = tokens_of(scene.pages)
        usable = [token for token in usable if token in used]
    by_light = sorted(usable or known, key=lambda token: known[token].luminance)
    stamp = Stamp(DRAFT, brand.styles["body"].bold, by_light[0], by_light[-1])
    return replace(scene, stamp=stamp, post=f"{DRAFT}\n\n{scene.post}" if scene.post else "")
