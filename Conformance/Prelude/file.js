// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// Blob, File and FormData: https://w3c.github.io/FileAPI/ and https://xhr.spec.whatwg.org/#interface-formdata
const { DOMString, USVString, optional, dictionary, enumeration, sequence, integer, isBufferSource, copyBytes } = idl;

const made = {};
let blobHandle;
let createBlob;
let setNative;
class Blob {
    #native;

    static {
        blobHandle = (blob) => blob.#native;
        setNative = (blob, handle) => { blob.#native = handle; };
        createBlob = (handle, Interface = native.blobIsFile(handle) ? File : Blob) => {
            const blob = Reflect.construct(Blob, [made], Interface);
            blob.#native = handle;
            return blob;
        };
    }

    constructor(blobParts = undefined, options = undefined) {
        if (blobParts === made) return;
        const parts = blobParts === undefined ? [] : BlobParts(blobParts);
        const { endings, type } = BlobPropertyBag(options);
        this.#native = native.blobCreate(parts.map(partBytes), type, endings);
    }
}
const isBlob = (value) => value instanceof Blob;
const BlobParts = sequence((value) =>
    (isBufferSource(value) ? value : isBlob(value) ? blobHandle(value) : USVString(value)));
const partBytes = (part) => (isBufferSource(part) ? copyBytes(part) : part);
const blobMembers = { endings: optional(enumeration("EndingType", ["transparent", "native"]), "transparent"),
    type: optional(DOMString, "") };
const BlobPropertyBag = dictionary(blobMembers);
const FilePropertyBag = dictionary({ ...blobMembers, lastModified: integer(64, { signed: true }) });
const position = integer(64, { signed: true, mode: "clamp" });

idl.attributes(Blob, blobHandle, { size: native.blobSize, type: native.blobType });
idl.operations(Blob, blobHandle, {
    slice: [optional(position), optional(position), optional(DOMString), (blob, start, end, type) =>
        createBlob(native.blobSlice(blob, start, end, type), Blob)],
    stream: [(blob) => idl.createReadable(native.blobStream(blob))],
});
idl.promiseOperations(Blob, blobHandle, {
    text: [native.blobText], arrayBuffer: [native.blobBytes], bytes: [(blob) => idl.typed(native.blobBytes(blob))],
});
idl.expose(Blob);

class File extends Blob {
    constructor(fileBits, fileName, options = undefined) {
        if (arguments.length < 2) throw idl.missingArguments("File", 2, arguments.length);
        const parts = BlobParts(fileBits);
        const name = USVString(fileName);
        const { endings, type, lastModified } = FilePropertyBag(options);
        super(made);
        setNative(this, native.fileCreate(parts.map(partBytes), name, type, endings, lastModified));
    }
}
idl.attributes(File, (file) => (native.blobIsFile(blobHandle(file)), blobHandle(file)), {
    name: native.fileName, lastModified: native.fileLastModified });
idl.expose(File);
idl.cloners.push((value) => (isBlob(value) ? createBlob(blobHandle(value)) : undefined));

let formHandle;
let createForm;
class FormData {
    #native;

    static {
        formHandle = (form) => form.#native;
        createForm = (handle) => {
            const form = new FormData(made);
            form.#native = handle;
            return form;
        };
    }

    constructor(form = undefined, submitter = undefined) {
        if (form === made) return;
        if (form !== undefined) throw new TypeError("FormData: the form is not an HTMLFormElement");
        this.#native = native.formCreate();
    }
}
const files = new Map();
const value = (entry) => {
    if (entry === null || typeof entry === "string") return entry;
    const key = native.identity(entry);
    if (!files.has(key)) files.set(key, createBlob(entry, File));
    return files.get(key);
};
/** The overloads append(name, value) and append(name, blobValue, filename). */
const entryOperation = (name, steps) => ({
    [name]: [USVString, (entry) => entry, optional((filename) => filename), function (form, key, entry, filename) {
        if (arguments.length > 3 && filename !== undefined && !isBlob(entry)) {
            throw new TypeError(`FormData.${name}: the value is not a Blob`);
        }
        if (entry instanceof File && filename === undefined) files.set(native.identity(blobHandle(entry)), entry);
        steps(form, key, isBlob(entry) ? blobHandle(entry) : USVString(entry),
            filename === undefined ? undefined : USVString(filename));
    }],
});
idl.operations(FormData, formHandle, {
    ...entryOperation("append", native.formAppend),
    delete: [USVString, native.formDelete],
    get: [USVString, (form, name) => value(native.formGet(form, name))],
    getAll: [USVString, (form, name) => native.formGetAll(form, name).map(value)],
    has: [USVString, native.formHas],
    ...entryOperation("set", native.formSet),
});
idl.iterable(FormData, formHandle, (form) => native.formPairs(form).map(([name, entry]) => [name, value(entry)]));
idl.expose(FormData);

Object.assign(idl, { isBlob, blobHandle, createBlob, isFormData: (form) => form instanceof FormData, formHandle, createForm });
