// SPDX-License-Identifier: Apache-2.0
#include "zones.hpp"

namespace corefile::rules::unix_scheme {
namespace {

void check(const Config& config, const Context& context, Report& report) {
  each_key(config, [&](ServerBlock, const Word& word) {
    if (!word.text.starts_with("unix://")) return;
    if (read_key(word.text, context.release).transport != Transport::unix_socket) return;
    Diagnostic& found = report.at(part(config, word, word.text.substr(0, 7)), "`unix://` makes no server");
    found.notes.push_back(
        "CoreDNS accepts the key and listens on nothing for it; DNS over a Unix socket is only known to `dnstap` and `trace`");
    found.help = "listen on an address: `.:53 {` with `bind 127.0.0.1`";
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::slash};

}  // namespace corefile::rules::unix_scheme
