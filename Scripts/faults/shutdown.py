"""The end of the process, and the next start."""

import functools

from harness import *


def under_load(server, seconds, act):
    """Lets clients of each kind ask for so long, acts in the middle, and counts requests that got no answer."""
    lost, answered = [], collections.Counter()
    over = threading.Event()
    refused = threading.Event()

    def ask(kind, path, keeps, expected):
        wire = reader = None
        while not over.is_set():
            try:
                if wire is None:
                    wire = connect(server)
                    reader = Reader(wire)
            except OSError:
                # The listener is closed, or closes while the system still answers for it.
                refused.set()
                return
            try:
                if kind == "upload":
                    wire.sendall(request(path, "POST", f"Content-Length: {expected}\r\n"))
                    for _ in range(10):
                        wire.sendall(b"x" * (expected // 10))
                        time.sleep(0.02)
                else:
                    wire.sendall(request(path))
                status, goes_on, body = reader.answer()
                expect(status == 200 and len(body) == expected, f"{kind}: {status} with {len(body)} bytes")
                answered[kind] += 1
            except (OSError, EOFError) as error:
                lost.append(f"{kind}: {error!r}")
                goes_on = False
            except Failure as error:
                lost.append(str(error))
                goes_on = False
            if not keeps or not goes_on:
                wire.close()
                wire = None

    kinds = [("kept", "/", True, 13)] * 8 + [("new", "/", False, 13)] * 8
    kinds += [("upload", "/echo", True, 100_000)] * 4
    kinds += [("slow", "/slow?for=200", True, 4)] * 4
    kinds += [("stream", "/stream?parts=20&bytes=1000&pause=20", keeps, 20_000) for keeps in (False, True)] * 4
    threads = [threading.Thread(target=ask, args=kind) for kind in kinds]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    result = act()
    over.set()
    for thread in threads:
        thread.join()
    return result, lost, answered


@fault("SIGTERM under load")
def _():
    rounds = 10 if options.full else 3
    total, longest = 0, 0
    for number in range(rounds):
        # A terminal that closes sends SIGHUP.
        end = functools.partial(Server.end, number=signal.SIGHUP if number % 3 == 2 else signal.SIGTERM)
        with Server() as server:
            (status, seconds), lost, answered = under_load(server, 0.5, lambda: end(server))
            expect(status == 0, f"ended with {status}: {server.lines()}")
            expect(not lost, f"{len(lost)} of {sum(answered.values())} requests were lost: {lost[:4]}")
            total, longest = total + sum(answered.values()), max(longest, seconds)
    return f"{rounds} times: {total} requests, none lost; ended within {longest:.1f} s with status 0"


@fault("SIGTERM with connections in the accept queue")
def _():
    count = 1000 if options.full else 300
    with Server(WHIPPET_LOOPS=1) as server:
        with connect(server) as blocking:
            blocking.sendall(request("/block?for=1000"))
            time.sleep(0.1)
            wires = [connect(server, 20) for _ in range(count)]
            for wire in wires:
                wire.sendall(request())
            began = time.monotonic()
            server.process.send_signal(signal.SIGTERM)
            expect(Reader(blocking).answer()[0] == 200, "the one that blocked is answered")
            answered = 0
            for wire in wires:
                try:
                    answered += Reader(wire).answer()[0] == 200
                except (OSError, EOFError):
                    pass
                wire.close()
            status, seconds = server.ended(began)
        expect(answered == count, f"{answered} of {count} answered")
        expect(status == 0, f"status {status}")
        return f"{count} waited behind a blocked loop, all answered; status 0 after {seconds:.1f} s"


@fault("SIGTERM between pipelined requests")
def _():
    with Server() as server:
        wires = [connect(server) for _ in range(20)]
        for wire in wires:
            wire.sendall(request("/slow?for=300") + request() * 5)
        time.sleep(0.1)
        server.process.send_signal(signal.SIGTERM)
        answered = 0
        for wire in wires:
            reader = Reader(wire)
            try:
                for _ in range(6):
                    answered += reader.answer()[0] == 200
            except (OSError, EOFError):
                pass
            wire.close()
        status, seconds = server.ended(time.monotonic())
        expect(answered == 120, f"{answered} of 120 answered")
        return f"120 that had come before it, all answered; status {status}"


@fault("SIGTERM with idle connections")
def _():
    count = 5000 if options.full else 1000
    with Server() as server:
        wires = [connect(server) for _ in range(count)]
        for wire in wires:
            wire.sendall(request())
        for wire in wires:
            Reader(wire).answer()
        status, seconds = server.end()
        expect(status == 0 and seconds < 1.5 * options.patience, f"status {status} after {seconds:.1f} s")
        for wire in wires:
            expect(to_end(wire) == b"", "closed")
        return f"{count} closed, ended after {milliseconds(seconds)} with status 0"


@fault("a stream outlasts the drain")
def _():
    with Server(WHIPPET_DRAIN=2) as server:
        with connect(server, 20) as wire:
            wire.sendall(request("/stream?parts=100000&bytes=10&pause=50"))
            time.sleep(0.2)
            status, seconds = server.end()
            expect(not to_end(wire).endswith(b"0\r\n\r\n"), "the cut shows")
        expect(status == 0 and 1.8 < seconds < 3 * options.patience, f"status {status} after {seconds:.1f} s")
        return f"cut after {seconds:.1f} s of 2, status 0"


@fault("SIGTERM as soon as it listens")
def _():
    for _ in range(20):
        with Server(isAsked=False) as server:
            status, seconds = server.end()
            expect(status == 0, f"ended with {status}")
    return f"20 times: status 0, the last after {milliseconds(seconds)}"


@fault("a second SIGTERM")
def _():
    report = []
    for path, limit in [("/slow?for=20000", 1.0), ("/block?for=20000", 2.0)]:
        with Server() as server:
            with connect(server, 20) as wire:
                wire.sendall(request(path))
                time.sleep(0.3)
                server.process.send_signal(signal.SIGTERM)
                time.sleep(0.5)
                expect(server.process.poll() is None, "the first one waits")
                status, seconds = server.end(timeout=15)
                expect(seconds < limit * options.patience, f"{path}: ended after {seconds:.1f} s")
                report.append(f"{path.split('?')[0]} {milliseconds(seconds)} with status {status}")
    return ", ".join(report)


@fault("SIGKILL and a start on the same port")
def _():
    rounds, longest = 10 if options.full else 4, 0
    first = Server()
    port = first.port
    server = first
    try:
        for _ in range(rounds):
            wires = [connect(server) for _ in range(50)]
            for wire in wires:
                wire.sendall(request("/stream?parts=100000&bytes=100&pause=10"))
            time.sleep(0.1)
            server.process.kill()
            server.process.wait()
            began = time.monotonic()
            server = Server(PORT=port)
            longest = max(longest, time.monotonic() - began)
            for wire in wires:
                wire.close()
        server.recovers(2)
    finally:
        server.process.kill()
        server.process.wait()
    return f"{rounds} times with 50 streams open, answered again after {milliseconds(longest)} at most"


@fault("the port is taken")
def _():
    with Server() as server:
        second = subprocess.run(
            [options.server], env=os.environ | {"HOST": "127.0.0.1", "PORT": str(server.port)}, capture_output=True,
            text=True, timeout=20)
        lines = second.stderr.splitlines()
        expect(second.returncode == 1 and len(lines) == 1 and str(server.port) in lines[0], f"{second}")
        return lines[0]
