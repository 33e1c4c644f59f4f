// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// TextDecoder and TextEncoder: https://encoding.spec.whatwg.org/#api
const { DOMString, USVString, boolean, optional, dictionary, bufferSource, copyBytes } = idl;

const TextDecoderOptions = dictionary({ fatal: optional(boolean, false), ignoreBOM: optional(boolean, false) });
const TextDecodeOptions = dictionary({ stream: optional(boolean, false) });

let decoderHandle;
class TextDecoder {
    #native;

    static { decoderHandle = (decoder) => decoder.#native; }

    constructor(label = "utf-8", options = undefined) {
        const name = DOMString(label);
        const { fatal, ignoreBOM } = TextDecoderOptions(options);
        this.#native = native.decoderCreate(name, fatal, ignoreBOM);
    }
}
idl.attributes(TextDecoder, decoderHandle, {
    encoding: native.decoderEncoding, fatal: native.decoderFatal, ignoreBOM: native.decoderIgnoreBOM,
});
idl.operations(TextDecoder, decoderHandle, {
    decode: [optional(bufferSource({ allowShared: true })), optional(TextDecodeOptions, { stream: false }),
        (handle, input, { stream }) =>
            native.decoderDecode(handle, input === undefined ? new Uint8Array(0) : copyBytes(input), stream)],
});
idl.expose(TextDecoder);

let encoderHandle;
class TextEncoder {
    #native = native.encoderCreate();

    static { encoderHandle = (encoder) => encoder.#native; }
}
const Uint8ArrayTarget = (value) => {
    if (Object.prototype.toString.call(value) !== "[object Uint8Array]" || !ArrayBuffer.isView(value)) {
        throw new TypeError("TextEncoder.encodeInto: the destination is not a Uint8Array");
    }
    return value;
};
idl.attributes(TextEncoder, encoderHandle, { encoding: native.encoderEncoding });
idl.operations(TextEncoder, encoderHandle, {
    encode: [optional(USVString, ""), (handle, input) => new Uint8Array(native.encoderEncode(handle, input))],
    encodeInto: [USVString, Uint8ArrayTarget, (handle, source, destination) => {
        const [read, written, bytes] = native.encoderEncodeInto(handle, source, destination.byteLength);
        if (written > 0) destination.set(new Uint8Array(bytes, 0, written));
        return { read, written };
    }],
});
idl.expose(TextEncoder);

// atob and btoa: https://html.spec.whatwg.org/#atob
idl.define("atob", idl.named("atob", 1, function (data) {
    if (arguments.length < 1) throw idl.missingArguments("atob", 1, 0);
    return native.atob(DOMString(data));
}));
idl.define("btoa", idl.named("btoa", 1, function (data) {
    if (arguments.length < 1) throw idl.missingArguments("btoa", 1, 0);
    return native.btoa(DOMString(data));
}));
