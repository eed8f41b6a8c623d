"""Files out. Only called below the subject's address, after the subject was found through `seen_by`."""

from pathlib import Path

from django.http import FileResponse, Http404

from anwei.files.models import Attachment
from anwei.files.store import path_of, picture_of


def original(attachment: Attachment) -> FileResponse:
    """The file as it came, always as a download."""
    return _response(path_of(attachment.blob), attachment.blob.content_type, attachment.name, download=True)


def picture(attachment: Attachment) -> FileResponse:
    """The picture drawn anew for display."""
    if not attachment.blob.shown:
        raise Http404("这个附件没有可显示的图片。")
    return _response(picture_of(attachment.blob), "image/jpeg", "picture.jpg", download=False)


def _response(path: Path, content_type: str, name: str, *, download: bool) -> FileResponse:
    try:
        file = path.open("rb")
    except OSError as error:
        raise Http404("附件的原件不在了，请联系区安委办从备份恢复。") from error
    response = FileResponse(file, as_attachment=download, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
