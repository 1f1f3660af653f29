// SPDX-License-Identifier: Apache-2.0
// plugin/autopath/autopath.go and setup.go
#include <fmt/format.h>

#include "base/ascii.hpp"
#include "flow/interests.hpp"
#include "flow/plugins.hpp"
#include "flow/plugins/kubernetes.hpp"
#include "flow/resolv_conf.hpp"

namespace corefile::flow_detail {
namespace {

struct Autopath {
  std::vector<std::string> zones;
  std::string file;
  bool of_kubernetes = false;
};

/// Ends with the empty name; none: the query takes the usual way.
std::vector<std::string> search_of(Turn& turn, const Autopath& autopath) {
  if (!autopath.of_kubernetes) {
    std::vector<std::string> search = search_path(turn.walk.file(autopath.file).value_or(""));
    search.emplace_back();
    return search;
  }
  const Handler* handler = turn.walk.model().handler(turn.block, Plugin::kubernetes);
  return handler == nullptr ? std::vector<std::string>() : kubernetes_search(turn, *handler);
}

// cname.go, cnamer: an alias from the name asked for to the one that was found.
void add_alias(Message& message, const std::string& asked) {
  for (const Record& one : message.reply.answer) {
    if (ascii::same_letters(one.name, asked)) continue;
    const Record alias = record(asked, one.ttl, "CNAME", one.name);
    message.reply.answer.insert(message.reply.answer.begin(), alias);
    return;
  }
}

Returned serve_autopath(Turn& turn) {
  const Autopath& autopath = turn.settings<Autopath>();
  const Request& request = turn.request;
  if (match(autopath.zones, request.lower).empty()) return turn.pass("no zone of its own fits");
  const std::vector<std::string> search = search_of(turn, autopath);
  if (search.empty()) return turn.pass("the client is not a pod that is known");
  if (!below(request.lower, search.front())) return turn.pass("the name is not in the first zone of the search path");
  const auto base = trim_zone(request.name, search.front());
  if (!base) return turn.fail("SERVFAIL", "it asks for the search path's zone itself", "trimzone: overshot qname");
  Request other = request;
  std::optional<Returned> first;
  for (const std::string& zone : search) {
    other.set_name(fmt::format("{}.{}", *base, zone));
    Returned inner = turn.pass(other);
    if (inner.panicked) return inner;
    if (inner.error) {
      inner.written.clear();
      return inner;
    }
    const bool nothing = inner.written.empty() || inner.written.back().null;
    if (nothing && is_written(inner.rcode) && !turn.since(1, 15, 0)) return turn.panic("a plugin behind it wrote nothing");
    if (nothing) inner.written.clear();
    const bool found = is_written(inner.rcode) && !inner.written.empty() && inner.written.back().reply.rcode != "NXDOMAIN";
    if (found) {
      Message message = std::move(inner.written.back());
      add_alias(message, request.name);
      return turn.answer(std::move(message), "the first name of the search path that exists", inner.rcode);
    }
    if (!first) first = std::move(inner);
    if (turn.walk.stopped()) return {};
  }
  if (!is_written(first->rcode) || first->written.empty()) {
    first->written.clear();
    return *first;
  }
  return turn.answer(std::move(first->written.back()), "no name of the search path exists", first->rcode);
}

// A pod's own search path counts.
void tell_autopath(const void*, const Surroundings& around, Interests& interests) {
  if (around.world.cluster == nullptr) return;
  for (const Cluster::Pod& pod : around.world.cluster->pods) {
    for (const std::string& ip : pod.ips) interests.network(ip);
    break;
  }
}

}  // namespace

Handlers autopath(const Setup& setup) {
  const Stanza& directive = setup.stanzas.front();
  Autopath autopath;
  autopath.zones = setup.zones_of(directive);
  const std::span<const Word> arguments = directive.arguments;
  const std::string_view source = arguments.empty() ? std::string_view() : arguments.back().text;
  autopath.of_kubernetes = source.starts_with('@');
  if (!autopath.of_kubernetes) autopath.file = source;
  return {make_handler(setup, serve_autopath, std::move(autopath), tell_autopath)};
}

}  // namespace corefile::flow_detail
