"""Checks every link of the built book, anchors too.

    mdbook build docs && python3 .ci/links.py book

Pages of the checkout that the book links to are checked as well, one step
deep. Links to other machines are not followed.
"""
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    """The links of a page, and what can be linked to in it."""

    def __init__(self, path):
        super().__init__()
        self.links, self.parts, self.ids = [], [], set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("id", "name") and value:
                self.ids.add(value)
            if name in ("href", "src", "srcset") and value:
                self.links.append(value)
            if name in ("src", "srcset") and value:
                self.parts.append(value)


pages = {}


def page(path):
    if path not in pages:
        pages[path] = Page(path)
    return pages[path]


def leads(origin, link):
    """The file that a link leads to, or what is wrong with it."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None, None
    path = unquote(parts.path)
    target = (origin.parent / path).resolve() if path else origin
    if not target.exists():
        return None, "no such file"
    if target.suffix == ".html" and parts.fragment:
        if unquote(parts.fragment) not in page(target).ids:
            return target, "no such place in it"
    return target, None


def main(folder):
    book = Path(folder).resolve()
    # The page for what is not found has links from the root of a site.
    first = sorted(p for p in book.rglob("*.html") if p.name != "404.html")
    if not first:
        sys.exit(f"{book} has no page; run: mdbook build docs")
    wrong, links, seen, next_ones = [], 0, set(first), set()
    for step in (first, next_ones):
        for origin in sorted(step):
            for link in page(origin).links:
                links += 1
                target, why = leads(origin, link)
                if why:
                    wrong.append(f"{origin.relative_to(book.parent)}: {link}: {why}")
                elif target and target.suffix == ".html" and target not in seen:
                    seen.add(target)
                    next_ones.add(target) if step is first else None
    # Published alone, the book must have all that its pages are made of.
    for origin in first:
        for part in page(origin).parts:
            target, _ = leads(origin, part)
            if target and not target.is_relative_to(book):
                wrong.append(f"{origin.relative_to(book.parent)}: {part}: not in the book")
    print(f"{len(seen)} pages, {links} links, {len(wrong)} wrong")
    if wrong:
        sys.exit("\n".join(wrong))


main(sys.argv[1] if len(sys.argv) > 1 else "book")
