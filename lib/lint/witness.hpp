// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/flow.hpp>
#include <corefile/rule.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "go/net.hpp"

/// Queries that show what a finding says. A rule suspects something for cheap reasons, then asks the model of the way (docs/flow.md).
namespace corefile {

/// What a way says of a suspicion.
enum class Says : std::uint8_t {
  shows,    ///< this is what the finding speaks of
  refutes,  ///< this is what it says does not happen
  nothing   ///< it is something else's business
};

/// What was found of a suspicion.
struct Testimony {
  std::optional<Trace> witness{};  ///< a way that shows it
  bool refuted = false;            ///< for certain: the rule is silent

  /// `for example …`, where there is a witness.
  void add_to(Diagnostic& found) const;
};

/// `` `www.example.com. A` gets SERVFAIL ``
std::string fate(const Trace& trace);

/// One text's ways. Nothing is made before somebody asks.
class Ways {
 public:
  /// No text has that many suspects; a program's output may.
  static constexpr std::size_t most_asked = 200;

  Ways(const Config& config, const Context& context);
  ~Ways();
  Ways(const Ways&) = delete;
  Ways& operator=(const Ways&) = delete;

  /// The way of a query that comes to the block first, type A or, of reverse zones, PTR unless `type` says another. Nothing where it goes
  /// elsewhere, where it hangs on what is not known here, or where the release does not load the text.
  std::optional<Trace> through(ServerBlock block, std::string_view name, std::string_view type = {});
  /// What becomes of names that do not come to the block, as somebody asks for them who asks it for others.
  Testimony elsewhere(ServerBlock block, std::span<const std::string> names);

  /// Follows queries for one name after the other, until one shows or refutes it.
  template <typename Judge>
  Testimony ask(ServerBlock block, std::span<const std::string> names, std::string_view type, Judge judge) {
    Testimony testimony;
    for (const std::string& name : names) {
      std::optional<Trace> way = through(block, name, type);
      const Says says = way ? judge(std::as_const(*way)) : Says::nothing;
      testimony.refuted = says == Says::refutes;
      if (says == Says::shows) testimony.witness = std::move(way);
      if (says != Says::nothing) break;
    }
    return testimony;
  }

 private:
  struct Made;
  Made* made();
  std::optional<Trace> follow(ServerBlock block, std::string_view name, std::string_view type, bool first);
  const Config& config_;
  const Context& context_;
  std::unique_ptr<Made> made_;
  std::size_t asked_ = 0;
};

/// The way of a PTR query for an address that a Service of the cluster has; nothing where it hangs on more than the text.
std::optional<Trace> way_to_own_address(const Config& config, Release release, const go::Ip& address);

/// A few names that hardly anybody has an entry for, in a zone as CoreDNS has it: lower-case, with the last dot.
std::vector<std::string> names_in(std::string_view zone);
/// The same of all of the block's zones, of what lies in one of them and in `zones`, and of `zones` alone.
std::vector<std::string> names_in(ServerBlock block, Release release);
std::vector<std::string> names_in(ServerBlock block, std::span<const Word> zones, Release release);
std::vector<std::string> names_in(std::span<const Word> zones, Release release);

/// The step of a directive in the block that the query comes to first; null if it does not get there.
const Step* step_of(const Trace& trace, Directive directive) noexcept;
/// It makes an end of the query: an answer, a refusal, a failure.
bool ends_at(const Trace& trace, Directive directive) noexcept;
/// No plugin answers: the server says SERVFAIL or REFUSED, or nothing is sent.
bool unanswered(const Trace& trace) noexcept;

// What Ways::ask() may ask of a way.
/// Of who is refused by an `acl` nothing follows for others.
Says nobody_answers(const Trace& trace) noexcept;
inline auto ended_by(Directive directive) noexcept {
  return [directive](const Trace& trace) { return ends_at(trace, directive) ? Says::shows : Says::nothing; };
}
/// `first` ends it, and `later` never does.
inline auto kept_from(Directive later, Directive first) noexcept {
  return [later, first](const Trace& trace) {
    return ends_at(trace, later) ? Says::refutes : ends_at(trace, first) ? Says::shows : Says::nothing;
  };
}

}  // namespace corefile
