"""Import files as they should not be: at least three hundred, each with where its fault is.

A case is a file and the place its message must name: a line, a row, a column, a file in an archive,
or nothing where the whole file is at fault.
"""

import gzip
import io
import json
import random
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

GOOD_ROWS = [
    "Fees frozen,The fees for small boats are frozen.,2023-01-27",
    "Gauges ordered,The agency ordered gauges.,2023-01-28",
]
GOOD_LINE = json.dumps({"title": "Fees frozen", "body": "The fees for small boats are frozen.", "date": "2023-01-27"})

BAD_DATES = [
    "2024-02-30", "2023-13-01", "2023-00-10", "0000-01-01", "10000-01-01", "45000", "45000.25", "yesterday", "03/04/2023", "2023-01-27T25:00",
    "2023-01-27 16:61", "2023-01-27 XYZ", "27 Smarch 2023", "1674803658", "2023-02-29", "2023.4.31.", "2023년 13월 1일", "next week", "2023-W05", "{}",
]  # fmt: skip
BAD_URLS = [
    "ftp://example.com/", "example.com/a", "http://", "http://127.0.0.1/", "http://user@example.com/", "http://example.com:8080/", "javascript:alert(1)",
    "file:///etc/passwd", "http://exa mple.com/", "http://[::1]/", "http://localhost/", "//example.com/a", "mailto:a@example.com", "http://a\\b.com/", "C:\\x",
]  # fmt: skip
CONTROLS = ["\x00", "\x01", "\x07", "\x08", "\x0b", "\x1b", "\x7f", "\ufffe", "\uffff"]
BAD_JSON = [
    "{", "}", '{"title"', '{"title": }', "{'title': 'x'}", '{"title": "x",}', '{"title": NaN}', '{"title": "x", "n": Infinity}', '{"n": 1e400}', '{"n": -1e999}',
    '{"n": ' + "9" * 5000 + "}", '{"title": "a", "title": "b"}', "[" * 50_000, '{"a":' * 50_000, "[]", "[1]", '"x"', "null", "true", "1", "nonsense", '{"title": "x" "body": "y"}',
    '{"title": "\\u0000", "body": "x"}', '{"title": "\\ud800", "body": "x"}', '{"title": 1, "body": "x"}', '{"title": {}, "body": "x"}', '{"title": ["x"], "body": "x"}',
    '{"title": true, "body": "x"}', '{"title": "x"}', '{"body": "x"}', "{}", '{"title": "", "body": ""}', '{"title": "x", "body": "   "}', '{"title": "\\u001b[31m", "body": "x"}',
    '{"title": "x", "body": ["y", 1]}', '{"title": "x", "body": "y", "authors": {"name": "z"}}', '{"title": "x", "body": "y", "date": 45000}', '{"title": "\t", "body": "y"}',
]  # fmt: skip


@dataclass(frozen=True)
class BadFile:
    """A file with one fault, and what its message must name."""

    name: str
    body: bytes
    names: str = ""
    good_rows: int = 0  # how many rows must come through all the same


def bad_files() -> list[BadFile]:
    """Return all cases."""
    return [*_csv_cells(), *_csv_structure(), *_csv_charsets(), *_json_lines(), *_archives(), *_foreign(), *_texts()]


def _csv(rows: list[str], header: str = "title,body,date", newline: str = "\n") -> bytes:
    return newline.join([header, *rows, ""]).encode()


def _csv_cells() -> Iterator[BadFile]:
    for place in (1, 2, 3):
        for number, date in enumerate(BAD_DATES):
            rows = [*GOOD_ROWS]
            rows.insert(place - 1, f'Fees,Frozen.,"{date}"')
            yield BadFile(f"date-{place}-{number}.csv", _csv(rows), f"row {place}", 2)
    for newline in ("\n", "\r\n"):
        for number, url in enumerate(BAD_URLS):
            rows = ["https://example.com/a,x", f'"{url}",y', "https://example.com/b,z"]
            yield BadFile(f"url-{len(newline)}-{number}.csv", _csv(rows, "url,title", newline), "row 2", 2)
    for field in (0, 1):
        for number, control in enumerate(CONTROLS):
            cells = ["Fees", "Frozen.", "2023-01-27"]
            cells[field] += control
            yield BadFile(f"control-{field}-{number}.csv", _csv([*GOOD_ROWS, ",".join(cells)]), "row 3", 2)
    for number, cells in enumerate(
        [
            "a",
            "a,b",
            "a,b,2023-01-27,d",
            "a,b,2023-01-27,d,e,f",
            ",b,2023-01-27",
            "a,,2023-01-27",
            f"{'t' * 1001},b,2023-01-27",
            f"a,{'b' * 1_000_001},2023-01-27",
        ]
    ):
        yield BadFile(f"cells-{number}.csv", _csv([GOOD_ROWS[0], cells, GOOD_ROWS[1]]), "row 2", 2)


def _csv_structure() -> Iterator[BadFile]:
    for number in range(20):
        rows = [*GOOD_ROWS] * 10
        rows.insert(number, '"Fees,Frozen.,2023-01-27')
        yield BadFile(f"open-quote-{number}.csv", _csv(rows), f"Line {number + 2}")
        rows[number] = '"Fees","Fro"zen.",2023-01-27'
        yield BadFile(f"inner-quote-{number}.csv", _csv(rows), f"Line {number + 2}")
    for number, header in enumerate(
        [
            "foo,bar,baz",
            "title,when,who",
            "body,date,x",
            "title,title,body",
            "Title,TITLE,body",
            "url,url,title",
            "title,body,body",
            "a;b;c",
            "id,pk,status",
        ]
    ):
        yield BadFile(f"header-{number}.csv", _csv([*GOOD_ROWS], header), "Line 1")
    for number, body in enumerate(
        [
            b"",
            b"\n",
            b"title,body,date",
            b"title,body,date\n",
            b"\xef\xbb\xbf",
            b"\xef\xbb\xbftitle,body\n",
            b"title;body\n\n\n",
            b"\r\n\r\n",
            b"title,body\n , \n",
            b"sep=,\n",
            b"sep=;\ntitle;body\n",
        ]
    ):
        yield BadFile(f"no-rows-{number}.csv", body)


def _csv_charsets() -> Iterator[BadFile]:
    korean = "어항 사용료 동결,사용료를 올리지 않기로 했다.,2023-01-27"
    for number, position in enumerate(range(1, 13)):
        rows = [f"{korean}".encode()] * 12
        rows[position - 1] = korean.encode("cp949")
        yield BadFile(f"mixed-{number}.csv", b"\n".join([b"title,body,date", *rows, b""]), f"Line {position + 1}")
    for number, noise in enumerate([b"\xff", b"\xfe\xff\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\x80\x80\x80"]):
        yield BadFile(
            f"noise-{number}.csv", f"title,body\n{korean[:8]},".encode() + noise + "가나다\n".encode(), "Line 2"
        )


def _json_lines() -> Iterator[BadFile]:
    for place in (1, 2, 3):
        for number, line in enumerate(BAD_JSON):
            lines = [GOOD_LINE, GOOD_LINE]
            lines.insert(place - 1, line)
            # A file is told by its beginning, so a first line may make it another kind.
            if place > 1 or line.startswith('{"'):
                yield BadFile(f"json-{place}-{number}.jsonl", "\n".join(lines).encode(), f"Line {place}", 2)
    for number, date in enumerate(BAD_DATES):
        bad = json.dumps({"title": "x", "body": "y", "date": date})
        yield BadFile(f"json-date-{number}.jsonl", f"{GOOD_LINE}\r\n\r\n{bad}".encode(), "Line 3", 1)
    for number, url in enumerate(BAD_URLS):
        yield BadFile(f"json-url-{number}.jsonl", f"{GOOD_LINE}\n{json.dumps({'url': url})}\n".encode(), "Line 2", 1)
    for number, noise in enumerate([b"\xff", b"\xc3\x28", b"\xed\xa0\x80", "가".encode("cp949")]):
        yield BadFile(
            f"json-bytes-{number}.jsonl",
            GOOD_LINE.encode() + b'\n{"title": "' + noise + b'", "body": "x"}',
            "Line 2",
            1,
        )


def _zip(entries: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in entries:
            info = zipfile.ZipInfo("placeholder")
            info.filename = info.orig_filename = name
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, body)
    return out.getvalue()


def _archives() -> Iterator[BadFile]:
    good = ("good.csv", _csv(GOOD_ROWS))
    for number, name in enumerate(
        ["../x.csv", "a/../../x.csv", "/x.csv", "C:/x.csv", "..\\x.csv", "~/x.csv", "a\tb.csv", "x" * 600]
    ):
        yield BadFile(f"zip-name-{number}.zip", _zip([good, (name, b"x")]), "", 2)
    for number, (name, body) in enumerate(
        [
            ("in.zip", _zip([good])),
            ("in.gz", gzip.compress(b"x", mtime=0)),
            ("in.7z", b"7z\xbc\xaf\x27\x1c" + bytes(40)),
            ("p.png", b"\x89PNG\r\n\x1a\n" + bytes(40)),
            ("empty.txt", b""),
            ("bomb.txt", bytes(21_000_000)),
            ("bad.csv", _csv(['"x,y'])),
            ("row.csv", _csv(["x,y,2024-02-30"])),
        ]
    ):
        yield BadFile(f"zip-inside-{number}.zip", _zip([good, (name, body)]), name, 2)
    whole = _zip([good, ("b.txt", b"text " * 200)])
    for number, cut in enumerate(range(20, len(whole) - 20, max(1, len(whole) // 12))):
        yield BadFile(f"zip-cut-{number}.zip", whole[:cut])
    locked = bytearray(_zip([("locked.txt", b"secret")]))
    locked[6] |= 1
    locked[locked.rfind(b"PK\x01\x02") + 8] |= 1
    yield BadFile("zip-locked.zip", bytes(locked), "locked.txt")
    lying = _zip([("lying.txt", bytes(60_000_000))]).replace(struct.pack("<I", 60_000_000), struct.pack("<I", 10))
    yield BadFile("zip-lying.zip", lying, "lying.txt")
    yield BadFile("zip-empty.zip", b"PK\x05\x06" + bytes(18))
    yield BadFile("warc-cut.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\nHTTP/1.1 200 OK\r\n")
    yield BadFile("gzip-cut.csv.gz", gzip.compress(_csv(GOOD_ROWS), mtime=0)[:-6])


def _foreign() -> Iterator[BadFile]:
    rng = random.Random(7)
    magics = [
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"MZ\x90\x00",
        b"\x7fELF",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"Rar!\x1a\x07",
        b"7z\xbc\xaf\x27\x1c",
        b"SQLite format 3\x00",
        b"OggS\x00",
        b"%PDF-1.7 nothing",
    ]
    for number, magic in enumerate(magics):
        yield BadFile(f"foreign-{number}.csv", magic + bytes(rng.randrange(256) for _ in range(400)))
    for number, xml in enumerate(
        [
            "<note><to>x</to></note>",
            "<?xml version='1.0'?><svg xmlns='x'/>",
            "<rss><channel><item></channel></rss>",
            "<!DOCTYPE r [<!ENTITY a 'b'>]><rss><channel/></rss>",
            "<rss><channel/></rss>",
            "<urlset></urlset>",
            "<feed xmlns='x'",
        ]
    ):
        yield BadFile(f"xml-{number}.xml", f"<?xml version='1.0'?>{xml}".encode() if number == 0 else xml.encode())


def _texts() -> Iterator[BadFile]:
    for number, text in enumerate(
        [
            "",
            " \n",
            "\ufeff",
            "Only a headline",
            "Menu\nShare\nClose",
            "A head\x00line\n\nText",
            "x" * 400,
            "<html></html>",
            "<html><body><script>1</script></body></html>",
            "<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>",
        ]
    ):
        yield BadFile(f"text-{number}.txt", text.encode())
