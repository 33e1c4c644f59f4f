"""Clients that are slow, or say nothing."""

from harness import *


@fault("heads come slowly")
def _():
    limit = 10.0 if options.full else 2.0
    variables = {} if options.full else {"FAULT_HEAD": 2000}
    with Server(**variables) as server:

        def slow(number):
            with connect(server, 30) as wire:
                began = time.monotonic()
                head = request(fields="X: " + "a" * 2000 + "\r\n")
                for byte in head:
                    try:
                        wire.sendall(bytes([byte]))
                    except OSError:
                        break
                    if select.select([wire], [], [], 0.1)[0]:
                        break
                return time.monotonic() - began, to_end(wire)[:12]

        results = together(50, slow)
        latest = max(seconds for seconds, _ in results)
        answers = collections.Counter(answer for _, answer in results)
        expect(limit * 0.9 < latest < (limit + 1.5) * options.patience, f"ended after {latest:.1f} s")
        expect(answers[b"HTTP/1.1 408"] == 50, f"{answers}")
        return f"50 clients, a byte each 100 ms: 408 after {latest:.1f} s, the limit is {limit:.0f} s"


def closed(wires, began, limit, early=0.1):
    """Waits until the server has closed all of these, and says when, if that was in time."""
    for wire in wires:
        expect(to_end(wire) == b"", "closed without a word")
    seconds = time.monotonic() - began
    expect(limit * (1 - early) < seconds < (limit + 1.5) * options.patience, f"closed after {seconds:.1f} s")
    return f"{len(wires)} closed after {seconds:.1f} s, the limit is {limit:.0f} s"


@fault("connections say nothing")
def _():
    limit = 10.0 if options.full else 1.0
    with Server(**({} if options.full else {"FAULT_HEAD": 1000})) as server:
        began = time.monotonic()
        return closed([connect(server, 30) for _ in range(200)], began, limit)


@fault("kept connections stay idle")
def _():
    limit = 15.0 if options.full else 1.0
    with Server(**({} if options.full else {"FAULT_KEEP_ALIVE": 1000})) as server:
        wires = [connect(server, 40) for _ in range(200)]
        for wire in wires:
            wire.sendall(request())
        for wire in wires:
            Reader(wire).answer()
        # The first of them has waited a little longer than the last.
        return closed(wires, time.monotonic(), limit, early=0.2)


@fault("uploads stall")
def _():
    limit = 15.0 if options.full else 2.0
    with Server(**({} if options.full else {"FAULT_CONTENT": 2000})) as server:
        before = server.memory()

        def stall(number):
            with connect(server, 40) as wire:
                wire.sendall(request("/echo", "POST", "Content-Length: 1000000\r\n", b"a" * 500_000))
                began = time.monotonic()
                answer = to_end(wire)
                return time.monotonic() - began, answer[:12]

        results = together(100, stall)
        latest = max(seconds for seconds, _ in results)
        answers = collections.Counter(answer.decode() for _, answer in results)
        expect(latest < (limit + 2) * options.patience, f"ended after {latest:.1f} s")
        expect(set(answers) <= {"", "HTTP/1.1 408"}, f"{answers}")
        growth = server.memory() - before
        expect(growth < 150 * MIB or options.sanitized, f"{growth} bytes more")
        end = f"100 ended after {latest:.1f} s with {dict(answers)}, the limit is {limit:.0f} s"
        return f"{end}; {growth / MIB:.0f} MiB"


@fault("uploads trickle")
def _():
    limit = 15.0 if options.full else 2.0
    with Server(**({} if options.full else {"FAULT_CONTENT": 2000})) as server:
        length, chunked = "Content-Length: 1000000\r\n", "Transfer-Encoding: chunked\r\n"
        ways = [
            (length, b"", b"a", 0.1), (length, b"", b"a" * 120, 1), (chunked, b"", b"1\r\na\r\n", 0.1),
            (chunked, b"ffff;a=", b"a", 0.1), (chunked, b"0\r\n", b"a: b\r\n", 0.1)]

        def trickle(number):
            fields, start, piece, pause = ways[number % len(ways)]
            # The server looks once a second: some are early and some late.
            time.sleep(number / 40)
            with connect(server, 60) as wire:
                wire.sendall(request("/echo", "POST", fields) + start)
                began = time.monotonic()
                while not select.select([wire], [], [], pause)[0] and time.monotonic() - began < 60:
                    try:
                        wire.sendall(piece)
                    except OSError:
                        break
                return time.monotonic() - began

        latest = max(together(40, trickle))
        expect(latest < (limit * 2 + 2) * options.patience, f"ended after {latest:.1f} s")
        return f"40 clients, too few bytes a second in content, chunks, extensions, trailers: ended after {latest:.1f} s"


@fault("readers of a stored answer stall")
def _():
    with Server() as server:
        expect(len(get(server, "/stored")[1]) == 8 * MIB, "an answer of 8 MiB")
        before = server.memory()
        wires = [connect(server) for _ in range(100)]
        for wire in wires:
            wire.sendall(request("/stored"))
            expect(wire.recv(1000), "the first bytes")
        growth = server.memory() - before
        expect(growth < 32 * MIB or options.sanitized, f"{growth / MIB:.0f} MiB for 100 readers")
        for wire in wires:
            reset(wire)
        server.recovers(2)
        return f"100 readers of 8 MiB that are there once: {growth / MIB:.1f} MiB"


@fault("readers of a file stall")
def _():
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"a" * 3 * MIB)
        file.flush()
        with Server(FAULT_FILE=file.name) as server:
            wires = []
            for _ in range(2000):
                wire = socket.socket()
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
                wire.connect(("127.0.0.1", server.port))
                wire.sendall(request("/file"))
                expect(wire.recv(1000), "the first bytes")
                wires.append(wire)
            time.sleep(3)
            began, before = time.monotonic(), server.cpu()
            time.sleep(3)
            share = (server.cpu() - before) / (time.monotonic() - began)
            expect(share < 0.02 * options.patience, f"{share:.1%} of a core for clients that read nothing")
            for wire in wires:
                reset(wire)
            server.recovers(3)
            return f"2000 readers of 3 MiB: {share:.1%} of a core"


@fault("readers stall")
def _():
    limit = 30.0 if options.full else 2.0
    with Server(**({} if options.full else {"FAULT_WRITE": 2000})) as server:
        before = server.memory()
        wires = []
        for _ in range(200):
            wire = connect(server, 60)
            wire.sendall(request("/stream?parts=1000000&bytes=16000"))
            wires.append(wire)
        time.sleep(1.5)
        growth = server.memory() - before
        began = time.monotonic()
        while server.open_descriptors() > server.descriptors + 2 and time.monotonic() - began < 60:
            time.sleep(0.05)
        seconds = time.monotonic() - began + 1.5
        held = underway(server)
        for wire in wires:
            wire.close()
        expect(held == 0, f"the system still holds {held / MIB:.0f} MiB for them")
        expect(growth < 32 * MIB or options.sanitized, f"{growth / MIB:.0f} MiB for 200 readers")
        expect(seconds < (limit + 2.5) * options.patience, f"closed after {seconds:.1f} s")
        end = f"closed after {seconds:.1f} s, the limit is {limit:.0f} s"
        return f"200 of endless streams: {growth / MIB:.1f} MiB, {end}"


def underway(server):
    """The bytes that the system holds for clients that have not taken them."""
    with open("/proc/net/tcp") as file:
        lines = [line.split() for line in file.readlines()[1:]]
    port = f":{server.port:04X}"
    return sum(int(words[4].split(":")[0], 16) for words in lines if words[1].endswith(port) and words[3] != "0A")


@fault("readers are slow")
def _():
    with Server(FAULT_WRITE=2000) as server:

        def read(number):
            with socket.socket() as wire:
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
                wire.settimeout(20)
                wire.connect(("127.0.0.1", server.port))
                paths = ["/large?bytes=20000000", "/stream?parts=2000&bytes=10000"]
                wire.sendall(request(paths[number % 2], fields="Connection: close\r\n"))
                began, count = time.monotonic(), 0
                while time.monotonic() - began < 8:
                    count += len(wire.recv(10_000))
                    time.sleep(0.2)
                return count + len(to_end(wire))

        counts = together(20, read)
        expect(min(counts) > 20_000_000, f"{min(counts)} bytes of 20,000,000")
        return "20 take 50 kB a second for four times as long as one may take nothing: none is cut"


@fault("requests are pipelined and no answer is read")
def _():
    with Server(FAULT_WRITE=2000) as server:
        before = server.memory()

        def flood(number):
            with connect(server, 30) as wire:
                sent, many = 0, request() * 500
                try:
                    while True:
                        sent += wire.send(many)
                except OSError:
                    return sent

        sent = sum(together(5, flood))
        growth = server.memory() - before
        expect(growth < 32 * MIB or options.sanitized, f"{growth / MIB:.0f} MiB")
        return f"5 clients sent {sent / MIB:.0f} MiB before they were cut: {growth / MIB:.1f} MiB"


@fault("requests are pipelined by clients that close their side")
def _():
    clients, count = 100, 500
    with Server(WHIPPET_LOOPS=1) as server:

        def cost(half):
            wires = [connect(server) for _ in range(clients)]
            before = server.cpu()
            for wire in wires:
                wire.sendall(request() * (count - 1) + request(fields="Connection: close\r\n"))
                if half:
                    wire.shutdown(socket.SHUT_WR)
            answered = sum(to_end(wire).count(b"HTTP/1.1 200") for wire in wires)
            expect(answered == clients * count, f"{answered} of {clients * count} answered")
            return (server.cpu() - before) / answered * 1e6

        cost(False)
        usual, half = cost(False), cost(True)
        expect(half < 2 * usual or options.sanitized, f"{half:.1f} us for each, {usual:.1f} us with the side open")
        return f"{clients * count} answered, {half:.1f} us each, {usual:.1f} us with the side open"
