// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "review.hpp"

/// An AdmissionReview as it is written.
namespace corefile::webhook {

/// What goes back beside the verdict.
struct Response {
  std::string message;  ///< of a denial
  std::vector<std::string> warnings;
  nlohmann::ordered_json audit = nlohmann::ordered_json::object();
};

std::string write(const Record& record, const Response& response);

}  // namespace corefile::webhook
