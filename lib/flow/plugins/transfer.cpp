// SPDX-License-Identifier: Apache-2.0
// plugin/transfer/transfer.go, plugin/tsig/tsig.go and plugin/dnssec/handler.go
#include <algorithm>

#include "flow/plugins.hpp"
#include "go/net.hpp"

namespace corefile::flow_detail {
namespace {

struct Transfer {
  std::vector<std::string> zones, to;
};
using Transfers = std::vector<Transfer>;

/// longestMatch.
const Transfer* transfer_for(const Transfers& transfers, std::string_view name) {
  const Transfer* found = nullptr;
  std::string_view best;
  for (const Transfer& one : transfers) {
    const std::string_view zone = match(one.zones, name);
    if (zone.size() < best.size() || (zone.size() == best.size() && zone <= best)) continue;
    best = zone;
    found = &one;
  }
  return found;
}

// Whether some plugin of the block has a zone of this name. Its records, all of them, are not told here.
bool has_zone(const Turn& turn, std::string_view name) {
  for (const Plugin plugin : {Plugin::auto_, Plugin::secondary, Plugin::kubernetes}) {
    if (turn.walk.model().handler(turn.block, plugin) == nullptr) continue;
    for (const Directive directive : turn.block.block.directives()) {
      if (!directive.is(plugin)) continue;
      for (const Word& word : directive.zones()) {
        if (go::normalize_name(word.text) == name) return true;
      }
    }
  }
  return false;
}

Returned serve_transfer(Turn& turn) {
  const Request& request = turn.request;
  if (!request.is_transfer()) return turn.pass();
  if (!turn.walk.tcp()) return turn.fail("REFUSED", "transfers come over TCP");
  const Transfer* transfer = transfer_for(turn.settings<Transfers>(), request.lower);
  if (transfer == nullptr) return turn.pass("no zone of its own fits");
  const std::string client = plain_address(turn.walk.query().client);
  const auto allows = [&client](const std::string& to) {
    const auto parts = go::split_host_port(to);
    return to == "*" || (parts ? std::string(parts->host) : to) == client;
  };
  if (std::none_of(transfer->to.begin(), transfer->to.end(), allows)) {
    return turn.answer(reply_to(request, "REFUSED"), "`to` does not name the client");
  }
  if (request.is("IXFR")) return turn.fail("SERVFAIL", "the query names no serial");
  bool fails = false;
  const bool of_file = transfers_zone(turn, request.lower, fails);
  if (fails) return turn.fail("SERVFAIL", "the zone is not there", "no SOA");
  if (!of_file && !has_zone(turn, request.lower)) return turn.pass("no plugin has a zone of this name");
  turn.walk.depend("the zone's records");
  return turn.answer(reply_to(request, "NOERROR", true), "the zone");
}

struct Tsig {
  std::vector<std::string> zones;
  bool all_types = false, all_opcodes = false;
  std::vector<std::string> types, opcodes;
};

// A query without a signature.
Returned serve_tsig(Turn& turn) {
  const Tsig& tsig = turn.settings<Tsig>();
  const Request& request = turn.request;
  const bool required = tsig.all_types || contains(tsig.types, request.type) || tsig.all_opcodes || contains(tsig.opcodes, request.opcode);
  if (!required) return turn.pass("it needs no signature");
  if (match(tsig.zones, request.lower).empty()) return turn.pass("no zone of its own fits");
  return turn.answer(reply_to(request, "REFUSED"), "it needs a signature");
}

void read_list(const Line& property, bool& all, std::vector<std::string>& some) {
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

struct Dnssec {
  std::vector<std::string> zones;
};

// Signatures, keys and NSEC records are not told. dnssec.go, Sign: a name that does not exist is one without records.
Returned serve_dnssec(Turn& turn) {
  const Dnssec& dnssec = turn.settings<Dnssec>();
  const Request& request = turn.request;
  if (match(dnssec.zones, request.lower).empty()) return turn.pass("no zone of its own fits");
  if (request.is("DNSKEY") && contains(dnssec.zones, request.lower)) {
    return turn.answer(reply_to(request, "NOERROR", true), "the keys of its zone");
  }
  if (!request.dnssec) return turn.pass();
  Returned inner = turn.pass("it signs the reply");
  for (Message& message : inner.written) {
    const Kind kind = kind_of(message, request, turn.release());
    const auto& authority = message.reply.authority;
    const bool denial = kind == Kind::name_error || kind == Kind::no_data;
    if (denial && authority.size() == 1 && authority.front().type == "SOA") message.reply.rcode = "NOERROR";
  }
  return inner;
}

}  // namespace

Handlers transfer(const Setup& setup) {
  Transfers transfers;
  for (const Stanza& directive : setup.stanzas) {
    Transfer& one = transfers.emplace_back();
    one.zones = setup.zones_of(directive);
    for (const Line& property : directive.properties) {
      if (property.name() != "to") continue;
      for (const Word& word : property.arguments()) one.to.emplace_back(word.text);
    }
  }
  return {make_handler(setup, serve_transfer, std::move(transfers))};
}

Handlers tsig(const Setup& setup) {
  const Stanza& directive = setup.stanzas.front();
  Tsig tsig;
  tsig.zones = setup.zones_of(directive);
  for (const Line& property : directive.properties) {
    if (property.name() == "require") read_list(property, tsig.all_types, tsig.types);
    if (property.name() == "require_opcode") read_list(property, tsig.all_opcodes, tsig.opcodes);
  }
  return {make_handler(setup, serve_tsig, std::move(tsig))};
}

Handlers dnssec(const Setup& setup) { return {make_handler(setup, serve_dnssec, Dnssec{setup.zones_of(setup.stanzas.front())})}; }

}  // namespace corefile::flow_detail
