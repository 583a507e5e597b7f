"""Whether two pictures are one: another size, another quality, a little brighter."""

from __future__ import annotations

from PIL import Image

from producer.photo import in_eight_bits, upright

SIDE = 8
# Of 128 bits. Saved again, smaller or brighter a photograph differs by 0 to 6; other photographs by 50 and more.
NEAR = 10
FLAT = 6  # levels of grey between the lightest and the darkest; less has no structure to compare


def fingerprint(image: Image.Image) -> int | None:
    """Return 128 bits: where a picture grows lighter to the right, and downwards; nothing for a flat one.

    Source:
        N. Krawetz, "Kind of like that" (dHash), 2013, in both directions.
    """
    grey = in_eight_bits(upright(image)).convert("L")
    lowest, highest = grey.getextrema()
    if not isinstance(lowest, int | float) or not isinstance(highest, int | float) or highest - lowest < FLAT:
        return None
    across = grey.resize((SIDE + 1, SIDE), Image.Resampling.BOX).tobytes()
    down = grey.resize((SIDE, SIDE + 1), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(SIDE):
        for column in range(SIDE):
            at = row * (SIDE + 1) + column
            bits = bits << 1 | (across[at + 1] > across[at])
            at = row * SIDE + column
            bits = bits << 1 | (down[at + SIDE] > down[at])
    return bits


def is_near(one: int | None, other: int | None) -> bool:
    """Whether two fingerprints are those of one picture."""
    return one is not None and other is not None and (one ^ other).bit_count() <= NEAR
