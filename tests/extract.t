#!/usr/bin/env python3
"""extract on containers: WARC, JSON Lines, HTTP bodies, gzip, lists of files, directories, limits."""
import csv
import gzip
import io
import json
import os
import random
import subprocess
import tempfile
import zlib

from tap import bin_, finish, ok, top as TOP

EXTRACT = os.path.join(bin_, "extract")
FIXTURES = os.path.join(TOP, "fixtures")
os.environ["LC_ALL"] = "C"


class Run:
    """extract's answer: status, pieces by source, rejects, standard error."""

    def __init__(self, *args, data=None, cwd=None):
        with tempfile.NamedTemporaryFile() as rejects:
            p = subprocess.run([EXTRACT, "--rejects", rejects.name, *args], input=data, capture_output=True, cwd=cwd,
                               timeout=60)
            self.rejects = list(csv.DictReader(io.StringIO(open(rejects.name, encoding="utf-8").read())))
        self.status, self.err, self.out = p.returncode, p.stderr.decode(), p.stdout
        self.pages = {}
        for r in csv.DictReader(io.StringIO(p.stdout.decode("utf-8"))):
            self.pages.setdefault(r["source"], []).append(r)

    def body(self, source):
        """The pieces of a page without what names it and its carrier."""
        return [tuple(v for k, v in r.items() if k != "source") for r in self.pages.get(source, [])
                if r["kind"] != "page"]


def page(n):
    return (f"<html><head><title>第{n}号报告</title></head><body><table><tr><td>行{n}</td><td>{n}</td></tr></table>"
            f"<p>正文{n}。</p>{'文' * (n % 50)}</body></html>").encode()


def record(kind, uri, block, kind_of="application/http; msgtype=response", version="1.0", extra=b"", length=None):
    head = (f"WARC/{version}\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\n"
            f"WARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-01-01T00:00:00Z\r\nContent-Type: {kind_of}\r\n"
            f"Content-Length: {len(block) if length is None else length}\r\n").encode()
    return head + extra + b"\r\n" + block + b"\r\n\r\n"


def http(body, *headers, status="200 OK"):
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def chunked(body, size=100):
    out = b""
    for i in range(0, len(body), size):
        part = body[i:i + size]
        out += b"%x;x=y\r\n%s\r\n" % (len(part), part)
    return out + b"0\r\n\r\n"


def uri(n):
    return f"http://www.example.invalid/{n}.html"


def archive(n, members=True, damage=None):
    """n pages as WARC.gz, a member a record or one stream; damage(i, bytes) may spoil a member."""
    out = []
    for i in range(n):
        r = record("response", uri(i), http(page(i)))
        if members:
            r = gzip.compress(r, mtime=0)
        out.append(damage(i, r) if damage else r)
    data = b"".join(out)
    return data if members else gzip.compress(data, mtime=0)


# WARC
want = {uri(i) for i in range(30)}
plain = b"".join(record("response", uri(i), http(page(i))) for i in range(30))
first = Run(data=plain)
ok(first.status == 0 and set(first.pages) == want, "WARC: each response is a page named by its address", first.err)
ok(all(r["text"] == "行7" for r in first.pages[uri(7)] if r["kind"] == "cell" and r["col"] == "1"),
   "WARC: the page of a record is read")
for name, data in (("a member a record", archive(30)), ("one stream", archive(30, False)),
                   ("several records a member", gzip.compress(plain[:5000]) + gzip.compress(plain[5000:]))):
    ok(Run(data=data).out == first.out, f"WARC.gz, {name}, gives the same bytes")
for version in ("2.0", "0.9"):
    ok(Run(data=plain.replace(b"WARC/1.0", b"WARC/" + version.encode())).out == first.out, f"WARC/{version} is read as WARC/1.0")
harmed = plain.replace(b"WARC/1.0", b"WARC/2.0")
harmed = harmed[:300] + b"x" + harmed[300:]
got = Run(data=harmed)
ok(got.status == 1 and len(got.pages) == 29 and len(got.rejects) == 1, "and a damaged record of it is a reject", got.status, len(got.pages))
kinds = [record("warcinfo", "", b"software: x\r\n", "application/warc-fields"),
         record("request", uri(1), b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
         record("response", "dns:www.example.invalid", b"20240101 www 1.2.3.4\n", "text/dns"),
         record("resource", uri(2), page(2), "text/html", "1.1"),
         record("conversion", uri(3), "2016年报告\n主动公开信息3条。\n".encode(), "text/plain", "1.1"),
         record("response", f"<{uri(4)}>", http(page(4))),
         record("response", uri(5), http(b"", status="404 Not Found")),
         record("response", uri(6), b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG\x00\xff"),
         record("revisit", uri(7), b"HTTP/1.1 200 OK\r\n\r\n")]
got = Run(data=b"".join(kinds))
ok(got.status == 0 and set(got.pages) == {uri(2), uri(3), uri(4)}, "WARC: response, resource and conversion are pages, "
   "others and what is no page are passed over", got.status, sorted(got.pages), got.err)

# HTTP bodies
body = page(9)
plainly = Run(data=record("response", uri(9), http(body))).body(uri(9))
raw_deflate = zlib.compressobj(9, zlib.DEFLATED, -15)


def brotli(data, whole=True):
    """The data as brotli (RFC 7932) in blocks that are not compressed: a window of 64 KiB, blocks of up to 64 KiB."""
    out, bits = b"", "0"
    for at in range(0, len(data), 65536):
        block = data[at:at + 65536]
        # not the last; a length of four nibbles, less one; not compressed: from the lowest bit on
        bits += "0" + "00" + format(len(block) - 1, "016b")[::-1] + "1"
        bits += "0" * (-len(bits) % 8)
        out += bytes(int(bits[i:i + 8][::-1], 2) for i in range(0, len(bits), 8)) + block
        bits = ""
    # the last, and empty
    return out + (b"\x03" if whole else b"")


has_brotli = "brotli" in subprocess.run([EXTRACT, "--version"], capture_output=True, text=True).stdout
bodies = {
    "chunked": http(chunked(body), "Transfer-Encoding: chunked"),
    "gzip": http(gzip.compress(body), "Content-Encoding: gzip"),
    "deflate with zlib's header": http(zlib.compress(body), "Content-Encoding: deflate"),
    "deflate without": http(raw_deflate.compress(body) + raw_deflate.flush(), "Content-Encoding: deflate"),
    "gzip in chunks": http(chunked(gzip.compress(body)), "Content-Encoding: gzip", "Transfer-Encoding: chunked"),
    "gzip of two members": http(gzip.compress(body[:70]) + gzip.compress(body[70:]), "Content-Encoding: gzip"),
    "gzip said, not done": http(body, "Content-Encoding: gzip"),
    "chunks within what is none": http(chunked(body), "Transfer-Encoding: identity, chunked"),
    "a length that holds": http(body, f"Content-Length: {len(body)}"),
    "a length before it was packed": http(gzip.compress(body), "Content-Encoding: gzip", "Content-Length: 100000"),
    "a transfer coding said, not done": http(body, "Transfer-Encoding: gzip, chunked"),
    "chunks said, not done": http(body, "transfer-encoding: Chunked"),
    "headers behind the chunks": http(chunked(body)[:-2] + b"Expires: 0\r\n\r\n", "Transfer-Encoding: chunked"),
    "chunks without the last line end": http(chunked(body)[:-2], "Transfer-Encoding: chunked"),
    "a part that is all": http(body, f"Content-Range: bytes 0-{len(body) - 1}/{len(body)}", status="206 Partial Content"),
}
if has_brotli:
    bodies["brotli"] = http(brotli(body), "Content-Encoding: br")
    bodies["brotli in chunks"] = http(chunked(brotli(body)), "Content-Encoding: br", "Transfer-Encoding: chunked")
    bodies["brotli said, not done"] = http(b"\xef\xbb\xbf" + body, "Content-Encoding: br")
for name, block in bodies.items():
    got = Run(data=record("response", uri(9), block))
    ok(got.status == 0 and got.body(uri(9)) == plainly, f"HTTP body: {name}", got.status, got.err)
for name, block in (("the size of the first chunk no number", http(b"zz" + chunked(body)[2:], "Transfer-Encoding: chunked")), ("chunks cut short", http(chunked(body)[:-40], "Transfer-Encoding: chunked")),
                    ("an empty chunk amid others", http(chunked(body[:50], 50)[:-5] + b"0" + chunked(body[50:], 50)[2:], "Transfer-Encoding: chunked")),
                    ("a chunk that is longer than it says", http(chunked(body).replace(b"64;x=y", b"60;x=y", 1), "Transfer-Encoding: chunked")),
                    ("a part", http(body, "Content-Range: bytes 0-99/500", status="206 Partial Content")),
                    ("a part behind others", http(body, "Content-Range: bytes 1-99/100", status="206 Partial Content")),
                    ("a part of nobody knows what", http(body, status="206 Partial Content")),
                    ("gzip cut short", http(gzip.compress(body)[:-20], "Content-Encoding: gzip")),
                    ("brotli cut short", http(brotli(body, whole=False), "Content-Encoding: br")),
                    ("brotli damaged", http(b"\xff" * 40, "Content-Encoding: br")),
                    ("a transfer coding within chunks", http(chunked(gzip.compress(body)), "Transfer-Encoding: gzip, chunked")),
                    ("an unknown coding", http(body, "Content-Encoding: zstd"))):
    got = Run(data=record("response", uri(9), block) + record("response", uri(1), http(page(1))))
    ok(got.status == 1 and set(got.pages) == {uri(1)} and [r["source"] for r in got.rejects] == [uri(9)],
       f"HTTP body: {name} is a reject, the next page is read", got.status, got.err, got.rejects)
got = Run(data=record("response", uri(9), http(body[:-9], f"Content-Length: {len(body)}")))
ok(got.status == 1 and set(got.pages) == {uri(9)} and f"{uri(9)}: bytes that the body lacks of its Content-Length: 9" in got.err,
   "HTTP body: shorter than its length is read, and said", got.status, got.err)
# What a crawler has put into several records is none of them.
got = Run(data=record("response", uri(9), http(body[:70]), extra=b"WARC-Segment-Number: 1\r\n") + record("continuation", uri(9), body[70:], extra=b"WARC-Segment-Number: 2\r\n"))
ok(got.status == 1 and not got.pages and [r["reason"] for r in got.rejects] == ["record is a segment, others hold the rest"], "WARC: a segment is a reject", got.status, got.err)
# A response's protocol shows by its first line.
for what, kind_of, block, pages, rejects in (("no type", None, http(body), {uri(9)}, 0), ("the type of its page", "text/html", http(body), {uri(9)}, 0),
                                             ("the type of its page, by another protocol", "text/html", body, {uri(9)}, 0),
                                             ("no type and no protocol", None, b"20240101 1.2.3.4\n", set(), 1), ("another protocol", "text/dns", b"1.2.3.4\n", set(), 0)):
    block = record("response", uri(9), block, kind_of or "x").replace(b"Content-Type: x\r\n", b"")
    got = Run(data=block + record("response", uri(1), http(page(1))))
    ok(got.status == (rejects > 0) and set(got.pages) == pages | {uri(1)} and len(got.rejects) == rejects and (not pages or got.body(uri(9)) == plainly),
       f"WARC: a response with {what}", got.status, got.err, got.rejects)
# Files that are gone: said up to --max-findings, then counted, and all of them in the rejects.
with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "page.html"), "wb") as f:
        f.write(page(1))
    gone = [f"gone-{i}.html" for i in range(50)]
    got = Run(*gone[:30], "page.html", *gone[30:], folder, cwd=folder)
    ok(got.status == 3 and list(got.pages) == ["page.html"] and [r["source"] for r in got.rejects] == gone + [folder] and
       {r["reason"] for r in got.rejects} == {"cannot be opened or read"}, "files that cannot be opened are rejects, the rest is read, status 3", got.status, got.rejects)
    ok(got.err.count("cannot open") == 20 and got.err.endswith("extract: failures not shown: 31 (--max-findings)\n"), "twenty of them are said", got.err)
    got = Run("--quiet", "--max-findings", "2", *gone, cwd=folder)
    ok(got.err.count("cannot open") == 2 and got.err.endswith("extract: failures not shown: 48 (--max-findings)\n") and len(got.rejects) == 50,
       "or as many as --max-findings says, also with --quiet", got.err)
    # A list for --null without it, from its beginning or further down.
    for names in (b"page.html\0page.html\0", b"page.html\n" * 3 + b"page.html\0gone\0"):
        for where in ("-", "list"):
            with open(os.path.join(folder, "list"), "wb") as f:
                f.write(names)
            got = Run("-o", "pieces", "--files-from", where, data=names, cwd=folder)
            ok(got.status == 2 and got.err.count("end with a NUL: take --null") == 1, f"names that end with a NUL, without --null, from {where}: status 2", got.status, got.err)
for what, header in (("pieces", "kind,source,line,table,row,col,rows,cols,grid,text"),
                     ("facts, a column of one's own before them", "corpus,region,body_kind,body,year,level,scope"),
                     ("statistics", "year,region,indicator,column,unit,n,missing,about,suspect,sum,mean,min,max")):
    # A record in which each field would be long enough for a page of its own.
    got = Run(data="{}\n甲,乙,1\n{}\n".format(header, ",".join(["全年收到申请12件。" * 20] * (header.count(",") + 1))).encode())
    ok(got.status == 1 and not got.pages and len(got.rejects) == 1 and "next filter" in got.err,
       f"what a filter wrote is no page: {what}", got.status, got.err)
gbk = "<html><title>报告</title><p>政府信息</p></html>".encode("gb18030")
got = Run(data=record("response", uri(1), b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=GBK\r\n\r\n" + gbk))
ok(any("政府信息" in r["text"] for r in got.pages[uri(1)]), "HTTP: the charset of the header counts")

# Damage: every tenth record
random.seed(3)


def flip(i, r):
    if i % 10 != 4:
        return r
    at = random.randrange(12, len(r))
    return r[:at] + bytes([r[at] ^ (1 << random.randrange(8))]) + r[at + 1:]


def cut_member(i, r):
    return r[:len(r) * 2 // 3] if i % 10 == 4 else r


def zero(i, r):
    return r[:20] + bytes(60) + r[80:] if i % 10 == 4 else r


def lost_head(i, r):
    return r[30:] if i % 10 == 4 else r


whole = {uri(i) for i in range(200) if i % 10 != 4}
for name, damage in (("a bit flipped", flip), ("cut short", cut_member), ("bytes zeroed", zero),
                     ("its beginning lost", lost_head)):
    got = Run(data=archive(200, damage=damage))
    ok(got.status == 1 and whole <= set(got.pages) and len(got.rejects) >= (20 if damage != flip else 15),
       f"WARC.gz: every tenth member with {name}: the others come out whole, status 1",
       got.status, sorted(whole - set(got.pages))[:3], len(got.rejects), got.err[-300:])
    ok(all(got.body(uri(i)) == first.body(uri(i)) for i in range(30) if i % 10 != 4), f"... and exact ({name})")
got = Run(data=archive(30, damage=cut_member))
starts, at = [], 0
for i in range(30):
    starts.append(at)
    at += len(cut_member(i, gzip.compress(record("response", uri(i), http(page(i))), mtime=0)))
ok([int(r["offset"]) for r in got.rejects] == [starts[i] for i in (4, 14, 24)],
   "WARC.gz: a reject says where its member begins", got.rejects, starts[4])


def spoil(kind):
    out = []
    for i in range(50):
        block = http(page(i))
        bad = i % 10 == 4
        if bad and kind == "too long":
            out.append(record("response", uri(i), block, length=len(block) + 700))
        elif bad and kind == "too short":
            out.append(record("response", uri(i), block, length=len(block) - 30))
        elif bad and kind == "no length":
            out.append(record("response", uri(i), block).replace(b"Content-Length", b"Content-Lenght"))
        elif bad and kind == "cut":
            out.append(record("response", uri(i), block)[:-60])
        elif bad and kind == "huge":
            out.append(record("response", uri(i), block, length=10 ** 18))
        else:
            out.append(record("response", uri(i), block))
    return out


for kind in ("too long", "too short", "no length", "cut", "huge"):
    parts = spoil(kind)
    for name, data in (("WARC", b"".join(parts)), ("WARC.gz of members", b"".join(map(gzip.compress, parts)))):
        got = Run(data=data)
        want = {uri(i) for i in range(50) if i % 10 != 4}
        ok(got.status == 1 and set(got.pages) == want and len(got.rejects) == 5,
           f"{name}: every tenth record {kind}: the others come out, status 1",
           got.status, sorted(want ^ set(got.pages))[:4], len(got.rejects), got.err[-300:])
    ok([int(r["offset"]) for r in Run(data=b"".join(parts)).rejects] ==
       [len(b"".join(parts[:i])) for i in range(4, 50, 10)], f"WARC: rejects say where the record begins ({kind})")
for name, data in (("plain", plain[:-300]), ("a member a record", archive(30)[:-40]),
                   ("one stream", archive(30, False)[:-40])):
    got = Run(data=data)
    ok(got.status == 3 and "cut short" in got.err and len(got.pages) >= 28 and set(got.pages) < {uri(i) for i in range(30)},
       f"WARC cut short ({name}): status 3, what was whole is written", got.status, len(got.pages), got.err)
for what, last, status in (("no length", record("response", uri(2), http(page(2)), length="x"), 1),
                           ("no record", b"no record\r\n", 1),
                           ("a length past the end", record("response", uri(2), http(page(2)), length=10 ** 6), 3),
                           ("a length past the end and the limit", record("response", uri(2), http(page(2)), length=10 ** 12), 3)):
    got = Run(data=record("response", uri(1), http(page(1))) + last)
    ok(got.status == status and len(got.rejects) == 1, f"WARC: the last record has {what}: status {status}", got.status, got.err)
got = Run(data=record("response", uri(1), http(page(1)), extra=b"WARC-Truncated: length\r\n"))
ok(got.status == 1 and not got.pages and len(got.rejects) == 1, "WARC: a page the crawler cut short is a reject")
got = Run(data=record("response", uri(1), http(page(1))) + bytes(5000) + record("response", uri(2), http(page(2))))
ok(got.status == 1 and set(got.pages) == {uri(1), uri(2)} and len(got.rejects) == 1,
   "WARC: bytes of no record between two whole ones cost neither", got.status, got.rejects)

# JSON Lines
rows = [{"url": uri(i), "html": page(i).decode()} for i in range(20)]
rows[3] = {"url": uri(3), "text": "2016年某局报告\n统计指标 | 单位 | 统计数 |\n收到申请数 | 件 | 3 |\n"}
rows[4] = {"content": "<p>无地址</p>"}
data = "".join(json.dumps(r, ensure_ascii=i % 2 == 0) + "\n" for i, r in enumerate(rows)).encode()
got = Run(data=data)
ok(got.status == 0 and len(got.pages) == 20 and got.body(uri(7)) == first.body(uri(7)),
   "JSON Lines: html, text or content of each object is a page", got.err)
ok([r["grid"] for r in got.pages[uri(3)] if r["kind"] == "cell"] == ["rows"] * 6, "JSON Lines: text is text")
ok("-" in got.pages, "JSON Lines: without an address the page has the file's name")
ok(Run(data=gzip.compress(data)).out == got.out, "JSON Lines in gzip")
for what, before in (("a byte order mark", b"\xef\xbb\xbf"), ("blank lines", b"\r\n \t\n"), ("both", b"\xef\xbb\xbf\n\n")):
    ok(Run(data=before + data).out == got.out, f"JSON Lines behind {what}")
ok(Run(data=data[:data.index(b"\n") + 1] + b"\xef\xbb\xbf" + data[data.index(b"\n") + 1:]).out == got.out,
   "JSON Lines joined to others keep their byte order mark")
marked = Run("--max-page", "4K", data=b"\n" * 5000 + data)
ok(marked.status == 1 and not marked.pages and len(marked.rejects) == 1, "nothing but line ends up to --max-page is a text that is too large")
ok(list(Run(data=b"\n\n  { \n\n").pages) == ["-"], "a brace behind blank lines is text")
lines = data.split(b"\n")
lines[5] = lines[5][:-30]
lines[6] = b"[1, 2]"
lines[8] = b'{"url": "x", "title": 1}'
bad = Run(data=b"\n".join(lines))
ok(bad.status == 1 and len(bad.pages) == 17 and [r["line"] for r in bad.rejects] == ["6", "7", "9"],
   "JSON Lines: a damaged line is a reject with its line, the rest is read", bad.status, bad.rejects)
ok(int(bad.rejects[0]["offset"]) == sum(len(x) + 1 for x in lines[:5]), "JSON Lines: and its offset")
bad = Run(data=data[:-40])
ok(bad.status == 3 and len(bad.pages) == 19, "JSON Lines cut short: status 3", bad.status, len(bad.pages))
deep = b'{"url":"x","html":' + b"[" * 100000 + b"\n" + lines[0] + b"\n"
ok(Run(data=lines[1] + b"\n" + deep).status == 1, "JSON Lines: nesting without end is a reject")
many = b'{"url":"x","n":[' + b"1," * 100000 + b'1],"html":"<p>x"}\n'
got = Run(data=lines[0] + b"\n" + many + lines[1] + b"\n")
ok(got.status == 1 and len(got.pages) == 2 and [r["reason"] for r in got.rejects] == ["object has too many values"],
   "JSON Lines: an object of more values than memory is given is a reject", got.status, got.rejects)
for what, line, args in (("is damaged", lines[0][:-2] + b"\n", ()), ("has too many values", many, ()),
                         ("is too long", b'{"html":"' + b"x" * 5000 + b'"}\n', ("--max-page", "2K"))):
    got = Run(*args, data=line + lines[1] + b"\n" + lines[2] + b"\n")
    ok(got.status == 1 and set(got.pages) == {uri(1), uri(2)} and len(got.rejects) == 1,
       f"JSON Lines whose first line {what}: the others are read", got.status, list(got.pages), got.rejects)
got = Run(data=b'{"url":"x","html":"<p>\\ud83d\\ude00 \\ud800 \\\\udc00 \\uDEAD\\u6587"}\n' + lines[1] + b"\n")
ok(got.status == 1 and got.pages["x"][-1]["text"] == "\U0001f600 \ufffd \\udc00 \ufffd\u6587" and len(got.pages) == 2 and
   "half surrogates read as U+FFFD: 2" in got.err and not got.rejects, "JSON Lines: half surrogates are replaced and said", got.err, got.pages)
# JSON: an array, or objects over lines; what holds a page, and what is said beside it.
for what, text in (("an array on one line", json.dumps(rows)), ("an array, an object a line", "[\n" + ",\n".join(map(json.dumps, rows)) + "\n]\n"),
                   ("an array over lines", json.dumps(rows, ensure_ascii=False, indent=2)),
                   ("objects over lines", "\n".join(json.dumps(r, indent="\t") for r in rows)),
                   ("a list in an answer", json.dumps({"code": 200, "data": {"total": 20, "list": rows}}, indent=1)),
                   ("the same on one line", json.dumps({"code": 200, "data": {"total": 20, "list": rows}}) + "\n")):
    got = Run(data=text.encode())
    ok(got.status == 0 and {k: got.body(k) for k in got.pages} == {k: Run(data=data).body(k) for k in got.pages} and len(got.pages) == 20,
       f"JSON: {what}", got.err, list(got.pages))
    ok(Run(data=b"\xef\xbb\xbf\r\n" + text.encode()).out == got.out, f"JSON: {what}, behind a byte order mark")
    cut = Run(data=text.encode()[:-60])
    ok(cut.status == 3 and len(cut.pages) < 20, f"JSON: {what}, cut short: status 3", cut.status, cut.err)
titled = [{"url": "a", "title": "某县　2022年\n年度 报告", "content": "一、总体情况"}, {"url": "b", "data": {"title": "乙", "body": "正文"}},
          {"title": "丙", "pages": [{"markdown": "# 正文", "url": "c"}]}, {"url": "d", "title": 7, "html": "<title>丁</title><p>正文"},
          {"url": "e", "title": " \u200b", "html": "", "text": "正文"}]
for got in (Run(data="".join(json.dumps(r) + "\n" for r in titled).encode()), Run(data=json.dumps(titled, indent=2).encode())):
    ok([[r["text"] for r in got.pages[k] if r["kind"] == "title"] for k in "abcde"] == [["某县 2022年 年度 报告"], ["乙"], [], ["丁"], []] and
       got.pages["a"][1]["kind"] == "title" and got.pages["e"][-1]["text"] == "正文", "JSON: a title beside the page is one of its titles", got.pages)
got = Run(data=json.dumps({"html": 1, "foot": "<div>版权所有</div>", "data": {"id": "<1>", "txt": "\n<p>正文</p>\n", "title": "甲"}}).encode())
ok([r["text"] for r in got.pages["-"] if r["kind"] != "page"] == ["版权所有", "甲", "正文"], "JSON: markup under other names is pages", got.pages)
got = Run(data=json.dumps({"code": 0, "data": {"id": "<1>", "txt": "\n<p>正文</p>\n", "title": "甲"}, "foot": "版权"}).encode())
ok([r["text"] for r in got.pages["-"][1:]] == ["甲", "正文"], "JSON: markup within an answer", got.pages)
bad = Run(data=b"[" + lines[0] + b",\n" + lines[1][:-30] + b"}},\n 7, 8\n" + lines[2] + b",\n{\"title\": 1},\n" + many.strip() + b",\n" + lines[3] + b"]")
ok(bad.status == 1 and set(bad.pages) == {uri(0), uri(2), uri(3)} and [r["line"] for r in bad.rejects] == ["2", "3", "5", "6"],
   "JSON: a damaged object is a reject with its line, the rest is read", bad.status, list(bad.pages), bad.rejects)
bad = Run("--max-page", "2K", data=b"[" + lines[0] + b",\n{\"html\": \"" + b"x" * 5000 + b"\"},\n" + lines[2] + b"]")
ok(bad.status == 1 and set(bad.pages) == {uri(0), uri(2)} and bad.rejects[0]["reason"] == "object is larger than --max-page",
   "JSON: so is one that is too large", bad.status, list(bad.pages), bad.rejects)
for text in ("[注] 正文\n", "{ 正文\n", "[{\"a\": [1, 2]}]\n", "{\n\"title\": \"x\"\n}\n", "[[1, 2], [3, 4]]", "[", "{\"", "[{"):
    got = Run("--source", "x", data=text.encode())
    ok(got.status == 0 and list(got.pages) == ["x"], f"no JSON with pages is a text: {text!r}", got.status, got.rejects)
# CSV with a page a record.
def listed(rows, sign=",", **more):
    text = io.StringIO()
    w = csv.writer(text, delimiter=sign, **more)
    w.writerows(rows)
    return text.getvalue()


LISTED = [["id", "Title", "url", "content"]] + [[i, f"第{i}号 \n报告", uri(i), page(i).decode() + '\n<p>"引文"，正文' + "文" * 99] for i in range(12)]
want = Run(data="".join(json.dumps({"url": uri(i), "title": r[1], "html": r[3]}) + "\n" for i, r in enumerate(LISTED[1:])).encode())
for what, text in (("commas", listed(LISTED)), ("semicolons, line feeds", listed(LISTED, ";", lineterminator="\n")), ("tabs, all quoted", listed(LISTED, "\t", quoting=csv.QUOTE_ALL)),
                   ("names in Chinese", listed([["序号", "标题", "网址", "正文"]] + LISTED[1:])), ("an empty page first", listed(LISTED[:1] + [[0, "", "x", ""]] + LISTED[1:]))):
    for code in ("utf-8", "utf-8-sig") + ("gb18030",) * (text[:2] == "id"):
        got = Run(data=text.encode(code))
        ok(got.status == 0 and {k: got.body(k) for k in got.pages} == {k: want.body(k) for k in want.pages} and len(got.pages) == 12,
           f"a list of pages, {what}, {code}", got.err, list(got.pages))
text = listed(LISTED, lineterminator="\n").encode()
ok(Run(data=gzip.compress(text)).out == Run(data=text).out, "a list of pages in gzip")
bad = Run(data=text.replace(b"\n3,", b"\nx,y,3,", 1))
ok(bad.status == 1 and len(bad.pages) == 11 and bad.rejects[0]["line"] == "11" and "number of fields" in bad.rejects[0]["reason"],
   "a list of pages: a record with other fields is a reject", bad.status, bad.rejects)
bad = Run("--max-page", "2K", data=text.replace(b"\n3,", b"\n" + b"9" * 5000 + b",", 1))
ok(bad.status == 1 and len(bad.pages) == 11 and bad.rejects[0]["reason"] == "record is larger than --max-page", "a list of pages: so is one that is too large",
   bad.status, bad.rejects)
bad = Run(data=text[:-40])
ok(bad.status == 3 and len(bad.pages) == 11, "a list of pages cut short: status 3", bad.status, len(bad.pages), bad.err)
for text in ("序号,内容,数量\n1,规章,3\n2,行政规范性文件,4\n3,其他,5\n", "text,数量\n规章,3\n", "content;title\n", "一、内容,正文。\n正文\n"):
    ok(list(Run("--source", "x", data=text.encode()).pages) == ["x"], f"a table is no list of pages: {text!r}")
for code, mark in (("utf-32-le", b"\xff\xfe\0\0"), ("utf-32-be", b"\0\0\xfe\xff")):
    got = Run(data=mark + "<p>政府信息公开</p>".encode(code))
    ok(got.status == 1 and not got.pages and "UTF-32" in got.rejects[0]["reason"], f"{code} is said and put aside", got.rejects)
for code, name in (("hz", "HZ-GB-2312"), ("iso2022_jp", "iso-2022-jp")):
    got = Run(data=f"<meta charset={name}><p>収到 12</p>".replace("収", "收").encode(code))
    ok(got.status == 1 and not got.pages and "HZ or ISO 2022" in got.rejects[0]["reason"], f"{code} is said and put aside", got.rejects)
got = Run(data=b"<meta charset=hz-gb-2312><p>12</p>")
ok(got.status == 0 and len(got.pages) == 1, "what only claims it, and is ASCII, is read", got.err)
with open(os.path.join(TOP, "common", "tables", "page", "formats.csv"), encoding="utf-8") as f:
    for row in csv.DictReader(f):
        got = Run(data=bytes.fromhex(row["begins"]) + b"\n" + "政府信息公开".encode())
        ok(got.status == 1 and not got.pages and [r["reason"] for r in got.rejects] == [row["reason"]] and row["reason"] in got.err,
           f"a file that begins {row['begins']}: {row['reason']}", got.err)


def as_windows_1252(data):
    return "".join(chr(b) if b in b"\x81\x8d\x8f\x90\x9d" else bytes([b]).decode("cp1252") for b in data).encode()


report = "<meta charset=utf-8><p>2016年政府信息公开工作年度报告</p><table><tr><td>收到申请数</td><td>12</td></tr></table>"
plain = Run(data=report.encode()).pages["-"]
for code in ("utf-8", "gb18030"):
    for how, again in (("Latin-1", lambda b: b.decode("latin-1").encode()), ("windows-1252", as_windows_1252)):
        got = Run(data=again(report.encode(code)))
        ok(got.status == 0 and got.pages["-"][1:] == plain[1:] and f"charset={code} " in got.pages["-"][0]["text"] and
           "recoded=windows-1252" in got.pages["-"][0]["text"], f"{code} that was taken for {how} and written as UTF-8", got.pages)
french = "<p>Où étaient les élèves déçus, à l’école où l’été fut fêté ? Là où Noël a été fêté, çà et là.</p>"
got = Run(data=french.encode())
ok(got.pages["-"][1]["text"].startswith("Où étaient les élèves") and "recoded" not in got.pages["-"][0]["text"], "French is French", got.pages)
mixed = "政府" + report.encode().decode("latin-1")
ok("recoded" not in Run(data=mixed.encode()).pages["-"][0]["text"], "a page with a character of two bytes was not made so")
got = Run(data='{ "a": 1,\n  "b": 2 }\n政府信息公开\n'.encode())
ok(got.status == 0 and list(got.pages) == ["-"], "text that begins with a brace is text")

# Files
with tempfile.TemporaryDirectory() as tmp:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "b.txt", "c/d/e.txt"):
        os.makedirs(os.path.dirname(os.path.join(tmp, name)), exist_ok=True)
        with open(os.path.join(tmp, name), "w", encoding="utf-8") as f:
            f.write("2016年报告\n")
    os.symlink("..", os.path.join(tmp, "c", "loop"))
    got = Run("-r", ".", cwd=tmp)
    ok(list(got.pages) == ["./a.txt", "./b/10.txt", "./b/2.txt", "./b.txt", "./c/d/e.txt"] and got.status == 0,
       "-r walks directories in byte order and not in circles", list(got.pages))
    got = Run("b", cwd=tmp)
    ok(got.status == 3 and "directory" in got.err, "a directory without -r is said, status 3", got.err)
    got = Run("--files-from", "-", "a.txt", cwd=tmp, data=b"b/2.txt\n\nc/d/e.txt")
    ok(list(got.pages) == ["a.txt", "b/2.txt", "c/d/e.txt"], "--files-from: operands, then the list", list(got.pages))
    got = Run("--files-from", "-", cwd=tmp, data=b"b/2.txt\r\n\r\na.txt\r\n")
    ok(list(got.pages) == ["b/2.txt", "a.txt"] and got.status == 0, "--files-from: lines may end as on Windows", got.err)
    with open(os.path.join(tmp, "cr.txt\r"), "w", encoding="utf-8") as f:
        f.write("2016年报告\n")
    got = Run("--files-from", "-", cwd=tmp, data=b"cr.txt\r\n")
    ok(list(got.pages) == ["cr.txt%0D"] and got.status == 0, "but for a name that ends so", list(got.pages), got.err)
    os.remove(os.path.join(tmp, "cr.txt\r"))
    got = Run("--files-from", "-", cwd=tmp, data=b"\xef\xbb\xbfa.txt\r\nb/2.txt\r\n")
    ok(list(got.pages) == ["a.txt", "b/2.txt"] and got.status == 0, "--files-from: a byte order mark is no part of a name", got.err)
    got = Run("--files-from", "-", "-0", cwd=tmp, data=b"b/2.txt\0a.txt\0")
    ok(list(got.pages) == ["b/2.txt", "a.txt"], "-0: names end with a NUL")
    with open(os.path.join(tmp, "a.txt"), "rb") as f:
        before = f.read()
    with open(os.path.join(tmp, "c", "names"), "w") as f:
        f.write("b/2.txt\n" * 1000 + "./a.txt\n")
    for option in ("-o", "--rejects", ">"):
        p = subprocess.run(["sh", "-c", f'"$0" --files-from c/names {option} a.txt', EXTRACT], capture_output=True, cwd=tmp) if option != ">" else \
            subprocess.run(["sh", "-c", '"$0" --files-from c/names >>a.txt', EXTRACT], capture_output=True, cwd=tmp)
        with open(os.path.join(tmp, "a.txt"), "rb") as f:
            ok(p.returncode == 2 and b"'./a.txt' would be read and written" in p.stderr and f.read() == before,
               f"a list that names what is written ({option}) is refused, and that file as it was", p.returncode, p.stderr)
    os.remove(os.path.join(tmp, "c", "names"))
    p = subprocess.run([EXTRACT, "-r", "b", "-o", "b/9.csv"], capture_output=True, cwd=tmp)
    p = subprocess.run([EXTRACT, "-r", "b", "-o", "b/9.csv"], capture_output=True, cwd=tmp)
    with open(os.path.join(tmp, "b", "9.csv"), encoding="utf-8") as f:
        got = {r["source"] for r in csv.DictReader(f)}
    ok(p.returncode == 0 and got == {"b/10.txt", "b/2.txt"} and not p.stderr, "-r passes over what is written", p.stderr, got)
    os.remove(os.path.join(tmp, "b", "9.csv"))
    p = subprocess.run([EXTRACT, "--files-from", "-", "-o", "a.txt"], input=b"a.txt\n", capture_output=True, cwd=tmp)
    ok(p.returncode == 3 and b"would be read and written" in p.stderr, "a list on standard input is looked at name by name", p.stderr)
    with open(os.path.join(tmp, "a.txt"), "wb") as f:
        f.write(before)
    got = Run("--files-from", "-", cwd=tmp, data=b"gone.txt\na.txt\n")
    ok(got.status == 3 and list(got.pages) == ["a.txt"], "a file of the list that is not there: the rest is read, status 3")
    odd = os.path.join(tmp, "c", "\x01,\"")
    os.makedirs(odd.encode() + b"\xff")
    with open(odd.encode() + b"\xff/x", "w", encoding="utf-8") as f:
        f.write("2016年报告\n")
    got = Run("-r", "c", cwd=tmp)
    ok('c/%01,"%FF/x' in got.pages, "control and other bytes of a name are written %XX", list(got.pages))

# Limits
got = Run("--max-page", "1K", data=b"x" * 2000)
ok(got.status == 1 and not got.pages and "max-page" in got.rejects[0]["reason"], "--max-page rejects a larger page")
got = Run("--max-cells", "50", data=open(os.path.join(FIXTURES, "cell-per-line.txt"), "rb").read())
ok(got.status == 1 and not got.pages and "cells" in got.rejects[0]["reason"], "--max-cells rejects a page of text")
got = Run("--max-cells", "50", data=open(os.path.join(FIXTURES, "html", "bare.html"), "rb").read())
ok(got.status == 1 and not got.pages and "cells" in got.rejects[0]["reason"], "--max-cells rejects a page of HTML")
got = Run("--max-nesting", "3", data=b"<html>" + b"<table><tr><td>" * 5)
ok(got.status == 1 and not got.pages, "--max-nesting rejects")
got = Run(data=gzip.compress(bytes(30 << 20), 9))
ok(got.status == 1 and not got.pages and len(got.rejects) == 1, "data that unzip to a thousand times their size are a reject",
   got.status, got.rejects)
got = Run(data=record("response", uri(1), http(gzip.compress(bytes(30 << 20), 9), "Content-Encoding: gzip")) +
          record("response", uri(2), http(page(2))))
ok(got.status == 1 and set(got.pages) == {uri(2)}, "... in an HTTP body, too")
got = Run("--max-page", "100000", data=record("response", uri(1), http(brotli(b"<" * 150000), "Content-Encoding: br")) +
          record("response", uri(2), http(page(2))))
ok(got.status == 1 and set(got.pages) == {uri(2)}, "a brotli body over --max-page is a reject", got.status, got.err)
got = Run(data=bytes(random.randrange(256) for _ in range(5000)))
ok(got.status == 1 and not got.pages and got.rejects[0]["offset"] != "", "bytes of no charset are a reject with their offset")
got = Run(data="2016年报告\n".encode() * 300 + b"\xff\n")
ok(got.status == 1 and len(got.pages) == 1 and not got.rejects and "\ufffd" in got.pages["-"][-1]["text"],
   "one bad byte in a thousand is a finding and becomes U+FFFD", got.status, got.err)
for coding in ("utf-8", "gb18030"):
    short = bytearray("石城县人民政府2016年政府信息公开工作年度报告\n全年收到政府信息公开申请5件，已全部办结。\n".encode(coding))
    short[21] = 0xff
    got = Run(data=bytes(short))
    ok(got.status == 1 and len(got.pages) == 1 and "5件" in got.pages["-"][-1]["text"] and "no charset" in got.err,
       f"one in a short page that is plainly {coding} is, too", got.status, got.err)
# Words of one's own: what stands beside numbers, of headings, of pages of paper and of telephones.
def with_words(text, *rows):
    def read(*options):
        return [f"{p['kind']}: {p['text']}" for p in Run(*options, data=text.encode()).pages["-"] if p["kind"] != "page"]
    with open(os.path.join(TOP, "common", "tables", "page", "words.csv"), encoding="utf-8") as f:
        table = f.read()
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "words.csv"), "w", encoding="utf-8") as f:
            f.write(table + "".join(row + "\n" for row in rows))
        return read(), read("--tables", folder)


was, now = with_words("第一节工作报告\n主动公开情况良好。\n", "ordered,节,")
ok((was[0], now[0]) == ("title: 第一节工作报告", "text: 第一节工作报告"), "a word behind the number of a heading", was, now)
was, now = with_words("公开情况良好。\n卷3/卷5\n\f下页。\n", "ordinal,卷,")
ok((len(was), len(now)) == (3, 2), "a word beside the number of a page of paper", was, now)
was, now = with_words("联系电话：0571-2800000至2800001。\n", "phone_joint,至,")
ok((was, now) == (["text: 联系电话：0571-*至2800001。"], ["text: 联系电话：0571-*。"]), "a word between telephone numbers", was, now)

# A report in one cell below its index number is text; what has another text in its row, or beside it, stays a cell.
TEXT = "2013年，我镇认真做好政府信息公开。全年主动公开政府信息123件。" + "工作中还有不足，下一步将加以改进。" * 8
for name, page, kind in (
        ("html", f"<table><tr><td>索引号<td>2015-1<td>公开方式<td>主动公开<tr><td colspan=4>{TEXT}</table>", "text"),
        ("bars", f"索引号: | 2015-1 | 公开方式: | 主动公开 |\n发布单位: | 范镇 |\n年度报告 | ||\n{TEXT} |\n||\n|\n", "text"),
        ("a remark", f"<table><tr><td>收到申请数<td>3<td>说明<td>{TEXT}<tr><td>办结数<td>3<td>说明<td>无</table>", "cell"),
        ("beside a label", f"<table><tr><td rowspan=2>说明<td>3<tr><td>{TEXT}</table>", "cell"),
        ("a short one", "<table><tr><td>说明<td>无<tr><td colspan=2>全年公开123件。没有收费。</table>", "cell")):
    got = [p["kind"] for p in Run(data=page.encode()).pages["-"] if "123件" in p["text"]]
    ok(got == [kind], f"sentences in a cell, {name}", got)

# Headings within a long line, as pages have them that lost their line ends; no list, and not in a short one.
got = [p["text"] for p in Run(data=f"一、概述 {TEXT} 二、依申请公开情况 （一）申请情况 全年收到5件。 1.加强领导。 三、存在的问题，如下 {TEXT}\n".encode()).pages["-"]]
ok(got[1:] == ["一、概述", TEXT, "二、依申请公开情况", "（一）申请情况", f"全年收到5件。 1.加强领导。 三、存在的问题，如下 {TEXT}"], "headings within a line", got)
got = [p["text"] for p in Run(data="本报告如下。 一、概述 全年公开123件。\n".encode()).pages["-"]]
ok(len(got) == 2, "but not within a short one", got)

# --limit: that many pages, whole, of whatever holds them; what is behind them is not looked at
def captures(*bodies):
    return b"".join(record("response", f"http://a/{i}", http(b)) for i, b in enumerate(bodies))


PAGES = [f"<html><head><title>第{i}号报告</title></head><body><table><tr><td>行{i}</td><td>{i}</td></tr></table>{'文' * 40}</body></html>".encode()
         for i in range(6)]
csv_pages = "url,html\n" + "".join(f'u{i},"{t.decode()}\n"\n' for i, t in enumerate(PAGES))
holders = {
    "WARC": captures(*PAGES), "WARC.gz": b"".join(gzip.compress(record("response", f"http://a/{i}", http(b))) for i, b in enumerate(PAGES)),
    "JSON Lines": "".join(json.dumps({"url": f"u{i}", "html": t.decode()}) + "\n" for i, t in enumerate(PAGES)).encode(),
    "JSON": json.dumps([{"url": f"u{i}", "html": t.decode()} for i, t in enumerate(PAGES)], indent=1).encode(), "CSV": csv_pages.encode(),
}
for name, data in holders.items():
    whole, some = Run(data=data), Run("--limit", "2", data=data)
    ok(len(whole.pages) == 6 and whole.status == 0, f"{name}: six pages", whole.err, list(whole.pages))
    ok(some.status == 0 and not some.err and not some.rejects and whole.out.startswith(some.out) and len(some.pages) == 2,
       f"{name}: the first two of them", some.err, list(some.pages))
    # The damage stands behind what was asked for.
    cut = Run("--limit", "2", data=data[:len(data) * 3 // 4])
    ok(cut.status == 0 and cut.out == some.out, f"{name}: and nothing is said of what comes after", cut.err)
    ok(Run("--limit", "6", data=data).out == whole.out and Run("--limit", "7", data=data).out == whole.out, f"{name}: as many, or more")
with tempfile.TemporaryDirectory() as tmp:
    names = [os.path.join(tmp, f"{i}.html") for i in range(6)]
    for i, path in enumerate(names):
        with open(path, "wb") as f:
            f.write(b"%PDF-1.4" if i == 0 else PAGES[i])
    for args in names, ["-r", tmp], ["--files-from", "-"]:
        few = Run("--limit", "2", *args, data="\n".join(names).encode())
        ok(list(few.pages) == names[1:3] and len(few.rejects) == 1 and few.status == 1, "files: rejects are no pages that were written",
           few.err, list(few.pages))
for n in "0", "x", "":
    ok(Run("--limit", n, data=b"").status == 2, f"--limit '{n}' is refused")
got = Run("https://www.a.gov.cn/1.html")
ok(got.status == 3 and "is an address" in got.err and "curl" in got.err, "an address is not taken for a file's name", got.err)
with tempfile.NamedTemporaryFile() as f:
    pages = [os.path.join(FIXTURES, n) for n in ("form-2021.txt", "single-blanks.txt", "html/word.html", "row-per-line.txt")]
    got = Run("--stats", f.name, *pages)
    have = {r["name"][6:]: int(r["value"]) for r in csv.DictReader(io.StringIO(open(f.name, encoding="utf-8").read())) if r["name"].startswith("cells ")}
    want = {}
    for p in (p for pieces in got.pages.values() for p in pieces if p["kind"] == "cell"):
        want[p["grid"]] = want.get(p["grid"], 0) + 1
    ok(have == want and len(want) > 2, "--stats counts the cells of each grid", have, want)
finish()
