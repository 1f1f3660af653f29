// SPDX-License-Identifier: Apache-2.0
// plugin/hosts/hosts.go, hostsfile.go and setup.go
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "base/ascii.hpp"
#include "flow/interests.hpp"
#include "flow/memo.hpp"
#include "flow/plugins.hpp"
#include "go/net.hpp"
#include "go/number.hpp"

namespace corefile::flow_detail {
namespace {

using Names = std::map<std::string, std::vector<std::string>, std::less<>>;

/// hostsfile.go, Map.
struct Entries {
  Names four, six, reverse;
};

struct Hosts {
  std::vector<std::string> zones;
  std::string path = "/etc/hosts";
  std::string inline_text;
  std::shared_ptr<const Entries> own{};  ///< what the Corefile has
  Memo<Entries> of_file{};
  std::uint32_t ttl = 3600;
  bool reverse = true;
  bool unsupported_falls_through = false;
  bool wildcards = false;
  Fallthrough fallthrough;
};

bool is_wildcard(std::string_view name) { return name.starts_with("*."); }

void add_line(const Hosts& hosts, std::string_view line, Entries& entries) {
  line = line.substr(0, line.find('#'));
  constexpr std::string_view blanks = " \t\v\f\r";
  std::string address;
  for (bool first = true;; first = false) {
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    if (line.empty()) return;
    const std::string_view word = line.substr(0, line.find_first_of(blanks));
    line.remove_prefix(word.size());
    if (first) {
      address = plain_address(word.substr(0, word.find('%')));
      if (address.empty()) return;
      continue;
    }
    std::string name = go::normalize_name(word);
    if (match(hosts.zones, name).empty()) continue;
    (is_ipv4(address) ? entries.four : entries.six)[name].push_back(address);
    if (hosts.reverse && !(hosts.wildcards && is_wildcard(name))) entries.reverse[address].push_back(name);
  }
}

Entries entries_of(const Hosts& hosts, std::string_view text) {
  Entries entries;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    add_line(hosts, text.substr(0, end), entries);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return entries;
}

void look(const Hosts& hosts, const Names& names, std::string_view name, std::vector<std::string>& found) {
  auto at = names.find(name);
  if (hosts.wildcards && is_wildcard(name)) at = names.end();
  if (at == names.end() && hosts.wildcards) {
    const std::size_t dot = name.find('.');
    if (dot != std::string_view::npos && dot + 1 < name.size()) at = names.find(fmt::format("*.{}", name.substr(dot + 1)));
  }
  if (at != names.end()) found.insert(found.end(), at->second.begin(), at->second.end());
}

/// What the file has and then what the Corefile has.
struct Answers {
  const Entries &file, &own;
  std::vector<std::string> find(const Hosts& hosts, Names Entries::*names, std::string_view name) const {
    std::vector<std::string> found;
    look(hosts, file.*names, name, found);
    look(hosts, own.*names, name, found);
    return found;
  }
  std::vector<std::string> names_of(std::string_view address) const {
    std::vector<std::string> found;
    for (const Entries* entries : {&file, &own}) {
      const auto at = entries->reverse.find(address);
      if (at != entries->reverse.end()) found.insert(found.end(), at->second.begin(), at->second.end());
    }
    return found;
  }
};

Returned serve_hosts(Turn& turn) {
  const Hosts& hosts = turn.settings<Hosts>();
  const Request& request = turn.request;
  const std::string_view name = request.lower;
  const bool pointer = request.is("PTR");
  if (match(hosts.zones, name).empty() && !pointer) return turn.pass("no zone of its own fits");
  const auto file =
      hosts.of_file.of(turn.walk.file(hosts.path).value_or(""), [&hosts](const std::string& text) { return entries_of(hosts, text); });
  const Answers answers{*file, *hosts.own};
  Message message = reply_to(request, "NOERROR", true);
  const auto write = [&](const std::vector<std::string>& found, std::string_view type) {
    for (const std::string& data : found) message.reply.answer.push_back(record(std::string(name), hosts.ttl, type, data));
  };
  if (pointer) {
    const std::string address = address_of_reverse(name);
    std::vector<std::string> names = address.empty() ? std::vector<std::string>() : answers.names_of(address);
    if (names.empty()) return turn.pass("no entry has this address");
    write(names, "PTR");
  } else if (request.is("A")) {
    write(answers.find(hosts, &Entries::four, name), "A");
  } else if (request.is("AAAA")) {
    write(answers.find(hosts, &Entries::six, name), "AAAA");
  } else if (hosts.unsupported_falls_through && hosts.fallthrough.through(name)) {
    return turn.pass("it has no records of this type, and `fallthrough_unsupported` stands here");
  }
  if (message.reply.answer.empty() && answers.find(hosts, &Entries::four, name).empty() &&
      answers.find(hosts, &Entries::six, name).empty()) {
    if (hosts.fallthrough.through(name)) return turn.pass("no entry has this name, and it falls through");
    constexpr std::string_view why = "no entry has this name, and nothing falls through";
    if (turn.since(1, 6, 1)) return turn.fail("SERVFAIL", why);
    Returned returned = turn.drop(why);
    returned.rcode = "NXDOMAIN";
    return returned;
  }
  const std::string_view why = message.reply.answer.empty() ? "an entry has this name, but nothing of this type" : "an entry has it";
  return turn.answer(std::move(message), why);
}

void tell_hosts(const void* settings, const Surroundings& around, Interests& interests) {
  const Hosts& hosts = *static_cast<const Hosts*>(settings);
  for (const std::string& text : {hosts.inline_text, around.file(hosts.path).value_or("")}) {
    const Entries entries = entries_of(hosts, text);
    for (const Names* names : {&entries.four, &entries.six}) {
      for (const auto& [name, addresses] : *names) {
        interests.name(is_wildcard(name) ? std::string_view(name).substr(2) : std::string_view(name));
        if (interests.left_out) return;
      }
    }
    for (const auto& [address, names] : entries.reverse) {
      if (const auto ip = go::parse_ip(address)) interests.name(go::reverse_name(*ip));
    }
  }
}

bool is_property(std::string_view word, const Setup& setup) {
  return word == "fallthrough" || word == "no_reverse" || word == "ttl" || word == "reload" ||
         (word == "fallthrough_unsupported" && setup.since(1, 14, 7));
}

void read_property(const Setup& setup, const Line& property, Hosts& hosts) {
  const std::string_view name = property.name();
  if (name == "fallthrough") hosts.fallthrough = setup.fallthrough_of(property);
  if (name == "no_reverse") hosts.reverse = false;
  if (name == "fallthrough_unsupported") hosts.unsupported_falls_through = true;
  if (name == "ttl" && !property.arguments().empty()) {
    hosts.ttl = static_cast<std::uint32_t>(go::atoi(property.arguments().front().text).value_or(hosts.ttl));
  }
}

}  // namespace

Handlers hosts(const Setup& setup) {
  const Stanza& directive = setup.stanzas.front();
  Hosts hosts;
  hosts.zones = setup.zones_of(directive);
  if (!directive.arguments.empty()) hosts.path = setup.path(directive.arguments.front().text);
  // setup.go: `no_reverse` reads no words, so what stands behind it on its line is the next entry.
  hosts.wildcards = setup.since(1, 14, 5);
  for (const Line& property : directive.properties) {
    if (is_property(property.name(), setup)) {
      read_property(setup, property, hosts);
      continue;
    }
    for (const Word& word : property.words) hosts.inline_text += fmt::format("{} ", word.text);
    hosts.inline_text += '\n';
  }
  hosts.own = std::make_shared<const Entries>(entries_of(hosts, hosts.inline_text));
  return {make_handler(setup, serve_hosts, std::move(hosts), tell_hosts)};
}

}  // namespace corefile::flow_detail
