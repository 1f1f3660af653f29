// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/corefile.hpp>
#include <corefile/flow_either.hpp>
#include <corefile/queries.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app.hpp"
#include "arguments.hpp"
#include "log.hpp"
#include "settings.hpp"
#include "traced.hpp"

namespace corefile::app {
namespace {

using Json = nlohmann::ordered_json;

/// One Corefile with its answers.
struct Answers {
  const Corefile* corefile;
  std::vector<Trace> traces;  ///< by query
  std::vector<std::vector<Alternative>> either;
};

const Config& config_of(const Answers& answers) { return answers.corefile->readings.literal(); }

std::string line(const At& at) { return at.path + ':' + std::to_string(at.position.line); }

/// The question as it came to the plugin: name and type.
std::pair<std::string_view, std::string_view> question(const Hop& hop, const Step& step) {
  return step.name.empty() ? std::pair<std::string_view, std::string_view>(hop.name, hop.type)
                           : std::pair<std::string_view, std::string_view>(step.name, step.type);
}

void draw_steps(const Opened& opened, const Answers& answers, const Hop& hop, const std::string& indent, std::string& out) {
  const Config& config = config_of(answers);
  std::size_t names = 0;
  std::size_t places = 0;
  for (const Step& step : hop.steps) {
    names = std::max(names, to_string(step.plugin).size());
    places = std::max(places, line(at(opened, *answers.corefile, config, step.place)).size());
  }
  const auto padded = [](std::string text, std::size_t width) {
    text.resize(std::max(text.size(), width), ' ');
    return text;
  };
  for (std::size_t i = 0; i < hop.steps.size(); ++i) {
    const Step& step = hop.steps[i];
    out += indent + "  " + padded(std::string(to_string(step.plugin)), names) + "  ";
    out += padded(visible(line(at(opened, *answers.corefile, config, step.place))), places) + "  ";
    out += std::string(to_string(step.did));
    if (!step.why.empty()) out += ": " + visible(step.why);
    if (i + 1 < hop.steps.size() && question(hop, hop.steps[i + 1]) != question(hop, step)) {
      const auto [name, type] = question(hop, hop.steps[i + 1]);
      out += ", now " + visible(name) + ' ' + visible(type);
    }
    out += '\n';
  }
}

void draw_hop(const Opened& opened, const Answers& answers, const Hop& hop, std::string& out) {
  const std::string indent(2 + std::size_t{2} * std::min<std::uint32_t>(hop.depth, 16), ' ');
  out += indent;
  if (hop.depth > 0) out += "looks up " + visible(hop.name) + ' ' + visible(hop.type) + ": ";
  if (!hop.block) {
    out += "no server block takes it\n";
    return;
  }
  const Config& config = config_of(answers);
  out += "block " + visible(hop.zone);
  if (!hop.view.empty()) out += ", view " + visible(hop.view);
  out += "  " + visible(line(at(opened, *answers.corefile, config, config.block(*hop.block).head()))) + '\n';
  draw_steps(opened, answers, hop, indent, out);
}

void draw_records(std::string_view title, const std::vector<Record>& records, std::string& out) {
  if (records.empty()) return;
  if (!title.empty()) out += "    " + std::string(title) + ":\n";
  for (const Record& record : records) out += "    " + visible(to_string(record)) + '\n';
}

void draw(const Opened& opened, const Answers& answers, const Query& query, std::size_t index, std::string& out) {
  const Trace& trace = answers.traces[index];
  out += visible(query.name) + ' ' + visible(query.type) + "  to " + visible(trace.listener) + " from " + visible(query.client) + '\n';
  for (const Hop& hop : trace.hops) draw_hop(opened, answers, hop, out);
  for (const Asked& asked : trace.asked) {
    out += "  asks " + visible(asked.upstream);
    if (asked.one_of.size() > 1) out += " or another of " + std::to_string(asked.one_of.size());
    out += " over " + visible(asked.protocol) + ": " + visible(asked.name) + ' ' + visible(asked.type) + '\n';
  }
  if (trace.crashed) out += "  CoreDNS crashes\n";
  if (trace.endless) out += "  CoreDNS comes to no end\n";
  if (!trace.reply) {
    if (!trace.crashed && !trace.endless) out += "  nothing is sent: the client waits until it gives up\n";
  } else if (trace.reply->known) {
    const Reply& reply = *trace.reply;
    out += trace.depends.empty() ? "  " : "  as far as is known: ";
    out += visible(reply.rcode);
    if (!trace.by().empty()) out += " from " + visible(trace.by());
    if (reply.rcode == "NOERROR" && reply.answer.empty()) out += ", without an answer";
    out += '\n';
    draw_records({}, reply.answer, out);
    draw_records("authority", reply.authority, out);
    draw_records("additional", reply.additional, out);
  }
  for (const std::string& on : trace.depends) {
    out += "  depends on " + visible(on) + '\n';
    for (const Alternative& one : answers.either[index]) {
      if (one.on == on) out += "    if " + visible(one.if_so) + ": " + visible(one.becomes) + '\n';
    }
  }
}

std::string text(const Opened& opened, const std::vector<Answers>& all, const std::vector<Query>& queries) {
  std::string out;
  for (const Answers& answers : all) {
    if (all.size() > 1) {
      const Embedded& embedded = *answers.corefile->embedded;
      if (!out.empty()) out += '\n';
      out += visible(embedded.object) + ", " + visible(embedded.key) + ":\n";
    }
    for (std::size_t i = 0; i < queries.size(); ++i) {
      if (i > 0) out += '\n';
      draw(opened, answers, queries[i], i, out);
    }
  }
  return out;
}

Json records(const std::vector<Record>& all) {
  Json out = Json::array();
  for (const Record& record : all) {
    out.push_back({{"name", record.name}, {"ttl", record.ttl}, {"class", record.klass}, {"type", record.type}, {"data", record.data}});
  }
  return out;
}

Json json_of(const Opened& opened, const Answers& answers, const Hop& hop) {
  const Config& config = config_of(answers);
  Json out{{"depth", hop.depth}, {"name", hop.name}, {"type", hop.type}};
  if (hop.block) {
    const At where = at(opened, *answers.corefile, config, config.block(*hop.block).head());
    out["zone"] = hop.zone;
    out["view"] = hop.view;
    out["path"] = where.path;
    out["line"] = where.position.line;
  }
  out["steps"] = Json::array();
  for (const Step& step : hop.steps) {
    const At where = at(opened, *answers.corefile, config, step.place);
    out["steps"].push_back({{"plugin", to_string(step.plugin)},
                            {"path", where.path},
                            {"line", where.position.line},
                            {"did", to_string(step.did)},
                            {"name", question(hop, step).first},
                            {"type", question(hop, step).second},
                            {"why", step.why}});
  }
  out["by"] = hop.by;
  return out;
}

Json json_of(const Opened& opened, const Answers& answers, const Query& query, std::size_t index) {
  const Trace& trace = answers.traces[index];
  Json out{{"name", query.name}, {"type", query.type}, {"listener", trace.listener}, {"from", query.client}};
  out["hops"] = Json::array();
  for (const Hop& hop : trace.hops) out["hops"].push_back(json_of(opened, answers, hop));
  out["asked"] = Json::array();
  for (const Asked& asked : trace.asked) {
    out["asked"].push_back(
        {{"upstream", asked.upstream}, {"protocol", asked.protocol}, {"name", asked.name}, {"type", asked.type}, {"oneOf", asked.one_of}});
  }
  out["reply"] = nullptr;
  if (trace.reply) {
    const Reply& reply = *trace.reply;
    out["reply"] = {{"known", reply.known},
                    {"by", trace.by()},
                    {"rcode", reply.rcode},
                    {"authoritative", reply.authoritative},
                    {"answer", records(reply.answer)},
                    {"authority", records(reply.authority)},
                    {"additional", records(reply.additional)}};
  }
  out["depends"] = trace.depends;
  out["either"] = Json::array();
  for (const Alternative& one : answers.either[index]) out["either"].push_back({{"on", one.on}, {"if", one.if_so}, {"then", one.becomes}});
  out["endless"] = trace.endless;
  out["crashes"] = trace.crashed;
  return out;
}

std::string json(const Opened& opened, const std::vector<Answers>& all, const std::vector<Query>& queries, Release release) {
  Json corefiles = Json::array();
  for (const Answers& answers : all) {
    Json& corefile = corefiles.emplace_back(Json::object());
    if (const Embedded* embedded = answers.corefile->embedded) corefile = {{"object", embedded->object}, {"key", embedded->key}};
    corefile["queries"] = Json::array();
    for (std::size_t i = 0; i < queries.size(); ++i) corefile["queries"].push_back(json_of(opened, answers, queries[i], i));
  }
  const Json report{{"version", 1}, {"path", opened.file.name()}, {"coredns", to_string(release)}, {"corefiles", std::move(corefiles)}};
  return report.dump(2, ' ', true, Json::error_handler_t::replace) + '\n';
}

std::vector<Query> queries_of(const Invocation& invocation, const AskArguments& arguments) {
  std::vector<std::string> words = arguments.names;
  if (words == std::vector<std::string>{"-"}) {
    if (arguments.path == "-") throw UsageError("ask reads the Corefile or the names from standard input, not both");
    std::optional<std::string> text = invocation.standard_input ? invocation.standard_input() : std::nullopt;
    if (!text) throw Trouble("standard input cannot be read");
    std::istringstream in(*text);
    words.clear();
    for (std::string word; in >> word;) words.push_back(std::move(word));
  }
  Query like;
  if (!arguments.from.empty()) like.client = arguments.from;
  like.listener = arguments.listener;
  like.tcp = arguments.tcp;
  std::vector<Query> queries = read_queries(words, like);
  if (queries.empty()) throw UsageError("ask needs a name: `corefile-lint ask Corefile www.example.org`");
  return queries;
}

void insist_listener(const Flow& flow, const std::string& listener) {
  const std::vector<std::string> all = flow.listeners();
  if (listener.empty() || std::find(all.begin(), all.end(), listener) != all.end()) return;
  std::string known;
  for (const std::string& one : all) known += (known.empty() ? "" : ", ") + one;
  throw UsageError("--listener: `" + listener + "` is not one of " + known);
}

}  // namespace

void ask(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  const auto arguments = parse_arguments<AskArguments>(std::move(words));
  if (arguments.path.empty()) throw UsageError("ask needs a file, or - for standard input, and names");
  insist_on("--format", arguments.format, {"text", "json"});
  const Release release = release_asked(arguments.coredns, arguments.kubernetes, outcome);
  const ExternalPlugins plugins = read_plugins(arguments.plugins);
  const std::vector<Query> queries = queries_of(invocation, arguments);
  const Opened opened =
      open_corefiles(invocation, arguments.path, arguments.stdin_filename, read_kind(arguments.kind), read_environment(arguments.env));
  const AskedFiles files(opened.beside.get(), arguments.resolv_conf);
  const std::optional<Cluster> cluster = cluster_in(arguments.cluster);
  World world;
  world.files = &files;
  world.cluster = cluster ? &*cluster : nullptr;

  std::vector<Answers> all;
  for (const Corefile& corefile : opened.corefiles) {
    // Lines for inside a block that another file opens.
    if (corefile.role == Role::custom_override) continue;
    insist(opened, corefile, release, plugins, files);
    const Flow prepared = flow(corefile.readings.literal(), release);
    insist_listener(prepared, arguments.listener);
    Answers& answers = all.emplace_back(Answers{&corefile, {}, {}});
    for (const Query& query : queries) {
      const Trace& way = answers.traces.emplace_back(trace(prepared, query, world));
      answers.either.push_back(either_way(prepared, query, world, way));
    }
  }
  if (all.empty()) throw Trouble(opened.file.name() + ": lines for inside a server block; ask the Corefile that imports them");
  outcome.out = arguments.format == "json" ? tame_json(json(opened, all, queries, release)) : text(opened, all, queries);
}

}  // namespace corefile::app
