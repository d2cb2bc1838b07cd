"""What a reader can make out of a page: texts too pale to read, parts that stick out or are cut."""

from __future__ import annotations

from typing import Any

#: WCAG 2.2, relative luminance and contrast ratio.
_PALE = """([least, paper]) => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const channels = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = colour => {
    const [r, g, b] = channels(colour).map(value => value / 255)
      .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (channels(colour)[3] === 255) return colour;
    }
    return 'white';
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const pale = [];
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility()) continue;
    const pair = [luminance(getComputedStyle(element).color), luminance(paper ?? behind(element))];
    const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    if (ratio < least) pale.push(`${ratio.toFixed(2)}: ${texts.currentNode.data.trim()}`);
  }
  return pale;
}"""

_MAY_SCROLL = 'pre, table, [class*="table-container"], .paper-coauthors'

#: What does not fit: the page itself, or a part that scrolls or cuts off what it holds. Code and
#: tables may scroll (WCAG 1.4.10 excepts them), and so may what says "…" be cut.
_STICKING_OUT = """mayScroll => {
  const name = element => `<${element.localName} class="${element.getAttribute('class') ?? ''}">`;
  const isCut = element => {
    const style = getComputedStyle(element);
    return element.clientWidth > 1 && element.scrollWidth > element.clientWidth
      && style.overflowX !== 'visible' && style.textOverflow !== 'ellipsis'
      && !element.matches(mayScroll);
  };
  const root = document.documentElement;
  const cut = [...document.body.querySelectorAll('*')].filter(isCut);
  if (!cut.length && document.scrollingElement.scrollWidth <= root.clientWidth) return null;
  const wide = [...document.body.querySelectorAll('*')]
    .filter(element => element.getBoundingClientRect().right > root.clientWidth + 0.5);
  return [...cut, ...wide].slice(0, 5).map(name).join(' ') || 'the page';
}"""

#: Texts that leave the box that would hide the rest of them, or that lie on another text. What is
#: one pixel large is for screen readers; the menu of a select is the browser's.
_CLIPPED = """mayScroll => {
  const found = [], boxes = [];
  const range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, element = text.parentElement;
    if (!text.data.trim() || element.closest('option, .site-skip') || !element.checkVisibility())
      continue;
    range.selectNodeContents(text);
    const lines = [...range.getClientRects()];
    let hidden = false;
    for (let at = element; at !== document.body; at = at.parentElement) {
      const box = at.getBoundingClientRect();
      hidden ||= box.width <= 1 || box.height <= 1;
      const {overflowX, overflowY} = getComputedStyle(at);
      if (hidden || (overflowX === 'visible' && overflowY === 'visible')) continue;
      for (const line of lines)
        if ((overflowY !== 'visible' && overflowY !== 'auto' && line.bottom > box.bottom + 1)
            || (overflowX !== 'visible' && line.right > box.right + 1 && !at.matches(mayScroll)))
          found.push(`cut: ${text.data.trim()}`);
    }
    if (!hidden)
      for (const {left, right, top, bottom} of lines) boxes.push({left, right, top, bottom, text});
  }
  const overlaps = (a, b) => a.text !== b.text
    && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.4 * (a.bottom - a.top);
  boxes.sort((a, b) => a.top - b.top);
  boxes.forEach((a, index) => {
    for (let next = index + 1; next < boxes.length && boxes[next].top < a.bottom; next += 1)
      if (overlaps(a, boxes[next]))
        found.push(`on each other: ${a.text.data.trim()} / ${boxes[next].text.data.trim()}`);
  });
  return [...new Set(found)].slice(0, 5);
}"""


def pale(page: Any, least: float = 4.5, paper: str | None = None) -> list[str]:
    """Texts with less than the contrast *least* to what is behind them, or to *paper*."""
    return page.evaluate(_PALE, [least, paper])


def sticking_out(page: Any) -> str | None:
    """What has to be scrolled sideways; None if nothing has to."""
    return page.evaluate(_STICKING_OUT, _MAY_SCROLL)


def clipped(page: Any) -> list[str]:
    """Texts that are cut off, or lie on one another."""
    return page.evaluate(_CLIPPED, _MAY_SCROLL)
