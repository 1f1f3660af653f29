// SPDX-License-Identifier: Apache-2.0
#include "flow/told.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "flow/imagined.hpp"
#include "flow/message.hpp"

namespace corefile::flow_detail {
namespace {

/// The step that made an end of it, other than by an answer.
const Step* culprit(const Trace& trace) {
  for (const Hop& hop : trace.hops) {
    if (hop.depth > 0) continue;
    for (auto step = hop.steps.rbegin(); step != hop.steps.rend(); ++step) {
      const bool ends = step->did == Step::Did::failed || step->did == Step::Did::refused || step->did == Step::Did::dropped;
      if (ends) return &*step;
    }
  }
  return nullptr;
}

std::string with_reason(std::string_view what, const Trace& trace) {
  if (const Step* step = culprit(trace)) {
    return step->why.empty() ? fmt::format("{} from {}", what, to_string(step->plugin))
                             : fmt::format("{} from {}: {}", what, to_string(step->plugin), step->why);
  }
  if (trace.hops.empty() || !trace.hops.front().block) return fmt::format("{}: no server block takes it", what);
  if (trace.by() == "server") return fmt::format("{}: no plugin of the block answers", what);
  return fmt::format("{} from {}", what, trace.by());
}

std::string upstreams_of(const Trace& trace) {
  std::vector<std::string> servers;
  for (const Asked& one : trace.asked) {
    std::vector<std::string> any = one.one_of;
    if (any.empty()) any.push_back(one.upstream);
    for (std::string& server : any) server = plain_upstream(server);
    std::string text = fmt::format("{}", fmt::join(any, " or "));
    if (std::find(servers.begin(), servers.end(), text) == servers.end()) servers.push_back(std::move(text));
  }
  return fmt::format("{}", fmt::join(servers, ", then "));
}

std::string records_of(const std::vector<Record>& records) {
  constexpr std::size_t most = 3;
  std::string text;
  for (std::size_t i = 0; i < records.size() && i < most; ++i) {
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", records[i].type, records[i].data);
  }
  return records.size() > most ? text + fmt::format(" and {} more", records.size() - most) : text;
}

std::string asks(const Trace& trace) {
  const Asked& asked = trace.asked.back();
  std::string what = fmt::format("asks {}{}", upstreams_of(trace), asked.protocol == "udp" ? "" : " over " + asked.protocol);
  const Hop& hop = trace.hops.front();
  if (trace.asked.size() == 1 && trace.hops.size() == 1 && asked.name != hop.name) what += fmt::format(" for {}", asked.name);
  if (trace.by() != "forward" && !trace.by().empty()) what += fmt::format(", {} answers", trace.by());
  return what;
}

/// Of those that come to nothing.
std::optional<std::string> told_failure(const Trace& trace) {
  if (trace.crashed) return "CoreDNS crashes";
  if (trace.endless) return "CoreDNS comes to no end";
  if (!trace.reply) return with_reason("no reply", trace);
  const std::string& rcode = trace.reply->rcode;
  if (rcode != "NOERROR" && rcode != "NXDOMAIN" && trace.asked.empty()) return with_reason(rcode, trace);
  return {};
}

}  // namespace

std::string told_briefly(const Trace& trace) {
  if (std::optional<std::string> failure = told_failure(trace)) return *std::move(failure);
  const bool own = trace.asked.empty() || trace.hops.size() > 1;
  return own ? fmt::format("from {}", trace.by()) : asks(trace);
}

std::string told_way(const Trace& trace) {
  if (std::optional<std::string> failure = told_failure(trace)) return *std::move(failure);
  const Reply& reply = *trace.reply;
  if (!trace.asked.empty()) return asks(trace);
  if (!reply.known) return fmt::format("answered by {}", trace.by());
  if (reply.rcode == "NXDOMAIN") return fmt::format("NXDOMAIN from {}", trace.by());
  return fmt::format("{} {}", reply.answer.empty() ? "no records of this type, from" : "answered by", trace.by());
}

std::string told_ttls(const Trace& trace) {
  if (!trace.reply) return {};
  const Reply& reply = *trace.reply;
  std::vector<std::uint32_t> ttls;
  for (const auto* section : {&reply.answer, &reply.authority}) {
    for (const Record& one : *section) {
      if (std::find(ttls.begin(), ttls.end(), one.ttl) == ttls.end()) ttls.push_back(one.ttl);
    }
  }
  return ttls.empty() ? std::string() : fmt::format(", TTL {}", fmt::join(ttls, " and "));
}

std::string told(const Trace& trace) {
  if (std::optional<std::string> failure = told_failure(trace)) return *std::move(failure);
  const Reply& reply = *trace.reply;
  std::string what;
  if (!trace.asked.empty()) {
    what = asks(trace);
    if (reply.rcode != "NOERROR") what += fmt::format(", {}", reply.rcode);
  } else if (!reply.known) {
    what = fmt::format("answered by {}, which is not known", trace.by());
  } else if (reply.rcode == "NXDOMAIN") {
    what = fmt::format("NXDOMAIN from {}", trace.by());
  } else if (reply.answer.empty()) {
    what = fmt::format("no records of this type, from {}", trace.by());
  } else {
    what = fmt::format("{} from {}", records_of(reply.answer), trace.by());
  }
  return what + told_ttls(trace);
}

void Where::add(std::size_t name, const std::string& type, std::size_t client, const std::string& listener, bool tcp) {
  Asked& asked = by_name_[name];
  asked.types.insert(type);
  asked.listeners.insert(listener);
  asked.clients.insert(client);
  asked.protocols.insert(tcp);
}

std::string Where::conditions(const Asked& asked, bool all_types) const {
  std::vector<std::string> said;
  if (!all_types) {
    std::string types;
    for (const std::string& type : asked.types) {
      if (type != space_.other()) types += (types.empty() ? "" : ", ") + type;
    }
    if (asked.types.contains(space_.other())) types += types.empty() ? "other types" : " and other types";
    said.push_back(std::move(types));
  }
  if (asked.clients.size() < space_.clients().size()) {
    std::string clients = "from";
    for (const std::size_t client : asked.clients) clients += ' ' + space_.clients()[client].address;
    said.push_back(std::move(clients));
  }
  if (asked.listeners.size() < listeners_) said.push_back(fmt::format("at {}", fmt::join(asked.listeners, " ")));
  if (space_.interests().tcp && asked.protocols.size() == 1) said.emplace_back(*asked.protocols.begin() ? "over TCP" : "over UDP");
  return said.empty() ? std::string() : fmt::format(" ({})", fmt::join(said, "; "));
}

std::vector<std::string> Where::names(const std::set<std::size_t>& parts) const {
  if (parts.size() == space_.names().size()) return {"every name"};
  std::vector<std::string> out;
  std::set<std::size_t> said = whole_trees(parts, out);
  std::set<std::string> lines;
  const auto others = [this](std::size_t index) { return space_.names()[index].under == "." && space_.names()[index].depth > 0; };
  const bool root_too = std::any_of(parts.begin(), parts.end(), others);
  for (const std::size_t index : parts) {
    if (said.contains(index) || (root_too && space_.names()[index].witness == ".")) continue;
    std::string text = space_.describe(space_.names()[index]);
    if (lines.insert(text).second) out.push_back(std::move(text));
  }
  return out;
}

std::set<std::size_t> Where::whole_trees(const std::set<std::size_t>& parts, std::vector<std::string>& out) const {
  const std::vector<NamePart>& all = space_.names();
  std::vector<std::size_t> tops;
  for (const std::size_t index : parts) {
    if (all[index].depth == 0 && all[index].under != ".") tops.push_back(index);
  }
  std::stable_sort(tops.begin(), tops.end(),
                   [&all](std::size_t a, std::size_t b) { return count_labels(all[a].under) < count_labels(all[b].under); });
  std::set<std::size_t> said;
  for (const std::size_t top : tops) {
    if (said.contains(top)) continue;
    std::vector<std::size_t> tree;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (below(all[i].witness, all[top].under)) tree.push_back(i);
    }
    const bool whole = tree.size() > 1 && std::all_of(tree.begin(), tree.end(), [&parts](std::size_t i) { return parts.contains(i); });
    if (!whole) continue;
    said.insert(tree.begin(), tree.end());
    out.push_back(fmt::format("{} and all names below it", all[top].under));
  }
  return said;
}

std::vector<std::string> Where::lines() const {
  std::map<std::pair<std::string, bool>, std::set<std::size_t>> groups;
  std::vector<std::pair<std::string, bool>> order;
  for (const auto& [name, asked] : by_name_) {
    const bool all = asked.types == space_.names()[name].types;
    const std::pair key{conditions(asked, all), all};
    if (!groups.contains(key)) order.push_back(key);
    groups[key].insert(name);
  }
  std::vector<std::string> out;
  for (const auto& key : order) {
    for (const std::string& name : names(groups[key])) out.push_back(name + key.first);
  }
  return out;
}

}  // namespace corefile::flow_detail
