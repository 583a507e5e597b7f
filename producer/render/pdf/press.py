"""The press that a print file is made for: its profile, the output intent, what PDF/X-4 asks of the file."""

from __future__ import annotations

from functools import cache
from importlib import resources as files
from io import BytesIO
from typing import Any

import numpy as np
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageCms

from producer.layout.model import Photo
from producer.render.model import Resources
from producer.render.picture import picture_image, srgb_profile
from producer.scene.model import Press

REGISTRY = "http://www.color.org"
_LOOKED_AT = 400  # px a side: ink is counted on a small copy, so that one speck of noise is no finding


@cache
def own_profile() -> bytes:
    """Return our profile of coated paper; tools/press_profile.py says what it is made from."""
    return (files.files("producer.render.pdf") / "coated-fogra39.icc").read_bytes()


def profile_of(press: Press, resources: Resources) -> bytes:
    """Return the printer's own profile, or ours."""
    own = press.spec.profile
    return resources.read_bytes(own.path) if own is not None else own_profile()


def photo_ink(photo: Photo, press: Press, resources: Resources) -> float:
    """Return the most ink of a photograph in percent, all inks together, separated by the press's profile."""
    share = _LOOKED_AT / max(photo.box.width, photo.box.height)
    width, height = (max(round(side * share), 1) for side in (photo.box.width, photo.box.height))
    picture = picture_image(photo, width, height, resources).convert("RGB")
    made = ImageCms.applyTransform(picture, _separation(profile_of(press, resources)))
    if made is None:
        return 0.0
    return float(round(np.asarray(made, dtype=np.int32).sum(axis=2).max() / 255 * 100))


@cache
def _separation(profile: bytes) -> ImageCms.ImageCmsTransform:
    """From sRGB to the press, relative with black kept black, as printers' workflows do."""
    return ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(BytesIO(srgb_profile())),
        ImageCms.ImageCmsProfile(BytesIO(profile)),
        "RGB",
        "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def write_intent(pdf: Any, press: Press, resources: Resources, *, x4: bool) -> None:  # noqa: ANN401 - pikepdf's
    """Name the press in the file, and where every check passed say that it keeps PDF/X-4.

    Source:
        ISO 15930-7:2010, 6.2.2 (output intent), 6.14 (metadata).
    """
    profile = pdf.make_stream(profile_of(press, resources))
    profile.N = 4
    profile.Alternate = Name.DeviceCMYK
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputCondition=String(press.spec.condition),
        OutputConditionIdentifier=String(press.spec.condition),
        RegistryName=String(REGISTRY),
        Info=String(press.spec.condition),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    if not x4:
        return
    pdf.docinfo["/GTS_PDFXVersion"] = String("PDF/X-4")
    pdf.docinfo["/Trapped"] = Name("/False")
    day = press.day.isoformat()
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = String(f"D:{day.replace('-', '')}000000+07'00'")


def x4_metadata(press: Press) -> list[tuple[str, str]]:
    """Return the properties that PDF/X-4 asks for beside those of every file, by name.

    The day of the recipe stands for the hour, since the same inputs give the same bytes.
    """
    hour = f"{press.day.isoformat()}T00:00:00+07:00"
    return [
        ("pdfxid:GTS_PDFXVersion", "PDF/X-4"),
        ("pdf:Trapped", "False"),
        *((f"xmp:{name}", hour) for name in ("CreateDate", "ModifyDate", "MetadataDate")),
        ("xmpMM:VersionID", "1"),
        ("xmpMM:RenditionClass", "default"),
    ]
