"""Pictures: opened and drawn anew, so that what is shown holds nothing but the picture (no place, no script)."""

import warnings
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

LONG_SIDE: Final = 1600
QUALITY: Final = 82
# A JPEG is decoded at an eighth of its size, so a phone's 108 million points are no danger; the others are not.
MOST_POINTS: Final = {"JPEG": 150_000_000}
MOST_POINTS_ELSE: Final = 50_000_000


def derive(original: Path, shown: Path, name: str) -> tuple[tuple[int, int] | None, str]:
    """Writes the picture for display; ((width, height) of the original, "") or (None, message)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(original) as first:
                size, points = first.size, first.size[0] * first.size[1]
                if points > MOST_POINTS.get(first.format or "", MOST_POINTS_ELSE):
                    return None, f"“{name}”的尺寸 {size[0]}×{size[1]} 过大，请缩小后再上传。"
                first.verify()
            with Image.open(original) as picture:
                picture.draft("RGB", (LONG_SIDE, LONG_SIDE))
                picture = ImageOps.exif_transpose(picture)
                picture.thumbnail((LONG_SIDE, LONG_SIDE))
                flat = _on_white(picture)
                flat.save(shown, "JPEG", quality=QUALITY)
    except Exception:  # a broken picture fails in as many ways as there are formats
        shown.unlink(missing_ok=True)
        return None, f"“{name}”不是完好的图片，打不开，请重新拍摄或另存后再上传。"
    return size, ""


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "P"):
        above = picture.convert("RGBA")
        ground = Image.new("RGBA", above.size, "white")
        ground.alpha_composite(above)
        picture = ground
    return picture.convert("RGB")
