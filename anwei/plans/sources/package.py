"""The parts of an Office package (zip of XML), read with ceilings and without entities, DTDs or network."""

import io
import zipfile
import zlib

from lxml import etree

from anwei.plans.sources.source import Limits, Unreadable

BROKEN = "请用 Word 或 WPS 打开后另存一份再上传（打不开时请向来文单位重新索取）"


class Package:
    """Reads named parts; a missing part is None, a broken one is Unreadable."""

    def __init__(self, name: str, data: bytes, limits: Limits):
        self.name = name
        self.limits = limits
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._parts = set(self._zip.namelist())

    def part(self, path: str) -> bytes | None:
        if path not in self._parts:
            return None
        try:
            with self._zip.open(path) as stream:
                content = stream.read(self.limits.part + 1)
        except RuntimeError as error:  # zipfile: "encrypted, password required"
            raise Unreadable(self.name, "设有密码", "请取消密码后另存再上传") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise Unreadable(self.name, f"已损坏（部件 {path} 解不开）", BROKEN) from error
        if len(content) > self.limits.part:
            fault = f"的部件 {path} 超过 {self.limits.part // 1024 // 1024} MB"
            raise Unreadable(self.name, fault, "请拆成几份，或只留要点正文再上传")
        return content

    def tree(self, path: str) -> etree._Element | None:
        content = self.part(path)
        return None if content is None else parse_xml(self.name, path, content)


def parse_xml(name: str, path: str, content: bytes) -> etree._Element:
    """The root element. A document type declaration is refused: Office never writes one, attacks do."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(name, f"已损坏（部件 {path} 不是完整的 XML）", BROKEN) from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable(name, f"的部件 {path} 含有文档类型声明，正常的文档没有", BROKEN)
    return root
