// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app.hpp"
#include "policy.hpp"

namespace corefile::webhook {

/// ConfigMaps as they are mounted, `FOLDER/NAMESPACE/NAME/KEY`, judged as if each were created now: `out` is a gauge of their errors
/// for Prometheus, `err` says what they are. Exit code 1 if there is one. Those that are empty or not there are passed over. Throws
/// app::Trouble.
app::Outcome audit(const std::string& folder, Settings settings);

}  // namespace corefile::webhook
