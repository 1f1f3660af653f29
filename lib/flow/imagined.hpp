// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/flow.hpp>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace corefile::flow_detail {

struct Model;

/// What upstreams are taken to say where nobody knows.
enum class Mood : std::uint8_t { answer, deny, fail, answer_briefly };
/// A clause: `NXDOMAIN from upstreams`. Empty for `answer`.
std::string_view describe(Mood mood) noexcept;

/// A World with what another one does not say: the same for every text that is compared.
class Imagined {
 public:
  /// `namespaces`: those that texts name, beside one of its own.
  Imagined(const World& given, const std::set<std::string>& namespaces);
  /// Refers to this and to the World given.
  World world(Mood mood) const;

 private:
  const World& given_;
  std::unique_ptr<const Files> files_;
  Cluster cluster_;
};

/// The servers of a resolv.conf that is not known, as traces name them, replaced by the file's name.
std::string plain_upstream(std::string_view upstream);

/// Namespaces that a `kubernetes` of the model names.
void add_namespaces(const Model& model, std::set<std::string>& namespaces);

}  // namespace corefile::flow_detail
