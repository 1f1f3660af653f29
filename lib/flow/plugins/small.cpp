// SPDX-License-Identifier: Apache-2.0
// Plugins whose ServeDNS is a few lines.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "flow/interests.hpp"
#include "flow/plugins.hpp"
#include "go/number.hpp"

namespace corefile::flow_detail {
namespace {

Returned serve_passes(Turn& turn) { return turn.pass(); }

Returned serve_unknown(Turn& turn) {
  turn.walk.depend(fmt::format("what `{}` does", turn.settings<std::string>()));
  return turn.pass("what it does is not known here");
}

// plugin/any/any.go
Returned serve_any(Turn& turn) {
  if (!turn.request.is("ANY")) return turn.pass();
  Message message = reply_to(turn.request);
  message.reply.answer.push_back(record(turn.request.name, 8482, "HINFO", R"("ANY obsoleted" "See RFC 8482")"));
  return turn.answer(std::move(message), "it answers all queries of type ANY");
}

struct Chaos {
  std::string version;
  std::vector<std::string> authors;
};

// plugin/chaos/chaos.go
Returned serve_chaos(Turn& turn) {
  const Request& request = turn.request;
  if (request.klass != "CH" || !request.is("TXT")) return turn.pass();
  const Chaos& chaos = turn.settings<Chaos>();
  std::vector<std::string> texts;
  if (request.lower == "authors.bind.") {
    texts = chaos.authors;
  } else if (request.lower == "version.bind." || request.lower == "version.server.") {
    texts = {chaos.version};
  } else if (request.lower == "hostname.bind." || request.lower == "id.server.") {
    if (!turn.walk.world().host_name) turn.walk.depend("the machine's host name");
    texts = {turn.walk.world().host_name.value_or("localhost")};
  } else {
    return turn.pass();
  }
  Message message = reply_to(request);
  for (const std::string& text : texts) {
    message.reply.answer.push_back({request.name, 0, "TXT", fmt::format("\"{}\"", text), "CH"});
  }
  return turn.answer(std::move(message));
}

// plugin/whoami/whoami.go. Its additional records hold the client's port.
Returned serve_whoami(Turn& turn) {
  return turn.answer(reply_to(turn.request, "NOERROR", true), "it answers everything with the client's address");
}

struct Erratic {
  bool drops = false;
  bool large = false;
};

// plugin/erratic/erratic.go. Its first query is one of those that it drops.
Returned serve_erratic(Turn& turn) {
  const Erratic& settings = turn.settings<Erratic>();
  if (settings.drops) turn.walk.depend("how many queries `erratic` has had");
  const Request& request = turn.request;
  Message message = reply_to(request, "NOERROR", true);
  if (request.is("A")) {
    const Record a{request.name, 0, "A", "192.0.2.53"};
    message.reply.answer.assign(settings.large ? 30 : 1, a);
  } else if (request.is("AAAA")) {
    message.reply.answer.push_back(record(request.name, 0, "AAAA", "2001:db8::53"));
  } else if (request.is("AXFR")) {
    return turn.answer(std::move(message));
  } else {
    return turn.fail("SERVFAIL", "it knows A and AAAA only");
  }
  return turn.answer(std::move(message));
}

// plugin/minimal/minimal.go
Returned serve_minimal(Turn& turn) {
  Returned inner = turn.pass();
  if (inner.panicked) return inner;
  if (inner.error) {
    inner.written.clear();
    return inner;
  }
  const bool nothing = inner.written.empty() || inner.written.back().null;
  if (nothing && turn.since(1, 15, 0)) return inner;
  if (nothing) return turn.answer(no_message(), "a plugin behind it wrote nothing, and `minimal` up to 1.14.7 hands that on as a reply");
  Message message = std::move(inner.written.back());
  const Kind kind = kind_of(message, turn.request, turn.release());
  if (kind == Kind::no_error) {
    message.reply.authority.clear();
    message.reply.additional.clear();
  }
  Returned returned = turn.answer(std::move(message), kind == Kind::no_error ? "without authority and additional records" : "as it is");
  returned.error = kind == Kind::meta || kind == Kind::update;
  return returned;
}

void tell_any(const void*, const Surroundings&, Interests& interests) { interests.types.emplace("ANY"); }

}  // namespace

Handler challenge_handler() { return {Plugin::tls, 0, serve_passes}; }
Handlers passes(const Setup& setup) { return {make_handler(setup, serve_passes, 0)}; }
Handlers unknown(const Setup& setup, std::string_view what) { return {make_handler(setup, serve_unknown, std::string(what))}; }
Handlers any(const Setup& setup) { return {make_handler(setup, serve_any, 0, tell_any)}; }
Handlers whoami(const Setup& setup) { return {make_handler(setup, serve_whoami, 0)}; }
Handlers minimal(const Setup& setup) { return {make_handler(setup, serve_minimal, 0)}; }

// plugin/chaos/setup.go
Handlers chaos(const Setup& setup) {
  Chaos chaos;
  const std::span<const Word> arguments = setup.stanzas.front().arguments;
  chaos.version = arguments.empty() ? fmt::format("CoreDNS-{}", to_string(setup.release)) : std::string(arguments.front().text);
  for (std::size_t i = 1; i < arguments.size(); ++i) chaos.authors.emplace_back(arguments[i].text);
  return {make_handler(setup, serve_chaos, std::move(chaos))};
}

// plugin/erratic/setup.go
Handlers erratic(const Setup& setup) {
  Erratic erratic;
  std::optional<bool> drops;
  bool otherwise = false;
  for (const Stanza& directive : setup.stanzas) {
    for (const Line& property : directive.properties) {
      erratic.large = erratic.large || property.name() == "large";
      const auto amount = property.arguments().empty() ? std::optional<std::int64_t>(2) : go::atoi(property.arguments().front().text);
      if (property.name() == "drop") drops = amount && *amount > 0;
      if (property.name() == "delay" || property.name() == "truncate") otherwise = otherwise || (amount && *amount > 0);
    }
  }
  erratic.drops = drops.value_or(!otherwise);
  return {make_handler(setup, serve_erratic, erratic)};
}

}  // namespace corefile::flow_detail
