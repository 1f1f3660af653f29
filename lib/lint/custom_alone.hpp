// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/catalogue.hpp>
#include <corefile/diagnostic.hpp>
#include <corefile/platform.hpp>
#include <corefile/rule.hpp>
#include <vector>

namespace corefile {

/// What is certain of `coredns-custom` without its base: what CoreDNS refuses beside the lines that all of them have, or what it makes of
/// it beside those of the platform.
class CustomAlone {
 public:
  CustomAlone(const Platform* platform, const Catalogue& catalogue) : platform_(platform), catalogue_(catalogue) {}

  /// Findings with places in the file, of which those in the base itself are nowhere.
  std::vector<Diagnostic> certain(std::vector<Diagnostic> found) const;
  /// Says whose the other line is, where one stands in the base.
  void reword(Diagnostic& one) const;

  /// Where places in the base are moved to: to none of the file's.
  static constexpr Span nowhere{Source::max_size, Source::max_size};

 private:
  static bool in_base(const Place& place) { return place.span.begin == nowhere.begin; }
  const BesideBase& said_by(const Diagnostic& one) const;

  const Platform* platform_;
  const Catalogue& catalogue_;
};

}  // namespace corefile
