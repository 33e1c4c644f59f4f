// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What the environment needs of its host: time, timers, messages.
enum HostBinding: Binding {
    static func install(_ natives: Natives) {
        let loop = natives.engine.loop
        natives.add("log") { call in
            FileHandle.standardError.write(Data((call.string(0) + "\n").utf8))
            return Nothing()
        }
        natives.add("now") { _ in ProcessInfo.processInfo.systemUptime * 1000 }
        natives.add("setTimer") { call in
            let action = HeldValue(call[1])
            return loop.schedule(after: call.number(0)) { _ = try? action.value.engine.call(action.value) }
        }
        natives.add("clearTimer") { call in
            loop.cancel(Int(exactly: call.number(0)) ?? 0)
            return Nothing()
        }
        natives.add("identity") { call in
            guard let object = call.engine.object(call[0]) else { throw BindingError("identity of no handle") }
            return UInt(bitPattern: ObjectIdentifier(object).hashValue).description
        }
        natives.add("rememberErrorConstructor") { call in
            call.engine.rememberErrorConstructor(call.string(0), call[1])
            return Nothing()
        }
    }
}
