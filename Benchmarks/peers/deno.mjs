// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import { handler } from './handler.mjs';

Deno.serve({ hostname: '127.0.0.1', port: Number(Deno.env.get('PORT')), onListen() {} }, handler);
