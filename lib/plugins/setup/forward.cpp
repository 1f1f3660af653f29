// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/key.hpp>

#include "base/ascii.hpp"
#include "go/net.hpp"
#include "go/number.hpp"
#include "plugins/dns_types.hpp"
#include "plugins/setup.hpp"
#include "resolve/names.hpp"
#include "resolve/zone.hpp"

namespace corefile::plugins {
namespace {

constexpr std::size_t most_upstreams = 15;

/// A server with a protocol.
struct Server {
  const Word* word;
  setup::UpstreamWord upstream;
};

struct Stanza {
  std::span<const Word> to;
  std::vector<Server> servers;  ///< those of `to` whose protocol CoreDNS looks at
  const Word* tls_servername = nullptr;
  bool resolver = false;  ///< asks its own servers for upstreams' names
  std::int64_t max_age = 0;
  std::int64_t expire = 10 * go::second;
};

// The server name behind an upstream's last `%` (setup.go, splitZone, from 1.13.2).
std::string_view server_name(std::string_view upstream) {
  const std::size_t percent = upstream.rfind('%');
  if (percent == std::string_view::npos) return {};
  std::string_view zone = upstream.substr(percent + 1);
  return zone.substr(0, zone.rfind(':'));
}

bool accepts_scheme(Reader& reader, std::string_view scheme) {
  // Before, any scheme passed; 1.6.9 gave an upstream that is neither plain nor TLS no health check, and set it up all the same.
  if (!reader.since(1, 7, 0)) return !reader.since(1, 6, 9) || scheme.empty() || scheme == "dns" || scheme == "tls";
  if (scheme.empty() || scheme == "dns" || scheme == "tls") return true;
  if (scheme == "https") return reader.since(1, 14, 5);
  return scheme == "quic" && reader.since(1, 15, 0);
}

// resolve.go, parseAsHostEntry: what it asks a name's address for.
bool resolves_for(Reader& reader, std::string_view scheme) {
  if (scheme == "https") return reader.since(1, 14, 7);
  return accepts_scheme(reader, scheme);
}

std::string_view without_scheme(const Word& word, const setup::UpstreamWord& upstream) {
  return word.text.substr(upstream.scheme.empty() ? 0 : upstream.scheme.size() + std::string_view("://").size());
}

// resolve.go, parseAsHostEntry: a name is looked up once, at the start.
void check_name(Reader& reader, const Word& word, const setup::UpstreamWord& upstream, const Stanza& stanza) {
  if (!reader.since(1, 14, 4)) {
    reader
        .invalid(word, fmt::format("`{}` is not an IP address", word.text),
                 fmt::format("not an IP address or file: \"{}\"", without_scheme(word, upstream)))
        .help = "write an IP address; names are resolved from CoreDNS 1.14.4 on";
    return;
  }
  std::string_view host = upstream.host.substr(0, upstream.host.rfind('%'));
  if (const auto parts = go::split_host_port(host)) host = parts->host;
  while (host.starts_with('[')) host.remove_prefix(1);
  while (host.ends_with(']')) host.remove_suffix(1);
  if (!go::is_domain_name(host) || !resolves_for(reader, upstream.scheme)) {
    reader
        .invalid(word, fmt::format("`{}` is not an upstream", word.text),
                 fmt::format("not an IP address, file, or valid domain: \"{}\"", word.text))
        .help = "write an IP address, `tls://IP`, or a resolv.conf file, with blanks between several";
    return;
  }
  if (!stanza.resolver && !go::is_lookup_name(host)) {
    reader
        .invalid(word, fmt::format("`{}` is neither an IP address nor a host name", word.text),
                 fmt::format("failed to resolve \"{}\"", host))
        .help = "write the address with four numbers from 0 to 255, and blanks between several";
    return;
  }
  reader.needs(word, "an address for");
}

// Several upstreams in one variable, or in quotes: CoreDNS replaces variables inside a word, which stays one.
bool several_in_one(Reader& reader, const Word& word, std::string_view says) {
  const std::size_t blank = word.text.find_first_of(" \t");
  if (blank == std::string_view::npos || blank == 0) return false;
  const std::string_view written = reader.config().text(reader.config().place(word));
  const bool variable = written.find("{$") != std::string_view::npos || written.find("{%") != std::string_view::npos;
  Problem& fault = reader.invalid(word,
                                  variable ? fmt::format("the variable in `{}` holds several words, and is read as one", written)
                                           : fmt::format("`{}` is read as one upstream", word.text),
                                  fmt::format("{}: \"{}\"", says, word.text));
  fault.help = variable ? "give each upstream a variable of its own, or `import` a file that holds the line"
                        : "write each upstream as a word of its own";
  return true;
}

void empty_upstream(Reader& reader, const Word& word) {
  const std::string_view written = reader.config().text(reader.config().place(word));
  const bool variable = word.text.empty() && written.find("{$") != std::string_view::npos;
  Problem& fault = reader.invalid(
      word, variable ? fmt::format("`{}` is empty, and names no upstream", written) : fmt::format("`{}` names no upstream", word.text),
      reader.since(1, 11, 1) ? fmt::format("invalid address: \"{}\"", word.text) : "not an IP address or file: \"\"");
  if (variable) fault.help = "set the variable to an address where CoreDNS runs";
}

void check_address(Reader& reader, const Word& word, const setup::UpstreamWord& upstream, const Stanza& stanza) {
  if (word.unknown) return reader.depends();
  if (upstream.scheme == "https" && reader.since(1, 14, 5) && upstream.host.find('/') != std::string_view::npos) {
    reader
        .invalid(word, fmt::format("`{}` has a path", word.text),
                 fmt::format("paths are not allowed in HTTPS upstream addresses (the /dns-query path is used by default): {}", word.text))
        .help = "write the address alone: `/dns-query` is asked anyway";
    return;
  }
  switch (upstream.kind) {
    case setup::Upstream::empty:
      empty_upstream(reader, word);
      return;
    case setup::Upstream::barren:
      return;
    case setup::Upstream::mistyped: {
      Problem& fault =
          reader.invalid(word, fmt::format("`{}` names no file and no host", word.text),
                         reader.since(1, 14, 4) ? fmt::format("failed to resolve \"{}\"", word.text)
                                                : fmt::format("not an IP address or file: \"{}\"", without_scheme(word, upstream)));
      fault.help = "did you mean `/etc/resolv.conf`?";
      fault.fixes.push_back({"write `/etc/resolv.conf`", Safety::unsafe, {{reader.config().place(word), "/etc/resolv.conf"}}});
      return;
    }
    case setup::Upstream::file:
      return reader.needs(word);
    case setup::Upstream::name:
      if (several_in_one(reader, word, reader.since(1, 14, 4) ? "not an IP address, file, or valid domain" : "not an IP address or file"))
        return;
      return check_name(reader, word, upstream, stanza);
    case setup::Upstream::address:
      return;
  }
}

// Protocols and servers' names, once all addresses are known.
void check_transport(Reader& reader, const Word& word, const setup::UpstreamWord& upstream, const Stanza& stanza) {
  std::string_view server = reader.since(1, 13, 2) ? server_name(upstream.host) : std::string_view();
  const auto address = [&] {
    std::string full = setup::full_address(upstream, word.text);
    if (const std::size_t zone = full.rfind('%'); zone != std::string::npos && reader.since(1, 13, 2)) full.erase(zone, 1 + server.size());
    return full;
  };
  if (!accepts_scheme(reader, upstream.scheme)) {
    Problem& fault = reader.invalid(
        word, fmt::format("`forward` cannot speak `{}`", upstream.scheme),
        !reader.since(1, 7, 0) ? std::string()
                               : fmt::format("'{}' is not supported as a destination protocol in forward: {}", upstream.scheme, address()));
    if (upstream.scheme == "https") fault.help = "DNS over HTTPS to an upstream came in CoreDNS 1.14.5";
    if (upstream.scheme == "quic") fault.help = "DNS over QUIC to an upstream came in CoreDNS 1.15.0";
    return;
  }
  if ((upstream.scheme == "tls" || upstream.scheme == "quic") && !server.empty() && stanza.tls_servername != nullptr) {
    Problem& fault =
        reader.fail(ProblemKind::conflict, word, fmt::format("`{}` names its TLS server, and `tls_servername` does too", word.text),
                    fmt::format("both forward ('{}') and proxy level ('{}') TLS servernames are set for upstream proxy '{}'",
                                stanza.tls_servername->text, server, address()));
    fault.labels.push_back({reader.config().place(*stanza.tls_servername), "for all upstreams"});
    fault.help = "keep one of the two";
  }
}

// `IP:PORT`, the port filled in, as resolve.go of 1.14.4 to 1.14.7 compares upstreams: without their scheme.
std::string endpoint(const setup::UpstreamWord& upstream) {
  if (upstream.kind != setup::Upstream::address) return {};
  std::string_view host = upstream.host;
  std::string_view port = upstream.scheme == "tls" || upstream.scheme == "quic" ? "853"
                          : upstream.scheme.empty() || upstream.scheme == "dns" ? "53"
                                                                                : "443";
  if (const auto parts = go::split_host_port(host)) {
    host = parts->host;
    port = parts->port;
  }
  return fmt::format("{}:{}", host.substr(0, host.rfind('%')), port);
}

// `$(command …)` or a command in back quotes, which no shell has run: how many words it is.
std::size_t words_of_command(std::span<const Word> words) {
  const std::string_view first = words.front().text;
  const bool dollar = first.starts_with("$(");
  if (!dollar && !(first.starts_with('`') && (words.size() > 1 || first.ends_with('`')))) return 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].text.ends_with(dollar ? ')' : '`') && (i > 0 || first.size() > 1)) return i + 1;
  }
  return words.size();
}

// `192 168 178.2`: how many words make one address if dots stand between them.
std::size_t words_of_address(std::span<const Word> words, std::string& address) {
  constexpr std::size_t most = 4;
  address.clear();
  for (std::size_t i = 0; i < words.size() && i < most; ++i) {
    const std::string_view text = words[i].text;
    if (text.empty() || go::parse_ip(text) || text.find_first_not_of("0123456789.") != std::string_view::npos) return 0;
    address += i == 0 ? "" : address.ends_with('.') || text.starts_with('.') ? "" : ".";
    address += text;
    if (i > 0 && go::parse_ip(address)) return i + 1;
  }
  return 0;
}

// What several words are together; how many of them were told of.
std::size_t check_together(Reader& reader, std::span<const Word> words) {
  const std::string_view first = words.front().text;
  const char begin = first.empty() ? ' ' : first.front();
  if (begin != '$' && begin != '`' && begin != '.' && !ascii::is_digit(begin)) return 0;
  const std::string_view says = reader.since(1, 14, 4) ? "failed to resolve" : "not an IP address or file";
  if (const std::size_t command = words_of_command(words); command > 0) {
    Problem& fault = reader.invalid(words.front(), fmt::format("`{}` begins a shell command, which nobody runs here", words.front().text),
                                    fmt::format("{}: \"{}\"", says, words.front().text));
    fault.help = "run the command where the file is made, and write the address that it prints";
    return command;
  }
  std::string address;
  const std::size_t parts = words_of_address(words, address);
  if (parts == 0) return 0;
  Problem& fault =
      reader.invalid(words.front(), fmt::format("`{}` is not an IP address: blanks stand where its dots belong", words.front().text),
                     fmt::format("{}: \"{}\"", says, words.front().text));
  fault.help = fmt::format("did you mean `{}`?", address);
  if (words.front().expansion == words[parts - 1].expansion) {
    Place all = reader.config().place(words.front());
    all.span.end = reader.config().place(words[parts - 1]).span.end;
    fault.fixes.push_back({fmt::format("write `{}`", address), Safety::unsafe, {{all, address}}});
  }
  return parts;
}

// How many there are; to those whose address is seen first, whatever becomes of it, a protocol belongs.
std::size_t check_upstreams(Reader& reader, Stanza& stanza) {
  const bool unites = reader.since(1, 14, 4) && !reader.since(1, 15, 0);
  std::vector<std::string> seen;
  std::size_t servers = 0;
  for (std::size_t i = 0; i < stanza.to.size(); ++i) {
    const Word& to = stanza.to[i];
    if (const std::size_t together = check_together(reader, stanza.to.subspan(i)); together > 0) {
      ++servers;
      i += together - 1;
      continue;
    }
    const setup::UpstreamWord upstream = to.unknown ? setup::read_upstream(to.text, reader.release()) : setup::read_upstream(reader, to);
    const bool barren = !to.unknown && upstream.kind == setup::Upstream::barren;
    // In 1.14.4 any such file is refused; before and after, only if nothing else is left.
    if (barren && reader.release() == Release{1, 14, 4}) {
      reader.invalid(to, fmt::format("`{}` names no nameserver", to.text), "no nameservers found");
      continue;
    }
    servers += barren ? 0 : 1;
    if (unites) {
      std::string key = endpoint(upstream);
      if (!key.empty() && std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
      seen.push_back(std::move(key));
    }
    check_address(reader, to, upstream, stanza);
    // No release minds plain DNS.
    if (!to.unknown && upstream.kind == setup::Upstream::address && !upstream.scheme.empty()) stanza.servers.push_back({&to, upstream});
  }
  if (servers == 0 && reader.since(1, 6, 9) && reader.release() != Release{1, 14, 4}) {
    reader.invalid(stanza.to.front(), fmt::format("`{}` names no nameserver", stanza.to.front().text),
                   reader.since(1, 14, 5) ? "no valid upstream addresses found" : "no nameservers found");
  }
  return servers;
}

void read_block(Reader& reader, Stanza& stanza) {
  while (const Property* property = reader.next_property()) {
    reader.read_property(*property);
    const Word& last = reader.word();
    if (property->is("tls_servername")) stanza.tls_servername = last.text.empty() ? nullptr : &last;
    stanza.resolver = stanza.resolver || property->is("resolver");
    if (property->is("max_age")) stanza.max_age = go::parse_duration(last.text).value_or(0);
    if (property->is("expire")) stanza.expire = go::parse_duration(last.text).value_or(0);
  }
}

void no_upstreams(Reader& reader, const Word& name, const Word& from) {
  Problem& fault = reader.wrong_count(name, 1, "a zone and at least one upstream");
  const auto kind = setup::read_upstream(from.text, reader.release()).kind;
  fault.help = fmt::format("write the addresses of the upstreams behind `{}`", from.text);
  if (!from.unknown && (kind == setup::Upstream::address || kind == setup::Upstream::file)) {
    Place before = reader.config().place(from);
    before.span.end = before.span.begin;
    fault.help = fmt::format("write `{} . {}` to forward everything there", name.text, from.text);
    fault.fixes.push_back({"insert `.`", Safety::unsafe, {{before, ". "}}});
  }
}

void check_ages(Reader& reader, const Word& name, const Stanza& stanza) {
  if (stanza.max_age <= 0 || stanza.max_age >= stanza.expire) return;
  const bool whole = stanza.max_age % go::second == 0 && stanza.expire % go::second == 0;
  reader
      .fail(ProblemKind::conflict, name, "`max_age` is shorter than `expire`",
            whole ? fmt::format("max_age ({}) must not be less than expire ({})", go::seconds_text(stanza.max_age / go::second),
                                go::seconds_text(stanza.expire / go::second))
                  : std::string())
      .help = "`expire` is 10s unless it is written: make `max_age` at least as long";
}

void read_stanza(Reader& reader) {
  const Word name = reader.word();
  Stanza stanza;
  if (!reader.next_arg()) {
    reader.wrong_count(name, 0, "a zone and at least one upstream");
    return;
  }
  const Word from = reader.word();
  if (reader.at('{') && from.quoted == 0) {
    reader.wrong_count(name, 0, "a zone and at least one upstream").help =
        fmt::format("write the zone and the upstreams before the block: `{} . ADDRESS {{`", name.text);
    while (reader.word().text != "}" && reader.next()) {
    }
    return;
  }
  // normalize_zone gives nothing for what is not a name; before 1.9.2 that was not looked at, and from 1.8.4 on it panicked.
  if (from.unknown) {
    reader.depends();
  } else if (!resolve_detail::is_plain_zone(from.text) && reader.since(1, 8, 4) && normalize_zone(from.text, reader.release()).empty()) {
    reader.invalid(from, fmt::format("`{}` is not a zone to forward", from.text), {});
  }
  stanza.to = reader.remaining_args();
  if (stanza.to.empty()) {
    no_upstreams(reader, name, from);
    read_block(reader, stanza);
    return;
  }
  // Upstreams stand before the block, their protocols too where they are not left to a panic; from 1.13.2 on their protocols are looked at
  // behind it, from 1.14.4 on their addresses too.
  std::size_t count = 0;
  const auto addresses = [&] { count = check_upstreams(reader, stanza); };
  const auto transports = [&] {
    for (const Server& server : stanza.servers) check_transport(reader, *server.word, server.upstream, stanza);
  };
  if (!reader.since(1, 14, 4)) addresses();
  const bool early = reader.since(1, 7, 0) && !reader.since(1, 13, 2);
  if (early) transports();
  read_block(reader, stanza);
  check_ages(reader, name, stanza);
  if (reader.since(1, 14, 4)) addresses();
  if (!early) transports();
  if (count > most_upstreams) {
    reader.fail(ProblemKind::argument_count, stanza.to[most_upstreams],
                fmt::format("{} upstreams, and `forward` takes {}", count, most_upstreams),
                fmt::format("more than {} TOs configured: {}", most_upstreams, count));
  }
}

}  // namespace

namespace setup {

void forward(Reader& reader) {
  for (bool again = false; reader.next(); again = true) {
    if (again && !reader.since(1, 9, 4)) {
      reader.once(reader.word()).help = "several `forward` in a block came in CoreDNS 1.9.4; use a server block for each zone";
      return;
    }
    read_stanza(reader);
  }
}

}  // namespace setup
}  // namespace corefile::plugins
