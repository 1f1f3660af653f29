// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "lint/upstream.hpp"

namespace corefile::rules::grpc_without_port {
namespace {

void check(Directive grpc, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Word& word : grpc.upstreams()) {
    const Upstream& upstream = context.upstreams->of(word);
    if (upstream.kind != Upstream::Kind::address || word.text != upstream.host) continue;
    Diagnostic& found = report.at(word, fmt::format("without a port `grpc` asks `{}` on port 53, where plain DNS is", word.text));
    found.notes.push_back("a server with a `grpc://` key listens on port 443, unless the key has another");
    const std::string meant = upstream.address.is4 ? fmt::format("{}:443", word.text) : fmt::format("[{}]:443", word.text);
    found.help = fmt::format("write `{}`, or the port that the server has", meant);
    if (word.quoted == 0)
      found.fixes.push_back({fmt::format("write `{}`", meant), Safety::unsafe, {Fixer(*grpc.config).replace(word, meant)}});
    return;
  }
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::grpc}, .needs = Precondition::upstream_address, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::grpc_without_port
