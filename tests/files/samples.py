"""Small files of every kind, made on the spot."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def upload(name, data):
    return SimpleUploadedFile(name, data)


def picture(form="JPEG", size=(40, 30), colour="red", **options):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form, **options)
    return out.getvalue()


def archive(**parts):
    """archive(**{"word/document.xml": b"…"})"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return out.getvalue()


def docx():
    return archive(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})
