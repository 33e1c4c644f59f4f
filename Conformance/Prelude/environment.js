// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// What a page has beside the interfaces under test: global scope, events, timers, structuredClone. No Swift type stands
// behind these; the report counts this file apart.
const { DOMString, optional, boolean, dictionary, any, apply, defineProperty } = idl;

const define = (name, value) => defineProperty(global, name, { value, writable: true, configurable: true, enumerable: true });
const defineFunctions = (functions) => {
    for (const [name, value] of Object.entries(functions)) define(name, idl.named(name, value.length, value));
};

define("self", global);
define("console", Object.fromEntries(
    ["log", "warn", "error", "info", "debug"].map((name) => [name, (...values) => native.log(values.map(String).join(" "))])));

// MARK: Events: https://dom.spec.whatwg.org/#events
const EventInit = dictionary({
    bubbles: optional(boolean, false), cancelable: optional(boolean, false), composed: optional(boolean, false),
});
const start = native.now();

let eventState;
class Event {
    #state;

    static { eventState = (event) => event.#state; }

    constructor(type, init = undefined) {
        if (arguments.length < 1) throw idl.missingArguments("Event", 1, 0);
        const name = DOMString(type);
        this.#state = {
            ...EventInit(init), type: name, target: null, currentTarget: null, phase: 0, canceled: false,
            stopped: false, stoppedAtOnce: false, dispatching: false, initialized: true, passive: false,
            trusted: false, timeStamp: native.now() - start,
        };
        defineProperty(this, "isTrusted", { get: isTrustedGetter, enumerable: true, configurable: false });
    }
}
const isTrustedGetter = Object.getOwnPropertyDescriptor(
    { get isTrusted() { return eventState(this).trusted; } }, "isTrusted").get;
idl.attributes(Event, eventState, {
    type: (state) => state.type,
    target: (state) => state.target,
    srcElement: (state) => state.target,
    currentTarget: (state) => state.currentTarget,
    eventPhase: (state) => state.phase,
    bubbles: (state) => state.bubbles,
    cancelable: (state) => state.cancelable,
    composed: (state) => state.composed,
    defaultPrevented: (state) => state.canceled,
    timeStamp: (state) => state.timeStamp,
    cancelBubble: [(state) => state.stopped, boolean, (state, value) => { if (value) state.stopped = true; }],
    returnValue: [(state) => !state.canceled, boolean, (state, value) => { if (!value) cancel(state); }],
});
const cancel = (state) => { if (state.cancelable && !state.passive) state.canceled = true; };
idl.operations(Event, eventState, {
    composedPath: [(state) => (state.currentTarget === null ? [] : [state.currentTarget])],
    stopPropagation: [(state) => { state.stopped = true; }],
    stopImmediatePropagation: [(state) => { state.stopped = true; state.stoppedAtOnce = true; }],
    preventDefault: [cancel],
    initEvent: [DOMString, optional(boolean, false), optional(boolean, false), (state, type, bubbles, cancelable) => {
        if (!state.dispatching) Object.assign(state, { type, bubbles, cancelable, canceled: false, stopped: false,
            stoppedAtOnce: false, target: null, trusted: false, initialized: true });
    }],
});
idl.constants(Event, { NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 });
idl.expose(Event);

const detailOf = new WeakMap();
class CustomEvent extends Event {
    constructor(type, init = undefined) {
        super(type, init);
        detailOf.set(this, init?.detail ?? null);
    }
    get detail() { return detailOf.get(this); }
}
idl.expose(CustomEvent);
class ErrorEvent extends Event {
    constructor(type, init = {}) {
        super(type, init);
        Object.assign(this, { message: "", filename: "", lineno: 0, colno: 0, error: null }, init);
    }
}
idl.expose(ErrorEvent);
class MessageEvent extends Event {
    constructor(type, init = {}) {
        super(type, init);
        this.data = init.data ?? null;
        this.ports = init.ports ?? [];
    }
}
idl.expose(MessageEvent);

const globalListeners = [];
let listenersOf;
class EventTarget {
    #listeners = [];
    static {
        listenersOf = (target) => (target === undefined || target === null || target === global
            ? globalListeners : target.#listeners);
    }
}
const EventListener = (value) => {
    if (value === null || value === undefined) return null;
    if (!idl.isObject(value)) throw new TypeError("The listener is not an object");
    return value;
};
const listenerOptions = (options, withDetails) => {
    if (!idl.isObject(options)) return { capture: boolean(options), once: false, passive: null, signal: null };
    const capture = boolean(options.capture);
    if (!withDetails) return { capture };
    const once = boolean(options.once);
    const passive = options.passive === undefined ? null : boolean(options.passive);
    const signal = options.signal === undefined ? null : options.signal;
    if (options.signal !== undefined && !(signal instanceof global.AbortSignal)) {
        throw new TypeError("The signal is not an AbortSignal");
    }
    return { capture, once, passive, signal };
};
const targetOf = (target) => (listenersOf(target), target ?? global);
const findListener = (list, type, callback, capture) =>
    list.findIndex((other) => other.type === type && other.callback === callback && other.capture === capture);
const removeListener = (list, type, callback, capture) => {
    const index = findListener(list, type, callback, capture);
    if (index < 0) return;
    list[index].removed = true;
    list.splice(index, 1);
};
idl.operations(EventTarget, targetOf, {
    addEventListener: [DOMString, EventListener, optional(any), (target, type, callback, options) => {
        const details = listenerOptions(options, true);
        if (details.signal?.aborted) return;
        const list = listenersOf(target);
        if (callback === null || findListener(list, type, callback, details.capture) >= 0) return;
        list.push({ type, callback, ...details, removed: false });
        if (details.signal !== null) {
            idl.whenAborted(details.signal, () => removeListener(list, type, callback, details.capture));
        }
    }],
    removeEventListener: [DOMString, EventListener, optional(any), (target, type, callback, options) => {
        removeListener(listenersOf(target), type, callback, listenerOptions(options, false).capture);
    }],
    dispatchEvent: [(event) => (eventState(event), event), (target, event) => {
        const state = eventState(event);
        if (state.dispatching) throw new DOMException("The event is being dispatched", "InvalidStateError");
        state.trusted = false;
        return dispatch(target, event);
    }],
});
idl.expose(EventTarget);
for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"]) define(name, EventTarget.prototype[name]);

const dispatch = (target, event) => {
    const state = eventState(event);
    Object.assign(state, { dispatching: true, target, currentTarget: target, phase: 2 });
    const list = listenersOf(target).filter((listener) => listener.type === state.type);
    for (const listener of [...list.filter((l) => l.capture), ...list.filter((l) => !l.capture)]) {
        if (listener.removed) continue;
        if (listener.once) removeListener(listenersOf(target), listener.type, listener.callback, listener.capture);
        state.passive = listener.passive === true;
        try {
            if (typeof listener.callback === "function") {
                apply(listener.callback, target, [event]);
            } else {
                const { handleEvent } = listener.callback;
                if (typeof handleEvent !== "function") throw new TypeError("The listener has no method handleEvent");
                apply(handleEvent, listener.callback, [event]);
            }
        } catch (error) {
            reportError(error);
        }
        state.passive = false;
        if (state.stoppedAtOnce) break;
    }
    Object.assign(state, { dispatching: false, currentTarget: null, phase: 0, stopped: false, stoppedAtOnce: false });
    return !state.canceled;
};

/** Fires a trusted event. */
const fire = (target, event) => {
    eventState(event).trusted = true;
    return dispatch(target, event);
};

/** An event handler attribute: https://html.spec.whatwg.org/#event-handler-idl-attributes */
const eventHandler = (Interface, name) => {
    const handlers = new WeakMap();
    idl.attributes(Interface, targetOf, {
        [`on${name}`]: [
            (target) => handlers.get(target)?.value ?? null,
            (value) => (idl.isObject(value) ? value : null),
            (target, value) => {
                let entry = handlers.get(target);
                if (entry === undefined) {
                    entry = { value: null };
                    handlers.set(target, entry);
                }
                if (entry.value === null && value !== null && entry.listener === undefined) {
                    entry.listener = (event) => {
                        if (typeof entry.value === "function") apply(entry.value, target, [event]);
                    };
                    target.addEventListener(name, entry.listener);
                }
                entry.value = value;
            },
        ],
    });
};

const reportError = (error) => {
    const event = new ErrorEvent("error", { message: String(error?.message ?? error), error, cancelable: true });
    if (globalListeners.some((listener) => listener.type === "error") || typeof global.onerror === "function") {
        global.onerror?.(event.message, "", 0, 0, error);
        fire(global, event);
    } else {
        native.log(`Uncaught: ${error?.stack ?? error}`);
    }
};

// MARK: Timers: https://html.spec.whatwg.org/#timers
const intervals = new Map();
const run = (handler, values) => {
    try {
        if (typeof handler === "function") apply(handler, global, values);
        else (0, eval)(handler);
    } catch (error) {
        reportError(error);
    }
};
const TimerHandler = (value) => (typeof value === "function" ? value : DOMString(value));
const long = idl.integer(32, { signed: true });
const queueMicrotaskSteps = (task) => {
    if (typeof task !== "function") throw new TypeError("queueMicrotask: the callback is not a function");
    apply(idl.promiseThen, idl.promiseResolve(undefined), [() => run(task, [])]);
};
defineFunctions({
    setTimeout(handler, timeout = 0, ...values) {
        const task = TimerHandler(handler);
        return native.setTimer(long(timeout), () => run(task, values));
    },
    setInterval(handler, timeout = 0, ...values) {
        const task = TimerHandler(handler);
        const period = Math.max(long(timeout), 1);
        const interval = {};
        const tick = () => {
            interval.timer = native.setTimer(period, () => {
                run(task, values);
                if (intervals.has(number)) tick();
            });
        };
        tick();
        const number = interval.timer;
        intervals.set(number, interval);
        return number;
    },
    clearTimeout(number = 0) { clear(long(number)); },
    clearInterval(number = 0) { clear(long(number)); },
    queueMicrotask(callback) { queueMicrotaskSteps(callback); },
    reportError(error) { reportError(error); },
});
const clear = (number) => {
    const interval = intervals.get(number);
    intervals.delete(number);
    native.clearTimer(interval === undefined ? number : interval.timer);
};

// MARK: Structured clone: https://html.spec.whatwg.org/#structured-cloning
const cloneError = (what) => new DOMException(`${what} can't be cloned`, "DataCloneError");
const errorTypes = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const classOf = (value) => Object.prototype.toString.call(value).slice(8, -1);
const brand = (prototype, name, value) => {
    try {
        return apply(prototype[name], value, []), true;
    } catch {
        return false;
    }
};
const cloners = [];
const cloneValue = (value, memory) => {
    if (typeof value === "symbol" || typeof value === "function") throw cloneError(typeof value);
    if (!idl.isObject(value)) return value;
    if (memory.has(value)) return memory.get(value);
    const keep = (copy) => (memory.set(value, copy), copy);
    for (const cloner of cloners) {
        const copy = cloner(value);
        if (copy !== undefined) return keep(copy);
    }
    for (const [type, method] of [[Boolean, "valueOf"], [Number, "valueOf"], [String, "valueOf"], [BigInt, "valueOf"]]) {
        if (brand(type.prototype, method, value)) return keep(Object(apply(type.prototype[method], value, [])));
    }
    if (brand(Symbol.prototype, "valueOf", value)) throw cloneError("A symbol");
    if (brand(Date.prototype, "getTime", value)) return keep(new Date(apply(Date.prototype.getTime, value, [])));
    if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
    if (idl.isSharedArrayBuffer(value)) return keep(value);
    if (idl.isArrayBuffer(value)) {
        if (value.detached) throw cloneError("A detached ArrayBuffer");
        const copy = value.resizable
            ? new ArrayBuffer(value.byteLength, { maxByteLength: value.maxByteLength })
            : new ArrayBuffer(value.byteLength);
        new Uint8Array(copy).set(new Uint8Array(value));
        return keep(copy);
    }
    if (ArrayBuffer.isView(value)) {
        const buffer = cloneValue(value.buffer, memory);
        const type = global[Object.getPrototypeOf(Uint8Array.prototype)[Symbol.toStringTag] ?? classOf(value)];
        return keep(new type(buffer, value.byteOffset, value instanceof DataView ? value.byteLength : value.length));
    }
    if (value instanceof Map) {
        const copy = keep(new Map());
        for (const [key, item] of [...value]) copy.set(cloneValue(key, memory), cloneValue(item, memory));
        return copy;
    }
    if (value instanceof Set) {
        const copy = keep(new Set());
        for (const item of [...value]) copy.add(cloneValue(item, memory));
        return copy;
    }
    if (idl.isDOMException(value)) return keep(new DOMException(value.message, value.name));
    if (classOf(value) === "Error" || value instanceof Error) {
        const error = keep(new (errorTypes[value.name] ?? Error)());
        const message = Object.getOwnPropertyDescriptor(value, "message");
        if (message !== undefined && "value" in message) {
            defineProperty(error, "message", { value: String(message.value), writable: true, configurable: true });
        }
        return error;
    }
    if (idl.isPlatformObject(value) || value instanceof WeakMap || value instanceof WeakSet
        || value instanceof WeakRef || value instanceof Promise) throw cloneError(classOf(value));
    const copy = keep(Array.isArray(value) ? new Array(value.length) : {});
    for (const key of Object.keys(value)) {
        if (Object.hasOwn(value, key)) copy[key] = cloneValue(value[key], memory);
    }
    return copy;
};
const transferers = [];
const structuredClone = (value, options) => {
    const transfer = options === undefined || options === null || options.transfer === undefined
        ? [] : idl.sequence(any)(options.transfer);
    const memory = new Map();
    for (const item of transfer) {
        const known = idl.isArrayBuffer(item) || transferers.some((transferer) => transferer.has(item));
        if (!known || memory.has(item)) throw cloneError("The list of what to transfer");
        memory.set(item, item);
    }
    for (const item of transfer) {
        if (idl.isArrayBuffer(item) && item.detached) throw cloneError("A detached ArrayBuffer");
    }
    for (const item of transfer) {
        // Buffers are cloned with the rest and detached afterwards: their views need them until then.
        memory.delete(item);
        if (!idl.isArrayBuffer(item)) memory.set(item, transferers.find((other) => other.has(item)).transfer(item));
    }
    const result = cloneValue(value, memory);
    for (const item of transfer) if (idl.isArrayBuffer(item)) item.transfer();
    return result;
};
defineFunctions({ structuredClone(value, options = undefined) {
    if (arguments.length < 1) throw idl.missingArguments("structuredClone", 1, 0);
    return structuredClone(value, options);
} });

// MARK: Messages: https://html.spec.whatwg.org/#message-channels
const portState = new WeakMap();
class MessagePort extends EventTarget {
    postMessage(value, options) {
        const { other } = portState.get(this);
        const transfer = Array.isArray(options) ? options : [...(options?.transfer ?? [])];
        const data = structuredClone(value, { transfer });
        const ports = Object.freeze(transfer.filter((item) => portState.has(item)));
        native.setTimer(0, () => fire(other, new MessageEvent("message", { data, ports })));
    }
    start() {}
    close() {}
}
eventHandler(MessagePort, "message");
idl.expose(MessagePort);
class MessageChannel {
    constructor() {
        this.port1 = new MessagePort();
        this.port2 = new MessagePort();
        portState.set(this.port1, { other: this.port2 });
        portState.set(this.port2, { other: this.port1 });
    }
}
idl.expose(MessageChannel);
transferers.push({ has: (value) => portState.has(value), transfer: (value) => value });

define("performance", { now: () => native.now() - start });
define("GLOBAL", { isWindow: () => false, isWorker: () => true, isShadowRealm: () => false });
define("location", Object.freeze({ ...native.location(), toString() { return this.href; } }));
define("isSecureContext", true);

Object.assign(idl, { Event, EventTarget, fire, eventHandler, cloners, transferers, reportError, structuredClone, define });
