"""XML and HTML without their dangers: no entities of their own, no network, bounded size and depth."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any, Protocol, cast

from lxml import etree as _etree  # pyright: ignore
from lxml import html as _html  # pyright: ignore

from hengliang.base.message import message
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.refusal import damaged, too_many_tags


class Element(Protocol):
    """What is used of an lxml element."""

    @property
    def tag(self) -> object: ...
    @property
    def text(self) -> str | None: ...
    @property
    def tail(self) -> str | None: ...
    @property
    def sourceline(self) -> int | None: ...
    @property
    def attrib(self) -> Mapping[str, str]: ...
    def get(self, key: str, default: str = "") -> str: ...
    def find(self, path: str) -> "Element | None": ...
    def iter(self, *tags: str) -> Iterator["Element"]: ...
    def itertext(self) -> Iterator[str]: ...
    def getparent(self) -> "Element | None": ...
    def itersiblings(self, *tags: str, preceding: bool = False) -> Iterator["Element"]: ...
    def __iter__(self) -> Iterator["Element"]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, key: slice, /) -> Sequence["Element"]: ...


_UTF8 = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?!\?xml[^>]+encoding=[\"'](?!utf-8)|\x00)", re.I)
_PREFIX = re.compile(r"\s*(?:<\?[^>]*>\s*)*<([A-Za-z_][\w.-]*:)")
# The library is not typed; `Element` says what is used of its trees.
etree = cast(Any, _etree)
html_parser = cast(Any, _html)
_REFERENCES: Any = etree.XMLParser(resolve_entities=False, no_network=True)


def parse_xml(data: bytes, file: str, part: str, limits: Limits) -> Element:
    """The root of an XML part. A document type declaration is refused: office files have none, attacks do."""
    refuse_declarations(data, file, part)
    if data.count(b"<") > limits.tags:
        raise too_many_tags(file, limits.tags)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(file, message("the part {name} inside the file is damaged", name=part)) from error


def plain_xml(data: bytes, file: str, part: str, limits: Limits) -> str:
    """An XML part as text, without declarations, comments, CDATA and the prefix of its root.

    For readers that scan it themselves. Almost every file has it in this form already.
    """
    if b"<!" in data or not _UTF8.match(data):
        data = etree.tostring(parse_xml(data, file, part, limits), encoding="utf-8")
    text = data.decode("utf-8-sig", "replace")
    prefix = _PREFIX.match(text)
    return text.replace("<" + prefix[1], "<").replace("</" + prefix[1], "</") if prefix else text


def resolved(text: str) -> str:
    """XML text with its character references resolved.

    One call of the parser for many texts at once is much faster than Python's `unescape` per reference.
    """
    try:
        return etree.fromstring(f"<t>{text}</t>", _REFERENCES).text or ""
    except (etree.XMLSyntaxError, ValueError):
        return unescape(text)


def refuse_declarations(data: bytes, file: str, part: str) -> None:
    """Raise `Damaged` when an XML part declares a document type or entities."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or _wide_declaration(data):
        raise damaged(
            file,
            message(
                "the part {name} inside the file declares entities, which office files never do", name=part
            ),
        )


def _wide_declaration(data: bytes) -> bool:
    return data[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<") and (
        b"<\x00!\x00D\x00" in data or b"\x00<\x00!\x00D" in data
    )


def parse_html(text: str, file: str, limits: Limits) -> Element:
    """The root of a web page, however untidy it is."""
    if text.count("<") > limits.tags:
        raise too_many_tags(file, limits.tags)
    parser = html_parser.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = html_parser.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise damaged(file, message("the page holds nothing that can be read")) from error
    return root
