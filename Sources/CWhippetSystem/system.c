// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0
//
// SwiftPM wants one source file in a C target; everything is in the header.
#include "whippet_system.h"
