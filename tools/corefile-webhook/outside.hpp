// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/problem.hpp>
#include <string_view>

#include "judge.hpp"

/// Files, variables and interfaces that a Corefile needs and only the pods have.
namespace corefile::webhook {

/// The rule's name in findings.
inline constexpr std::string_view outside_rule = "outside";

class Pods {
 public:
  /// `files`: the folder of `coredns-custom`, where it is known. All are kept.
  Pods(const ConfigMap& map, const Policy& policy, const Files* files) : map_(map), policy_(policy), files_(files) {}

  /// `subject`: LoadVerdict::outside's. Every pod has its resolv.conf, its service account and some variables; others have what the
  /// policy says.
  bool surely_have(std::string_view subject) const;
  /// Puts into words what must be there.
  void tell(const Need& need, Finding& finding) const;

 private:
  bool named(std::string_view subject) const;
  bool in_folder(std::string_view subject) const;

  const ConfigMap& map_;
  const Policy& policy_;
  const Files* files_;
};

}  // namespace corefile::webhook
