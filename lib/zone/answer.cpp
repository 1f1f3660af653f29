// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include "base/ascii.hpp"
#include "zone/names.hpp"
#include "zone/types.hpp"
#include "zone/zone.hpp"

/// plugin/file: lookup.go, dname.go, closest.go, tree/glue.go, and ServeDNS in file.go and plugin/auto/auto.go.
namespace corefile::zone {
namespace {

using Records = std::vector<Record>;
using Name = Tree::Name;
using Result = Answer::Result;

// Where a release does otherwise.
constexpr Release soa_at_apex_only{1, 7, 0};
constexpr Release loops_counted{1, 8, 1};
constexpr Release results_kept{1, 8, 1};
constexpr Release alias_asked_itself{1, 8, 5};
constexpr Release failures_with_alias{1, 8, 5};
constexpr Release wildcard_nodata{1, 9, 2};
constexpr Release falls_through{1, 12, 2};
constexpr Release closest_mended{1, 12, 4};
constexpr Release apex_types_looked_up{1, 14, 2};
constexpr Release service_targets{1, 14, 3};
constexpr Release negative_aliases{1, 14, 5};
constexpr Release names_between{1, 14, 7};  // empty wildcards, cuts behind aliases, each target once
constexpr Release own_alias_fails{1, 15, 0};

void append(Records& to, const Records& more) { to.insert(to.end(), more.begin(), more.end()); }

Records of_type(const Name& name, std::uint16_t type) {
  const auto found = name.types.find(type);
  return found == name.types.end() ? Records{} : found->second;
}

Records signatures(const Name& name, std::uint16_t covered) {
  Records out = of_type(name, type::rrsig);
  std::erase_if(out, [&](const Record& one) { return one.covered != covered; });
  return out;
}

// TypeForWildcard.
Records renamed(Records records, std::string_view name) {
  for (Record& one : records) one.owner = name;
  return records;
}

class Lookup {
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

std::string_view Lookup::target_of(const Record& record) const {
  switch (record.type) {
    case type::srv:
    case type::mx:
      return record.target;
    case type::svcb:
    case type::https:
      return since(service_targets) ? std::string_view(record.target) : std::string_view();
    default:
      return {};
  }
}

Records Lookup::glue(const Records& servers) const {
  Records out;
  for (const Record& server : servers) {
    if (server.type != type::ns || !is_subdomain(server.owner, server.target)) continue;
    const Name* const name = tree_.search(server.target);
    if (name == nullptr) continue;
    append(out, with_signatures(*name, type::a));
    append(out, with_signatures(*name, type::aaaa));
  }
  return out;
}

Records Lookup::additional(const Records& answer) const {
  Records out;
  std::vector<std::string> seen;
  for (const Record& record : answer) {
    const std::string_view target = target_of(record);
    if (target.empty() || !is_subdomain(tree_.origin(), target)) continue;
    if (since(names_between)) {
      std::string canonical = canonical_name(target, library_);
      if (std::find(seen.begin(), seen.end(), canonical) != seen.end()) continue;
      seen.push_back(std::move(canonical));
    }
    const Name* const name = tree_.search(target);
    if (name == nullptr) continue;
    for (const std::uint16_t type : {type::a, type::aaaa}) {
      if (name->types.count(type) != 0) append(out, with_signatures(*name, type));
    }
  }
  return out;
}

bool Lookup::has_descendant(std::string_view name) const {
  const Name* const next = tree_.next(name);
  if (next == nullptr || !is_subdomain(name, next->owner)) return false;
  return !since(names_between) || compare_names(next->owner, name, release_) != 0;
}

// closerENTExists.
bool Lookup::closer_name_exists(std::string_view wildcard) const {
  if (!wildcard.starts_with("*.")) return false;
  const std::string_view parent = wildcard.substr(2);
  std::string_view name = name_;
  for (Label label = next_label(name, 0); !label.passed; label = next_label(name, 0)) {
    name.remove_prefix(label.at);
    if (name == parent || !is_subdomain(parent, name)) return false;
    if (has_descendant(name)) return true;
  }
  return false;
}

const Name* Lookup::closest_encloser() const {
  std::string_view name = name_;
  Label label = next_label(name, 0);
  while (!label.passed) {
    if (const Name* const found = tree_.search(name)) return found;
    const std::size_t cut = std::min(label.at, name.size());
    name.remove_prefix(cut);
    // Until 1.12.3 the search for the next label began in the middle of the shortened name.
    label = next_label(name, since(closest_mended) ? 0 : std::min(cut, name.size()));
  }
  return tree_.search(tree_.origin());
}

std::optional<std::string_view> Lookup::from_right(std::string_view name, int labels) const {
  if (labels <= 0) return std::string_view(tree_.origin());
  std::size_t end = name.size();
  for (int i = count_labels(tree_.origin()) + labels; i > 0; --i) {
    const Label label = previous_label(name.substr(0, end), 1);
    if (label.passed) return {};
    end = label.at;
  }
  return name.substr(end);
}

bool Lookup::at_apex() {
  if (question_.type == type::soa && (name_ == tree_.origin() || !since(soa_at_apex_only))) {
    out_.answer = soa();
    out_.authority = ns();
    return true;
  }
  if (question_.type != type::ns || name_ != tree_.origin()) return false;
  out_.answer = ns();
  out_.additional = glue(out_.answer);
  return true;
}

bool Lookup::delegate(const Name& name, std::string_view asked) {
  Records servers = of_type(name, type::ns);
  if (servers.empty() || (question_.type == type::ds && name.owner == asked)) return false;
  out_.result = Result::delegation;
  out_.why = "delegation";
  if (out_.answer.empty()) out_.source = servers.front().at;
  out_.additional = glue(servers);
  if (dnssec()) append(servers, with_signatures(name, type::ds));
  out_.authority = std::move(servers);
  return true;
}

// findDelegation.
bool Lookup::find_cut(std::string_view name, const Name* exact) {
  for (int labels = 1;; ++labels) {
    const auto part = from_right(name, labels);
    if (!part) return false;
    if (*part == name) return exact != nullptr && delegate(*exact, name);
    const Name* const found = tree_.search(*part);
    if (found != nullptr && delegate(*found, name)) return true;
  }
}

bool Lookup::follow_dname(const Name& name) {
  Records dnames = of_type(name, type::dname);
  if (dnames.empty()) return false;
  const Record& dname = dnames.front();
  if (!is_subdomain(dname.owner, name_) || name_ == dname.owner) return false;
  std::vector<std::string_view> labels = split_name(name_, library_);
  labels.resize(labels.size() - std::min<std::size_t>(labels.size(), static_cast<std::size_t>(count_labels(dname.owner))));
  const std::vector<std::string_view> behind = split_name(dname.target, library_);
  labels.insert(labels.end(), behind.begin(), behind.end());
  std::string target;
  for (const std::string_view label : labels) target += std::string(label) + '.';
  if (target.empty()) target = ".";
  Record alias;
  alias.owner = name_;
  alias.ttl = dname.ttl;
  alias.type = type::cname;
  alias.target = target;
  alias.rdata = print_name(target);
  alias.at = dname.at;
  alias.line = dname.line;
  out_.why = "DNAME";
  out_.source = dname.at;
  if (since(names_between) && canonical_name(alias.owner, library_) == canonical_name(alias.target, library_)) {
    out_.result = Result::server_failure;
    return true;
  }
  if (question_.type == type::cname && since(alias_asked_itself)) {
    out_.answer = {alias};
    out_.authority = ns();
  } else {
    follow(&name, {alias});
  }
  if (dnssec()) append(dnames, signatures(name, type::dname));
  out_.answer.insert(out_.answer.begin(), dnames.begin(), dnames.end());
  return true;
}

// From the apex down: true where a delegation or a DNAME answers.
bool Lookup::walk() {
  for (int labels = 0;; ++labels) {
    const auto part = from_right(name_, labels);
    if (!part) return false;
    found_ = tree_.search(*part);
    if (found_ == nullptr) {
      const Label label = next_label(*part, 0);
      const std::string wildcard = label.passed ? std::string() : "*." + std::string(part->substr(label.at));
      if (const Name* const wild = tree_.search(wildcard)) {
        wild_ = wild;
        wild_name_ = wild->owner;
      } else if (since(names_between) && has_descendant(wildcard)) {
        wild_ = nullptr;
        wild_name_ = wildcard;
      }
      continue;
    }
    if (follow_dname(*found_)) return true;
    if (delegate(*found_, name_)) return true;
  }
}

void Lookup::no_data(const Name& name) {
  out_.result = Result::no_data;
  out_.authority = soa();
  if (dnssec()) append(out_.authority, with_signatures(name, type::nsec));
}

void Lookup::answer_from(const Name& name) {
  Records aliases = of_type(name, type::cname);
  if (!aliases.empty() && question_.type != type::cname) {
    out_.why = "alias";
    out_.source = aliases.front().at;
    follow(&name, std::move(aliases));
    return;
  }
  out_.answer = of_type(name, question_.type);
  if (out_.answer.empty()) {
    out_.why = "no such type";
    no_data(name);
    return;
  }
  out_.source = out_.answer.front().at;
  out_.additional = additional(out_.answer);
  if (dnssec()) append(out_.answer, signatures(name, question_.type));
  out_.authority = ns();
}

void Lookup::answer_wildcard() {
  out_.why = "wildcard";
  if (wild_ == nullptr) {
    out_.result = Result::no_data;
    out_.authority = soa();
    return;
  }
  const Name& wild = *wild_;
  Records aliases = renamed(of_type(wild, type::cname), name_);
  if (!aliases.empty() && (question_.type != type::cname || !since(alias_asked_itself))) {
    out_.source = aliases.front().at;
    follow(&wild, std::move(aliases));
    return;
  }
  out_.answer = renamed(of_type(wild, question_.type), name_);
  if (out_.answer.empty()) {
    no_data(wild);
    if (!since(wildcard_nodata)) out_.result = Result::success;
    return;
  }
  out_.source = out_.answer.front().at;
  if (since(negative_aliases)) out_.additional = additional(out_.answer);
  out_.authority = ns();
  if (!dnssec()) return;
  if (const Name* const before = tree_.previous(name_)) append(out_.authority, with_signatures(*before, type::nsec));
  append(out_.answer, renamed(signatures(wild, question_.type), name_));
}

void Lookup::deny() {
  out_.result = has_descendant(name_) ? Result::success : Result::name_error;
  out_.why = out_.result == Result::success ? "empty non-terminal" : "no such name";
  out_.authority = soa();
  const Name* const before = dnssec() ? tree_.previous(name_) : nullptr;
  if (before == nullptr) return;
  append(out_.authority, with_signatures(*before, type::nsec));
  if (out_.result == Result::success) return;
  const Name* const encloser = closest_encloser();
  if (encloser == nullptr) return;
  const Name* const wild = tree_.previous("*." + encloser->owner);
  if (wild != nullptr && wild->owner != before->owner) append(out_.authority, with_signatures(*wild, type::nsec));
}

bool Lookup::own_alias(const Record& alias) const {
  return since(own_alias_fails) && canonical_name(alias.owner, library_) == canonical_name(alias.target, library_);
}

// Whether an alias's target ends the way here: at a cut, or because it must be looked up.
bool Lookup::leave(const std::string& target, const Name* name) {
  if (since(names_between) && find_cut(target, name)) return true;
  const bool apex = question_.type == type::ns || (question_.type == type::soa && target == tree_.origin());
  if (name != nullptr && !(since(apex_types_looked_up) && apex)) return false;
  out_.lookup = Answer::Lookup{target, question_.type, question_.depth + (since(loops_counted) ? 1 : 0)};
  out_.authority = ns();
  return true;
}

// externalLookup.
void Lookup::follow(const Name* from, Records records) {
  if (dnssec()) append(records, signatures(*from, type::cname));
  out_.answer = std::move(records);
  std::string target = out_.answer.front().target;
  const Name* name = tree_.search(target);
  if (leave(target, name)) return;
  for (int i = 0;;) {
    const Records aliases = of_type(*name, type::cname);
    if (aliases.empty()) break;
    if (own_alias(aliases.front())) {
      out_.answer.clear();
      out_.result = Result::server_failure;
      out_.why = "alias of itself";
      return;
    }
    append(out_.answer, with_signatures(*name, type::cname));
    target = aliases.front().target;
    name = tree_.search(target);
    if (leave(target, name)) return;
    if (++i > 8) {
      out_.why = "aliases in a circle";
      out_.authority = ns();
      if (since(names_between)) out_.additional = additional(out_.answer);
      return;
    }
  }
  const Records targets = of_type(*name, question_.type);
  append(out_.answer, targets);
  if (dnssec() && !targets.empty()) append(out_.answer, signatures(*name, question_.type));
  out_.authority = ns();
  if (since(names_between)) out_.additional = additional(out_.answer);
}

// ServeDNS.
Answer Lookup::served(Answer answer) const {
  answer.aa = true;
  answer.rcode = answer.result == Result::name_error ? 3 : answer.result == Result::server_failure ? 2 : 0;
  if (answer.result == Result::delegation) answer.aa = since(names_between) && !question_.of_auto && !answer.answer.empty();
  if (answer.result == Result::server_failure && (answer.answer.empty() || !since(failures_with_alias))) {
    answer.written = answer.aa = false;
    answer.answer.clear();
    answer.authority.clear();
    answer.additional.clear();
  }
  answer.may_fall_through = since(falls_through) && !question_.of_auto && answer.answer.empty() &&
                            (answer.result == Result::name_error || answer.result == Result::success);
  return answer;
}

Answer Lookup::run() {
  if (since({1, 8, 0}) && (question_.type == type::axfr || question_.type == type::ixfr)) {
    out_.rcode = 5;
    out_.written = false;
    out_.why = "transfer";
    return std::move(out_);
  }
  const bool looping = since(loops_counted) && question_.depth > 8;
  if (tree_.soa().empty()) {
    out_.result = Result::server_failure;
    out_.why = "no zone";
  } else if (at_apex()) {
    out_.why = "apex";
  } else if (looping) {
    out_.result = Result::server_failure;
    out_.why = "aliases in a circle";
  } else if (!walk()) {
    if (found_ != nullptr) {
      answer_from(*found_);
    } else if (!wild_name_.empty() && !(since(names_between) && closer_name_exists(wild_name_))) {
      answer_wildcard();
    } else {
      deny();
    }
  }
  if (out_.lookup) return std::move(out_);
  return served(std::move(out_));
}

Answer Lookup::finished(Answer pending, const LookedUp& found) {
  pending.lookup.reset();
  if (found.answered) append(pending.answer, found.answer);
  pending.result = Result::success;
  if (found.answered && since(results_kept)) {
    if (found.rcode == 3) pending.result = Result::name_error;
    if (found.rcode == 2) pending.result = Result::server_failure;
    if (found.rcode == 0 && found.answer.empty()) pending.result = Result::no_data;
  }
  const bool negative = pending.result == Result::name_error || pending.result == Result::no_data;
  pending.authority = since(negative_aliases) && negative ? soa() : ns();
  if (since(names_between)) pending.additional = additional(pending.answer);
  return served(std::move(pending));
}

}  // namespace

Answer answer(const Tree& tree, const Question& question) { return Lookup(tree, question).run(); }

Answer finish(const Tree& tree, const Question& question, Answer pending, const LookedUp& found) {
  return Lookup(tree, question).finished(std::move(pending), found);
}

}  // namespace corefile::zone
