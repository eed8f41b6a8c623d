"""anwei journal seal | verify"""

import sys
from typing import Any

from anwei.portal import clock
from anwei.portal.upkeep.commands import OperatorCommand
from anwei.portal.upkeep.sealing import anchor, seal_journal, verify_journal


class Command(OperatorCommand):
    help = "操作日志：seal 封存到最新一条，verify 核验封存（有改动时退出码 1）。"

    def add_arguments(self, parser) -> None:
        parser.add_argument("what", choices=["seal", "verify"])

    def work(self, options: dict[str, Any]) -> None:
        if options["what"] == "seal":
            made = seal_journal(clock.now())
            self.say(
                f"已封存第{made.first}至{made.last}条，共{made.count}条。"
                if made
                else "没有新的日志，或正有人在写，稍后再封。"
            )
            return
        verdict = verify_journal()
        self.say(f"封存且完好：{verdict.whole} 条。尚未封存：{verdict.unsealed} 条。")
        if not anchor().exists():
            self.say(f"没有锚文件（{anchor()}），末尾被整段截去的看不出来。")
        if verdict.changed:
            self.stderr.write("有改动：\n" + "\n".join(verdict.changed))
            if not verdict.whole:
                # After a restore without the keys no seal fits, although nobody changed a line.
                self.stderr.write("没有一份封存对得上：多半是 secrets 目录不是封存时的那一个，请放回原来的密钥再核验。")
            sys.exit(1)
