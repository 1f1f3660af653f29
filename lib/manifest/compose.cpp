// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "manifest/objects.hpp"

/// What docker compose starts CoreDNS with (compose-spec/compose-spec, spec.md).
namespace corefile::manifest_detail {
namespace {

using View = std::string_view;

std::vector<Written> words_of(const Written& line) {
  std::vector<Written> out;
  for (std::size_t from = line.text.find_first_not_of(" \n"); from != View::npos; from = line.text.find_first_not_of(" \n", from)) {
    const std::size_t end = std::min(line.text.find_first_of(" \n", from), line.text.size());
    out.push_back({line.text.substr(from, end - from), line.span});
    from = end;
  }
  return out;
}

/// `[[HOST:]PUBLISHED:]CONTAINER[/PROTOCOL]`
ComposeService::Published published(View text, Span span) {
  const std::size_t slash = text.find('/');
  const View protocol = slash == View::npos ? "tcp" : text.substr(slash + 1);
  text = text.substr(0, slash);
  return {std::string(text.substr(text.rfind(':') + 1)), std::string(protocol), span};
}

}  // namespace

ComposeService ObjectReader::compose_service(Pair service) {
  ComposeService out;
  const Index node = service.value;
  out.name = text(service.key);
  out.image = written(at(node, {"image"}));
  out.host_network = text(at(node, {"network_mode"})) == "host";
  for (const View key :
       {View("build"), View("entrypoint"), View("configs"), View("secrets"), View("volumes_from"), View("extends"), View("develop")}) {
    out.open = out.open || at(node, {key}) != none;
  }
  if (const Index networks = at(node, {"networks"}); is(networks, Node::Kind::map)) {
    for (const Pair network : pairs(networks)) {
      out.own_address = out.own_address || at(network.value, {"ipv4_address"}) != none || at(network.value, {"ipv6_address"}) != none;
    }
  }
  const Index command = at(node, {"command"});
  out.arguments = is(command, Node::Kind::sequence) ? all_written(command) : words_of(written(command));
  for (const Index one : list(at(node, {"volumes"}))) {
    if (is(one, Node::Kind::map)) {
      const Index target = at(one, {"target"});
      if (target == none) continue;
      out.volumes.push_back({std::string(text(at(one, {"source"}))), std::string(text(target)), extent(target)});
    } else if (is(one, Node::Kind::scalar)) {
      const View line = text(one);
      const std::size_t colon = line.find(':');
      if (colon == View::npos) continue;
      const View rest = line.substr(colon + 1);
      out.volumes.push_back({std::string(line.substr(0, colon)), std::string(rest.substr(0, rest.find(':'))), extent(one)});
    }
  }
  for (const Index one : list(at(node, {"ports"}))) {
    if (is(one, Node::Kind::map)) {
      const Index target = at(one, {"target"});
      const View protocol = text(at(one, {"protocol"}));
      if (target != none)
        out.ports.push_back({std::string(text(target)), std::string(protocol.empty() ? "tcp" : protocol), extent(target)});
    } else if (is(one, Node::Kind::scalar)) {
      out.ports.push_back(published(text(one), extent(one)));
    }
  }
  return out;
}

bool ObjectReader::compose_file(View kind, const std::vector<Pair>& fields) {
  const Index services = find(fields, "services").value;
  if (!kind.empty() || !is(services, Node::Kind::map)) return false;
  bool found = false;
  for (const Pair service : pairs(services)) {
    if (!is(service.value, Node::Kind::map) || text(at(service.value, {"image"})).find("coredns") == View::npos) continue;
    out_.bundle.compose.push_back(compose_service(service));
    found = true;
  }
  return found;
}

// kubernetes-sigs/external-dns, pkg/apis/externaldns/types.go
void ObjectReader::external_dns(const Workload& workload) {
  ExternalDns out{workload.name, {}, {}};
  const std::vector<Written>& words = workload.containers.back().arguments;
  const auto value = [&words](View option) -> std::optional<Written> {
    for (std::size_t i = 0; i < words.size(); ++i) {
      const View word = words[i].text;
      if (!word.starts_with(option)) continue;
      if (word.size() == option.size() && i + 1 < words.size()) return words[i + 1];
      if (word.size() > option.size() && word[option.size()] == '=')
        return Written{std::string(word.substr(option.size() + 1)), words[i].span};
    }
    return {};
  };
  if (auto provider = value("--provider")) out.provider = std::move(*provider);
  out.prefix = value("--coredns-prefix");
  if (out.provider.text == "coredns" || out.provider.text == "skydns") out_.bundle.external_dns.push_back(std::move(out));
}

}  // namespace corefile::manifest_detail
