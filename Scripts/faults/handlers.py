"""Handlers that do what handlers should not."""

from harness import *


@fault("handlers throw")
def _():
    with Server() as server:
        with connect(server) as wire:
            reader = Reader(wire)
            for _ in range(200):
                wire.sendall(request("/throw") + request("/split") + request())
                answers = [reader.answer() for _ in range(3)]
                expect([status for status, _, _ in answers] == [500, 500, 200], f"{answers}")
                expect(not any(b"Fault" in body for _, _, body in answers), "no details")
        with connect(server) as wire:
            wire.sendall(request("/break"))
            answer = to_end(wire)
            expect(b"begun" in answer and not answer.endswith(b"0\r\n\r\n"), f"a broken stream shows: {answer}")
        return "400 answered with 500 on one connection, a broken stream has no last chunk"


@fault("handlers hang and their clients leave")
def _():
    with Server() as server:
        wires = [connect(server) for _ in range(100)]
        for wire in wires:
            wire.sendall(request("/hang"))
        time.sleep(0.5)
        for number, wire in enumerate(wires):
            reset(wire) if number % 2 else wire.close()
        began = time.monotonic()
        while (cancelled := int(get(server, "/cancelled")[1])) < 100 and time.monotonic() - began < 5:
            time.sleep(0.01)
        expect(cancelled == 100, f"{cancelled} of 100 handlers were cancelled")
        return f"100 handlers cancelled within {milliseconds(time.monotonic() - began)}"


def latencies(server, path, count=10):
    """Others' seconds on the same loop while a handler is at work for a second, and after it."""
    with connect(server) as blocked, connect(server) as other:
        reader = Reader(other)
        other.sendall(request())
        reader.answer()
        blocked.sendall(request(path))
        time.sleep(0.05)
        during, after = [], []
        for list_ in (during, after):
            for _ in range(count):
                began = time.monotonic()
                other.sendall(request())
                reader.answer()
                list_.append(time.monotonic() - began)
            if list_ is during:
                expect(Reader(blocked).answer()[0] == 200, "the handler answers")
        return max(during), sorted(after)[len(after) // 2]


@fault("a handler blocks its loop for a second")
def _():
    with Server(WHIPPET_LOOPS=1) as server:
        during, after = latencies(server, "/block?for=1000")
        expect(during < 1.1 * options.patience, f"another waited {during:.2f} s")
        expect(after < 0.05 * options.patience, f"another took {milliseconds(after)} afterwards")
        expect(any("/block" in line for line in server.lines()), f"a line names the route: {server.lines()}")
        return f"another waited {milliseconds(during)}, and {after * 1000:.1f} ms afterwards; a line names the route"


@fault("a handler offloads what blocks")
def _():
    with Server(WHIPPET_LOOPS=1) as server:
        during, _ = latencies(server, "/offload?for=1000")
        expect(during < 0.05 * options.patience, f"another waited {milliseconds(during)}")
        return f"another waited {during * 1000:.1f} ms at most"


@fault("handlers never read the content")
def _():
    with Server() as server:
        for size in (10, 10_000, 60_000, 200_000):
            with connect(server) as wire:
                reader = Reader(wire)
                for _ in range(20):
                    # Content that would be a request, were it taken for one.
                    content = (request("/smuggled") * (size // 30 + 1))[:size]
                    wire.sendall(request("/ignore", "POST", f"Content-Length: {size}\r\n", content) + request())
                    first, goes_on, body = reader.answer()
                    expect((first, body) == (200, b"ignored"), f"{first} {body}")
                    expect(goes_on, f"{size} bytes end the connection")
                    status, _, body = reader.answer()
                    expect((status, body) == (200, b"Hello, world!"), f"{status} {body}")
        with connect(server) as wire:
            wire.sendall(request("/ignore", "POST", "Content-Length: 50000000\r\n", b"x" * 100_000))
            status, goes_on, _ = Reader(wire).answer()
            expect(status == 200 and not goes_on, "a large rest ends the connection")
        return "80 answered and what follows them, too; a rest beyond 256 KiB ends the connection"


@fault("clients close their side")
def _():
    phases = {
        b"GET / HT": b"", b"GET / HTTP/1.1\r\nHost:": b"",
        request("/echo", "POST", "Content-Length: 10\r\n", b"a"): b"",
        request("/echo", "POST", "Transfer-Encoding: chunked\r\n", b"5\r\nhel"): b"", request(): b"HTTP/1.1 200",
        request("/echo", "POST", "Content-Length: 5\r\n", b"hello"): b"HTTP/1.1 200", b"": b"",
        request() * 10: b"HTTP/1.1 200", request("/large"): b"HTTP/1.1 200",
    }
    with Server() as server:
        longest = 0
        for data, expected in phases.items():
            for _ in range(20):
                with connect(server) as wire:
                    wire.sendall(data)
                    wire.shutdown(socket.SHUT_WR)
                    began = time.monotonic()
                    answer = to_end(wire)
                    longest = max(longest, time.monotonic() - began)
                    fits = answer.startswith(expected) if expected else answer[:12] in (b"", b"HTTP/1.1 400")
                    expect(fits, f"{data[:40]}: {answer[:60]}")
        expect(longest < 0.5 * options.patience, f"the connection ended after {longest:.2f} s")
        return f"{len(phases)} phases × 20, each connection ended within {milliseconds(longest)}"
