// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>

#include "flow/resolv_conf.hpp"
#include "lint/circles.hpp"
#include "plugins/facts.hpp"
#include "resolve/import.hpp"
#include "resolvers.hpp"

namespace corefile::rules::forward_mixed_private_public {
namespace {

enum class Kind : std::uint8_t { other, site, open };

/// Asked for names that the Internet does not know.
bool is_own(const Upstream& upstream) { return is_private(upstream) || is_of_cloud(upstream); }

/// All that a server block of this Corefile asks, where a query goes through it.
Kind kind_behind(ServerBlock block) {
  Kind all = Kind::other;
  for (const Directive directive : block.directives()) {
    if (is_backend(directive.plugin()) && !directive.is(Plugin::forward)) return Kind::other;
    if (!directive.is(Plugin::forward)) continue;
    for (const Word& word : directive.upstreams()) {
      const Upstream upstream = read_upstream(word);
      const Kind kind = is_public(upstream) ? Kind::open : is_own(upstream) ? Kind::site : Kind::other;
      if (kind == Kind::other || (all != Kind::other && all != kind)) return Kind::other;
      all = kind;
    }
  }
  return all;
}

/// One upstream leads to a block that asks the site's resolvers, another to one that asks public ones.
void check_hops(Directive directive, Release release, Report& report) {
  const Config& config = *directive.config;
  const auto policy = directive.properties().find("policy");
  if (policy && policy->words.size() > 1 && policy->words[1].text == "sequential") return;
  const std::string from = from_zone(directive, release);
  if (from.empty()) return;
  const Listeners listeners(config, release);
  const Word* site = nullptr;
  const Word* open = nullptr;
  for (const Word& word : directive.upstreams()) {
    const auto receiver = listeners.receiver(read_upstream(word), from);
    const Kind kind = receiver && *receiver != directive.block() ? kind_behind(config.block(*receiver)) : Kind::other;
    if (kind == Kind::other) return;
    (kind == Kind::site ? site : open) = &word;
  }
  if (site == nullptr || open == nullptr) return;
  Diagnostic& found = report.at(*open, "a block that asks public resolvers and one that asks the site's own are asked at random");
  found.label = "knows no names of this site";
  found.labels.push_back({config.place(*site), "leads to a private address"});
  found.notes.push_back(
      "names that only the site's resolver knows do not exist whenever the other is asked: NXDOMAIN is an answer, and final");
  found.help = "give the site's own zones a server block that forwards to its resolver alone";
}

/// The text of a resolv.conf that lies beside the Corefile, or that the caller gave as the node's.
std::string text_of_file(const Config& config, const Word& word, const Context& context) {
  if (context.resolv_conf != nullptr && (word.text == "/etc/resolv.conf" || word.text == context.resolv_conf_name))
    return *context.resolv_conf;
  if (context.files == nullptr || word.unknown || word.text.empty() || word.text.starts_with('/')) return {};
  Files::Content content =
      context.files->read(resolve_detail::join(resolve_detail::folder_of(config.document(0).source().name()), std::string(word.text)));
  return content.status == Files::Status::ok ? std::move(content.text) : std::string();
}

/// One file that names both.
void check_file(Directive directive, const Word& word, const Context& context, Report& report) {
  const Upstream upstream = read_upstream(word);
  if (upstream.kind == Upstream::Kind::address || directive.config->block(directive.block()).fragment()) return;
  const auto policy = directive.properties().find("policy");
  if (policy && policy->words.size() > 1 && policy->words[1].text == "sequential") return;
  std::string own, open;
  for (const std::string& server : flow_detail::name_servers(text_of_file(*directive.config, word, context))) {
    const Upstream one = read_upstream(server);
    // Of the cluster's own Service forward-to-resolv-conf speaks.
    if (std::find(context.service_addresses.begin(), context.service_addresses.end(), one.host) != context.service_addresses.end()) return;
    std::string& kind = is_public(one) ? open : own;
    if ((is_public(one) || is_own(one)) && kind.empty()) kind = std::string(one.host);
  }
  if (own.empty() || open.empty()) return;
  Diagnostic& found = report.at(word, "this file names `" + own + "` and the public `" + open + "`, which are asked at random");
  found.label = "not in the order of the file";
  found.notes.push_back("a resolver of the C library asks the first server and takes the next one if it fails; `forward` does not");
  found.notes.push_back("names that only `" + own + "` knows do not exist whenever `" + open +
                        "` is asked: NXDOMAIN is an answer, and final");
  found.help = "give the site's own zones a server block that forwards to `" + own + "` alone, or write `policy sequential`";
}

void check(Directive directive, const Context& context, Report& report) {
  const auto words = directive.upstreams();
  if (words.size() == 1) check_file(directive, words.front(), context, report);
  if (words.size() < 2) return;
  if (std::all_of(words.begin(), words.end(), [&context](const Word& word) { return context.upstreams->of(word).loopback; }))
    return check_hops(directive, context.release, report);
  const Word* own = nullptr;
  const Word* open = nullptr;
  bool file = false;
  for (const Word& word : words) {
    const Upstream& upstream = context.upstreams->of(word);
    if (is_public(upstream)) {
      open = open == nullptr ? &word : open;
    } else if (is_own(upstream) || names_resolv_conf(upstream)) {
      if (own == nullptr) file = names_resolv_conf(upstream);
      own = own == nullptr ? &word : own;
    }
  }
  if (own == nullptr || open == nullptr) return;
  const auto policy = directive.properties().find("policy");
  const std::string_view chosen = policy && policy->words.size() > 1 ? policy->words[1].text : std::string_view("random");
  if (chosen != "random" && chosen != "round_robin") return;
  const std::string inside = "`" + std::string(own->text) + "`";
  const std::string outside = "`" + std::string(open->text) + "`";
  Diagnostic& found = report.at(*open, inside + " and the public " + outside + " are asked " +
                                           (chosen == "random" ? "at random" : "in turn") + ", not one after the other");
  if (file) found.severity = Severity::info;
  found.label = "knows no names of this site";
  found.labels.push_back({directive.config->place(*own), file                                       ? "whatever the file names"
                                                         : is_of_cloud(context.upstreams->of(*own)) ? "the cloud's own resolver"
                                                                                                    : "a private address"});
  found.notes.push_back("names that only " + inside + " knows do not exist whenever " + outside +
                        " is asked: NXDOMAIN is an answer, and final");
  found.help = "give the site's own zones a server block that forwards to " + inside + " alone; where " + outside +
               " is only a spare, `policy sequential` asks it when the first fails";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::forward}, .severity = Severity::warning};

}  // namespace corefile::rules::forward_mixed_private_public
