#!/usr/bin/env python3
# Copyright 2026 the Whippet authors
# SPDX-License-Identifier: Apache-2.0
"""What server-sent events and compression cost: memory for each listener, CPU for each event, parts of a stream.

    swift build -c release --package-path Benchmarks --product listeners
    Benchmarks/listeners.py Benchmarks/.build/release/listeners [1000]
"""

import gzip, http.client, json, os, re, socket, statistics, subprocess, sys, time, zlib

PROGRAM, COUNT = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000
EVENTS = 100


def connection():
    return http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)


def ask(client, path, method="GET", headers={}):
    client.request(method, path, headers=headers)
    response = client.getresponse()
    return response, response.read()


def figures(client):
    return json.loads(ask(client, "/figures")[1])


def listen(fields=""):
    listener = socket.create_connection(("127.0.0.1", PORT))
    listener.sendall(f"GET /events HTTP/1.1\r\nhost: x\r\n{fields}\r\n".encode())
    head = b""
    while b"\r\n\r\n" not in head:
        head += listener.recv(4096)
    return listener


def drain(listeners):
    for listener in listeners:
        listener.setblocking(False)
        try:
            while listener.recv(65536):
                pass
        except BlockingIOError:
            pass
        listener.setblocking(True)


def cost(client, path, rounds, headers={}):
    """Microseconds of the server's CPU for one request, and the size of its answer."""
    ask(client, path, headers=headers)
    before = figures(client)["cpu"]
    for _ in range(rounds):
        _, body = ask(client, path, headers=headers)
    return (figures(client)["cpu"] - before) / rounds, len(body), body


server = subprocess.Popen(
    [PROGRAM], env={**os.environ, "PORT": "0", "HOST": "127.0.0.1"}, stdout=subprocess.PIPE, text=True)
try:
    PORT = int(re.search(r"http://127\.0\.0\.1:(\d+)", server.stdout.readline()).group(1))
    client = connection()
    figures(client)
    warm = [listen() for _ in range(50)]
    ask(client, "/broadcast/5", "POST")
    for listener in warm:
        listener.close()
    time.sleep(0.5)

    before = figures(client)
    listeners = [listen() for _ in range(COUNT)]
    after = figures(client)
    print(f"memory: {(after['rss'] - before['rss']) / COUNT:.1f} KiB for each of {COUNT} listeners")
    print(f"opening: {(after['cpu'] - before['cpu']) / COUNT:.1f} µs of CPU each")

    costs = []
    for _ in range(3):
        before = figures(client)
        ask(client, f"/broadcast/{EVENTS}", "POST")
        time.sleep(0.2)
        after = figures(client)
        drain(listeners)
        costs.append((after["cpu"] - before["cpu"]) / EVENTS)
    print(f"an event to all: {statistics.median(costs):.0f} µs of CPU, {statistics.median(costs) / COUNT:.2f} µs each")
    print(f"memory after that: {(figures(client)['rss'] - before['rss']) / COUNT:+.1f} KiB for each")

    for name, count in [("closed by the client", 50), ("reset by the client", 50)]:
        seen, delays = len(json.loads(ask(client, "/ends")[1])), []
        for _ in range(count):
            listener = listeners.pop()
            if "reset" in name:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            start = time.monotonic_ns()
            listener.close()
            while True:
                ends = json.loads(ask(client, "/ends")[1])
                if len(ends) > seen:
                    break
            seen = len(ends)
            delays.append((ends[-1] - start) / 1e6)
        print(f"{name} to cancelled: median {statistics.median(delays):.1f} ms, at most {max(delays):.1f} ms")
    for listener in listeners:
        listener.close()
    time.sleep(0.5)

    few, _, _ = cost(client, "/parts/1000", 20)
    many, _, _ = cost(client, "/parts/101000", 5)
    print(f"a small part of Response.stream: {(many - few) / 100_000:.3f} µs of CPU")

    plain, size, _ = cost(client, "/plain", 2000)
    for coding in ["gzip", "deflate"]:
        packed, less, body = cost(client, "/packed", 2000, {"accept-encoding": coding})
        text = gzip.decompress(body) if coding == "gzip" else zlib.decompress(body)
        print(f"{coding}: {size} bytes to {less}, {packed - plain:.0f} µs of CPU more ({plain:.0f} without)")
    start = time.process_time()
    for _ in range(2000):
        zlib.compress(text, 6)
    print(f"zlib alone, called from Python: {(time.process_time() - start) / 2000 * 1e6:.0f} µs")
finally:
    server.kill()
