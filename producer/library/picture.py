"""Pictures of finished files: out of their bytes where these are pictures or pages, else painted anew."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pypdfium2
from PIL import Image

from producer.build.receipt import Receipt
from producer.build.store import Store

LONGEST = 900  # px
MOST_PAGES = 60  # of one file that are looked at

Paint = Callable[[], tuple[bytes, ...]]


def pictures_of(receipt: Receipt, store: Store, paint: Paint) -> tuple[bytes, ...]:
    """Return what a made job shows, page by page, as PNG of at most ``LONGEST`` px.

    Pictures and PDF are opened from the very bytes that go out; of slides, clips and drawings ``paint`` gives the
    pages.

    Raises:
        DamagedError: the store no longer holds the files.
    """
    main = receipt.blobs[0]
    if main.picture is not None:
        return tuple(_small(store.read(blob.sha256)) for blob in receipt.blobs if blob.picture is not None)
    if main.media_type == "application/pdf":
        return _pages(store.read(main.sha256))
    return paint()[:MOST_PAGES]


def _small(data: bytes) -> bytes:
    with Image.open(BytesIO(data)) as image:
        made = image.convert("RGB")
    made.thumbnail((LONGEST, LONGEST))
    return _png(made)


def _pages(data: bytes) -> tuple[bytes, ...]:
    pdf = pypdfium2.PdfDocument(data)
    try:
        made = []
        for number in range(min(len(pdf), MOST_PAGES)):
            page = pdf[number]
            shown = page.render(scale=LONGEST / max(page.get_size())).to_pil().convert("RGB")
            made.append(_png(shown))
        return tuple(made)
    finally:
        pdf.close()


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
