// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra
import WhippetTestSupport

@testable import WhippetStreams

/// Random operations on one stream, held against a model of a few lines.
@Suite("ReadableStream: random operations")
struct ReadableStreamFuzzTests {
    @Test("any sequence of operations does what the model does", arguments: 0..<200)
    func equalsModel(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let highWaterMark = Double(random.next(below: 4))
        let (stream, controller) = try ReadableStream<Int>.pushed(highWaterMark: highWaterMark)
        let reader = try stream.getReader().core
        var model = Model(highWaterMark: highWaterMark)
        var requests: [ModelledRequest] = []
        for step in 0..<60 {
            switch random.next(below: 20) {
            case 0: #expect(model.close() == ((try? controller.close()) != nil))
            case 1 where random.next(below: 3) == 0:
                controller.error(Failure("step \(step)"))
                model.error("step \(step)")
            case 2 where random.next(below: 3) == 0:
                _ = stream.domain.enter { readableStreamReaderGenericCancel(reader, nil) }
                model.cancel()
            case 3..<11: #expect(model.enqueue(step) == ((try? controller.enqueue(step)) != nil))
            default:
                let request = ModelledRequest()
                stream.domain.enter { readableStreamDefaultReaderRead(reader, request) }
                requests.append(request)
                model.read()
            }
            #expect(requests.map(\.outcome) == model.outcomes)
            #expect(controller.desiredSize == model.desiredSize)
        }
        withExtendedLifetime(stream) {}
    }
}

private final class ModelledRequest: CoreReadRequest<Int> {
    var outcome = ""
    override func chunkSteps(_ chunk: Int) { outcome += "chunk \(chunk)" }
    override func closeSteps() { outcome += "closed" }
    override func errorSteps(_ reason: any Error) { outcome += "\(reason)" }
}

/// What a stream without a pull function comes to.
private struct Model {
    let highWaterMark: Double
    var queue: [Int] = []
    var outcomes: [String] = []
    var closeRequested = false
    var closed = false
    var error: String?

    init(highWaterMark: Double) {
        self.highWaterMark = highWaterMark
    }

    var desiredSize: Double? {
        error != nil ? nil : closed ? 0 : highWaterMark - Double(queue.count)
    }

    mutating func enqueue(_ chunk: Int) -> Bool {
        guard !closed, !closeRequested, error == nil else { return false }
        if let waiting = outcomes.firstIndex(of: "") {
            outcomes[waiting] = "chunk \(chunk)"
        } else {
            queue.append(chunk)
        }
        return true
    }

    mutating func close() -> Bool {
        guard !closed, !closeRequested, error == nil else { return false }
        closeRequested = true
        if queue.isEmpty { end() }
        return true
    }

    mutating func cancel() {
        guard error == nil, !closed else { return }
        queue = []
        end()
    }

    mutating func error(_ message: String) {
        guard error == nil, !closed else { return }
        error = message
        queue = []
        for index in outcomes.indices where outcomes[index].isEmpty { outcomes[index] = message }
    }

    mutating func read() {
        if let error {
            outcomes.append(error)
        } else if !queue.isEmpty {
            outcomes.append("chunk \(queue.removeFirst())")
            if closeRequested, queue.isEmpty { closed = true }
        } else {
            outcomes.append(closed ? "closed" : "")
        }
    }

    private mutating func end() {
        closed = true
        for index in outcomes.indices where outcomes[index].isEmpty { outcomes[index] = "closed" }
    }
}
