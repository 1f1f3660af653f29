// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/reader.hpp"

namespace corefile::plugins {

/// A reader of these words, the only ones of the plugin in its block, would surely find no fault and ask for nothing outside the text:
/// each line is a property's, and the schema alone says what it takes. The plugin has no setup function; what stands in `after` is still
/// to be asked. False says nothing. O(words), and far less than to read them.
bool surely_takes(const Schema& plugin, Directive directive, Release release, Patterns& patterns);

}  // namespace corefile::plugins
