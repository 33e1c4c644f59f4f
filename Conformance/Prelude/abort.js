// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// AbortController and AbortSignal: https://dom.spec.whatwg.org/#aborting-ongoing-activities
const { any, optional, integer, sequence, EventTarget } = idl;

const made = {};
let createSignal;
let signalHandle;
class AbortSignal extends EventTarget {
    #native;

    static {
        createSignal = (handle) => {
            const signal = new AbortSignal(made);
            signal.#native = handle;
            native.signalOnFire(handle, () => idl.fire(signal, new idl.Event("abort")));
            return signal;
        };
        signalHandle = (signal) => signal.#native;
    }

    constructor(token = undefined) {
        if (token !== made) throw new TypeError("AbortSignal: Illegal constructor");
        super();
    }
}
Object.defineProperty(AbortSignal, "length", { value: 0, configurable: true });
idl.attributes(AbortSignal, signalHandle, { aborted: native.signalAborted, reason: native.signalReason });
idl.operations(AbortSignal, signalHandle, { throwIfAborted: [native.signalThrowIfAborted] });
idl.eventHandler(AbortSignal, "abort");
const milliseconds = integer(64, { mode: "enforce" });
idl.operations(AbortSignal, any, {
    abort: [optional(any), (constructor, reason) => createSignal(native.signalAbort(reason))],
    timeout: [milliseconds, (constructor, delay) => createSignal(native.signalTimeout(delay))],
    any: [sequence((value) => signalHandle(value)), (constructor, signals) => createSignal(native.signalAny(signals))],
}, AbortSignal);
idl.expose(AbortSignal);

let controllerHandle;
let signalOf;
class AbortController {
    #native = native.controllerCreate();
    #signal;

    static {
        controllerHandle = (controller) => controller.#native;
        signalOf = (controller) => (controller.#signal ??= createSignal(native.controllerSignal(controller.#native)));
    }

    constructor() { signalOf(this); }
}
idl.attributes(AbortController, (controller) => (controllerHandle(controller), controller), { signal: signalOf });
idl.operations(AbortController, controllerHandle, { abort: [optional(any), native.controllerAbort] });
idl.expose(AbortController);

Object.assign(idl, {
    createSignal, signalHandle, isAbortSignal: (value) => value instanceof AbortSignal,
    abort: (controller, reason) => native.controllerAbort(controllerHandle(controller), reason),
    whenAborted: (signal, steps) => native.signalOnAbort(signalHandle(signal), steps),
});
