// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include "zone/lookup.hpp"

/// plugin/file: lookup.go, closest.go, and ServeDNS in file.go and plugin/auto/auto.go.
namespace corefile::zone {
namespace {

// TypeForWildcard.
Records renamed(Records records, std::string_view name) {
  for (Record& one : records) one.owner = name;
  return records;
}

}  // namespace

void append(Records& to, const Records& more) { to.insert(to.end(), more.begin(), more.end()); }

Records of_type(const Tree::Name& name, std::uint16_t type) {
  const auto found = name.types.find(type);
  return found == name.types.end() ? Records{} : found->second;
}

Records signatures(const Tree::Name& name, std::uint16_t covered) {
  Records out = of_type(name, type::rrsig);
  std::erase_if(out, [&](const Record& one) { return one.covered != covered; });
  return out;
}

bool Lookup::has_descendant(std::string_view name) const {
  const Tree::Name* const next = tree_.next(name);
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

const Tree::Name* Lookup::closest_encloser() const {
  std::string_view name = name_;
  Label label = next_label(name, 0);
  while (!label.passed) {
    if (const Tree::Name* const found = tree_.search(name)) return found;
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

// From the apex down: true where a delegation or a DNAME answers.
bool Lookup::walk() {
  for (int labels = 0;; ++labels) {
    const auto part = from_right(name_, labels);
    if (!part) return false;
    found_ = tree_.search(*part);
    if (found_ == nullptr) {
      const Label label = next_label(*part, 0);
      const std::string wildcard = label.passed ? std::string() : "*." + std::string(part->substr(label.at));
      if (const Tree::Name* const wild = tree_.search(wildcard)) {
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

void Lookup::no_data(const Tree::Name& name) {
  out_.result = Result::no_data;
  out_.authority = soa();
  if (dnssec()) append(out_.authority, with_signatures(name, type::nsec));
}

void Lookup::answer_from(const Tree::Name& name) {
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
  const Tree::Name& wild = *wild_;
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
  if (const Tree::Name* const before = tree_.previous(name_)) append(out_.authority, with_signatures(*before, type::nsec));
  append(out_.answer, renamed(signatures(wild, question_.type), name_));
}

void Lookup::deny() {
  out_.result = has_descendant(name_) ? Result::success : Result::name_error;
  out_.why = out_.result == Result::success ? "empty non-terminal" : "no such name";
  out_.authority = soa();
  const Tree::Name* const before = dnssec() ? tree_.previous(name_) : nullptr;
  if (before == nullptr) return;
  append(out_.authority, with_signatures(*before, type::nsec));
  if (out_.result == Result::success) return;
  const Tree::Name* const encloser = closest_encloser();
  if (encloser == nullptr) return;
  const Tree::Name* const wild = tree_.previous("*." + encloser->owner);
  if (wild != nullptr && wild->owner != before->owner) append(out_.authority, with_signatures(*wild, type::nsec));
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

Answer answer(const Tree& tree, const Question& question) { return Lookup(tree, question).run(); }

Answer finish(const Tree& tree, const Question& question, Answer pending, const LookedUp& found) {
  return Lookup(tree, question).finished(std::move(pending), found);
}

}  // namespace corefile::zone
