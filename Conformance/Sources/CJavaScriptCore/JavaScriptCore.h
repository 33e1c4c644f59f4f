// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// JavaScriptCore's C API: the package libjavascriptcoregtk-4.1-dev on Debian, the system's framework on Apple platforms.
#pragma once
#include <JavaScriptCore/JavaScript.h>
#include <JavaScriptCore/JSTypedArray.h>
