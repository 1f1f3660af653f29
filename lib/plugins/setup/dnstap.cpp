// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "go/net.hpp"
#include "go/number.hpp"
#include "go/url.hpp"
#include "plugins/setup.hpp"

namespace corefile::plugins::setup {
namespace {

// 1.9.2 and before: parse.HostPortOrFile.
bool is_address(std::string_view text) {
  const auto parts = go::split_host_port(text);
  const std::string_view host = parts ? parts->host : text;
  return go::parse_addr(host).has_value();
}

void check_endpoint(Reader& reader, const Word& word) {
  if (word.unknown) return reader.depends();
  const bool tcp = word.text.starts_with("tcp://");
  if (!tcp && !(word.text.starts_with("tls://") && reader.since(1, 11, 0))) return;
  std::string problem;
  if (reader.since(1, 9, 3)) {
    problem = go::url_error(word.text);
  } else if (const std::string_view target = word.text.substr(6); !is_address(target)) {
    if (target.find('/') != std::string_view::npos) return reader.depends();  // a file like resolv.conf
    problem = fmt::format("not an IP address or file: \"{}\"", target);
  }
  if (problem.empty()) return;
  LoadFault& fault = reader.invalid(word, fmt::format("`{}` is no endpoint", word.text), std::move(problem));
  fault.help = reader.since(1, 9, 3) ? "write `tcp://HOST:PORT`" : "write `tcp://IP:PORT`; names are known from CoreDNS 1.9.3 on";
}

void check_sizes(Reader& reader, const Word& name, std::span<const Word> args) {
  if (reader.since(1, 13, 0)) {
    if (args.size() >= 3) reader.check({.kind = Kind::integer, .min = 1, .max = 1024}, args[2], name);
    if (args.size() >= 4) reader.check({.kind = Kind::integer, .min = 1, .max = 4096}, args[3], name);
  } else if (reader.since(1, 11, 4) && args.size() >= 4) {
    // Words that are no number count as 0; a channel's length has bounds.
    const auto queue = go::atoi(args[3].text);
    if (queue && (*queue < 0 || *queue > 3'500'000'000)) {
      reader.invalid(args[3], fmt::format("`{}` of `{}` is out of range", args[3].text, name.text), "panic: makechan: size out of range");
    }
  }
}

void read_block(Reader& reader, bool listens) {
  while (reader.next_block()) {
    const Property* property = reader.property();
    if (property != nullptr && property->name == "tls" && !listens) {
      const Word at = reader.word();
      reader.remaining_args();
      reader
          .fail(LoadFault::Kind::conflict, at, "`tls` stands in a `dnstap` that does not listen", "tls directive only valid for listeners")
          .help = "remove it, or write `dnstap listen tls://ADDRESS:PORT`";
    } else if (property != nullptr) {
      reader.read_property(*property);
    } else if (reader.word().unknown) {
      reader.remaining_args();
    } else if (reader.since(1, 14, 4)) {
      reader.unknown_property();
    }
  }
}

void one(Reader& reader) {
  const Word name = reader.word();
  if (!reader.since(1, 9, 4)) {
    if (reader.next_arg()) {
      check_endpoint(reader, reader.word());
    } else {
      reader.wrong_count(name, 0, "at least 1 argument");
    }
    return;
  }
  std::span<const Word> args = reader.remaining_args();
  const bool unsure = !args.empty() && args[0].unknown;
  const bool listens = reader.since(1, 14, 4) && !args.empty() && args[0].text == "listen";
  if (listens) args = args.subspan(1);
  if (args.empty()) {
    LoadFault& fault = reader.wrong_count(name, listens ? 1 : 0, listens ? "an endpoint behind `listen`" : "at least 1 argument");
    if (listens) fault.says = "dnstap listen requires an endpoint argument";
  } else {
    check_endpoint(reader, args.front());
    if (!unsure) check_sizes(reader, name, args);
  }
  read_block(reader, listens || unsure);
}

}  // namespace

void dnstap(Reader& reader) {
  while (reader.next()) {
    one(reader);
    if (!reader.since(1, 10, 1)) break;
  }
}

}  // namespace corefile::plugins::setup
