// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension Routes {
    /// Adds the exports of a route file: called by what the build plugin writes.
    ///
    /// - Parameters:
    ///   - folder: The file's folder below `app`, such as `(shop)/items/[slug]`.
    ///   - source: The file, for messages.
    public func file(_ folder: String, source: String, _ export: (inout RouteFile) -> Void) {
        var file = RouteFile(source: source)
        export(&file)
        let declarations = file.declarations
        scope(ofFolder: folder).declare { $0.routes += declarations }
    }

    /// Adds a file that is sent as it is: called by what the build plugin writes.
    ///
    /// - Parameters:
    ///   - folder: The file's folder below `app`.
    ///   - name: The file's name, such as `icon.png`.
    ///   - source: The file, for messages.
    ///   - base64: What is in it.
    public func asset(_ folder: String, _ name: String, source: String, base64: StaticString) {
        let declaration = Asset(name: name, base64: base64).declaration(place: source)
        scope(ofFolder: folder).declare { $0.routes.append(declaration) }
    }

    /// Adds the exports of a folder's files: called by what the build plugin writes.
    ///
    /// - Parameters:
    ///   - folder: The folder below `app`, empty for `app` itself.
    ///   - source: The file, for messages.
    public func folder(_ folder: String, source: String, _ export: (inout RouteFolder) -> Void) {
        scope(ofFolder: folder).declare { scope in
            var folder = RouteFolder(source: source, settings: scope.settings)
            export(&folder)
            scope.settings = folder.finish()
        }
    }

    /// The set of a folder's routes, made when it is first asked for, within those of the folders around it.
    private func scope(ofFolder folder: String) -> Routes {
        var current = self
        for name in folder.split(separator: "/") {
            current = current.declare { scope in
                if let child = scope.folders[String(name)] { return child }
                let child = Routes(RouteScope(folder: String(name)))
                scope.folders[String(name)] = child
                scope.children.append(child)
                return child
            }
        }
        return current
    }
}

extension RouteScope {
    /// The scope of a folder: `(group)` and `@slot` are not in the path, the others are.
    init(folder name: String) {
        isRouteGroup = (name.hasPrefix("(") && name.hasSuffix(")")) || name.hasPrefix("@")
        path = isRouteGroup ? "" : "/" + name
    }
}
