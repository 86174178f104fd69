"""What must hold on every page, whoever looks at it. Each answers with the faults it found, in words."""

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
# Names of things that are written so in every language.
REFERENCE = re.compile(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b")
LATIN = {
    "txt",
    "SMS",
    "PDF",
    "CSV",
    "XLSX",
    "DOCX",
    "ZIP",
    "KG",
    "DEMO",
    "GBVIMS",
    "LAP",
    "kalka",
    "WhatsApp",
    "verify",
    "Natural",
    "Earth",
    "HSDS",
    "JSON",
    "Telegram",
    "Eng",
    "English",
}

WIDER = """() => {
  const all = document.documentElement.scrollWidth, wide = all > innerWidth ? [`the page: ${all}`] : [];
  const boxes = document.querySelectorAll("h1, h2, h3, p, .btn, .answer__face, .chip, .check, td, th, dd, .nav a");
  for (const box of boxes) {
    if (!box.checkVisibility() || box.closest(".vh")) continue;
    const room = box.getBoundingClientRect(), texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      if (texts.currentNode.parentElement.closest(".vh, select, option")) continue;
      const drawn = document.createRange();
      drawn.selectNodeContents(texts.currentNode);
      const seen = drawn.getBoundingClientRect();
      if (seen.width && (seen.right > room.right + 1 || seen.left < room.left - 1))
        wide.push(`${box.tagName} ${box.className}: ${box.textContent.trim().slice(0, 40)}`);
    }
  }
  return wide;
}"""

SMALL = """() => [...document.querySelectorAll(
  ".btn, .nav a, .tools a, .languages button, .answer, .check, .tabs a, .crumb, summary, select, textarea," +
  "input:not([type=hidden], [type=radio], [type=checkbox], [type=file])")]
  .filter((one) => one.checkVisibility() && one.getClientRects().length)
  .filter((one) => one.getBoundingClientRect().height < 43.5)
  .map((one) => `${one.tagName} ${one.className} ${one.name ?? ""}: ${one.getBoundingClientRect().height}`)"""

WORDS = """() => {
  const words = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const around = walker.currentNode.parentElement;
    if (!around.closest(".code, [lang]:not(html), script") && around.checkVisibility())
      words.push(walker.currentNode.textContent);
  }
  return words.join("\\n");
}"""


def axe(page: Page, *rules: str) -> list[str]:
    only: dict[str, Any] = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    found = AXE.run(page, options={"resultTypes": ["violations"], **only}).response["violations"]
    return [f"{one['id']}: {node['html'][:120]} {node['failureSummary']}" for one in found for node in one["nodes"]]


def too_wide(page: Page) -> list[str]:
    return list(page.evaluate(WIDER))


def too_small(page: Page) -> list[str]:
    return list(page.evaluate(SMALL))


def left_over(page: Page) -> list[str]:
    """Words in Latin letters on a Kyrgyz page."""
    words = REFERENCE.sub("", page.evaluate(WORDS))
    found = re.findall(r"[A-Za-z]{3,}", words)
    return sorted(set(found) - LATIN)


def zoomed(page: Page, per_cent: int) -> None:
    """Text alone grows, as a browser's text size does."""
    page.evaluate("(size) => { document.documentElement.style.fontSize = `${size}%`; }", per_cent)


REACHABLE = """() => {
  const names = new Set(), found = [];
  for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    if (one.type === "hidden" || one.disabled || !one.checkVisibility({visibilityProperty: true})) continue;
    if (one.type === "radio") {
      if (names.has(one.name)) continue;
      names.add(one.name);
    }
    found.push(one);
  }
  window.reached = new Set();
  return found.map((one) => one.type === "radio" ? `radio ${one.name}` : one.outerHTML.slice(0, 120));
}"""

FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const drawn = [one, one.nextElementSibling].filter(Boolean).map((part) => getComputedStyle(part));
  const seen = drawn.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  const inside = one.getBoundingClientRect();
  return [one.type === "radio" ? `radio ${one.name}` : one.outerHTML.slice(0, 120), seen,
          inside.bottom > 0 && inside.top < innerHeight];
}"""


def keyboard(page: Page) -> list[str]:
    """Every control is reached by Tab, and shows that it was."""
    wanted, reached, faults = list(page.evaluate(REACHABLE)), set(), []
    for _ in range(len(wanted) + 3):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if found is None:
            continue
        name, seen, inside = found
        reached.add(name)
        if not seen:
            faults.append(f"no focus to be seen: {name}")
        if not inside:
            faults.append(f"focus outside the screen: {name}")
    return faults + [f"not reached: {name}" for name in wanted if name not in reached]
