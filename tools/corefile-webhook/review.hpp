// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "judge.hpp"
#include "policy.hpp"

/// A review in, a review out: everything the webhook decides, without a socket.
namespace corefile::webhook {

enum class Verdict : std::uint8_t {
  ignored,  ///< nothing for this webhook: allowed
  allowed,
  denied,
  overridden,  ///< would have been denied, but for an annotation with a reason
  malformed    ///< no review at all
};
std::string_view to_string(Verdict verdict) noexcept;

/// What the log and the metrics say of a review.
struct Record {
  Verdict verdict = Verdict::malformed;
  std::string uid, operation, name_space, name, user;
  bool dry_run = false;
  std::string reason;          ///< of an override, or why the review is malformed
  bool override_left = false;  ///< an override of an earlier change is still there
  std::string unchecked;       ///< why it was not judged
  std::vector<Finding> findings;
};

struct Answer {
  unsigned status = 200;  ///< HTTP's
  std::string body;       ///< an AdmissionReview; a line of text where the status is another than 200
  Record record;
};

/// What judging takes: no longer than to hand it to somebody else, some milliseconds, or more.
enum class Weight : std::uint8_t { nothing, light, heavy };
Weight weigh(const Admission& admission, const Settings& settings);

/// Throws nothing but std::bad_alloc. Nothing but `admission` and `settings` is looked at.
Answer review(const Admission& admission, const Settings& settings);
/// The policy's answer where a review could not be done, and why.
Answer unchecked(const Admission& admission, const Settings& settings, const std::string& why);
Answer malformed(const std::string& why);
/// The whole way. Throws nothing but std::bad_alloc.
Answer review(std::string_view body, const Settings& settings);

/// A line of JSON. `contents`: with the findings' messages, which hold words of the Corefile.
std::string log_line(const Record& record, bool contents);

}  // namespace corefile::webhook
