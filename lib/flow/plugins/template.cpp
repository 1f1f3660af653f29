// SPDX-License-Identifier: Apache-2.0
// plugin/template/template.go and setup.go
#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "flow/expressions.hpp"
#include "flow/interests.hpp"
#include "flow/plugins.hpp"
#include "flow/rr.hpp"
#include "go/number.hpp"
#include "go/regexp.hpp"
#include "go/template_run.hpp"

namespace corefile::flow_detail {
namespace {

using go::Value;

struct Variable {
  std::string name, expression;
};

struct Template {
  std::string klass, type;
  std::vector<std::string> zones;
  std::vector<go::Pattern> patterns;
  std::vector<std::string> texts;  ///< of the patterns
  std::vector<std::string> answer, additional, authority;
  std::vector<Variable> variables;
  std::vector<std::string> conditions;
  std::string rcode = "NOERROR";
  Fallthrough fallthrough;
  std::uint32_t directive = 0;
  Place place{};
};

struct Templates {
  std::vector<std::string> zones;
  std::vector<Template> all;
};

/// template.match: whether it is for the query, and if not, whether the next template may be.
struct Match {
  bool fits = false;
  bool goes_on = true;
  Value data{};
};

Value map_of() {
  Value value;
  value.kind = Value::Kind::map;
  return value;
}

// The fields of templateData, those of the query's own message left out.
Value data_of(const Turn& turn, const Template& one, std::size_t pattern, std::string_view zone) {
  const Request& request = turn.request;
  Value data = map_of();
  const auto set = [&data](const char* name, std::string text) { data.map[name] = Value::of(std::move(text)); };
  set("Zone", std::string(zone));
  set("Name", request.lower);
  set("Regex", one.texts[pattern]);
  set("Class", request.klass == "ANY" ? one.klass : request.klass);
  set("Type", request.type == "ANY" ? one.type : request.type);
  set("Remote", plain_address(turn.walk.query().client));
  Value question = map_of();
  question.map["Name"] = Value::of(request.name);
  question.map["Qtype"] = question.map["Qclass"] = Value::unknown();
  data.map["Question"] = std::move(question);
  data.map["Message"] = Value::unknown();
  Value groups = map_of(), matches;
  matches.kind = Value::Kind::list;
  const std::vector<std::string_view> found = one.patterns[pattern].find(request.lower);
  for (std::size_t i = 0; i < found.size(); ++i) {
    matches.list.push_back(Value::of(std::string(found[i])));
    groups.map[std::to_string(i)] = matches.list.back();
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (const std::string& name = one.patterns[pattern].names()[i]; !name.empty()) groups.map[name] = matches.list[i];
  }
  data.map["Group"] = std::move(groups);
  data.map["Match"] = std::move(matches);
  data.map["Var"] = map_of();
  return data;
}

go::ExprEnvironment environment_of(Turn& turn, const Value& data) {
  go::ExprEnvironment environment = expression_environment(turn.walk, turn.block, turn.request, turn.context);
  environment.variable = [&data](std::string_view name) {
    const Value& variables = data.map.at("Var");
    const auto found = variables.map.find(name);
    return found == variables.map.end() ? Value::unknown() : found->second;
  };
  environment.call = [&data, others = std::move(environment.call)](std::string_view name,
                                                                   std::span<const Value> arguments) -> std::optional<Value> {
    if (name != "group" || arguments.size() != 1) return others(name, arguments);
    const Value& groups = data.map.at("Group");
    const auto found = groups.map.find(arguments[0].print());
    return found == groups.map.end() ? Value::of(std::string()) : found->second;
  };
  return environment;
}

/// False: it fails, or a condition does not hold; `goes_on` says which.
bool conditions_hold(Turn& turn, const Template& one, Match& match) {
  if (one.variables.empty() && one.conditions.empty()) return true;
  const go::ExprEnvironment environment = environment_of(turn, match.data);
  const go::ExprVersion version = expression_version(turn.release());
  for (const Variable& variable : one.variables) {
    go::ExprResult result = go::run_expr(variable.expression, environment, version);
    match.goes_on = false;
    if (result.failed) return false;
    match.data.map["Var"].map[variable.name] = std::move(result.value);
  }
  for (const std::string& condition : one.conditions) {
    const go::ExprResult result = go::run_expr(condition, environment, version);
    match.goes_on = !result.failed && one.fallthrough.through(turn.request.lower);
    if (!is_true(result, condition, "template", turn.walk)) return false;
  }
  return true;
}

bool same_or_any(std::string_view own, std::string_view asked) { return own == "ANY" || asked == "ANY" || own == asked; }

Match match_of(Turn& turn, const Template& one) {
  Match result;
  const Request& request = turn.request;
  const std::string_view zone = match(one.zones, request.lower);
  if (zone.empty() || !same_or_any(one.klass, request.klass) || !same_or_any(one.type, request.type)) return result;
  for (std::size_t i = 0; i < one.patterns.size(); ++i) {
    if (!one.patterns[i].known()) turn.walk.depend_on_pattern();
    if (!one.patterns[i].matches(request.lower)) continue;
    result.data = data_of(turn, one, i, zone);
    result.fits = conditions_hold(turn, one, result);
    return result;
  }
  result.goes_on = one.fallthrough.through(request.lower);
  return result;
}

// strconv.ParseUint.
std::optional<Value> parse_int(std::span<const Value> given) {
  if (given.size() != 3 || !given[0].is(Value::Kind::string)) return {};
  const std::int64_t base = given[1].integer;
  std::uint64_t number = 0;
  for (const char c : given[0].text) {
    const int digit = ascii::is_digit(c) ? c - '0' : ascii::is_letter(c) ? ascii::lower(c) - 'a' + 10 : 99;
    if (digit >= base || number > 0xFFFFFFFFFFFULL) return {};
    number = number * static_cast<std::uint64_t>(base) + static_cast<std::uint64_t>(digit);
  }
  const std::int64_t bits = given[2].integer == 0 ? 64 : given[2].integer;
  if (given[0].text.empty() || (bits < 63 && number >> bits != 0)) return {};
  return Value::of(static_cast<std::int64_t>(number));
}

/// executeRRTemplate; none: it fails.
std::optional<Record> execute(Turn& turn, const std::string& text, const Value& data) {
  const go::TemplateCall call = [&turn](std::string_view name, std::span<const Value> given) -> std::optional<Value> {
    if (name == "parseInt") return parse_int(given);
    if (name == "Meta" && given.size() == 1) return metadata_value(turn.walk, turn.block, turn.request, turn.context, given[0].text);
    return Value::unknown();
  };
  const go::TemplateResult result = go::run_template(text, data, call);
  if (result.unknown) turn.walk.depend(fmt::format("what the template `{}` makes", text));
  if (result.failed || result.unknown) return {};
  return parse_record(result.text, turn.release());
}

bool fill(Turn& turn, const Template& one, const Value& data, Reply& reply, bool& panics) {
  const bool follows = turn.request.is("A") || turn.request.is("AAAA");
  for (const std::string& text : one.answer) {
    std::optional<Record> made = execute(turn, text, data);
    if (!made) return false;
    reply.answer.push_back(*made);
    if (!follows || made->type != "CNAME") continue;
    const auto target = turn.look_up(made->data, turn.request.type);
    panics = panics || (!target && !turn.since(1, 9, 0));
    if (target) {
      reply.answer.insert(reply.answer.end(), target->reply.answer.begin(), target->reply.answer.end());
    }
  }
  for (const auto& [texts, section] : {std::pair{&one.additional, &reply.additional}, std::pair{&one.authority, &reply.authority}}) {
    for (const std::string& text : *texts) {
      std::optional<Record> made = execute(turn, text, data);
      if (!made) return false;
      section->push_back(std::move(*made));
    }
  }
  return true;
}

Returned missed(Turn& turn) {
  if (turn.since(1, 9, 3)) return turn.fail("SERVFAIL", "a template of this type and zone does not match, and nothing falls through");
  Returned returned = turn.drop("a template of this type and zone does not match, and nothing falls through");
  returned.rcode = "NXDOMAIN";
  return returned;
}

Returned serve_template(Turn& turn) {
  const Templates& templates = turn.settings<Templates>();
  if (match(templates.zones, turn.request.lower).empty()) return turn.pass("no zone of its own fits");
  for (const Template& one : templates.all) {
    const Match matched = match_of(turn, one);
    if (matched.fits || !matched.goes_on) turn.at(one.directive, one.place);
    if (!matched.fits) {
      if (!matched.goes_on) return missed(turn);
      continue;
    }
    if (one.rcode == "SERVFAIL") return turn.fail("SERVFAIL", "a template matches and says so");
    Message message = reply_to(turn.request, one.rcode, true);
    bool panics = false;
    const bool filled = fill(turn, one, matched.data, message.reply, panics);
    if (panics) return turn.panic("nobody answers for the target of its CNAME");
    if (!filled) {
      return turn.fail("SERVFAIL", "a template matches, and what it makes is not a record", "template: no record");
    }
    if (turn.walk.stopped()) return {};
    return turn.answer(std::move(message), "a template matches", one.rcode);
  }
  return turn.pass("no template is for it");
}

void tell_templates(const void* settings, const Surroundings&, Interests& interests) {
  for (const Template& one : static_cast<const Templates*>(settings)->all) {
    interests.types.insert(one.type);
    for (std::size_t i = 0; i < one.patterns.size(); ++i) {
      if (one.texts[i] != ".*") interests.test({NamePattern::Kind::regex, one.texts[i], one.patterns[i]});
    }
    for (const std::string& condition : one.conditions) interests.expression(condition);
    for (const Variable& variable : one.variables) interests.expression(variable.expression);
  }
}

void read_property(const Setup& setup, const Line& property, Template& made) {
  const std::string_view name = property.name();
  const std::span<const Word> arguments = property.arguments();
  const auto add = [&arguments](std::vector<std::string>& to) {
    for (const Word& word : arguments) to.emplace_back(word.text);
  };
  if (name == "match") {
    add(made.texts);
    for (const Word& word : arguments) made.patterns.push_back(setup.patterns.of(word.text));
  }
  if (name == "answer") add(made.answer);
  if (name == "additional") add(made.additional);
  if (name == "authority") add(made.authority);
  if (name == "rcode" && !arguments.empty()) made.rcode = arguments.front().text == "NOTIMPL" ? "NOTIMP" : arguments.front().text;
  if (name == "fallthrough") made.fallthrough = setup.fallthrough_of(property);
  if (name == "var" && arguments.size() > 1) made.variables.push_back({std::string(arguments[0].text), joined(arguments.subspan(1))});
  if (name == "expr") made.conditions.push_back(joined(arguments));
}

}  // namespace

Handlers template_(const Setup& setup) {
  Templates templates;
  for (const Stanza& directive : setup.stanzas) {
    Template& made = templates.all.emplace_back();
    const std::span<const Word> arguments = directive.arguments;
    if (!arguments.empty()) made.klass = arguments[0].text;
    if (arguments.size() > 1) made.type = arguments[1].text;
    made.zones = setup.zones_of(directive);
    made.directive = directive.index;
    made.place = directive.place;
    templates.zones.insert(templates.zones.end(), made.zones.begin(), made.zones.end());
    for (const Line& property : directive.properties) read_property(setup, property, made);
    if (!made.patterns.empty()) continue;
    made.texts = {".*"};
    made.patterns.push_back(setup.patterns.of(".*"));
  }
  return {make_handler(setup, serve_template, std::move(templates), tell_templates)};
}

}  // namespace corefile::flow_detail
