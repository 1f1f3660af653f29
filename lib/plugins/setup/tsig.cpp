// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "go/net.hpp"
#include "plugins/dns_types.hpp"
#include "plugins/setup.hpp"

namespace corefile::plugins::setup {
namespace {

void require(Reader& reader, std::span<const std::string_view> known, std::string_view what) {
  const Word name = reader.word();
  const auto args = reader.remaining_args();
  if (args.empty()) {
    reader.wrong_count(name, 0, "at least 1 argument");
    return;
  }
  if (args[0].text == "all" || args[0].text == "none") return;
  for (const Word& word : args) {
    if (word.unknown || std::find(known.begin(), known.end(), word.text) != known.end()) continue;
    reader.invalid(word, fmt::format("`{}` of `{}` is not {}", word.text, name.text, what), std::string()).help =
        "write `all`, `none`, or names in capitals";
  }
}

}  // namespace

void tsig_secret(Reader& reader) {
  const Word name = reader.word();
  const auto args = reader.remaining_args();
  if (args.size() != 2) {
    reader.wrong_count(name, args.size(), "2 arguments");
    return;
  }
  const std::string key = go::normalize_name(args[0].text);
  for (const Word& word : reader.words()) {
    if (&word >= &args[0]) break;
    const bool earlier = (&word - 1) >= reader.words().data() && (&word - 1)->text == "secret" && go::normalize_name(word.text) == key;
    if (!earlier) continue;
    reader.fail(ProblemKind::once, args[0], fmt::format("key `{}` stands twice", args[0].text), Reader::words_for_arguments(args[1].text))
        .labels.push_back({reader.config().place(word), "first here"});
    return;
  }
}

void tsig_require(Reader& reader) { require(reader, dns_types(reader.release()), "a query type"); }

void tsig_require_opcode(Reader& reader) {
  static constexpr std::array<std::string_view, 5> opcodes{"QUERY", "IQUERY", "STATUS", "NOTIFY", "UPDATE"};
  require(reader, opcodes, "an opcode");
}

}  // namespace corefile::plugins::setup
