// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app.hpp"

namespace corefile::webhook {

/// Asks the API server, in a dry run and by the pod's own account, to put a Corefile into `NAMESPACE/NAME` that no CoreDNS loads.
/// Exit code 0: the webhook was asked; 1: the change passed it by. Throws app::Trouble.
app::Outcome probe(const std::string& configmap, const std::string& service_account);

}  // namespace corefile::webhook
