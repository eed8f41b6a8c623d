"""YAML with line numbers: every complaint about the data names the file, the line and the rule."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

import yaml

DATA: Final = Path(__file__).parent / "data"
_PLAIN: Final = "tag:yaml.org,2002:"


class RulebookError(ValueError):
    """The data breaks a rule of its own, or a caller asks for a key that does not exist."""


class Item:
    """A place in a YAML file, read as the sort of value that the caller expects there."""

    def __init__(self, node: yaml.Node, path: Path) -> None:
        self._node = node
        self._path = path

    @property
    def line(self) -> int:
        return int(self._node.start_mark.line) + 1

    def fail(self, message: str) -> NoReturn:
        try:
            shown = self._path.relative_to(DATA.parent)
        except ValueError:
            shown = self._path
        raise RulebookError(f"{shown}:{self.line} {message}")

    def fields(self, required: Collection[str], optional: Collection[str] = ()) -> dict[str, "Item"]:
        """The entries of a mapping; a key that is not known, given twice or missing is an error."""
        if not isinstance(self._node, yaml.MappingNode):
            self.fail(f"应为“键: 值”，现为 {self._shown()}，请按同文件其他条目的写法填写")
        found: dict[str, Item] = {}
        for key_node, value_node in self._node.value:
            key = Item(key_node, self._path)
            name = str(getattr(key_node, "value", ""))
            if name not in required and name not in optional:
                key.fail(f"不认识的键 {name}，可用：{'、'.join([*required, *optional])}")
            if name in found:
                key.fail(f"键 {name} 写了两次，请删去一处")
            found[name] = Item(value_node, self._path)
        missing = [name for name in required if name not in found]
        if missing:
            self.fail(f"缺少 {'、'.join(missing)}，请补上")
        return found

    def pairs(self) -> list[tuple["Item", "Item"]]:
        """The entries of a mapping whose keys are data."""
        if not isinstance(self._node, yaml.MappingNode):
            self.fail(f"应为“键: 值”，现为 {self._shown()}")
        return [(Item(key, self._path), Item(value, self._path)) for key, value in self._node.value]

    def items(self) -> list["Item"]:
        if not isinstance(self._node, yaml.SequenceNode):
            self.fail(f"应为列表，现为 {self._shown()}，请每行以“- ”起头")
        return [Item(node, self._path) for node in self._node.value]

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.items())

    @property
    def is_text(self) -> bool:
        return isinstance(self._node, yaml.ScalarNode) and self._node.tag == _PLAIN + "str"

    @property
    def is_null(self) -> bool:
        return isinstance(self._node, yaml.ScalarNode) and self._node.tag == _PLAIN + "null"

    def text(self) -> str:
        value = self._scalar("str", "文字（数字和日期请加引号）").strip()
        if not value:
            self.fail("文字是空的，请填写")
        return value

    def number(self) -> int:
        return int(self._scalar("int", "整数"))

    def flag(self) -> bool:
        return self._scalar("bool", "true 或 false").lower() in ("true", "yes", "on")

    def day(self) -> date:
        value = self._scalar("timestamp", "日期 年-月-日")
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value} 不是有效日期，请按 年-月-日 填写")

    def one_of(self, allowed: Collection[str]) -> str:
        value = self.text()
        if value not in allowed:
            self.fail(f"{value} 不在可用值之内，可用：{'、'.join(allowed)}")
        return value

    def _scalar(self, tag: str, wanted: str) -> str:
        if not isinstance(self._node, yaml.ScalarNode) or self._node.tag != _PLAIN + tag:
            self.fail(f"应为{wanted}，现为 {self._shown()}")
        return str(self._node.value)

    def _shown(self) -> str:
        if isinstance(self._node, yaml.ScalarNode):
            return "空" if self.is_null else f"“{self._node.value}”"
        return "列表" if isinstance(self._node, yaml.SequenceNode) else "“键: 值”"


def read(path: Path) -> Item:
    """The root of a file. RulebookError where it cannot be opened, is empty or is no YAML."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise RulebookError(f"{path} 打不开：{error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark is not None else ""
        raise RulebookError(
            f"{path}{line} 不是合格的 YAML（{getattr(error, 'problem', None) or error}），请改正"
        ) from error
    if node is None:
        raise RulebookError(f"{path} 是空文件，请填写内容或删去文件")
    return Item(node, path)


class Keys:
    """Remembers the keys of a catalogue, so that none is given twice, also not in two files."""

    def __init__(self) -> None:
        self._seen: dict[str, Item] = {}

    def take(self, item: Item) -> str:
        key = item.text()
        if key in self._seen:
            item.fail(f"编号 {key} 已在第 {self._seen[key].line} 行（或另一文件）用过，请换一个")
        self._seen[key] = item
        return key
