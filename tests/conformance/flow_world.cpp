// SPDX-License-Identifier: Apache-2.0
#include "flow_world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "conformance.hpp"

namespace conformance {

using corefile::Files;
using corefile::Record;

namespace {

class World : public Files {
 public:
  World(const WorldFiles& files, const Files& imports) : files_(files), imports_(imports) {}

  Content read(const std::string& path) const override {
    const std::string name = inside(single_slashes(path));
    if (const auto file = files_.find(name); file != files_.end()) return {Status::ok, file->second};
    if (name == "/etc/hosts") return {Status::ok, "127.0.0.1 localhost\n::1 localhost\n192.0.2.40 from-etc-hosts.test\n"};
    if (name == "/etc/resolv.conf") return {Status::ok, "nameserver 192.0.2.53\n"};
    if (name == "/dev/null") return {Status::ok, ""};
    const auto below = files_.lower_bound(name + '/');
    if (below != files_.end() && below->first.starts_with(name + '/')) return {Status::directory, {}};
    return name.starts_with('/') ? Content{} : imports_.read(name);
  }
  std::vector<std::string> list(const std::string& folder) const override {
    std::vector<std::string> names = imports_.list(folder);
    std::string inner = inside(folder);
    if (!inner.empty() && !inner.ends_with('/')) inner += '/';
    for (const auto& [name, text] : files_) {
      if (!name.starts_with(inner)) continue;
      const std::string rest = name.substr(inner.size());
      names.push_back(rest.substr(0, rest.find('/')));
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }
  bool authoritative(const std::string&) const override { return true; }

 private:
  static std::string single_slashes(const std::string& path) {
    std::string out;
    for (const char c : path) {
      if (c != '/' || !out.ends_with('/')) out += c;
    }
    return out;
  }
  // A path as the working folder has it.
  static std::string inside(std::string path) {
    const std::string folder = std::string(working_folder) + "/";
    if (path.starts_with(folder)) path.erase(0, folder.size());
    while (path.starts_with("./")) path.erase(0, 2);
    return path == "." ? "" : path;
  }
  const WorldFiles& files_;
  const Files& imports_;
};

std::string first_label(const std::string& name) { return name.substr(0, name.find('.')); }

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

std::uint32_t ttl_of(const std::string& label) {
  if (label.starts_with("one")) return 1;
  if (label.starts_with("zero")) return 0;
  return label.starts_with("long") ? 86400 : 300;
}

}  // namespace

WorldFiles read_world_files(const std::string& path) {
  WorldFiles files;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    const nlohmann::json file = nlohmann::json::parse(line);
    files[file.at("name")] = file.at("text");
  }
  return files;
}

std::unique_ptr<Files> world_files(const WorldFiles& files, const Files& imports) { return std::make_unique<World>(files, imports); }

corefile::Cluster recorded_cluster() {
  corefile::Cluster cluster;
  for (const char* name : {"default", "demo", "kube-node-lease", "kube-public", "kube-system"}) {
    cluster.namespaces.push_back({name, {{"kubernetes.io/metadata.name", name}}});
  }
  cluster.services = {
      {"default", "kubernetes", {"10.96.0.1"}, {}, {}, {{"https", "TCP", 443}}, {{"component", "apiserver"}, {"provider", "kubernetes"}}},
      {"demo", "db", {"None"}, {}, {}, {{"p", "TCP", 5432}}, {}},
      {"demo", "ext", {}, {}, "www.example.com", {}, {}},
      {"demo", "lb", {"10.96.0.78"}, {"198.51.100.9"}, {}, {{"p", "TCP", 80}}, {}},
      {"demo", "web", {"10.96.0.77"}, {}, {}, {{"80", "TCP", 80}}, {{"app", "web"}}},
  };
  cluster.endpoints = {{"demo", "db", {{"10.244.0.7", "db-0", {}, {}}}, {{"p", "TCP", 5432}}}};
  cluster.pods = {{"demo", "p", {"10.244.0.5"}}};
  return cluster;
}

std::vector<std::string> recorded_addresses() { return {"192.0.2.53", "8.8.8.8", "8.8.4.4", "1.1.1.1", "9.9.9.9", "10.96.0.10"}; }

corefile::Interfaces recorded_interfaces() {
  std::vector<std::string> loopback{"127.0.0.1"};
  for (std::string& address : recorded_addresses()) loopback.push_back(std::move(address));
  loopback.push_back("::1");
  return {{"lo", loopback}};
}

corefile::Query query_of(const std::string& words) {
  std::istringstream in(words);
  corefile::Query query;
  in >> query.name >> query.type;
  for (std::string word; in >> word;) {
    const std::size_t equal = word.find('=');
    const std::string name = word.substr(0, equal), value = equal == std::string::npos ? "" : word.substr(equal + 1);
    if (equal == std::string::npos) query.listener = word;
    if (name == "src") query.client = value;
    if (name == "class") query.klass = value;
    if (name == "op") query.opcode = value;
    if (name == "edns") query.edns_size = static_cast<std::uint16_t>(std::stoul(value));
    if (name == "do") query.dnssec = value == "1";
    if (name == "tcp") query.tcp = value == "1";
  }
  if (query.dnssec && query.edns_size == 0) query.edns_size = 4096;
  query.past_listener = true;
  return query;
}

std::optional<corefile::Reply> recorded_upstream(const corefile::Asked& asked) {
  corefile::Reply reply;
  const std::string name = lowered(asked.name);
  const std::string label = first_label(name);
  const bool eights = asked.upstream.starts_with("8.8.8.8:");
  if (label.starts_with("nx") || (eights && label.starts_with("gone8"))) {
    reply.rcode = "NXDOMAIN";
    if (label.starts_with("nxs")) reply.authority.push_back({"example.", 86400, "SOA", "ns.example. h.example. 1 2 3 4 86400"});
    return reply;
  }
  if (label.starts_with("sf") || (eights && label.starts_with("bad8"))) {
    reply.rcode = "SERVFAIL";
    return reply;
  }
  const std::uint32_t ttl = ttl_of(label);
  const auto add = [&](const std::string& type, const std::string& data) { reply.answer.push_back({asked.name, ttl, type, data}); };
  if (asked.type == "A" && name == "alias.example.") {
    add("CNAME", "target.example.");
    return reply;
  }
  if (asked.type == "A") add("A", "203.0.113.1");
  if (asked.type == "AAAA") add("AAAA", "2001:db8::1");
  if (asked.type == "PTR") add("PTR", "host.upstream.");
  if (asked.type == "TXT") add("TXT", fmt::format("\"upstream {}\"", asked.upstream));
  return reply;
}

}  // namespace conformance
