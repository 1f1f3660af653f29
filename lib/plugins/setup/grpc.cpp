// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/key.hpp>

#include "plugins/setup.hpp"

namespace corefile::plugins::setup {
namespace {

// google.golang.org/grpc, clientconn.go and internal/resolver: from v1.43 on (CoreDNS 1.8.7) a target is a URL, or else the path
// of one; until v1.63 (1.11.3) it is looked into at once.
std::string target_fault(const UpstreamWord& upstream, std::string_view text, Release release) {
  if (release < Release{1, 8, 7}) return {};
  const std::string target = full_address(upstream, text);
  const auto url = go::parse_url(target, nullptr, {.literals = true});  // whichever Go: what is a URL here is one for all
  const bool known = url && (url->scheme == "dns" || url->scheme == "unix");
  if (!known) return go::url_error("dns:///" + target, url_checks(release));
  if (release >= Release{1, 11, 4}) return {};
  if (url->scheme == "dns") return url->path.size() > 1 ? std::string() : "dns resolver: missing address";
  return url->host.empty() ? std::string() : fmt::format("invalid (non-empty) authority: {}", url->host);
}

void check_upstream(Reader& reader, const Word& word, const UpstreamWord& upstream) {
  if (upstream.kind == Upstream::file) return reader.needs(word);
  if (upstream.kind == Upstream::barren) return;
  if (upstream.kind != Upstream::address) {
    const bool nothing = upstream.kind == Upstream::empty && reader.since(1, 11, 1);
    reader.invalid(word, fmt::format("`{}` is not an IP address", word.text),
                   fmt::format("{}: \"{}\"", nothing ? "invalid address" : "not an IP address or file", word.text));
  } else if (std::string says = target_fault(upstream, word.text, reader.release()); !says.empty()) {
    reader.invalid(word, fmt::format("`grpc` cannot connect to `{}`", word.text), std::move(says)).help = "write `ADDRESS:PORT` alone";
  }
}

}  // namespace

void grpc(Reader& reader) {
  constexpr std::size_t most = 15;
  while (reader.next_only()) {
    const Word name = reader.word();
    if (!reader.next_arg()) {
      reader.wrong_count(name, 0, "a zone and at least one upstream");
      return;
    }
    const Word from = reader.word();
    // From 1.8.4 to 1.11.0 this was a panic; it never loaded.
    if (!from.unknown && reader.since(1, 8, 4) && normalize_zone(from.text, reader.release()).empty()) {
      reader.invalid(from, fmt::format("`{}` is not a zone to forward", from.text), {});
    }
    const auto to = reader.remaining_args();
    if (to.empty()) {
      reader.wrong_count(name, 1, "a zone and at least one upstream");
      return;
    }
    std::size_t servers = 0;
    for (const Word& word : to) {
      if (word.unknown) {
        reader.depends();
        ++servers;
        continue;
      }
      const UpstreamWord upstream = read_upstream(reader, word);
      servers += upstream.kind == Upstream::barren ? 0 : 1;
      check_upstream(reader, word, upstream);
    }
    if (servers == 0 && reader.since(1, 6, 9)) {
      reader.invalid(to.front(), fmt::format("`{}` names no nameserver", to.front().text), "no nameservers found");
    }
    reader.read_block();
    if (servers > most) {
      reader.fail(ProblemKind::argument_count, to[most], fmt::format("{} upstreams, and `grpc` takes {}", servers, most),
                  fmt::format("more than {} TOs configured: {}", most, servers));
    }
  }
}

}  // namespace corefile::plugins::setup
