// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Everything the library offers.
///
///     corefile::Options options;
///     options.release = *corefile::parse_release("1.11.3");
///     corefile::Analysis found = corefile::check(corefile::Source("Corefile", text), options);
///     for (const corefile::Diagnostic& d : found.diagnostics) std::puts(d.message.c_str());
///     std::fputs(corefile::render_full({found}).c_str(), stdout);
///
/// The stages, each usable alone: read_corefiles → parse → recover → lint → render.
///
/// Nothing throws but std::bad_alloc. One that passes through a library compiled without exceptions (COREFILE_NO_EXCEPTIONS) leaves
/// behind what was held then.
#include <corefile/catalogue.hpp>
#include <corefile/config.hpp>
#include <corefile/diagnostic.hpp>
#include <corefile/fingerprint.hpp>
#include <corefile/fix.hpp>
#include <corefile/format.hpp>
#include <corefile/key.hpp>
#include <corefile/line_index.hpp>
#include <corefile/lint.hpp>
#include <corefile/load.hpp>
#include <corefile/manifest.hpp>
#include <corefile/plugins.hpp>
#include <corefile/problem.hpp>
#include <corefile/recover.hpp>
#include <corefile/release.hpp>
#include <corefile/render.hpp>
#include <corefile/resolve.hpp>
#include <corefile/rule.hpp>
#include <corefile/running.hpp>
#include <corefile/source.hpp>
#include <corefile/syntax.hpp>
#include <corefile/visible.hpp>
