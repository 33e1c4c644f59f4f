// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// Streams: https://streams.spec.whatwg.org/. State machines, queues and promises are the Swift core's.
const {
    any, boolean, optional, dictionary, callback, enumeration, integer, unrestrictedDouble, required, isObject, apply,
    promiseResolve, promiseReject, promiseThen,
} = idl;

native.rememberFunctions({
    then: (promise, fulfilled, rejected) => { apply(promiseThen, promise, [fulfilled, rejected]); },
    promiseResolve, promiseReject,
    // What a callback returns becomes a new promise, even if it is one: https://webidl.spec.whatwg.org/#js-promise
    promiseOf: (value) => new idl.PromiseConstructor((resolve) => resolve(value)),
    structuredClone: (value) => idl.structuredClone(value),
    readResult: (value, done) => ({ value, done }),
    list: (first, second) => [first, second],
    // Buffers: what ECMAScript calls CopyDataBlockBytes, TransferArrayBuffer and so on.
    describeView: (view) => {
        const kind = viewTypes.findIndex((type) => view instanceof type);
        const { buffer } = view;
        if (buffer.detached) return [buffer, 0, 0, 0, elementSize(viewTypes[kind]), kind];
        return [buffer, buffer.byteLength, view.byteOffset, view.byteLength, elementSize(viewTypes[kind]), kind];
    },
    isDetached: (buffer) => buffer.detached,
    transfer: (buffer) => apply(bufferTransfer, buffer, []),
    allocate: (byteLength) => new ArrayBuffer(byteLength),
    clone: (buffer, byteOffset, byteLength) => apply(bufferSlice, buffer, [byteOffset, byteOffset + byteLength]),
    copyBytes: (target, targetOffset, source, sourceOffset, count) => {
        if (target.detached || source.detached || target === source) return false;
        if (targetOffset + count > target.byteLength || sourceOffset + count > source.byteLength) return false;
        new Uint8Array(target, targetOffset, count).set(new Uint8Array(source, sourceOffset, count));
        return true;
    },
    copyOfBytes: (view) => (view instanceof Uint8Array ? idl.copyBytes(view) : null),
    bytesOfSource: (value, allowShared) => idl.copyBytes(idl.bufferSource({ allowShared })(value)),
    stringOf: idl.DOMString,
    makeView: (kind, buffer, byteOffset, length) => new viewTypes[kind](buffer, byteOffset, length),
});
const bufferTransfer = ArrayBuffer.prototype.transfer;
const bufferSlice = ArrayBuffer.prototype.slice;
const viewTypes = [
    Uint8Array, Int8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array,
    Float64Array, BigInt64Array, BigUint64Array, DataView, ...(typeof Float16Array === "function" ? [Float16Array] : []),
];
const elementSize = (type) => type?.BYTES_PER_ELEMENT ?? 1;

const made = {};
const illegal = (token, name) => {
    if (token !== made) throw new TypeError(`${name}: Illegal constructor`);
};
const interfaceType = (Interface, handle) => (value) => {
    if (!(value instanceof Interface)) throw new TypeError(`The value is not a ${Interface.name}`);
    return handle(value);
};
const object = (value) => {
    if (!isObject(value)) throw new TypeError("The value is not an object");
    return value;
};

// MARK: Strategies
const QueuingStrategy = dictionary({ highWaterMark: unrestrictedDouble, size: callback });
const QueuingStrategyInit = dictionary({ highWaterMark: required(unrestrictedDouble) });
const sizeOf = ({ size }) => size && ((chunk) => unrestrictedDouble(apply(size, undefined, [chunk])));
const strategyInit = (init, count, name) => {
    if (count < 1) throw idl.missingArguments(name, 1, 0);
    return QueuingStrategyInit(init).highWaterMark;
};
const sizeFunctions = {
    CountQueuingStrategy: { size: () => 1 }.size,
    ByteLengthQueuingStrategy: { size: (chunk) => chunk.byteLength }.size,
};
idl.defineProperty(sizeFunctions.ByteLengthQueuingStrategy, "length", { value: 1 });
let markOfCount;
class CountQueuingStrategy {
    #highWaterMark;
    static { markOfCount = (strategy) => strategy.#highWaterMark; }
    constructor(init) { this.#highWaterMark = strategyInit(init, arguments.length, "CountQueuingStrategy"); }
}
let markOfBytes;
class ByteLengthQueuingStrategy {
    #highWaterMark;
    static { markOfBytes = (strategy) => strategy.#highWaterMark; }
    constructor(init) { this.#highWaterMark = strategyInit(init, arguments.length, "ByteLengthQueuingStrategy"); }
}
for (const [Interface, mark] of [[CountQueuingStrategy, markOfCount], [ByteLengthQueuingStrategy, markOfBytes]]) {
    idl.attributes(Interface, mark, { highWaterMark: any, size: () => sizeFunctions[Interface.name] });
    idl.expose(Interface);
}

// MARK: Readable streams
const UnderlyingSource = dictionary({
    autoAllocateChunkSize: integer(64, { mode: "enforce" }), cancel: callback, pull: callback, start: callback,
    type: enumeration("ReadableStreamType", ["bytes"]),
});
const GetReaderOptions = dictionary({ mode: enumeration("ReadableStreamReaderMode", ["byob"]) });
const IteratorOptions = dictionary({ preventCancel: optional(boolean, false) });
const AbortSignalType = (value) => {
    if (!idl.isAbortSignal(value)) throw new TypeError("The value is not an AbortSignal");
    return idl.signalHandle(value);
};
const PipeOptions = dictionary({
    preventAbort: optional(boolean, false), preventCancel: optional(boolean, false),
    preventClose: optional(boolean, false), signal: AbortSignalType,
});

/** What the core calls of a source, sink or transformer: its methods, with itself as `this`. */
const hooks = (owner, methods, wrap, names) => {
    let controller;
    const result = {
        start: (handle) => {
            controller = wrap(handle);
            return methods.start === undefined ? undefined : apply(methods.start, owner, [controller]);
        },
    };
    for (const name of names) {
        const method = methods[name];
        if (method === undefined) continue;
        result[name] = (...values) => {
            if (name === "pull" || name === "flush") return apply(method, owner, [controller]);
            if (name === "write" || name === "transform") return apply(method, owner, [values[0], controller]);
            return apply(method, owner, values);
        };
    }
    return result;
};

let readableHandle;
let createReadable;
class ReadableStream {
    #native;

    static {
        readableHandle = (stream) => stream.#native;
        createReadable = (handle) => {
            const stream = new ReadableStream(made);
            stream.#native = handle;
            return stream;
        };
    }

    constructor(underlyingSource = undefined, strategy = undefined) {
        if (underlyingSource === made) return;
        if (underlyingSource !== undefined) object(underlyingSource);
        const queuing = QueuingStrategy(strategy);
        const source = UnderlyingSource(underlyingSource);
        const isBytes = source.type === "bytes";
        this.#native = native.readableCreate();
        native.readableSetUp(
            this.#native, hooks(underlyingSource, source, isBytes ? createByteController : createDefaultController,
                ["pull", "cancel"]),
            isBytes, queuing.highWaterMark, sizeOf(queuing), source.autoAllocateChunkSize);
    }
}
const ReadableStreamType = interfaceType(ReadableStream, readableHandle);

/** An open iterator: https://webidl.spec.whatwg.org/#async-sequence-open */
const openIterator = (iterable) => {
    let method = iterable[Symbol.asyncIterator];
    const isAsync = method !== undefined && method !== null;
    if (!isAsync) method = iterable[Symbol.iterator];
    if (typeof method !== "function") throw new TypeError("ReadableStream.from: the value is not iterable");
    const iterator = object(apply(method, iterable, []));
    const { next } = iterator;
    // CreateAsyncFromSyncIterator: the values are waited for.
    const settle = (step) => (isAsync ? promiseResolve(step)
        : apply(promiseThen, promiseResolve(object(step).value), [(value) => ({ value, done: step.done })]));
    return {
        next: (report) => {
            let step;
            try {
                step = settle(apply(next, iterator, []));
            } catch (error) {
                step = promiseReject(error);
            }
            apply(promiseThen, step, [(result) => {
                if (!isObject(result)) return report("error", new TypeError("The iterator's result is not an object"));
                try {
                    return result.done ? report("end") : report("value", result.value);
                } catch (error) {
                    return report("error", error);
                }
            }, (error) => report("error", error)]);
        },
        close: (reason) => {
            const end = iterator.return;
            if (end === undefined || end === null) return undefined;
            const result = apply(end, iterator, [reason]);
            return apply(promiseThen, settle(result), [(value) => { object(value); }]);
        },
    };
};
const { from } = { from(asyncIterable) {
    if (arguments.length < 1) throw idl.missingArguments("ReadableStream.from", 1, 0);
    const { next, close } = openIterator(asyncIterable);
    return createReadable(native.readableFrom(next, close));
} };
idl.defineProperty(ReadableStream, "from", { value: from, writable: true, enumerable: true, configurable: true });

idl.attributes(ReadableStream, readableHandle, { locked: native.readableLocked });
idl.promiseOperations(ReadableStream, readableHandle, {
    cancel: [optional(any), native.readableCancel],
    pipeTo: [(value) => WritableStreamType(value), optional(PipeOptions, PipeOptions()), (stream, target, options) =>
        native.readablePipeTo(stream, target, options.preventClose, options.preventAbort, options.preventCancel,
            options.signal)],
});
idl.operations(ReadableStream, readableHandle, {
    getReader: [optional(GetReaderOptions, {}), function (stream, { mode }) {
        return mode === "byob" ? new ReadableStreamBYOBReader(this) : new ReadableStreamDefaultReader(this);
    }],
    pipeThrough: [
        dictionary({ readable: required((value) => (ReadableStreamType(value), value)),
            writable: required((value) => WritableStreamType(value)) }),
        optional(PipeOptions, PipeOptions()), (stream, { readable, writable }, options) => {
            native.readablePipeThrough(stream, writable, options.preventClose, options.preventAbort,
                options.preventCancel, options.signal);
            return readable;
        }],
    tee: [(stream) => {
        const branches = native.readableTee(stream);
        return [createReadable(branches[0]), createReadable(branches[1])];
    }],
    values: [optional(IteratorOptions, { preventCancel: false }), (stream, { preventCancel }) => {
        const iterator = Object.create(iteratorPrototype);
        iterators.set(iterator, {
            native: native.iteratorCreate(stream, preventCancel), ongoing: undefined, isFinished: false });
        return iterator;
    }],
});
idl.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, {
    value: ReadableStream.prototype.values, writable: true, configurable: true,
});
idl.expose(ReadableStream);

// The chain of ongoing promises: https://webidl.spec.whatwg.org/#js-asynchronous-iterator-prototype-object
const iterators = new WeakMap();
const iteratorPrototype = Object.create(idl.AsyncIteratorPrototype);
const chain = (iterator, steps) => {
    const state = iterators.get(iterator);
    if (state === undefined) return promiseReject(new TypeError("Not an iterator of a ReadableStream"));
    const run = () => steps(state);
    return { state, promise: state.ongoing === undefined ? run() : apply(promiseThen, state.ongoing, [run, run]) };
};
const endOfIteration = {};
const iteratorMethods = {
    next() {
        const step = chain(this, (state) => {
            if (state.isFinished) return promiseResolve({ value: undefined, done: true });
            return apply(promiseThen, native.iteratorNext(state.native, endOfIteration), [(value) => {
                state.ongoing = undefined;
                if (value !== endOfIteration) return { value, done: false };
                state.isFinished = true;
                return { value: undefined, done: true };
            }, (error) => {
                state.ongoing = undefined;
                state.isFinished = true;
                throw error;
            }]);
        });
        if (step.state === undefined) return step;
        step.state.ongoing = step.promise;
        return step.promise;
    },
    return(value) {
        const step = chain(this, (state) => {
            if (state.isFinished) return promiseResolve({ value, done: true });
            state.isFinished = true;
            return native.iteratorReturn(state.native, value);
        });
        if (step.state === undefined) return step;
        step.state.ongoing = step.promise;
        return apply(promiseThen, step.promise, [() => ({ value, done: true })]);
    },
};
for (const [name, length] of [["next", 0], ["return", 1]]) {
    idl.defineProperty(iteratorPrototype, name, {
        value: idl.named(name, length, iteratorMethods[name]), writable: true, enumerable: true, configurable: true });
}

// MARK: Readers
let readerHandle;
class ReadableStreamDefaultReader {
    #native;
    static { readerHandle = (reader) => reader.#native; }
    constructor(stream) {
        if (arguments.length < 1) throw idl.missingArguments("ReadableStreamDefaultReader", 1, 0);
        this.#native = native.readerCreate(ReadableStreamType(stream));
    }
}
let byobReaderHandle;
class ReadableStreamBYOBReader {
    #native;
    static { byobReaderHandle = (reader) => reader.#native; }
    constructor(stream) {
        if (arguments.length < 1) throw idl.missingArguments("ReadableStreamBYOBReader", 1, 0);
        this.#native = native.byobReaderCreate(ReadableStreamType(stream));
    }
}
/** An attribute that is a promise: asking the wrong object gives a rejected one. */
const promiseAttribute = (Interface, handle, table) => {
    for (const [name, steps] of Object.entries(table)) {
        const accessor = Object.getOwnPropertyDescriptor({ get [name]() {
            try {
                return steps(handle(this));
            } catch (error) {
                return promiseReject(error);
            }
        } }, name).get;
        idl.defineProperty(Interface.prototype, name, { get: accessor, enumerable: true, configurable: true });
    }
};
const BYOBReadOptions = dictionary({ min: optional(integer(64, { mode: "enforce" }), 1) });
const ArrayBufferView = (value) => {
    if (!idl.isView(value)) throw new TypeError("The value is not a view of an ArrayBuffer");
    if (!idl.isArrayBuffer(value.buffer)) throw new TypeError("The view's buffer is shared");
    return value;
};
for (const [Interface, handle] of [
    [ReadableStreamDefaultReader, readerHandle], [ReadableStreamBYOBReader, byobReaderHandle],
]) {
    promiseAttribute(Interface, handle, { closed: native.readerClosed });
    idl.promiseOperations(Interface, handle, { cancel: [optional(any), native.readerCancel] });
    idl.operations(Interface, handle, { releaseLock: [native.readerReleaseLock] });
    idl.expose(Interface);
}
idl.promiseOperations(ReadableStreamDefaultReader, readerHandle, { read: [native.readerRead] });
idl.promiseOperations(ReadableStreamBYOBReader, byobReaderHandle, {
    read: [ArrayBufferView, optional(BYOBReadOptions, { min: 1 }), (reader, view, { min }) =>
        native.byobReaderRead(reader, view, min)],
});

// MARK: Controllers
/** An interface whose objects only the core makes. */
const controllerInterface = (Interface, handle, table, accessors) => {
    Object.defineProperty(Interface, "length", { value: 0, configurable: true });
    idl.attributes(Interface, handle, accessors);
    idl.operations(Interface, handle, table);
    idl.expose(Interface);
};
let defaultControllerHandle;
let createDefaultController;
class ReadableStreamDefaultController {
    #native;
    static {
        defaultControllerHandle = (controller) => controller.#native;
        createDefaultController = (handle) => new ReadableStreamDefaultController(made, handle);
    }
    constructor(token, handle) { illegal(token, "ReadableStreamDefaultController"); this.#native = handle; }
}
controllerInterface(ReadableStreamDefaultController, defaultControllerHandle, {
    close: [native.controllerClose], enqueue: [optional(any), native.controllerEnqueue],
    error: [optional(any), native.controllerError],
}, { desiredSize: native.controllerDesiredSize });

let byteControllerHandle;
let createByteController;
let requestOf;
class ReadableByteStreamController {
    #native;
    #request = null;
    static {
        byteControllerHandle = (controller) => controller.#native;
        createByteController = (handle) => new ReadableByteStreamController(made, handle);
        // The same object as long as the request is the same.
        requestOf = (controller) => {
            const handle = native.byteControllerRequest(controller.#native);
            if (handle === null) return (controller.#request = null);
            if (controller.#request === null || !native.isSameObject(requestHandle(controller.#request), handle)) {
                controller.#request = createRequest(handle);
            }
            return controller.#request;
        };
    }
    constructor(token, handle) { illegal(token, "ReadableByteStreamController"); this.#native = handle; }
}
controllerInterface(ReadableByteStreamController, byteControllerHandle, {
    close: [native.byteControllerClose], enqueue: [ArrayBufferView, native.byteControllerEnqueue],
    error: [optional(any), native.byteControllerError],
}, { desiredSize: native.byteControllerDesiredSize });
idl.attributes(ReadableByteStreamController, (controller) => (byteControllerHandle(controller), controller), {
    byobRequest: requestOf });

let requestHandle;
let createRequest;
class ReadableStreamBYOBRequest {
    #native;
    static {
        requestHandle = (request) => request.#native;
        createRequest = (handle) => new ReadableStreamBYOBRequest(made, handle);
    }
    constructor(token, handle) { illegal(token, "ReadableStreamBYOBRequest"); this.#native = handle; }
}
controllerInterface(ReadableStreamBYOBRequest, requestHandle, {
    respond: [integer(64, { mode: "enforce" }), native.requestRespond],
    respondWithNewView: [ArrayBufferView, native.requestRespondWithNewView],
}, { view: native.requestView });

// MARK: Writable streams
const UnderlyingSink = dictionary({ abort: callback, close: callback, start: callback, type: any, write: callback });

let writableHandle;
let createWritable;
class WritableStream {
    #native;
    static {
        writableHandle = (stream) => stream.#native;
        createWritable = (handle) => {
            const stream = new WritableStream(made);
            stream.#native = handle;
            return stream;
        };
    }
    constructor(underlyingSink = undefined, strategy = undefined) {
        if (underlyingSink === made) return;
        if (underlyingSink !== undefined) object(underlyingSink);
        const queuing = QueuingStrategy(strategy);
        const sink = UnderlyingSink(underlyingSink);
        if (sink.type !== undefined) throw new RangeError("WritableStream: a sink has no type");
        this.#native = native.writableCreate();
        const controller = new global.AbortController();
        native.writableSetUp(
            this.#native,
            hooks(underlyingSink, sink, (handle) => createWritableController(handle, controller.signal),
                ["write", "close", "abort"]),
            queuing.highWaterMark, sizeOf(queuing), (reason) => idl.abort(controller, reason));
    }
}
const WritableStreamType = interfaceType(WritableStream, writableHandle);
idl.attributes(WritableStream, writableHandle, { locked: native.writableLocked });
idl.promiseOperations(WritableStream, writableHandle, {
    abort: [optional(any), native.writableAbort], close: [native.writableClose],
});
idl.operations(WritableStream, writableHandle, {
    getWriter: [function () { return new WritableStreamDefaultWriter(this); }],
});
idl.expose(WritableStream);

let writableControllerHandle;
let createWritableController;
let signalOf;
class WritableStreamDefaultController {
    #native;
    #signal;
    static {
        writableControllerHandle = (controller) => controller.#native;
        createWritableController = (handle, signal) => {
            const controller = new WritableStreamDefaultController(made, handle);
            controller.#signal = signal;
            return controller;
        };
        signalOf = (controller) => controller.#signal;
    }
    constructor(token, handle) { illegal(token, "WritableStreamDefaultController"); this.#native = handle; }
}
controllerInterface(WritableStreamDefaultController, writableControllerHandle, {
    error: [optional(any), native.writableControllerError],
}, {});
idl.attributes(WritableStreamDefaultController, (controller) => (writableControllerHandle(controller), controller), {
    signal: signalOf });

let writerHandle;
class WritableStreamDefaultWriter {
    #native;
    static { writerHandle = (writer) => writer.#native; }
    constructor(stream) {
        if (arguments.length < 1) throw idl.missingArguments("WritableStreamDefaultWriter", 1, 0);
        this.#native = native.writerCreate(WritableStreamType(stream));
    }
}
promiseAttribute(WritableStreamDefaultWriter, writerHandle, { closed: native.writerClosed, ready: native.writerReady });
idl.attributes(WritableStreamDefaultWriter, writerHandle, { desiredSize: native.writerDesiredSize });
idl.promiseOperations(WritableStreamDefaultWriter, writerHandle, {
    abort: [optional(any), native.writerAbort], close: [native.writerClose], write: [optional(any), native.writerWrite],
});
idl.operations(WritableStreamDefaultWriter, writerHandle, { releaseLock: [native.writerReleaseLock] });
idl.expose(WritableStreamDefaultWriter);

// MARK: Transform streams
const Transformer = dictionary({
    cancel: callback, flush: callback, readableType: any, start: callback, transform: callback, writableType: any,
});
let transformHandle;
let sides;
class TransformStream {
    #native;
    #readable;
    #writable;
    static {
        transformHandle = (stream) => stream.#native;
        sides = (stream) => ({ readable: stream.#readable, writable: stream.#writable });
    }
    constructor(transformer = undefined, writableStrategy = undefined, readableStrategy = undefined) {
        if (transformer !== undefined) object(transformer);
        const writable = QueuingStrategy(writableStrategy);
        const readable = QueuingStrategy(readableStrategy);
        const methods = Transformer(transformer);
        if (methods.readableType !== undefined || methods.writableType !== undefined) {
            throw new RangeError("TransformStream: a transformer has no types");
        }
        this.#native = native.transformCreate(
            hooks(transformer, methods, createTransformController, ["transform", "flush", "cancel"]),
            writable.highWaterMark, sizeOf(writable), readable.highWaterMark, sizeOf(readable));
        this.#readable = createReadable(native.transformReadable(this.#native));
        this.#writable = createWritable(native.transformWritable(this.#native));
    }
}
idl.attributes(TransformStream, sides, { readable: ({ readable }) => readable, writable: ({ writable }) => writable });
idl.expose(TransformStream);

let transformControllerHandle;
let createTransformController;
class TransformStreamDefaultController {
    #native;
    static {
        transformControllerHandle = (controller) => controller.#native;
        createTransformController = (handle) => new TransformStreamDefaultController(made, handle);
    }
    constructor(token, handle) { illegal(token, "TransformStreamDefaultController"); this.#native = handle; }
}
controllerInterface(TransformStreamDefaultController, transformControllerHandle, {
    enqueue: [optional(any), native.transformEnqueue], error: [optional(any), native.transformError],
    terminate: [native.transformTerminate],
}, { desiredSize: native.transformDesiredSize });

Object.assign(idl, {
    readableHandle, createReadable, isReadableStream: (value) => value instanceof ReadableStream, createWritable,
});
