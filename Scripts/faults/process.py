"""What a process stands in: its log, its streams, and a mixed load."""

from harness import *


@fault("nobody reads the log")
def _():
    ends = os.pipe()
    with Server(log=os.fdopen(ends[1], "wb")) as server:
        os.close(ends[0])
        server.log.close()
        server.process.stdout.close()
        for _ in range(20):
            expect(get(server, "/throw")[0] == 500, "500")
        server.process.send_signal(signal.SIGPIPE)
        time.sleep(0.1)
        server.recovers(2)
        server.process.stdout = open(os.devnull)
        return "20 lines into a closed pipe and a SIGPIPE"


@fault("the log's pipe is full")
def _():
    reading, writing = os.pipe()
    with Server(log=os.fdopen(writing, "wb")) as server:
        began = time.monotonic()
        for _ in range(5000):
            expect(get(server, "/throw")[0] == 500, "500")
        seconds = time.monotonic() - began
        text = b""
        while len(text) < 60_000:
            text += os.read(reading, 1 << 16)
        expect(get(server, "/throw")[0] == 500, "500")
        while b"lines are missing" not in text:
            text += os.read(reading, 1 << 16)
        os.close(reading)
        return f"5000 lines that nobody reads: {seconds:.1f} s; later one says how many are missing"


@fault("standard streams are closed")
def _():
    with tempfile.NamedTemporaryFile("w", suffix=".sh", delete=False) as script:
        script.write('exec 0<&- 2>&-\nexec "$@"\n')
    try:
        with Server(arguments=["/bin/sh", script.name]) as server:
            with connect(server) as wire:
                reader = Reader(wire)
                for _ in range(20):
                    wire.sendall(request("/throw") + request())
                    expect([reader.answer()[0], reader.answer()[0]] == [500, 200], "answers without log lines in them")
            return "no log line ends up in a socket"
    finally:
        os.unlink(script.name)


@fault("a mixed load")
def _():
    """Clients of all kinds at once, with an eye on memory and descriptors."""
    length = 20 if options.full or options.soak else 6
    with Server() as server:
        over = time.monotonic() + length
        counts = collections.Counter()

        def mixed(number):
            chance = random.Random(number)
            while time.monotonic() < over:
                kind = chance.randrange(9)
                try:
                    with connect(server) as wire:
                        reader = Reader(wire)
                        if kind <= 2:
                            for _ in range(chance.randrange(1, 30)):
                                wire.sendall(request() * 4)
                                for _ in range(4):
                                    expect(reader.answer()[2] == b"Hello, world!", "hello")
                                    counts["answers"] += 1
                        elif kind == 3:
                            content = os.urandom(chance.randrange(200_000))
                            wire.sendall(request("/echo", "POST", f"Content-Length: {len(content)}\r\n", content))
                            expect(reader.answer()[2] == content, "an echo")
                        elif kind == 4:
                            content = b"1000\r\n" + b"c" * 4096 + b"\r\n"
                            wire.sendall(
                                request("/sum", "POST", "Transfer-Encoding: chunked\r\n", content * 50 + b"0\r\n\r\n"))
                            expect(reader.answer()[2] == b"204800", "a sum")
                        elif kind == 5:
                            wire.sendall(request("/stream?parts=50&bytes=2000"))
                            expect(len(reader.answer()[2]) == 100_000, "a stream")
                        elif kind == 6:
                            wire.sendall(request(chance.choice(["/hang", "/large?bytes=3000000", "/slow?for=50"])))
                            time.sleep(chance.random() / 50)
                            reset(wire)
                        elif kind == 7:
                            wire.sendall(os.urandom(chance.randrange(1, 2000)))
                            wire.shutdown(socket.SHUT_WR)
                            to_end(wire)
                        else:
                            wire.sendall(request("/throw") + request("/nowhere") + request("/", "PUT"))
                            expect([reader.answer()[0] for _ in range(3)] == [500, 404, 405], "errors")
                        counts["connections"] += 1
                except ConnectionError as error:
                    expect(kind >= 6, f"{kind}: {error}")

        def watch():
            # The first part of the time is for the pools to grow to what this load needs.
            time.sleep(length * 0.4)
            first, highest, descriptors = server.memory(), 0, 0
            while time.monotonic() < over:
                highest = max(highest, server.memory())
                descriptors = max(descriptors, server.open_descriptors())
                time.sleep(0.05)
            return first, highest, descriptors

        results = together(9, lambda number: watch() if number == 8 else mixed(number))
        first, highest, descriptors = next(result for result in results if result)
        expect(highest - first < 8 * MIB or options.sanitized, f"{(highest - first) / MIB:.1f} MiB more")
        expect(descriptors < server.descriptors + 60, f"{descriptors} descriptors")
        server.recovers(2)
        seconds, before = 1, server.cpu()
        time.sleep(seconds)
        idle = (server.cpu() - before) / seconds
        expect(idle < 0.05 * options.patience, f"{idle:.0%} of a core with nothing to do")
        return (
            f"{length} s, {counts['connections']} connections, {counts['answers']} plain answers: "
            f"{highest / MIB:.1f} MiB at most, {(highest - first) / MIB:.1f} MiB more than before, "
            f"{descriptors} descriptors, {idle:.1%} of a core afterwards")
