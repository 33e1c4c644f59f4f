"""A server process with an eye on it, and clients of it."""

import argparse, collections, glob, os, random, re, resource, select, signal, socket, struct, subprocess, tempfile
import threading, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGE = os.sysconf("SC_PAGE_SIZE")
TICK = os.sysconf("SC_CLK_TCK")
MIB = 1 << 20
# What the command line says; `patience` is how much longer than promised things may take on a slow or busy machine.
options = argparse.Namespace()
faults = []


class Failure(Exception):
    pass


def expect(condition, what):
    if not condition:
        raise Failure(what)


def fault(name):
    def register(function):
        faults.append((name, function))
        return function

    return register


class Server:
    """A server process of its own, which must be well at the end and leave nothing open."""

    def __init__(self, descriptors=None, log=None, healthy=True, isAsked=True, arguments=(), **environment):
        variables = {"HOST": "127.0.0.1", "PORT": "0", "WHIPPET_ENV": "production", "WHIPPET_LOOPS": "2"}
        variables |= {name: str(value) for name, value in environment.items()}
        self.healthy = healthy
        self.log = log or tempfile.TemporaryFile()

        def limit():
            if descriptors:
                resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))

        self.process = subprocess.Popen(
            [*arguments, options.server], env=os.environ | variables, stdout=subprocess.PIPE, stderr=self.log,
            preexec_fn=limit)
        line = self.process.stdout.readline().decode()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        expect(found, f"the server did not start: {line} {self.lines()}")
        self.port = int(found[1])
        # The first request opens what stays open.
        if isAsked:
            get(self, "/slow?for=1")
        self.descriptors = self.open_descriptors()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            if kind is None and self.healthy:
                self.recovers(2)
        finally:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()

    def recovers(self, seconds):
        """Answers, and holds no more descriptors than at first, within so many seconds."""
        began = time.monotonic()
        expect(self.process.poll() is None, f"the process has ended with {self.process.poll()}: {self.lines()}")
        while True:
            try:
                status, body = get(self, timeout=seconds)
                if status == 200 and body == b"Hello, world!" and self.open_descriptors() <= self.descriptors + 2:
                    return time.monotonic() - began
                state = f"{status} {body}, {self.open_descriptors()} descriptors, {self.descriptors} at first"
            except OSError as error:
                state = str(error)
            expect(time.monotonic() - began < seconds * options.patience, f"not well after {seconds} s: {state}")
            time.sleep(0.02)

    def open_descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def memory(self):
        with open(f"/proc/{self.process.pid}/statm") as file:
            return int(file.read().split()[1]) * PAGE

    def cpu(self):
        """The seconds of CPU that the process has used."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            words = file.read().rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / TICK

    def lines(self):
        if self.log.closed or not self.log.seekable():
            return []
        self.log.seek(0)
        return self.log.read().decode(errors="replace").splitlines()

    def end(self, number=signal.SIGTERM, timeout=40):
        """Sends a signal; the process's status and the seconds that it took to end."""
        began = time.monotonic()
        self.process.send_signal(number)
        return self.ended(began, timeout)

    def ended(self, began, timeout=40):
        self.healthy = False
        try:
            return self.process.wait(timeout), time.monotonic() - began
        except subprocess.TimeoutExpired:
            raise Failure(f"the process still runs after {timeout} s")


def connect(server, timeout=10):
    wire = socket.create_connection(("127.0.0.1", server.port), timeout)
    wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return wire


def reset(wire):
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    wire.close()


def request(path="/", method="GET", fields="", body=b""):
    return f"{method} {path} HTTP/1.1\r\nHost: a\r\n{fields}\r\n".encode() + body


class Reader:
    """Reads answers one after another from a connection."""

    def __init__(self, wire):
        self.wire, self.bytes = wire, b""

    def more(self):
        part = self.wire.recv(1 << 16)
        if not part:
            raise EOFError(f"the connection has ended after {self.bytes[:100]}")
        self.bytes += part

    def line_end(self, separator):
        while separator not in self.bytes:
            self.more()
        head, _, self.bytes = self.bytes.partition(separator)
        return head

    def take(self, count):
        while len(self.bytes) < count:
            self.more()
        taken, self.bytes = self.bytes[:count], self.bytes[count:]
        return taken

    def answer(self):
        """The status, whether the connection goes on, and the body."""
        lines = self.line_end(b"\r\n\r\n").decode("latin-1").lower().split("\r\n")
        fields = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        body = b""
        if "content-length" in fields:
            body = self.take(int(fields["content-length"]))
        elif fields.get("transfer-encoding") == "chunked":
            while size := int(self.line_end(b"\r\n"), 16):
                body += self.take(size)
                self.take(2)
            self.take(2)
        return int(lines[0].split(" ")[1]), fields.get("connection") != "close", body


def get(server, path="/", timeout=10, **rest):
    with connect(server, timeout) as wire:
        wire.sendall(request(path, fields="Connection: close\r\n", **rest))
        status, _, body = Reader(wire).answer()
        return status, body


def to_end(wire):
    """What comes until the other side closes or resets."""
    parts = []
    try:
        while part := wire.recv(1 << 16):
            parts.append(part)
    except ConnectionError:
        pass
    return b"".join(parts)


def together(count, work):
    """Runs work in so many threads and returns what each returned; the first error of one is everybody's."""
    results, errors = [], []

    def run(number):
        try:
            results.append(work(number))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results


def milliseconds(seconds):
    return f"{seconds * 1000:.0f} ms"
