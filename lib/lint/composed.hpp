// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/resolve.hpp>
#include <corefile/source.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "manifest/bundle.hpp"

namespace corefile {

/// The service of docker compose that starts CoreDNS with a Corefile.
struct Composed {
  Source file;
  ComposeService service;
  ComposeService::Volume volume;  ///< brings the Corefile
  std::string path;               ///< the Corefile's in the container
  bool overridden = false;        ///< compose reads a second file beside it
};

/// By the compose file that lies in the Corefile's folder, or in the one above. None where there is none, or several services share the
/// Corefile. Reads eight files at most.
std::optional<Composed> composed_of(const std::string& corefile, const Files& files);

/// What `given` leaves open of the container's variables.
Environment environment_of(const Composed& composed, Environment given);

}  // namespace corefile
