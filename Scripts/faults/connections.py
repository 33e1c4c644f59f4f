"""Descriptors and connections run out."""

from harness import *


def starves(server, wires):
    """The share of a core that it takes while clients wait that can't be accepted, and how soon it is well without."""
    time.sleep(0.3)
    began, before = time.monotonic(), server.cpu()
    time.sleep(1)
    share = (server.cpu() - before) / (time.monotonic() - began)
    expect(share < 0.1 * options.patience, f"{share:.0%} of a core while nothing can be accepted")
    for wire in wires:
        wire.close()
    return share, server.recovers(2)


@fault("descriptors run out")
def _():
    with Server(descriptors=128) as server:
        wires = [connect(server) for _ in range(300)]
        share, seconds = starves(server, wires)
        return f"300 connections for 128 descriptors: {share:.1%} of a core, well again after {milliseconds(seconds)}"


@fault("descriptors are taken away (EMFILE)")
def _():
    with Server() as server:
        # Nor can it be that libdispatch, which needs one when the main thread ends, has not got it yet.
        time.sleep(0.3)
        limit = server.open_descriptors() + 10
        old = resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (limit, 4096))
        wires = [connect(server) for _ in range(100)]
        share, seconds = starves(server, wires)
        said = len(server.lines())
        expect(1 <= said <= 12, f"{said} lines in the log: {server.lines()[:3]}")
        return f"{share:.1%} of a core, well again after {milliseconds(seconds)}, {said} lines in the log"


@fault("connections are held")
def _():
    count = 5000 if options.full else 1000
    with Server() as server:
        get(server)
        before = server.memory()
        wires = [connect(server) for _ in range(count)]
        readers = [Reader(wire) for wire in wires]
        for wire in wires:
            wire.sendall(request())
        for reader in readers:
            expect(reader.answer()[0] == 200, "an answer")
        each = (server.memory() - before) / count
        began = time.monotonic()
        expect(get(server)[0] == 200, "another is answered")
        seconds = time.monotonic() - began
        expect(each < 8 * 1024 or options.sanitized, f"{each:.0f} bytes for each connection")
        for wire in wires:
            wire.close()
        server.recovers(2)
        return f"{count} held: {each / 1024:.1f} KiB each, another answered in {milliseconds(seconds)}"


@fault("connections come and go")
def _():
    count = 20_000 if options.full else 4000
    with Server() as server:

        def churn(number, share):
            for _ in range(share):
                with connect(server) as wire:
                    wire.sendall(request())
                    expect(Reader(wire).answer()[0] == 200, "an answer")

        together(4, lambda number: churn(number, 250))
        before = server.memory()
        began = time.monotonic()
        together(4, lambda number: churn(number, count // 4))
        seconds = time.monotonic() - began
        growth = server.memory() - before
        expect(growth < 4 * MIB or options.sanitized, f"{growth} bytes more")
        return f"{count} in {seconds:.1f} s, {growth / 1024:.0f} KiB more"


@fault("resets in each phase")
def _():
    count = 4000 if options.full else 1000
    phases = {
        "connected": b"",
        "in the request line": b"GET /sl",
        "in the fields": b"GET / HTTP/1.1\r\nHost: a\r\nX: ",
        "in the content": request("/echo", "POST", "Content-Length: 1000\r\n", b"part"),
        "in chunks": request("/echo", "POST", "Transfer-Encoding: chunked\r\n", b"5\r\nhe"),
        "while the handler waits": request("/hang"),
        "while the handler runs": request("/"),
        "in a large answer": request("/large?bytes=4000000"),
        "in a stream": request("/stream?parts=1000000&bytes=4000"),
        "behind pipelined requests": request("/slow?for=50") + request() * 20,
    }
    with Server() as server:
        hanging = 0
        for number in range(count):
            phase = list(phases)[number % len(phases)]
            wire = connect(server)
            wire.sendall(phases[phase])
            if number % 3:
                time.sleep(0.001)
            if phase == "while the handler waits":
                hanging += 1
            reset(wire)
        seconds = server.recovers(2)
        cancelled = int(get(server, "/cancelled")[1])
        # A reset can overtake the request; whoever was begun must have been cancelled.
        end = f"well after {milliseconds(seconds)}, {cancelled} of {hanging} handlers cancelled"
        return f"{count} in {len(phases)} phases, {end}"


@fault("the backlog overflows")
def _():
    count = 6000 if options.full else 1500
    with Server() as server:
        server.process.send_signal(signal.SIGSTOP)
        wires = []
        for _ in range(count):
            wire = socket.socket()
            wire.setblocking(False)
            try:
                wire.connect(("127.0.0.1", server.port))
            except BlockingIOError:
                pass
            wires.append(wire)
        time.sleep(0.2)
        server.process.send_signal(signal.SIGCONT)
        answered = 0
        for wire in wires:
            wire.settimeout(20)
            try:
                wire.sendall(request(fields="Connection: close\r\n"))
                answered += Reader(wire).answer()[0] == 200
            except BlockingIOError:
                select.select([], [wire], [], 20)
                wire.sendall(request(fields="Connection: close\r\n"))
                answered += Reader(wire).answer()[0] == 200
            wire.close()
        expect(answered == count, f"{answered} of {count} answered")
        return f"{count} connections while it stood still, all answered"


@fault("the process stands still")
def _():
    with Server(FAULT_HEAD=1000, FAULT_KEEP_ALIVE=1000, FAULT_CONTENT=3000) as server:
        # These are about to be looked at, and have earned all their time again.
        lates = [connect(server, 30) for _ in range(100)]
        for late in lates:
            late.sendall(request("/echo", "POST", "Content-Length: 1000\r\n", b"a"))
        time.sleep(2.5)
        for late in lates:
            late.sendall(b"a" * 800)
        wires = [connect(server, 30) for _ in range(1200)]
        for wire in wires:
            wire.sendall(request())
        for wire in wires:
            Reader(wire).answer()
        halves = [connect(server, 30) for _ in range(300)]
        for half in halves:
            half.sendall(request("/echo", "POST", "Content-Length: 10\r\n", b"hello"))
        server.process.send_signal(signal.SIGSTOP)
        for wire in wires:
            wire.sendall(request())
        for half in halves:
            half.sendall(b"hello")
        for late in lates:
            late.sendall(b"a")
        time.sleep(4)
        server.process.send_signal(signal.SIGCONT)
        time.sleep(1.9)
        for late in lates:
            late.sendall(b"a" * 198)
        answered = 0
        for wire in wires + halves + lates:
            try:
                answered += Reader(wire).answer()[0] == 200
            except (OSError, EOFError):
                pass
            wire.close()
        expect(answered == 1600, f"{answered} of 1600 answered")
        return "4 s, while 1600 clients sent what their limits of 1 and 3 s gave them time for: all answered"
