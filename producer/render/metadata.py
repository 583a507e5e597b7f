"""The one XMP packet of a file: what it says of itself to archives, agencies and reading voices.

No hour, place, camera or name of a person beside those who are credited: the packet follows from what people wrote.
Whether a file was approved is no part of it, since approving may not change a byte.

Source:
    XMP specification part 1 (ISO 16684-1) and part 3, Storage in Files (Adobe, 2020); IPTC Photo Metadata 2023.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape

from producer.layout.model import Document
from producer.render.model import Resources

TOOL = "producer"
NAMESPACES: Mapping[str, str] = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "producer": "https://ns.producer.invalid/1.0/",  # nobody's address: a name, which no program opens
}
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
KINDS = "http://cv.iptc.org/newscodes/digitalsourcetype/"
DRAWN, CAPTURED = f"{KINDS}digitalCreation", f"{KINDS}compositeCapture"  # by people, of photographs too
MOST_ALT = 2_000  # letters, as agencies take for a caption; JPEG has room for 65,000 bytes in all
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML has no room for
XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")  # of the box of an MP4


def packet(
    document: Document, resources: Resources, page: int = 0, more: Iterable[tuple[str, str]] = ()
) -> bytes:
    """Return the packet of a file that opens with a page; ``more`` are properties of its format, by name.

    Equal arguments give equal bytes. It is closed for writing and has no room to grow.
    """
    body = "".join((*_properties(document, resources, page), *(simple(name, text) for name, text in more)))
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items() if f"{prefix}:" in body)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">\n'
        f'<rdf:Description rdf:about=""{spaces}>\n{body}</rdf:Description>\n</rdf:RDF></x:xmpmeta>\n'
        '<?xpacket end="r"?>'
    ).encode()


def _properties(document: Document, resources: Resources, page: int) -> Iterator[str]:
    about, language, alt = document.about, document.language, alt_of(document, page)
    yield alternatives("dc:title", document.title, language)
    if alt:
        yield alternatives("dc:description", alt, language)
        yield alternatives("Iptc4xmpCore:AltTextAccessibility", alt, language)
    if about.keywords:
        yield several("dc:subject", "Bag", about.keywords)
    if about.unit:
        yield several("dc:creator", "Seq", (about.unit,))
    if about.rights:
        yield alternatives("dc:rights", about.rights, language)
        yield simple("xmpRights:Marked", "True")
    if about.credit:
        yield simple("photoshop:Credit", about.credit)
    yield several("dc:language", "Bag", (language,))
    yield simple("Iptc4xmpExt:DigitalSourceType", kind_of(document))
    if document.stamp:
        yield simple("photoshop:Instructions", document.stamp)
    yield simple("xmp:CreatorTool", TOOL)
    yield simple("xmpMM:DocumentID", f"producer:{document.job}")
    if resources.origin:
        yield simple("producer:RecipeDigest", resources.origin)


def kind_of(document: Document) -> str:
    """Return how a product came about, as a word of IPTC: nothing of ours is made by a model."""
    return CAPTURED if document.about.captured else DRAWN


def alt_of(document: Document, page: int = 0) -> str:
    """Return what a page shows, whole sentences of it, as many as fit into a caption."""
    alt = document.alts[page] if page < len(document.alts) else ""
    if len(alt) <= MOST_ALT:
        return alt
    return alt[: max(alt.rfind(". ", 0, MOST_ALT), 0) + 1] or alt[:MOST_ALT]


def simple(name: str, text: str) -> str:
    """Return a property of one text."""
    return f"<{name}>{xml(text)}</{name}>\n"


def several(name: str, kind: str, texts: Iterable[str]) -> str:
    """Return a property of many texts, in an array of a ``kind``: Bag or Seq."""
    items = "".join(f"<rdf:li>{xml(text)}</rdf:li>" for text in texts)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>\n"


def alternatives(name: str, text: str, language: str) -> str:
    """Return a property of a text in a language, which is also what readers of any other get."""
    items = "".join(f'<rdf:li xml:lang="{code}">{xml(text)}</rdf:li>' for code in ("x-default", language))
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>\n"


def xml(text: str) -> str:
    """Return a text as it may stand in XML."""
    return escape(UNSEEN.sub("", text))


def unwrapped(packet: bytes) -> str:
    """Return a packet's tree alone, for files that are XML themselves and take no instructions."""
    return packet.decode().partition("?>\n")[2].rpartition("\n<?")[0]


def mp4_box(packet: bytes) -> bytes:
    """Return the packet as a box for the end of an MP4, where it moves no other.

    Source:
        XMP part 3, 3.2.4: a top-level ``uuid`` box; ISO/IEC 14496-12, 4.2.
    """
    return (24 + len(packet)).to_bytes(4, "big") + b"uuid" + XMP_UUID + packet
