"""What a reader of a PDF copies from it: words with their spaces, as PDFium guesses them from the places of letters."""

from producer.proof.pdf_text import open_pdf


def read_pdf(data: bytes) -> str:
    """Return the text of all pages."""
    texts = []
    with open_pdf(data) as document:
        for number in range(len(document)):
            text = document[number].get_textpage()
            # PDFium marks a hyphen that it takes for one of word division with U+FFFE; ours part nothing.
            texts.append(text.get_text_range().replace("\ufffe", "-"))
            text.close()
    return "\n".join(texts)
