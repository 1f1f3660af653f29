// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/catalogue.hpp>

namespace cli_test {

/// Rules of the tests' own, so that expected outputs change with the command line only.
const corefile::Catalogue& catalogue();

}  // namespace cli_test
