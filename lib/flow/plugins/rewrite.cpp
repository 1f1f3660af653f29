// SPDX-License-Identifier: Apache-2.0
// plugin/rewrite/rewrite.go, reverter.go, name.go and cname_target.go
#include "flow/plugins/rewrite.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "flow/interests.hpp"
#include "go/net.hpp"
#include "resolve/names.hpp"

namespace corefile::flow_detail {

namespace rewriting {
namespace {

std::string replace_all(std::string_view text, std::string_view what, std::string_view by) {
  std::string out;
  for (std::size_t at = text.find(what); at != std::string_view::npos && !what.empty(); at = text.find(what)) {
    out += text.substr(0, at);
    out += by;
    text.remove_prefix(at + what.size());
  }
  return out += text;
}

std::string filled(std::string_view replacement, const std::vector<std::string_view>& groups) {
  std::string out(replacement);
  for (std::size_t i = 0; i < groups.size(); ++i) out = replace_all(out, fmt::format("{{{}}}", i), groups[i]);
  return out;
}

/// stringRewriter: the text as a change of a reply makes it.
std::string changed(const Change& change, std::string_view text) {
  if (change.how == Change::How::regex) {
    const std::vector<std::string_view> groups = change.pattern.find(text);
    return groups.empty() ? std::string(text) : filled(change.to, groups);
  }
  if (!text.ends_with(change.from)) return std::string(text);
  const std::string_view before = text.substr(0, text.size() - change.from.size());
  const bool fits = change.how == Change::How::suffix || before.empty() || before.ends_with('.');
  return fits ? std::string(before) + change.to : std::string(text);
}

void change_value(const Change& change, Record& record, Release release) {
  if (record.type == "PTR" && release < Release{1, 9, 4}) return;
  const auto at = name_in_data(record);
  if (!at || at->second == 0) return;
  record.data.replace(at->first, at->second, changed(change, std::string_view(record.data).substr(at->first, at->second)));
}

// cname_target.go, getFromAndToTarget: nothing where the target is another.
std::optional<std::string> new_target(const Rule& rule, std::string_view target) {
  if (rule.pattern.kind == Pattern::Kind::exact) return target == rule.pattern.text ? std::optional(rule.to) : std::nullopt;
  return replaced(rule.pattern, target, rule.to);
}

}  // namespace

std::optional<std::string> replaced(const Pattern& pattern, std::string_view name, std::string_view replacement) {
  using Kind = Pattern::Kind;
  if (pattern.kind == Kind::regex) {
    const std::vector<std::string_view> groups = pattern.regex.find(name);
    return groups.empty() ? std::nullopt : std::optional(filled(replacement, groups));
  }
  if (!pattern.matches(name)) return {};
  switch (pattern.kind) {
    case Kind::prefix:
      return std::string(replacement) + std::string(name.substr(pattern.text.size()));
    case Kind::suffix:
      return std::string(name.substr(0, name.size() - pattern.text.size())) + std::string(replacement);
    case Kind::substring:
      return replace_all(name, pattern.text, replacement);
    default:
      return std::string(replacement);
  }
}

}  // namespace rewriting

namespace {

using rewriting::Change;
using rewriting::Rule;

struct Rewrite {
  std::vector<Rule> rules;
};

/// The question before and after, and what is to be undone.
struct Rewriting {
  std::string name, type;
  std::vector<Change> changes;
  bool matched = false;
};

// edns0.go: `replace` has something to do only where the option is there.
bool apply_option(const Rule& rule, Request& request) {
  if (request.edns_size == 0) request.edns_size = 4096;
  const auto at = std::find(request.options.begin(), request.options.end(), rule.option);
  const bool there = at != request.options.end();
  if (rule.to == "unset") {
    if (there) request.options.erase(at);
    return true;
  }
  if (rule.to == "replace") return there;
  if (!there) request.options.push_back(rule.option);
  return true;
}

/// rule.Rewrite: whether it had something to do.
bool apply(const Rule& rule, Walk& walk, Request& request, Rewriting& state) {
  if (!rule.pattern.known()) walk.depend_on_pattern();
  switch (rule.kind) {
    case Rule::Kind::name: {
      std::optional<std::string> name = rewriting::replaced(rule.pattern, request.lower, rule.to);
      if (!name) return false;
      if (rule.automatic) {
        Change undo;
        undo.how = Change::How::remap;
        undo.from = *name;
        undo.to = request.lower;
        state.changes.push_back(undo);
        undo.kind = Change::Kind::value;
        state.changes.push_back(std::move(undo));
      }
      request.set_name(std::move(*name));
      break;
    }
    case Rule::Kind::type:
      if (request.type != rule.from) return false;
      request.type = rule.to;
      break;
    case Rule::Kind::klass:
      if (request.klass != rule.from) return false;
      request.klass = rule.to;
      break;
    case Rule::Kind::ttl:
    case Rule::Kind::rcode:
      if (!rule.pattern.matches(request.lower)) return false;
      break;
    case Rule::Kind::cname: {
      Change change;
      change.kind = Change::Kind::cname;
      change.rule = &rule;
      state.changes.push_back(std::move(change));
      return true;
    }
    case Rule::Kind::edns0:
      return apply_option(rule, request);
    case Rule::Kind::nothing:
      return false;
  }
  state.changes.insert(state.changes.end(), rule.changes.begin(), rule.changes.end());
  return true;
}

// cname_target.go, RewriteResponse: the record's place among the answers, or none where it stands elsewhere.
void retarget(Turn& turn, const Change& change, Message& message, std::string_view target) {
  const std::optional<std::string> to = rewriting::new_target(*change.rule, target);
  if (!to) return;
  constexpr int deepest = 8;
  if (turn.since(1, 15, 0) && turn.context.loop > deepest) return;
  turn.request.set_name(*to);
  std::optional<Message> found = turn.look_up(*to, turn.request.type, turn.context.loop + 1);
  if (!found) return;
  std::vector<Record> answer;
  const bool precise = turn.since(1, 14, 2);
  for (Record& one : message.reply.answer) {
    if (one.type != "CNAME") continue;
    const bool it = one.data == target;
    if (it || !precise) one.data = *to;
    answer.push_back(one);
    if (it && precise) break;
  }
  for (Record& one : found->reply.answer) {
    if (precise || one.name == *to) answer.push_back(std::move(one));
  }
  message.reply.answer = std::move(answer);
}

void change_record(Turn& turn, const Change& change, Message& message, Record& record) {
  switch (change.kind) {
    case Change::Kind::name:
      if (change.how == Change::How::regex && !change.pattern.known()) turn.walk.depend_on_pattern();
      record.name = rewriting::changed(change, record.name);
      break;
    case Change::Kind::value:
      if (change.how == Change::How::regex && !change.pattern.known()) turn.walk.depend_on_pattern();
      rewriting::change_value(change, record, turn.release());
      break;
    case Change::Kind::ttl:
      record.ttl = std::clamp(record.ttl, change.least, std::max(change.least, change.most));
      break;
    case Change::Kind::rcode:
      if (message.reply.rcode == change.from) message.reply.rcode = change.to;
      break;
    case Change::Kind::cname: {
      if (record.type != "CNAME") break;
      const std::string target = record.data;
      retarget(turn, change, message, target);
      break;
    }
  }
}

/// ResponseReverter.WriteMsg.
void revert(Turn& turn, const Rewriting& state, Message& message) {
  message.name = state.name;
  message.type = state.type;
  std::vector<Change> changes = state.changes;
  if (turn.since(1, 11, 4)) std::reverse(changes.begin(), changes.end());
  Reply& reply = message.reply;
  const bool bare = reply.answer.empty() && reply.authority.empty() && reply.additional.empty();
  if (bare && turn.since(1, 14, 7)) {
    for (const Change& change : changes) {
      if (change.kind == Change::Kind::rcode && reply.rcode == change.from) reply.rcode = change.to;
    }
  }
  for (std::vector<Record> Reply::*section : {&Reply::authority, &Reply::answer, &Reply::additional}) {
    // What a new CNAME brings is not looked at again.
    const std::vector<Record> records = reply.*section;
    for (std::size_t i = 0; i < records.size(); ++i) {
      for (const Change& change : changes) {
        if (i < (reply.*section).size()) change_record(turn, change, message, (reply.*section)[i]);
      }
    }
  }
}

Returned serve_rewrite(Turn& turn) {
  const Rewrite& rewrite = turn.settings<Rewrite>();
  Request& request = turn.request;
  const Request before = request;
  Rewriting state{request.name, request.type, {}, false};
  bool stopped = false;
  for (const Rule& rule : rewrite.rules) {
    if (!apply(rule, turn.walk, request, state)) continue;
    if (!go::is_domain_name(request.name, name_rules(turn.release()))) {
      const std::string error = fmt::format("invalid name after rewrite: {}", request.name);
      request = before;
      return turn.fail("SERVFAIL", "the rewritten name is not a name", error);
    }
    if (!state.matched) turn.at(rule.directive, rule.place);
    state.matched = true;
    stopped = rule.stop;
    if (stopped) break;
  }
  const bool renamed = request.name != before.name || request.type != before.type || request.klass != before.klass;
  Returned inner = turn.pass(renamed         ? "the question is another from here on"
                             : state.matched ? "a rule for its reply holds"
                                             : "no rule is for it");
  if (renamed) turn.did(Step::Did::rewrote, {});
  if ((!stopped && state.changes.empty()) || inner.panicked) return inner;
  const bool writes = stopped ? turn.since(1, 9, 0) : turn.since(1, 14, 7);
  if (!is_written(inner.rcode) && writes) {
    turn.wrote();
    inner.written.push_back(reply_to(request, inner.rcode));
    inner.rcode = "NOERROR";
  }
  for (Message& message : inner.written) revert(turn, state, message);
  return inner;
}

void tell_rewrite(const void* settings, const Surroundings&, Interests& interests) {
  using Kind = rewriting::Pattern::Kind;
  for (const Rule& rule : static_cast<const Rewrite*>(settings)->rules) {
    const rewriting::Pattern& pattern = rule.pattern;
    if (rule.kind == Rule::Kind::type) {
      interests.types.insert(rule.from);
      interests.types.insert(rule.to);
      continue;
    }
    if (rule.kind == Rule::Kind::klass || rule.kind == Rule::Kind::nothing) continue;
    if (rule.kind == Rule::Kind::name) interests.name(rule.to);
    if (pattern.kind == Kind::exact || pattern.kind == Kind::suffix) {
      interests.name(std::string_view(pattern.text).substr(pattern.text.starts_with('.') && pattern.text.size() > 1 ? 1 : 0));
    }
    if (pattern.kind != Kind::exact && pattern.kind != Kind::none) interests.test(pattern);
  }
}

}  // namespace

Handlers rewrite(const Setup& setup) {
  Rewrite rewrite;
  for (const Stanza& directive : setup.stanzas) rewrite.rules.push_back(rewriting::rule_of(setup, directive));
  return {make_handler(setup, serve_rewrite, std::move(rewrite), tell_rewrite)};
}

}  // namespace corefile::flow_detail
