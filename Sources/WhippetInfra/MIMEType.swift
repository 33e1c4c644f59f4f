// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A [MIME type](https://mimesniff.spec.whatwg.org/#mime-type) such as `text/html;charset=utf-8`.
package struct MIMEType: Hashable, Sendable {
    /// A parameter: a name in lower case and a value.
    package struct Parameter: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What stands before the slash, in lower case.
    package var type: String
    /// What stands after the slash, in lower case.
    package var subtype: String
    /// The parameters in their order; each name occurs once.
    package var parameters: [Parameter]

    package init(type: String, subtype: String, parameters: [Parameter] = []) {
        self.type = type
        self.subtype = subtype
        self.parameters = parameters
    }

    /// The type without its parameters: the [essence](https://mimesniff.spec.whatwg.org/#mime-type-essence).
    package var essence: String { "\(type)/\(subtype)" }

    /// The value of a parameter whose name is given in lower case; a new one is added at the end.
    package subscript(_ name: String) -> String? {
        get { parameters.first { $0.name == name }?.value }
        set {
            let index = parameters.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): parameters[index].value = value
            case (let index?, nil): parameters.remove(at: index)
            case (nil, let value?): parameters.append(Parameter(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Implements [serialize a MIME type](https://mimesniff.spec.whatwg.org/#serialize-a-mime-type).
    package var serialized: String {
        // 1.
        var serialization = essence
        // 2.
        for parameter in parameters {
            serialization += ";\(parameter.name)="
            // 2.4.
            if ASCII.isToken(parameter.value) {
                serialization += parameter.value
            } else {
                serialization += "\""
                for scalar in parameter.value.unicodeScalars {
                    if scalar == "\"" || scalar == "\\" { serialization.unicodeScalars.append("\\") }
                    serialization.unicodeScalars.append(scalar)
                }
                serialization += "\""
            }
        }
        // 3.
        return serialization
    }
}
