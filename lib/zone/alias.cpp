// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "zone/lookup.hpp"

/// Delegations, aliases and what is added to an answer: plugin/file, lookup.go, dname.go, tree/glue.go.
namespace corefile::zone {

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
    const Tree::Name* const name = tree_.search(server.target);
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
    const Tree::Name* const name = tree_.search(target);
    if (name == nullptr) continue;
    for (const std::uint16_t type : {type::a, type::aaaa}) {
      if (name->types.count(type) != 0) append(out, with_signatures(*name, type));
    }
  }
  return out;
}

bool Lookup::delegate(const Tree::Name& name, std::string_view asked) {
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
bool Lookup::find_cut(std::string_view name, const Tree::Name* exact) {
  for (int labels = 1;; ++labels) {
    const auto part = from_right(name, labels);
    if (!part) return false;
    if (*part == name) return exact != nullptr && delegate(*exact, name);
    const Tree::Name* const found = tree_.search(*part);
    if (found != nullptr && delegate(*found, name)) return true;
  }
}

bool Lookup::follow_dname(const Tree::Name& name) {
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

bool Lookup::own_alias(const Record& alias) const {
  return since(own_alias_fails) && canonical_name(alias.owner, library_) == canonical_name(alias.target, library_);
}

// Whether an alias's target ends the way here: at a cut, or because it must be looked up.
bool Lookup::leave(const std::string& target, const Tree::Name* name) {
  if (since(names_between) && find_cut(target, name)) return true;
  const bool apex = question_.type == type::ns || (question_.type == type::soa && target == tree_.origin());
  if (name != nullptr && !(since(apex_types_looked_up) && apex)) return false;
  out_.lookup = Answer::Lookup{target, question_.type, question_.depth + (since(loops_counted) ? 1 : 0)};
  out_.authority = ns();
  return true;
}

// externalLookup.
void Lookup::follow(const Tree::Name* from, Records records) {
  if (dnssec()) append(records, signatures(*from, type::cname));
  out_.answer = std::move(records);
  std::string target = out_.answer.front().target;
  const Tree::Name* name = tree_.search(target);
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

}  // namespace corefile::zone
