// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/reader.hpp"

/// What a schema cannot say: reading that only a program can. Each function is named in rules/plugins/*.yaml and follows the
/// plugin's setup.go; the files are grouped as CoreDNS's plugins are used.
namespace corefile::plugins::setup {}
