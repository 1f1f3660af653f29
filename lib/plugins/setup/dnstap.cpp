// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "go/number.hpp"
#include "go/url.hpp"
#include "plugins/setup.hpp"

namespace corefile::plugins::setup {
namespace {

void check_endpoint(Reader& reader, const Word& word) {
  if (word.unknown) return reader.depends();
  const bool tcp = word.text.starts_with("tcp://");
  if (!tcp && !(word.text.starts_with("tls://") && reader.since(1, 11, 0))) return;
  std::string problem;
  if (reader.since(1, 9, 3)) {
    problem = go::url_error(word.text);
  } else {
    // 1.9.2 and before: parse.HostPortOrFile.
    const Upstream kind = read_upstream(word.text.substr(6), reader.release()).kind;
    if (kind == Upstream::file || kind == Upstream::mistyped) return reader.depends();
    if (kind != Upstream::address) problem = Reader::words_for_arguments(word.text);
  }
  if (problem.empty()) return;
  Problem& fault = reader.invalid(word, fmt::format("`{}` is not an endpoint", word.text), std::move(problem));
  fault.help = reader.since(1, 9, 3) ? "write `tcp://HOST:PORT`" : "write `tcp://IP:PORT`; names are known from CoreDNS 1.9.3 on";
}

// dio.go, newIO: 10,000 messages for each, in a channel; too many for a 64-bit address space panic.
bool fits_a_channel(std::string_view queue) {
  const bool negative = queue.starts_with('-');
  const std::string_view digits = queue.substr(!queue.empty() && (negative || queue[0] == '+') ? 1 : 0);
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) return true;  // 0
  const auto number = go::atoi(queue);
  if (!number) return negative;  // the nearest 64-bit number, and its product wraps around
  const auto length = static_cast<std::int64_t>(static_cast<std::uint64_t>(*number) * 10'000);
  constexpr std::int64_t most = (std::int64_t{1} << 48) / 8 - 12;
  return length >= 0 && length <= most;
}

void check_sizes(Reader& reader, const Word& name, std::span<const Word> args) {
  if (reader.since(1, 13, 0)) {
    if (args.size() >= 3) reader.check({.kind = Kind::integer, .min = 1, .max = 1024}, args[2], name);
    if (args.size() >= 4) reader.check({.kind = Kind::integer, .min = 1, .max = 4096}, args[3], name);
  } else if (reader.since(1, 11, 4) && args.size() >= 4) {
    if (!args[3].unknown && !fits_a_channel(args[3].text)) {
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
      reader.fail(ProblemKind::conflict, at, "`tls` stands in a `dnstap` that does not listen", "tls directive only valid for listeners")
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
    Problem& fault = reader.wrong_count(name, listens ? 1 : 0, listens ? "an endpoint behind `listen`" : "at least 1 argument");
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
