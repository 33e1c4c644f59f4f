// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetStreams

// Writable streams and transform streams.
extension StreamBindings {
    func installWritable() {
        natives.add("writableCreate") { _ in Handle(DrivenWritableStream(realm)) }
        addAction("writableSetUp", DrivenWritableStream.self) { stream, call in
            let held = HeldValue(call[1])
            let (write, close) = (hook(call[1], "write"), hook(call[1], "close"))
            let (abort, signalAbort) = (hook(call[1], "abort"), HeldValue(call[4]))
            let mark = try highWaterMark(call[2], fallback: 1)
            let sink = DrivenSink(
                start: { try start(held.value, $0) },
                write: write.map { write in { chunk in promise(write) { [driver.value(chunk)] } } },
                close: close.map { close in { promise(close) { [] } } },
                abort: abort.map { abort in { reason in promise(abort) { [engine.script(of: reason)] } } },
                signalAbort: { _ = try? engine.call(signalAbort.value, [engine.script(of: $0)]) })
            try stream.setUpDefaultController(sink, highWaterMark: mark, size: size(call[3]))
        }
        add("writableLocked", DrivenWritableStream.self) { stream, _ in stream.locked }
        add("writableAbort", DrivenWritableStream.self) { stream, call in script(stream.abort(ThrownValue(call[1]))) }
        add("writableClose", DrivenWritableStream.self) { stream, _ in script(stream.close()) }
        addAction("writableControllerError", DrivenWritableStreamDefaultController.self) { controller, call in
            controller.error(ThrownValue(call[1]))
        }
        natives.add("writerCreate") { call in
            Handle(try call.object(0, as: DrivenWritableStream.self).getWriter())
        }
        add("writerClosed", DrivenWritableStreamDefaultWriter.self) { writer, _ in script(writer.closed) }
        add("writerReady", DrivenWritableStreamDefaultWriter.self) { writer, _ in script(writer.ready) }
        add("writerDesiredSize", DrivenWritableStreamDefaultWriter.self) { writer, _ in try writer.desiredSize }
        add("writerAbort", DrivenWritableStreamDefaultWriter.self) { writer, call in
            script(writer.abort(ThrownValue(call[1])))
        }
        add("writerClose", DrivenWritableStreamDefaultWriter.self) { writer, _ in script(writer.close()) }
        add("writerWrite", DrivenWritableStreamDefaultWriter.self) { writer, call in
            script(writer.write(HeldValue(call[1])))
        }
        addAction("writerReleaseLock", DrivenWritableStreamDefaultWriter.self) { writer, _ in writer.releaseLock() }
    }

    func installTransform() {
        natives.add("transformCreate") { call in
            let held = HeldValue(call[0])
            let (transform, flush, cancel) = (
                hook(call[0], "transform"), hook(call[0], "flush"), hook(call[0], "cancel")
            )
            // new TransformStream() 5–8: the readable side's strategy before the writable one's.
            let readableMark = try highWaterMark(call[3], fallback: 0)
            let writableMark = try highWaterMark(call[1], fallback: 1)
            let transformer = DrivenTransformer(
                start: { try start(held.value, $0) },
                transform: transform.map { transform in { chunk in promise(transform) { [driver.value(chunk)] } } },
                flush: flush.map { flush in { promise(flush) { [] } } },
                cancel: cancel.map { cancel in { reason in promise(cancel) { [engine.script(of: reason)] } } })
            return Handle(
                try DrivenTransformStream(
                    realm, transformer, writableStrategy: .init(highWaterMark: writableMark, size: size(call[2])),
                    readableStrategy: .init(highWaterMark: readableMark, size: size(call[4]))))
        }
        add("transformReadable", DrivenTransformStream.self) { stream, _ in Handle(stream.readable) }
        add("transformWritable", DrivenTransformStream.self) { stream, _ in Handle(stream.writable) }
        add("transformDesiredSize", DrivenTransformStreamDefaultController.self) { controller, _ in
            controller.desiredSize
        }
        addAction("transformEnqueue", DrivenTransformStreamDefaultController.self) { controller, call in
            try controller.enqueue(HeldValue(call[1]))
        }
        addAction("transformError", DrivenTransformStreamDefaultController.self) { controller, call in
            controller.error(ThrownValue(call[1]))
        }
        addAction("transformTerminate", DrivenTransformStreamDefaultController.self) { controller, _ in
            controller.terminate()
        }
    }
}
