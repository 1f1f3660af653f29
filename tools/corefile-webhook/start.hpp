// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app.hpp"
#include "flags.hpp"

namespace corefile::webhook {

/// What the command line asks for, done, or what to serve.
struct Start {
  app::Outcome outcome;
  std::optional<Arguments> serve;  ///< with settings that were read once
  Settings settings;
};
Start start(std::vector<std::string> words, const std::function<std::string()>& standard_input);

}  // namespace corefile::webhook
