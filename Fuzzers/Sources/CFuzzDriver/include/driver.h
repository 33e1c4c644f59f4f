// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// Nothing to call from Swift: driver.c gives each executable its main function.
