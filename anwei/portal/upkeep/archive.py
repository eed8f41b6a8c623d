"""The archive of a backup: a tar.gz whose manifest names every file with its size and SHA-256.

manifest.json · database.sqlite3 | database.dump · files/… · journal-anchor.txt · home/… · secrets/… (if asked for)
"""

import hashlib
import io
import json
import os
import tarfile
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
FORMAT = 1
_BLOCK = 1024 * 1024
# A manifest of a million files is about 150 MB; what is larger is no manifest of ours.
_LARGEST_MANIFEST = 512 * _BLOCK


class BadArchive(Exception):
    """The file is no whole backup. The message is for the operator."""


def sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def write_archive(target: Path, contents: list[tuple[str, Path]], facts: dict[str, Any]) -> dict[str, Any]:
    """Writes all or nothing: into a file beside the target, readable by the owner alone, renamed when it is whole."""
    manifest = {
        "format": FORMAT,
        **facts,
        "files": {name: {"size": path.stat().st_size, "sha256": sha256(path)} for name, path in contents},
    }
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
            data = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
            head = tarfile.TarInfo(MANIFEST)
            head.size = len(data)
            tar.addfile(head, io.BytesIO(data))
            for name, path in contents:
                tar.add(path, arcname=name, recursive=False)
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def read_manifest(tar: tarfile.TarFile) -> dict[str, Any]:
    first = tar.next()
    if first is None or first.name != MANIFEST or first.size > _LARGEST_MANIFEST:
        raise BadArchive("文件里没有备份清单（manifest.json），不是 anwei backup 做的备份")
    stream = tar.extractfile(first)
    try:
        manifest = json.loads(stream.read()) if stream else {}
        files = manifest["files"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadArchive(f"备份清单读不懂（{error}），文件可能已损坏") from None
    if manifest.get("format") != FORMAT or not isinstance(files, dict):
        raise BadArchive(f"备份格式是 {manifest.get('format')}，本版本只认 {FORMAT}，请用做备份的那个版本恢复")
    return manifest


def extract_archive(source: Path, folder: Path) -> dict[str, Any]:
    """Unpacks into an empty folder and answers the manifest; BadArchive unless every byte is as the manifest says."""
    try:
        with tarfile.open(source, "r:gz") as tar:
            manifest = read_manifest(tar)
            expected = dict(manifest["files"])
            while (member := tar.next()) is not None:
                _extract(tar, member, expected, folder)
    except (tarfile.TarError, OSError, EOFError) as error:
        raise BadArchive(f"{source} 读不出来（{error}），文件不是备份或已损坏") from None
    if expected:
        raise BadArchive(f"备份缺 {len(expected)} 个文件，例如 {next(iter(expected))}，文件不完整")
    return manifest


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, expected: dict[str, Any], folder: Path) -> None:
    wanted = expected.pop(member.name, None)
    place = (folder / member.name).resolve()
    if wanted is None or not member.isfile() or not place.is_relative_to(folder.resolve()):
        raise BadArchive(f"备份里有清单以外的内容：{member.name}，文件可能被动过，没有恢复")
    place.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    stream = tar.extractfile(member)
    with place.open("xb") as out:
        while stream and (block := stream.read(_BLOCK)):
            digest.update(block)
            size += len(block)
            out.write(block)
    if digest.hexdigest() != wanted["sha256"] or size != wanted["size"]:
        raise BadArchive(f"{member.name} 与清单不一致，备份已损坏或被改动，没有恢复")
