// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.hpp"
#include "zone/names.hpp"
#include "zone/types.hpp"
#include "zone/zone.hpp"

/// One query on its way through a zone: plugin/file/lookup.go.
namespace corefile::zone {

using Records = std::vector<Record>;

/// Where a release does otherwise.
inline constexpr Release soa_at_apex_only{1, 7, 0};
inline constexpr Release loops_counted{1, 8, 1};
inline constexpr Release results_kept{1, 8, 1};
inline constexpr Release alias_asked_itself{1, 8, 5};
inline constexpr Release failures_with_alias{1, 8, 5};
inline constexpr Release wildcard_nodata{1, 9, 2};
inline constexpr Release falls_through{1, 12, 2};
inline constexpr Release closest_mended{1, 12, 4};
inline constexpr Release apex_types_looked_up{1, 14, 2};
inline constexpr Release service_targets{1, 14, 3};
inline constexpr Release negative_aliases{1, 14, 5};
inline constexpr Release names_between{1, 14, 7};  // empty wildcards, cuts behind aliases, each target once
inline constexpr Release own_alias_fails{1, 15, 0};

void append(Records& to, const Records& more);
Records of_type(const Tree::Name& name, std::uint16_t type);
Records signatures(const Tree::Name& name, std::uint16_t covered);

class Lookup {
  using Name = Tree::Name;
  using Result = Answer::Result;

 public:
  Lookup(const Tree& tree, const Question& question)
      : tree_(tree),
        question_(question),
        release_(tree.release()),
        library_(dns_library(release_)),
        name_(ascii::to_lower(question.name)) {}

  Answer run();
  Answer finished(Answer pending, const LookedUp& found);

 private:
  bool since(Release release) const noexcept { return release_ >= release; }
  bool dnssec() const noexcept { return question_.dnssec; }

  Records soa() const { return joined(tree_.soa(), tree_.soa_signatures()); }
  Records ns() const { return joined(tree_.ns(), tree_.ns_signatures()); }
  Records joined(Records records, const Records& more) const {
    if (dnssec()) append(records, more);
    return records;
  }
  Records with_signatures(const Name& name, std::uint16_t type) const {
    Records out = of_type(name, type);
    if (dnssec()) append(out, signatures(name, type));
    return out;
  }
  Records glue(const Records& servers) const;
  Records additional(const Records& answer) const;
  std::string_view target_of(const Record& record) const;

  bool has_descendant(std::string_view name) const;
  bool closer_name_exists(std::string_view wildcard) const;
  const Name* closest_encloser() const;
  // nameFromRight.
  std::optional<std::string_view> from_right(std::string_view name, int labels) const;

  bool at_apex();
  bool walk();
  bool delegate(const Name& name, std::string_view asked);
  bool find_cut(std::string_view name, const Name* exact);
  bool follow_dname(const Name& name);
  void answer_from(const Name& name);
  void answer_wildcard();
  void deny();
  void follow(const Name* from, Records records);
  bool leave(const std::string& target, const Name* name);
  bool own_alias(const Record& alias) const;
  void no_data(const Name& name);
  Answer served(Answer answer) const;

  const Tree& tree_;
  const Question& question_;
  Release release_;
  int library_;
  std::string name_;
  const Name* found_ = nullptr;
  const Name* wild_ = nullptr;
  std::string wild_name_{};
  Answer out_{};
};

}  // namespace corefile::zone
