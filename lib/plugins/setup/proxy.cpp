// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "plugins/setup.hpp"

/// CoreDNS 1.4.0, plugin/proxy/upstream.go.
namespace corefile::plugins::setup {

void proxy(Reader& reader) {
  constexpr std::size_t most = 15;
  while (reader.next()) {
    const Word name = reader.word();
    if (!reader.next_arg()) {
      reader.wrong_count(name, 0, "a zone and at least one upstream");
      return;
    }
    const auto to = reader.remaining_args();
    if (to.empty()) {
      reader.wrong_count(name, 1, "a zone and at least one upstream");
      return;
    }
    std::size_t addresses = 0;
    for (const Word& word : to) {
      if (word.unknown) {
        reader.depends();
        continue;
      }
      const UpstreamWord upstream = read_upstream(word.text, reader.release());
      if (upstream.kind == Upstream::file) reader.needs(word);
      addresses += upstream.kind == Upstream::file ? 0 : 1;
      if (upstream.kind != Upstream::name && upstream.kind != Upstream::mistyped && upstream.kind != Upstream::empty) continue;
      reader.invalid(word, fmt::format("`{}` is not an IP address", word.text),
                     fmt::format("not an IP address or file: \"{}\"", word.text));
    }
    if (addresses > most) {
      reader.wrong_count(name, addresses, "at most 15 upstreams").says = fmt::format("more than {} TOs configured: {}", most, addresses);
    }
    reader.read_lines();
  }
}

void proxy_health_check(Reader& reader) {
  const Word name = reader.word();
  if (!reader.next_arg()) {
    reader.wrong_count(name, 0, "a path and a port");
    return;
  }
  reader.check({.kind = Kind::listen_address}, reader.word(), name);
  if (reader.next_arg()) reader.check({.kind = Kind::duration}, reader.word(), name);
}

void proxy_protocol(Reader& reader) {
  const Word name = reader.word();
  const auto args = reader.remaining_args();
  if (args.empty()) {
    reader.wrong_count(name, 0, "at least 1 argument");
    return;
  }
  if (args[0].unknown || (args.size() > 1 && args[1].unknown)) return reader.depends();
  if (args[0].text == "dns") {
    if (args.size() > 1 && args[1].text != "force_tcp") {
      reader.invalid(args[1], fmt::format("`protocol dns` has no option `{}`", args[1].text), "only force_tcp allowed as parameter to dns");
    }
  } else if (args[0].text == "grpc") {
    // pkg/tls, NewTLSConfigFromArgs: at most three files.
    if (args.size() > 4) {
      reader.wrong_count(name, args.size(), "at most 4 arguments");
    } else if (args.size() > 1 && !(args.size() == 2 && args[1].text == "insecure")) {
      reader.depends();
    }
  } else {
    reader.invalid(args[0], fmt::format("`protocol` takes `dns` or `grpc`, not `{}`", args[0].text),
                   fmt::format("invalid protocol: {}", args[0].text));
  }
}

}  // namespace corefile::plugins::setup
