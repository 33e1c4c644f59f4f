// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetInfra
import WhippetLegacyEncodings

/// The one `TextEncoder` there is, as an object.
private final class EncoderObject {
    let encoder = TextEncoder()
}

/// `TextDecoder`, `TextEncoder`, `atob` and `btoa`.
enum EncodingBinding: Binding {
    static func install(_ natives: Natives) {
        LegacyEncodings.register()
        natives.add("decoderCreate") { call in
            Handle(try TextDecoder(call.string(0), fatal: call.bool(1), ignoreBOM: call.bool(2)))
        }
        natives.add("decoderEncoding") { call in try call.object(0, as: TextDecoder.self).encoding }
        natives.add("decoderFatal") { call in try call.object(0, as: TextDecoder.self).fatal }
        natives.add("decoderIgnoreBOM") { call in try call.object(0, as: TextDecoder.self).ignoreBOM }
        natives.add("decoderDecode") { call in
            try call.object(0, as: TextDecoder.self).decode(call.bytes(1), stream: call.bool(2))
        }
        natives.add("encoderCreate") { _ in Handle(EncoderObject()) }
        natives.add("encoderEncoding") { call in try call.object(0, as: EncoderObject.self).encoder.encoding }
        natives.add("encoderEncode") { call in
            Bytes(try call.object(0, as: EncoderObject.self).encoder.encode(call.string(1)))
        }
        natives.add("encoderEncodeInto") { call in
            var destination = [UInt8](repeating: 0, count: Int(call.number(2)))
            let result = try call.object(0, as: EncoderObject.self).encoder.encodeInto(call.string(1), &destination)
            let engine = call.engine
            return [result.read.script(engine), result.written.script(engine), Bytes(destination).script(engine)]
        }
        natives.add("atob") { call in try atob(call.string(0)) }
        natives.add("btoa") { call in try btoa(call.string(0)) }
    }
}
