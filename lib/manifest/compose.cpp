// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "manifest/objects.hpp"
#include "manifest/plain.hpp"

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

void ObjectReader::compose_volumes(Index service, ComposeService& out) {
  for (const Index one : list(at(service, {"volumes"}))) {
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
}

/// A config of a file is a volume; one with its text in it is a Corefile where it is called so.
void ObjectReader::compose_configs(Index service, Index configs, ComposeService& out) {
  for (const Index one : list(at(service, {"configs"}))) {
    const bool map = is(one, Node::Kind::map);
    const Index source = map ? at(one, {"source"}) : one;
    const Index target = map ? at(one, {"target"}) : none;
    const Index config = source == none ? none : at(configs, {text(source)});
    std::string path(text(target));
    if (path.empty()) path = "/" + std::string(text(source));
    if (const Index file = at(config, {"file"}); has_text(file)) {
      out.volumes.push_back({std::string(text(file)), path, extent(target == none ? source : target)});
      continue;
    }
    out.open = true;
    if (config == none || !is(at(config, {"content"}), Node::Kind::scalar)) continue;
    for (const Pair field : pairs(config)) {
      if (text(field.key) == "content") written_text(path, field, "config " + std::string(text(source)), true);
    }
  }
}

// compose-spec, 05-services.md: a list of `NAME=VALUE`, or a map; a name alone takes the value that compose itself has.
void ObjectReader::compose_environment(Index service, ComposeService& out) {
  const Index environment = at(service, {"environment"});
  out.environment_known = environment != none && at(service, {"env_file"}) == none;
  const auto add = [&out](View name, std::optional<std::string> value) {
    if (value && value->find('$') != std::string::npos) value.reset();  // compose puts in what it has
    out.environment.insert_or_assign(std::string(name), std::move(value));
  };
  for (const Index one : list(environment)) {
    const View line = text(one);
    const std::size_t equals = line.find('=');
    add(line.substr(0, equals), equals == View::npos ? std::nullopt : std::optional(std::string(line.substr(equals + 1))));
  }
  if (!is(environment, Node::Kind::map)) return;
  for (const Pair one : pairs(environment)) {
    const bool given = is(one.value, Node::Kind::scalar) && tree_->nodes[tree_->resolved(one.value)].tag != Node::Tag::other;
    const bool null = given && not_text_because(tree_->nodes[tree_->resolved(one.value)], text(one.value)) == "null";
    add(text(one.key), given && !null ? std::optional(std::string(text(one.value))) : std::nullopt);
  }
}

ComposeService ObjectReader::compose_service(Pair service, Index configs) {
  ComposeService out;
  const Index node = service.value;
  out.name = text(service.key);
  out.image = written(at(node, {"image"}));
  const View mode = text(at(node, {"network_mode"}));
  out.host_network = mode == "host" || mode.starts_with("service:") || mode.starts_with("container:");
  for (const View key : {View("build"), View("entrypoint"), View("secrets"), View("volumes_from"), View("extends"), View("develop")}) {
    out.open = out.open || at(node, {key}) != none;
  }
  if (const Index networks = at(node, {"networks"}); is(networks, Node::Kind::map)) {
    for (const Pair network : pairs(networks)) {
      for (const View key : {View("ipv4_address"), View("ipv6_address")}) {
        if (const Index address = at(network.value, {key}); address != none) out.addresses.emplace_back(text(address));
      }
    }
  }
  out.own_address = !out.addresses.empty();
  const Index command = at(node, {"command"});
  out.arguments = is(command, Node::Kind::sequence) ? all_written(command) : words_of(written(command));
  compose_volumes(node, out);
  compose_configs(node, configs, out);
  compose_environment(node, out);
  const Index dns = at(node, {"dns"});
  out.dns = is(dns, Node::Kind::sequence) ? all_written(dns) : words_of(written(dns));
  out.dropped = all_written(at(node, {"cap_drop"}));
  out.added = all_written(at(node, {"cap_add"}));
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
    ComposeService one = compose_service(service, find(fields, "configs").value);
    for (const Pair other : pairs(services)) {
      one.joined = one.joined || text(at(other.value, {"network_mode"})) == "service:" + one.name;
    }
    out_.bundle.compose.push_back(std::move(one));
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
