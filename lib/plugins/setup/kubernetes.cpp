// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <corefile/key.hpp>

#include "go/number.hpp"
#include "plugins/label_selector.hpp"
#include "plugins/setup.hpp"
#include "resolve/zone.hpp"

namespace corefile::plugins::setup {
namespace {

// dnsutil.IsReverse: below a reverse tree; the bare `in-addr.arpa.` is none.
bool below_reverse(std::string_view zone) {
  if (zone.ends_with('.')) zone.remove_suffix(1);
  return zone.ends_with(".in-addr.arpa") || zone.ends_with(".ip6.arpa");
}

std::vector<std::string> zones_of(Reader& reader, std::span<const Word> arguments, bool& known) {
  std::vector<std::string> zones;
  for (const Word& word : arguments) {
    known = known && !word.unknown;
    for (std::string& zone : normalize_zone(word.text, reader.release())) zones.push_back(std::move(zone));
  }
  return zones;
}

// Before 1.8.4 a name that cannot be read was an empty zone, which passed.
bool has_empty_zone(std::span<const Word> arguments, Release release) {
  if (release >= Release{1, 8, 4}) return false;
  std::size_t zones = 0;
  for (const Word& word : arguments) zones += normalize_zone(word.text, release).size();
  return zones < arguments.size();
}

bool has_forward_zone(std::string_view text, Release release) {
  if (resolve_detail::is_plain_zone(text)) return !below_reverse(text);
  const std::vector<std::string> zones = normalize_zone(text, release);
  return !std::all_of(zones.begin(), zones.end(), below_reverse);
}

// What it is given, or takes from its block.
void check_zones(Reader& reader, const Word& name, std::span<const Word> arguments) {
  const std::span<const std::string> taken = reader.state().zones;
  const bool known =
      arguments.empty() ? !taken.empty() : std::none_of(arguments.begin(), arguments.end(), [](const Word& word) { return word.unknown; });
  if (!known) return reader.depends();
  const auto is_forward = [&](const Word& word) { return has_forward_zone(word.text, reader.release()); };
  const bool good = arguments.empty() ? !std::all_of(taken.begin(), taken.end(), below_reverse)
                                      : std::any_of(arguments.begin(), arguments.end(), is_forward);
  if (good || has_empty_zone(arguments, reader.release())) return;
  reader
      .fail(ProblemKind::invalid_value, arguments.empty() ? name : arguments.front(), "`kubernetes` has no zone but reverse ones",
            "non-reverse zone name must be used")
      .help = "put the cluster domain first: `kubernetes cluster.local in-addr.arpa ip6.arpa`";
}

// Setup asked the API server for its version then.
bool asks_version(Release release) { return release >= Release{1, 8, 1} && release < Release{1, 8, 4}; }

// client-go, clientcmd/client_config.go (ClientConfig) and rest/url_utils.go (DefaultServerURL): a URL, or else what stands behind
// the slashes of one, without a path.
std::string server_fault(std::string_view server, Release release) {
  const go::UrlChecks checks = url_checks(release);
  if (const std::size_t query = server.find('?'); query != std::string_view::npos) {
    const auto before = go::parse_url(server.substr(0, query), nullptr, checks);
    if (before && !before->opaque && before->path.size() > 1) server = server.substr(0, query);
  }
  if (const auto url = go::parse_url(server, nullptr, checks); url && !url->scheme.empty() && !url->host.empty()) {
    if (!asks_version(release) || url->scheme == "http" || url->scheme == "https") return {};
    return fmt::format("unsupported protocol scheme \"{}\"", url->scheme);
  }
  std::string error;
  const std::string completed = fmt::format("http://{}", server);
  const auto url = go::parse_url(completed, &error, checks);
  if (url && (url->path.empty() || url->path == "/")) return {};
  return url ? fmt::format("host must be a URL or a host:port pair: \"{}\"", server) : error;
}

struct Stanza {
  const Word* endpoint = nullptr;  ///< its first word
  bool kubeconfig = false;         ///< takes the endpoint's place
  const Word* kubeconfig_file = nullptr;
  const Word* namespaces = nullptr;
  const Word* namespace_labels = nullptr;
  const Word* noendpoints = nullptr;
  const Word* zonal = nullptr;
  const Word* multicluster = nullptr;
  std::vector<std::string> multicluster_zones;
};

void read_block(Reader& reader, Stanza& stanza) {
  while (const Property* property = reader.next_property()) {
    const Word& word = reader.word();
    if (property->is("namespaces")) stanza.namespaces = &word;
    if (property->is("namespace_labels")) stanza.namespace_labels = &word;
    if (property->is("noendpoints")) stanza.noendpoints = &word;
    if (property->is("zonal")) stanza.zonal = &word;
    if (property->is("multicluster")) stanza.multicluster = &word;
    reader.read_property(*property);
    const std::span<const Word> words(&word, static_cast<std::size_t>(&reader.word() - &word + 1));
    if (property->is("kubeconfig")) {
      stanza.kubeconfig = true;
      stanza.kubeconfig_file = words.size() > 1 ? &words[1] : nullptr;
    }
    if (property->is("endpoint")) stanza.endpoint = words.size() > 1 ? &words[1] : nullptr;
    if (property->is("multicluster")) {
      bool known = true;
      stanza.multicluster_zones = zones_of(reader, words.subspan(1), known);
    }
  }
}

void check_endpoint(Reader& reader, const Stanza& stanza) {
  if (stanza.kubeconfig_file != nullptr) reader.needs(*stanza.kubeconfig_file);
  if (stanza.kubeconfig) return reader.depends();
  if (stanza.endpoint == nullptr) return;
  const Word& server = *stanza.endpoint;
  if (server.unknown || server.text.empty()) return reader.depends();
  if (std::string fault = server_fault(server.text, reader.release()); !fault.empty()) {
    reader.invalid(server, fmt::format("`{}` is not an address of an API server", server.text), std::move(fault)).help =
        "write `https://HOST:PORT`";
  }
}

void check_together(Reader& reader, const Stanza& stanza, std::span<const Word> arguments) {
  const auto conflict = [&](const Word& at, const Word& other, std::string message, std::string says) {
    Problem& fault = reader.fail(ProblemKind::conflict, at, std::move(message), std::move(says));
    fault.labels.push_back({reader.config().place(other), "the other one"});
    fault.help = "keep one of the two";
  };
  if (stanza.namespaces != nullptr && stanza.namespace_labels != nullptr) {
    conflict(*stanza.namespace_labels, *stanza.namespaces, "`namespaces` and `namespace_labels` exclude one another",
             "namespaces and namespace_labels cannot both be set");
  }
  if (stanza.zonal != nullptr && stanza.noendpoints != nullptr) {
    conflict(*stanza.noendpoints, *stanza.zonal, "`zonal` needs the endpoints that `noendpoints` leaves out",
             "zonal requires the endpoint cache; remove noendpoints");
  }
  if (stanza.multicluster_zones.empty()) return;
  bool known = true;
  std::vector<std::string> zones = zones_of(reader, arguments, known);
  if (arguments.empty()) zones.assign(reader.state().zones.begin(), reader.state().zones.end());
  for (const std::string& zone : stanza.multicluster_zones) {
    if (std::find(zones.begin(), zones.end(), zone) != zones.end()) continue;
    reader
        .fail(ProblemKind::conflict, *stanza.multicluster,
              fmt::format("`multicluster` names `{}`, which is not a zone of this plugin", zone),
              fmt::format("is not authoritative for the multicluster zone {}{}", zone,
                          reader.since(1, 14, 4) ? fmt::format(" (authoritative zones: [{}])", fmt::join(zones, " ")) : std::string()))
        .help = "add the zone behind `kubernetes`";
  }
}

// setup.go of 1.8.5 calls klog.InitFlags, which panics when it is called again.
void check_alone(Reader& reader) {
  if (reader.release() != Release{1, 8, 5}) return;
  for (std::uint32_t i = 0; i < reader.state().block.index; ++i) {
    const ServerBlock block = reader.config().block(i);
    const auto first = block.dropped() ? std::optional<Directive>{} : block.find(Plugin::kubernetes);
    if (!first) continue;
    Problem& fault = reader.fail(ProblemKind::once, reader.words().front(), "CoreDNS 1.8.5 takes `kubernetes` in one server block only",
                                 "flag redefined: log_dir");
    fault.labels.push_back({reader.config().place(first->name_word()), "first here"});
    fault.help = "run another release of CoreDNS, or put its zones into one server block";
    return;
  }
}

}  // namespace

void kubernetes(Reader& reader) {
  check_alone(reader);
  while (reader.next_only()) {
    const Word name = reader.word();
    const auto arguments = reader.remaining_args();
    check_zones(reader, name, arguments);
    Stanza stanza;
    read_block(reader, stanza);
    check_together(reader, stanza, arguments);
    check_endpoint(reader, stanza);
  }
}

void kubernetes_labels(Reader& reader) {
  const Word name = reader.word();
  const auto args = reader.remaining_args();
  if (args.empty()) {
    reader.wrong_count(name, 0, "at least 1 argument");
    return;
  }
  if (std::any_of(args.begin(), args.end(), [](const Word& word) { return word.unknown; })) return reader.depends();
  std::string selector;
  for (const Word& word : args) selector += fmt::format("{}{}", selector.empty() ? "" : " ", word.text);
  if (const std::string fault = label_selector_fault(selector); !fault.empty()) {
    reader.invalid(args.front(), fmt::format("`{}` is not a label selector", selector), {});
  }
}

// Until 1.5.0 it read addresses; after that it ate its words, and meant nothing.
void kubernetes_upstream(Reader& reader) { reader.remaining_args(); }

// pkg/parse/parse.go of 1.7.0, Transfer.
void kubernetes_transfer(Reader& reader) { transfer_property(reader, false); }

void transfer_property(Reader& reader, bool secondary) {
  const Word name = reader.word();
  if (!reader.next_arg()) {
    reader.wrong_count(name, 0, "`to` or `from` and addresses");
    return;
  }
  const Word direction = reader.word();
  if (direction.unknown) {
    reader.remaining_args();
    return reader.depends();
  }
  if (direction.text == "from" && !secondary) {
    reader.invalid(direction, "only `secondary` transfers from somewhere", "can't use `transfer from` when not being a secondary");
    return;
  }
  if (direction.text != "to" && direction.text != "from") return;
  for (const Word& word : reader.remaining_args()) {
    if (word.text == "*" && direction.text == "to") continue;
    reader.check({.kind = Kind::host_port}, word, name);
  }
}

}  // namespace corefile::plugins::setup

namespace corefile::plugins::check {

std::string apiserver_qps(std::string_view text, Release) {
  const auto qps = go::parse_float(text, 32);
  if (!qps) return fmt::format("invalid apiserver_qps \"{0}\": strconv.ParseFloat: parsing \"{0}\": invalid syntax", text);
  return *qps < 0 ? "apiserver_qps must be >= 0" : "";
}

}  // namespace corefile::plugins::check
