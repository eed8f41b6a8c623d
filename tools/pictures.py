"""Pictures of the demonstration district, small enough for the repository. Started by script/pictures.

    python -m tools.pictures http://127.0.0.1:8000 docs/pictures

Signs in as the accounts that `anwei demo` makes, opens the pages, and writes PNGs of at most 120 KB each.
"""

import io
import os
import re
import shutil
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pdfplumber
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

OFFICE, TOWN = "2-2", "47-3"
DESK, PHONE = {"width": 1366, "height": 860}, {"width": 390, "height": 844}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MOST_BYTES = 120 * 1024
COLOURS = (128, 64, 32, 16)
NARROWEST = 640
PLAN = """2024年临江区安全生产工作要点
一、压实责任
1. 加强理论学习。各单位至少半年组织1次集体学习。（牵头单位：区安委办；责任单位：各镇（街道）、安委会各成员单位；完成时限：6月、12月底前）
2. 整治老旧厂房。6月底前完成排查，11月底前完成整改。（牵头单位：区住建局；责任单位：区商务局等部门、有关镇街；完成时限：11月底前）
3. 管好长输管道。（牵头单位：区发改委；责任单位：汀岚镇、柳叉镇；完成时限：2024年2月30日前）
二、强化执法
4. 公布典型案例。各执法单位每季度至少公布1个案例。（牵头单位：区应急局；责任单位：区市场监管局、区消防大队；完成时限：长期坚持）
"""


def main() -> None:
    address, folder = sys.argv[1].rstrip("/"), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    wait_for(address)
    with sync_playwright() as playwright:
        path = next(found for name in BROWSERS if (found := shutil.which(name)))
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        office = signed_in(browser, address, OFFICE, DESK)
        for name, page, where in (
            ("dashboard", office, "/dashboard"),
            ("matrix", office, "/matrix"),
            ("town-inbox", signed_in(browser, address, TOWN, DESK), "/"),
            ("phone-inbox", signed_in(browser, address, TOWN, PHONE), "/"),
        ):
            page.goto(address + where, wait_until="networkidle")
            keep(folder / f"{name}.png", page.screenshot())
        review(office, address)
        keep(folder / "review.png", office.screenshot())
        keep(folder / "breakdown.png", breakdown(office, address))
        browser.close()


def wait_for(address: str) -> None:
    """Until the server answers, at most a minute."""
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            straight.open(f"{address}/healthz", timeout=20).close()
            return
        except OSError:  # not listening yet, or slow
            time.sleep(0.2)
    sys.exit(f"{address} 没有应答")


def signed_in(browser: Browser, address: str, name: str, viewport: Any) -> Page:
    page = browser.new_context(viewport=viewport, locale="zh-CN").new_page()
    page.goto(f"{address}/sign-in")
    page.fill("[name=login]", name)
    page.fill("[name=password]", password_of_demo())
    page.click("main [type=submit]")
    page.wait_for_url(f"{address}/")
    return page


def password_of_demo() -> str:
    """The one password of the demonstration, as `anwei demo` wrote it down."""
    words = (Path(os.environ["ANWEI_HOME"]) / "demo-accounts.txt").read_text(encoding="utf-8")
    return re.findall(r"密码 ([A-Za-z0-9-]+)", words)[0]


def review(page: Page, address: str) -> None:
    """A plan with several doubts, imported and opened where the text stands beside the finding."""
    page.goto(f"{address}/plans/import")
    page.fill("[name=text]", PLAN)
    page.click("main [type=submit]")
    page.wait_for_url("**/review")
    page.wait_for_load_state("networkidle")


def breakdown(page: Page, address: str) -> bytes:
    """The first sheet of the breakdown table as it comes out of the printer."""
    page.goto(f"{address}/plans", wait_until="networkidle")
    page.click("a:has-text('2023年安全生产工作要点')")
    page.goto(page.url.split("?")[0].rstrip("/") + "/breakdown", wait_until="networkidle")
    with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as pdf:
        drawn = io.BytesIO()
        pdf.pages[0].to_image(resolution=100, antialias=True).original.save(drawn, "PNG")
        return drawn.getvalue()


def keep(path: Path, picture: bytes) -> None:
    """With fewer and fewer colours, then smaller, until it is small enough."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    while True:
        for colours in COLOURS:
            small = io.BytesIO()
            image.quantize(colours, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
            if small.tell() <= MOST_BYTES:
                path.write_bytes(small.getvalue())
                sys.stdout.write(f"{path}　{small.tell() // 1024} KB，{image.width}×{image.height}\n")
                return
        if image.width <= NARROWEST:
            sys.exit(f"{path} 太大，缩不到 {MOST_BYTES // 1024} KB")
        image = image.resize((image.width * 4 // 5, image.height * 4 // 5), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
