"""What is no HTTP, or broken."""

from harness import *


@fault("garbage")
def _():
    count = 10_000 if options.full else 2000
    seeds = [open(name, "rb").read() for name in glob.glob(os.path.join(ROOT, "Fuzzers/Seeds/*Request*/*"))]
    chunks = b"5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n"
    seeds += [request(), request("/echo", "POST", "Transfer-Encoding: chunked\r\n", chunks)]
    seeds += [bytes([0x16, 3, 1, 2, 0, 1, 0]) + bytes(range(256)), b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"]
    with Server() as server:
        before = server.memory()
        statuses = collections.Counter()

        def send(number):
            chance = random.Random(number)
            for _ in range(count // 4):
                data = bytearray(chance.choice(seeds)[:20_000]) or bytearray(b"\0")
                for _ in range(chance.randrange(6)):
                    place = chance.randrange(len(data))
                    kind = chance.randrange(4)
                    if kind == 0:
                        data[place] = chance.randrange(256)
                    elif kind == 1:
                        data[place:place] = chance.choice([b"\r\n", b"\n", b"\0", b" ", b"0", b"\r\n\r\n", b":", b","])
                    elif kind == 2:
                        del data[place : place + chance.randrange(1, 10)]
                        data = data or bytearray(b"\0")
                    else:
                        data = data[: place + 1] * 2
                with connect(server) as wire:
                    cut = chance.randrange(len(data) + 1)
                    try:
                        for part in (data[:cut], data[cut:]):
                            wire.sendall(part)
                        wire.shutdown(socket.SHUT_WR)
                    except OSError:
                        pass
                    answer = to_end(wire)
                    statuses[answer[9:12].decode("latin-1")] += 1
                    expect(answer == b"" or answer.startswith(b"HTTP/1.1 "), f"{bytes(data)}: {answer[:100]}")

        together(4, send)
        growth = server.memory() - before
        expect(growth < 16 * MIB or options.sanitized, f"{growth} bytes more")
        expect("" in statuses and "400" in statuses, f"{statuses}")
        return f"{count} mutated requests: {dict(statuses.most_common(6))}"


@fault("hostile exchanges")
def _():
    if not options.table:
        return None
    with Server() as server:
        run = subprocess.run(
            ["swift", "test", "--skip-build", "--filter", "WhippetServerTests.WireTests"], cwd=ROOT, capture_output=True, text=True,
            env=os.environ | {"WHIPPET_WIRE_SERVER": f"http://127.0.0.1:{server.port}"})
        passed = re.search(r"Test run with \d+ tests.* passed", run.stdout)
        expect(run.returncode == 0 and passed, run.stdout[-2000:] + run.stderr[-500:])
        return "the table of WireTests, at once and byte by byte: " + passed[0]
