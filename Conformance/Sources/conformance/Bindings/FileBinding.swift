// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetFetch
import WhippetInfra
@_spi(Conformance) import WhippetStreams

/// A JavaScript `Blob` or `File` object's contents.
final class BlobObject {
    let blob: Blob
    let file: File?

    init(_ blob: Blob) {
        self.blob = blob
        file = nil
    }

    init(_ file: File) {
        blob = file.blob
        self.file = file
    }
}

/// A JavaScript `FormData` object's entries.
final class FormObject {
    var form: FormData
    /// The objects of the files, so that one file is one object each time it is asked for.
    private var files: [BlobObject] = []

    init(_ form: FormData) {
        self.form = form
    }
}

/// An entry's value: text, or a handle of a file.
struct FormValue: Scriptable {
    let value: FormData.Value
    let owner: FormObject

    func script(_ engine: Engine) -> Value {
        if let file = value.file { return engine.handle(owner.object(of: file)) }
        return (value.text ?? "").script(engine)
    }
}

extension FormObject {
    /// Gives a value to a script.
    func value(_ value: FormData.Value) -> FormValue { FormValue(value: value, owner: self) }

    /// The object of a file.
    func object(of file: File) -> BlobObject {
        if let known = files.first(where: { $0.file == file }) { return known }
        let object = BlobObject(file)
        files.append(object)
        return object
    }

    /// Remembers the object that a file came with.
    func remember(_ object: BlobObject) {
        guard !files.contains(where: { $0 === object }) else { return }
        files.insert(object, at: 0)
    }
}

/// `Blob`, `File` and `FormData`.
enum FileBinding: Binding {
    static func install(_ natives: Natives) {
        installBlob(natives)
        installForm(natives)
    }

    private static func installBlob(_ natives: Natives) {
        natives.add("blobCreate") { call in
            Handle(BlobObject(Blob(try parts(call[0]), type: call.string(1), endings: try endings(call, 2))))
        }
        natives.add("fileCreate") { call in
            let file = File(
                try parts(call[0]), name: call.string(1), type: call.string(2),
                lastModified: call[4].isUndefined ? nil : Int(exactly: call.number(4)), endings: try endings(call, 3))
            return Handle(BlobObject(file))
        }
        natives.add("blobIsFile") { call in try call.object(0, as: BlobObject.self).file != nil }
        natives.add("blobSize") { call in try call.object(0, as: BlobObject.self).blob.size }
        natives.add("blobType") { call in try call.object(0, as: BlobObject.self).blob.type }
        natives.add("blobSlice") { call in
            let blob = try call.object(0, as: BlobObject.self).blob
            let start = call[1].isUndefined ? 0 : Int(exactly: call.number(1)) ?? 0
            let end = call[2].isUndefined ? nil : Int(exactly: call.number(2))
            return Handle(BlobObject(blob.slice(start, end, call[3].isUndefined ? "" : call.string(3))))
        }
        natives.add("blobStream") { call in
            guard let streams = call.engine.streams else { throw BindingError("there are no streams") }
            let blob = try call.object(0, as: BlobObject.self).blob
            return Handle(try streams.makeReadable { blob.stream() })
        }
        natives.add("blobText") { call in
            let blob = try call.object(0, as: BlobObject.self).blob
            return try call.engine.promise({ try await blob.text() }, { $0 })
        }
        natives.add("blobBytes") { call in
            let blob = try call.object(0, as: BlobObject.self).blob
            return try call.engine.promise({ try await blob.bytes() }, Bytes.init)
        }
        natives.add("fileName") { call in try file(call).name }
        natives.add("fileLastModified") { call in try file(call).lastModified }
    }

    private static func file(_ call: Call) throws -> File {
        guard let file = try call.object(0, as: BlobObject.self).file else { throw TypeError("The blob is no file") }
        return file
    }

    private static func endings(_ call: Call, _ index: Int) throws -> Blob.Endings {
        guard let endings = Blob.Endings(rawValue: call.string(index)) else { throw BindingError("no such endings") }
        return endings
    }

    private static func parts(_ list: Value) throws -> [any BlobPart] {
        try list.elements.map { part in
            if part.isString { return part.string }
            if let object = list.engine.object(part) as? BlobObject { return object.blob }
            guard let bytes = part.bytes else { throw BindingError("a blob's part is nothing known") }
            return bytes
        }
    }

    private static func installForm(_ natives: Natives) {
        natives.add("formCreate") { _ in Handle(FormObject(FormData())) }
        natives.add("formAppend") { call in
            let object = try call.object(0, as: FormObject.self)
            switch call.engine.object(call[2]) as? BlobObject {
            case nil: object.form.append(call.string(1), call.string(2))
            case let blob? where blob.file != nil:
                if call[3].isUndefined { object.remember(blob) }
                if let file = blob.file { object.form.append(call.string(1), file, filename: call.optionalString(3)) }
            case let blob?: object.form.append(call.string(1), blob.blob, filename: call.optionalString(3))
            }
            return Nothing()
        }
        natives.add("formSet") { call in
            let object = try call.object(0, as: FormObject.self)
            switch call.engine.object(call[2]) as? BlobObject {
            case nil: object.form.set(call.string(1), call.string(2))
            case let blob? where blob.file != nil:
                if call[3].isUndefined { object.remember(blob) }
                if let file = blob.file { object.form.set(call.string(1), file, filename: call.optionalString(3)) }
            case let blob?: object.form.set(call.string(1), blob.blob, filename: call.optionalString(3))
            }
            return Nothing()
        }
        natives.add("formDelete") { call in
            try call.object(0, as: FormObject.self).form.delete(call.string(1))
            return Nothing()
        }
        natives.add("formGet") { call in
            let object = try call.object(0, as: FormObject.self)
            return object.form.get(call.string(1)).map(object.value)
        }
        natives.add("formGetAll") { call in
            let object = try call.object(0, as: FormObject.self)
            return object.form.getAll(call.string(1)).map(object.value)
        }
        natives.add("formHas") { call in try call.object(0, as: FormObject.self).form.has(call.string(1)) }
        natives.add("formPairs") { call in
            let engine = call.engine
            let object = try call.object(0, as: FormObject.self)
            return object.form.map { name, value in [name.script(engine), object.value(value).script(engine)] }
        }
    }
}
