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

/// What upstreams are taken to say where nobody knows; `admit`: they answer, and what expressions hang on makes them true.
enum class Mood : std::uint8_t { answer, admit, deny, fail, answer_briefly };
/// A clause: `NXDOMAIN from upstreams`. Empty for `answer`.
std::string_view describe(Mood mood) noexcept;

/// What texts ask of a cluster's objects.
struct Wanted {
  std::set<std::string> namespaces{};                             ///< that they name
  std::set<Cluster::Labels> labels{Cluster::Labels()};            ///< of Services, endpoints and pods
  std::set<Cluster::Labels> namespace_labels{Cluster::Labels()};  ///< of namespaces
};
/// Adds what every `kubernetes` of the model asks for, beside what none does.
void add_wanted(const Model& model, Wanted& wanted);

/// A World with what another one does not say: the same for every text that is compared.
class Imagined {
 public:
  Imagined(const World& given, const Wanted& wanted);
  /// Refers to this and to the World given.
  World world(Mood mood) const;

 private:
  const World& given_;
  std::unique_ptr<const Files> files_;
  Cluster cluster_;
};

/// It depends on an expression of a `view` or a `template`.
bool hangs_on_expression(const Trace& trace) noexcept;

/// The servers of a resolv.conf that is not known, as traces name them, replaced by the file's name.
std::string plain_upstream(std::string_view upstream);

}  // namespace corefile::flow_detail
