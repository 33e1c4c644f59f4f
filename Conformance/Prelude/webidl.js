// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// Web IDL's bridge: conversions of arguments, the shape of interfaces. What an interface does is Swift's.
const { ownKeys, getOwnPropertyDescriptor, apply } = Reflect;
const defineProperty = Object.defineProperty;
const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype);
const { toWellFormed } = String.prototype;
const PromiseConstructor = Promise;
const promiseResolve = Promise.resolve.bind(Promise);
const promiseReject = Promise.reject.bind(Promise);
const promiseThen = Promise.prototype.then;

// Conversions: https://webidl.spec.whatwg.org/#js-type-mapping
const any = (value) => value;
const boolean = (value) => !!value;
const DOMString = (value) => `${value}`;
const USVString = (value) => apply(toWellFormed, `${value}`, []);
const ByteString = (value) => native.byteString(`${value}`);

/** An integer type: modulo its size, enforced or clamped to its range. */
const integer = (bits, { signed = false, mode = "modulo" } = {}) => {
    const upper = bits === 64 ? 2 ** 53 - 1 : 2 ** (signed ? bits - 1 : bits) - 1;
    const lower = !signed ? 0 : bits === 64 ? -(2 ** 53) + 1 : -(2 ** (bits - 1));
    return (value) => {
        const number = +value;
        if (mode === "enforce") {
            if (!Number.isFinite(number)) throw new TypeError("The value is not a finite number");
            const whole = Math.trunc(number);
            if (whole < lower || whole > upper) throw new TypeError("The value is out of range");
            return whole + 0;
        }
        if (mode === "clamp") {
            if (number !== number) return 0;
            const clamped = Math.min(Math.max(number, lower), upper);
            const floor = Math.floor(clamped);
            const difference = clamped - floor;
            return (difference < 0.5 || (difference === 0.5 && floor % 2 === 0) ? floor : floor + 1) + 0;
        }
        if (!Number.isFinite(number)) return 0;
        const size = 2n ** BigInt(bits);
        const whole = ((BigInt(Math.trunc(number)) % size) + size) % size;
        return Number(signed && whole >= size / 2n ? whole - size : whole);
    };
};
const unrestrictedDouble = (value) => +value;

const isObject = (value) => (typeof value === "object" && value !== null) || typeof value === "function";
const nullable = (type) => (value) => (value === undefined || value === null ? null : type(value));
const optional = (type, fallback) =>
    Object.assign((value) => (value === undefined ? fallback : type(value)), { isOptional: true });

const enumeration = (name, values) => {
    const known = new Set(values);
    return (value) => {
        const text = `${value}`;
        if (!known.has(text)) throw new TypeError(`"${text}" is not a valid ${name}`);
        return text;
    };
};

const sequenceFrom = (value, method, type) => {
    const iterator = apply(method, value, []);
    if (!isObject(iterator)) throw new TypeError("The iterator is not an object");
    const { next } = iterator;
    const result = [];
    for (;;) {
        const step = apply(next, iterator, []);
        if (!isObject(step)) throw new TypeError("The iterator's result is not an object");
        if (step.done) return result;
        result.push(type(step.value));
    }
};

const sequence = (type) => (value) => {
    if (!isObject(value)) throw new TypeError("The value is not iterable");
    const method = value[Symbol.iterator];
    if (method === undefined || method === null) throw new TypeError("The value is not iterable");
    return sequenceFrom(value, method, type);
};

const record = (keyType, valueType) => (value) => {
    const result = new Map();
    for (const key of ownKeys(value)) {
        const descriptor = getOwnPropertyDescriptor(value, key);
        if (descriptor === undefined || !descriptor.enumerable) continue;
        const typedKey = keyType(key);
        result.set(typedKey, valueType(value[key]));
    }
    return [...result];
};

/** A dictionary: its members come in the order of the table, which is the standard's, ancestors first. */
const dictionary = (members) => (value) => {
    if (value !== undefined && value !== null && !isObject(value)) throw new TypeError("The value is not a dictionary");
    const result = {};
    for (const [name, type] of Object.entries(members)) {
        const member = value === undefined || value === null ? undefined : value[name];
        if (member !== undefined) {
            result[name] = type(member);
        } else if (type.isRequired) {
            throw new TypeError(`The member "${name}" is required`);
        } else if (type.isOptional) {
            result[name] = type(undefined);
        }
    }
    return result;
};
const required = (type) => Object.assign((value) => type(value), { isRequired: true });

const callback = (value) => {
    if (typeof value !== "function") throw new TypeError("The value is not a function");
    return value;
};

// Buffers: https://webidl.spec.whatwg.org/#js-buffer-source-types
const getByteLength = (prototype) => getOwnPropertyDescriptor(prototype, "byteLength").get;
const arrayBufferByteLength = getByteLength(ArrayBuffer.prototype);
const sharedByteLength =
    typeof SharedArrayBuffer === "function" ? getByteLength(SharedArrayBuffer.prototype) : () => { throw new TypeError(); };
const isPlatform = (getter) => (value) => {
    try {
        apply(getter, value, []);
        return true;
    } catch {
        return false;
    }
};
const isArrayBuffer = isPlatform(arrayBufferByteLength);
const isSharedArrayBuffer = isPlatform(sharedByteLength);
const isView = ArrayBuffer.isView;
const isBufferSource = (value) => isView(value) || isArrayBuffer(value);

const bufferSource = ({ allowShared = false } = {}) => (value) => {
    const buffer = isView(value) ? value.buffer : value;
    if (isArrayBuffer(buffer) || (allowShared && isSharedArrayBuffer(buffer))) return value;
    throw new TypeError("The value is not an ArrayBuffer or a view of one");
};

/** The bytes of a buffer or view in a Uint8Array of their own; none of a detached one. */
const copyBytes = (source) => {
    if (!isView(source)) return new Uint8Array(source.detached ? 0 : new Uint8Array(source));
    if (source.buffer.detached) return new Uint8Array(0);
    const copy = new Uint8Array(source.byteLength);
    copy.set(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
    return copy;
};

// Interfaces: https://webidl.spec.whatwg.org/#js-interfaces
const missingArguments = (where, needed, found) =>
    new TypeError(`${where}: ${needed} argument${needed === 1 ? "" : "s"} required, but only ${found} present.`);

const requiredCount = (types) => types.filter((type) => !type.isOptional).length;

/** Converts arguments by their types; those that are not optional must be there. */
const convertArguments = (where, types, values) => {
    const count = requiredCount(types);
    if (values.length < count) throw missingArguments(where, count, values.length);
    const converted = [];
    for (let index = 0; index < types.length; index += 1) converted.push(types[index](values[index]));
    return converted;
};

const named = (name, length, method) => {
    defineProperty(method, "name", { value: name, configurable: true });
    defineProperty(method, "length", { value: length, configurable: true });
    return method;
};

/** Puts a method where scripts see it. */
const defineMethod = (target, name, types, method) => defineProperty(target, name, {
    value: named(name, requiredCount(types), method), writable: true, enumerable: true, configurable: true,
});

/** Operations: name → [types…, what is done with the object's handle and the converted arguments]. */
const operations = (Interface, self, table, target = Interface.prototype) => {
    for (const [name, row] of Object.entries(table)) {
        const steps = row.at(-1);
        const types = row.slice(0, -1);
        const { method } = { method(...values) {
            const object = self(this);
            return apply(steps, this, [object, ...convertArguments(`${Interface.name}.${name}`, types, values)]);
        } };
        defineMethod(target, name, types, method);
    }
};

/** Operations that return promises: what they throw rejects. */
const promiseOperations = (Interface, self, table) => {
    for (const [name, row] of Object.entries(table)) {
        const steps = row.at(-1);
        const types = row.slice(0, -1);
        const { method } = { method(...values) {
            try {
                const object = self(this);
                return apply(steps, this, [object, ...convertArguments(`${Interface.name}.${name}`, types, values)]);
            } catch (error) {
                return promiseReject(error);
            }
        } };
        defineMethod(Interface.prototype, name, types, method);
    }
};

/** Attributes: name → getter, or [getter, setter's type, setter]. */
const attributes = (Interface, self, table, target = Interface.prototype) => {
    for (const [name, row] of Object.entries(table)) {
        const [get, type, set] = Array.isArray(row) ? row : [row];
        const accessors = {
            get() { return apply(get, this, [self(this)]); },
            set(value) { apply(set, this, [self(this), type(value)]); },
        };
        defineProperty(target, name, {
            get: named(`get ${name}`, 0, accessors.get),
            set: set && named(`set ${name}`, 1, accessors.set), enumerable: true, configurable: true,
        });
    }
};

const interfaces = [];
/** Makes the interface visible under its name. */
const expose = (Interface, target = global) => {
    interfaces.push(Interface);
    defineProperty(Interface.prototype, Symbol.toStringTag, { value: Interface.name, configurable: true });
    defineProperty(target, Interface.name, { value: Interface, writable: true, configurable: true });
};

const constants = (Interface, table) => {
    for (const [name, value] of Object.entries(table)) {
        defineProperty(Interface, name, { value, enumerable: true });
        defineProperty(Interface.prototype, name, { value, enumerable: true });
    }
};

/** A pair iterator: `pairs` gives all pairs as they are now. */
const iterable = (Interface, self, pairs) => {
    const states = new WeakMap();
    const prototype = Object.create(IteratorPrototype);
    const next = named("next", 0, { next() {
        const state = states.get(this);
        if (state === undefined) throw new TypeError(`${Interface.name} Iterator: not an iterator`);
        const list = pairs(state.object);
        if (state.index >= list.length) return { value: undefined, done: true };
        const pair = list[state.index];
        state.index += 1;
        const value = state.kind === "keys" ? pair[0] : state.kind === "values" ? pair[1] : pair;
        return { value, done: false };
    } }.next);
    defineProperty(prototype, "next", { value: next, writable: true, enumerable: true, configurable: true });
    defineProperty(prototype, Symbol.toStringTag, { value: `${Interface.name} Iterator`, configurable: true });
    const method = (kind) => [function () {
        const iterator = Object.create(prototype);
        states.set(iterator, { object: self(this), index: 0, kind });
        return iterator;
    }];
    operations(Interface, self, {
        entries: method("entries"), keys: method("keys"), values: method("values"),
        forEach: [callback, optional(any), function (object, action, thisArgument) {
            for (let index = 0; ; index += 1) {
                const list = pairs(object);
                if (index >= list.length) return;
                apply(action, thisArgument, [list[index][1], list[index][0], this]);
            }
        }],
    });
    defineProperty(Interface.prototype, Symbol.iterator, {
        value: Interface.prototype.entries, writable: true, configurable: true,
    });
};

/** A promise of an ArrayBuffer as one of a Uint8Array. */
const typed = (promise) => apply(promiseThen, promise, [(buffer) => new Uint8Array(buffer)]);

Object.assign(idl, {
    any, boolean, DOMString, USVString, ByteString, integer, unrestrictedDouble, isObject, nullable, optional,
    enumeration, sequence, sequenceFrom, record, dictionary, required, callback, isArrayBuffer, isSharedArrayBuffer,
    isView, isBufferSource, bufferSource, copyBytes, convertArguments, operations, promiseOperations, attributes,
    expose, constants, iterable, named, apply, defineProperty, AsyncIteratorPrototype, PromiseConstructor,
    promiseResolve, promiseReject, promiseThen, missingArguments, typed,
    isPlatformObject: (value) => interfaces.some((Interface) => value instanceof Interface),
});
