// SPDX-License-Identifier: Apache-2.0
// plugin/transfer/transfer.go, plugin/tsig/tsig.go and plugin/dnssec/handler.go
#include <algorithm>

#include "flow/plugins.hpp"

namespace corefile::flow_detail {
namespace {

struct Tsig {
  std::vector<std::string> zones;
  bool all_types = false, all_opcodes = false;
  std::vector<std::string> types, opcodes;
};

bool has(const std::vector<std::string>& all, std::string_view one) { return std::find(all.begin(), all.end(), one) != all.end(); }

// A query without a signature.
Returned serve_tsig(Turn& turn) {
  const Tsig& tsig = turn.settings<Tsig>();
  const Request& request = turn.request;
  const bool required = tsig.all_types || has(tsig.types, request.type) || tsig.all_opcodes || has(tsig.opcodes, request.opcode);
  if (!required) return turn.pass("it needs no signature");
  if (match(tsig.zones, request.lower).empty()) return turn.pass("no zone of its own fits");
  return turn.answer(reply_to(request, "REFUSED"), "it needs a signature");
}

void read_list(const Property& property, bool& all, std::vector<std::string>& some) {
  some.clear();
  for (const Word& word : property.arguments()) {
    if (some.empty() && word.text == "all") {
      all = true;
      return;
    }
    if (some.empty() && word.text == "none") return;
    some.emplace_back(word.text);
  }
}

}  // namespace

Handlers tsig(const Setup& setup) {
  const Directive directive = setup.directives.front();
  Tsig tsig;
  tsig.zones = setup.zones_of(directive);
  for (const Property property : directive.properties()) {
    if (property.name() == "require") read_list(property, tsig.all_types, tsig.types);
    if (property.name() == "require_opcode") read_list(property, tsig.all_opcodes, tsig.opcodes);
  }
  return {make_handler(setup, serve_tsig, std::move(tsig))};
}

}  // namespace corefile::flow_detail
