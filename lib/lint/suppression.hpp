// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/diagnostic.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace corefile {

/// One name in a comment `# corefile-lint: ignore[NAME, …] REASON`, or in an annotation `ignore.corefile-lint.dev/NAME: REASON`; or a
/// comment that begins like one and is not.
struct Suppression {
  std::string name;     ///< a rule, a group or `ALL`; of groups and `ALL` only what is not an error is ignored
  Place place;          ///< of the name
  Place comment;        ///< the whole of it
  std::string reason;   ///< may be empty
  std::string until{};  ///< a day, as `2027-03-01`, or a release of CoreDNS, as `1.16`; may be empty
  std::string wrong{};  ///< why it is not read; the other members then say nothing
  std::string meant{};  ///< the rule or group that a name which is neither is near to
  bool known = true;    ///< the name is a rule's, a group's or `ALL`
  bool heard = true;    ///< some rule of that name was to be heard
  bool first = true;    ///< of its comment's names
  bool expired = false;
  bool used = false;         ///< it ignored something
  std::vector<Fix> fixes{};  ///< takes the name away, or puts `meant` in its place
  std::vector<Fix> drops{};  ///< takes the whole of it away, which only a reader can decide
};

}  // namespace corefile
