// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>
#include <utility>

#include "lint/fixer.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::proxy_removed {
namespace {

constexpr std::size_t most_compared = 64;

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string text_of(std::span<const Word> words) {
  std::string out;
  for (const Word& word : words) out += (out.empty() ? "" : " ") + std::string(word.text);
  return out;
}

// The last `protocol` counts (coredns v1.4.0, plugin/proxy/upstream.go).
bool is_grpc(Directive proxy) {
  bool grpc = false;
  for (const Property property : proxy.properties()) {
    if (property.name() == "protocol" && property.words.size() > 1) grpc = property.words[1].text == "grpc";
  }
  return grpc;
}

// One `proxy` as `forward` or `grpc`.
class Rewriting {
 public:
  explicit Rewriting(Directive proxy) : config_(*proxy.config), proxy_(proxy), grpc_(is_grpc(proxy)) {
    edits.push_back(Fixer(config_).replace(proxy.name_word(), grpc_ ? "grpc" : "forward"));
    for (const Property property : proxy.properties()) option(property);
    if (kept_ == 0 && !gone_.empty() && drop_block()) return;
    for (const auto& words : gone_) drop(words);
    std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.place < b.place; });
  }

  std::vector<Edit> edits;
  std::vector<std::string> notes;
  bool exact = true;
  bool one_file() const {
    const auto words = proxy_.words();
    return std::all_of(words.begin(), words.end(), [&](const Word& word) { return word.expansion == words.front().expansion; });
  }

 private:
  void option(Property property) {
    const std::string_view name = property.name();
    if (name == "policy") {
      policy(property);
    } else if (name == "protocol") {
      protocol(property);
    } else if (name == "spray") {
      lose(property, grpc_ ? "" : "`spray`: `forward` always asks some upstream when all seem down");
    } else if (name == "fail_timeout") {
      lose(property, quoted(text_of(property.words)) + ": no equivalent; " +
                         (grpc_ ? "`grpc` does not mark upstreams as down"
                                : "an upstream that is down comes back with the first health check it answers"));
      exact = false;
    } else if (name == "health_check") {
      lose(property, quoted(text_of(property.words)) + ": no equivalent; " +
                         (grpc_ ? "`grpc` checks no upstreams" : "`forward` checks upstreams by itself, with DNS queries instead of HTTP"));
      exact = false;
    } else if (name == "max_fails") {
      max_fails(property);
    } else {
      ++kept_;
    }
  }

  void policy(Property property) {
    ++kept_;
    if (property.words.size() < 2) return;
    const Word& word = property.words[1];
    if (word.text == "first") edits.push_back(Fixer(config_).replace(word, "sequential"));
    if (word.text != "least_conn") return;
    edits.push_back(Fixer(config_).replace(word, "random"));
    notes.push_back("`policy least_conn`: no equivalent; `random` comes next to it");
    exact = false;
  }

  void protocol(Property property) {
    const std::span<const Word> words = property.words;
    const std::string_view kind = words.size() > 1 ? words[1].text : std::string_view();
    const std::string_view next = words.size() > 2 ? words[2].text : std::string_view();
    if (kind == "dns" && next == "force_tcp" && !grpc_) {
      ++kept_;
      edits.push_back({config_.place(words.first(3)), "force_tcp"});
    } else if (kind == "grpc" && grpc_ && !(words.size() == 3 && next == "insecure")) {
      ++kept_;
      edits.push_back({config_.place(words.first(2)), "tls"});
    } else if (kind == "dns" || kind == "grpc") {
      lose(property, "");
    } else {
      lose(property,
           quoted(text_of(words)) + ": no equivalent; Google answers DNS over TLS at `tls://8.8.8.8` with `tls_servername dns.google`");
      exact = false;
    }
  }

  void max_fails(Property property) {
    const std::string_view count = property.words.size() > 1 ? property.words[1].text : std::string_view();
    exact = false;
    if (grpc_ || count.empty() || count.find_first_not_of("0123456789") != std::string_view::npos) {
      lose(property, quoted(text_of(property.words)) + ": no equivalent");
      return;
    }
    ++kept_;
    notes.push_back(quoted(text_of(property.words)) + " counts failed health checks in `forward`, and failed queries in `proxy`");
  }

  void lose(Property property, std::string why) {
    gone_.push_back(property.words);
    if (!why.empty()) notes.push_back(std::move(why));
  }

  // The whole block, where nothing but options stands in it.
  bool drop_block() {
    const Word& last = proxy_.arguments().empty() ? proxy_.name_word() : proxy_.arguments().back();
    const Word& brace = proxy_.words().back();
    if (brace.text != "}" || !one_file()) return false;
    const Place at{config_.place(last).document, {last.span.end, brace.span.end}};
    if (config_.text(at).find('#') != std::string_view::npos) return false;
    edits.push_back({at, ""});
    return true;
  }

  // With its line; without it where a comment stands there too.
  void drop(std::span<const Word> words) {
    if (auto line = Fixer(config_).remove_lines(words)) {
      edits.push_back(std::move(*line));
      return;
    }
    Place at = config_.place(words);
    const std::string_view text = config_.document(at.document).source().text();
    while (at.span.end < text.size() && (text[at.span.end] == ' ' || text[at.span.end] == '\t')) ++at.span.end;
    edits.push_back({at, ""});
  }

  const Config& config_;
  Directive proxy_;
  bool grpc_;
  std::size_t kept_ = 0;
  std::vector<std::span<const Word>> gone_;
};

std::string_view from_of(Directive directive) {
  return directive.arguments().empty() ? std::string_view() : zone_of(directive.arguments().front());
}

// Why the forwarders of a block cannot be rewritten one by one; empty if they can.
std::string obstacle(const std::vector<Directive>& all, Release release) {
  const auto grpcs = std::count_if(all.begin(), all.end(), is_grpc);
  const auto forwards = static_cast<std::ptrdiff_t>(all.size()) - grpcs;
  if (grpcs > 0 && !brings(release, Plugin::grpc)) return "`grpc`, which takes the place of `protocol grpc`, comes with CoreDNS 1.5.0";
  if (grpcs > 1)
    return "`grpc`, which takes the place of `protocol grpc`, may stand once in a server block: give each zone a block of its own";
  if (forwards > 1 && stands_once(Plugin::forward, release)) {
    return "before CoreDNS 1.9.4 `forward` may stand once in a server block: give each zone a block of its own";
  }
  for (std::size_t i = 0; i < std::min(all.size(), most_compared); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const bool first = covers(from_of(all[j]), from_of(all[i]));
      const bool second = covers(from_of(all[i]), from_of(all[j]));
      if (is_grpc(all[i]) != is_grpc(all[j])) {
        if (is_grpc(all[i]) ? first : second) return "`forward` is asked before `grpc` and would take its zone: let it `except` that zone";
      } else if (first) {
        return "`proxy` takes the longest zone, `forward` the first one in the file: put the longer zone first";
      }
    }
  }
  return all.size() > most_compared ? "too many to be rewritten one by one" : "";
}

void report_one(Directive proxy, const std::string& why_not, const Context& context, Report& report) {
  const bool gone = !brings(context.release, Plugin::proxy);
  Diagnostic& found =
      report.at(proxy.name_word(), gone ? "`proxy` is no longer part of CoreDNS" : "`proxy` is no longer part of CoreDNS from 1.5.0 on");
  found.severity = gone ? Severity::error : Severity::info;
  if (gone) found.notes.push_back("CoreDNS " + to_string(context.release) + " refuses the file: Unknown directive 'proxy'");
  if (gone && context.release_assumed)
    found.notes.push_back("CoreDNS 1.4.0 is the last that has it; `--coredns VERSION` names the release that runs");
  Rewriting rewriting(proxy);
  const std::string_view plugin = is_grpc(proxy) ? "grpc" : "forward";
  found.help = "write " + quoted(plugin) + (gone ? "" : " before the upgrade");
  for (std::string& note : rewriting.notes) found.notes.push_back(std::move(note));
  if (!why_not.empty()) found.notes.push_back(why_not);
  if (!rewriting.one_file()) return;
  const Safety safety = !why_not.empty() ? Safety::shown : rewriting.exact ? Safety::safe : Safety::unsafe;
  found.fixes.push_back({"write " + quoted(plugin), safety, std::move(rewriting.edits)});
}

void check(ServerBlock block, const Context& context, Report& report) {
  if (!block.has(Plugin::proxy)) return;
  std::vector<Directive> all;
  for (const Directive directive : block.directives()) {
    if (directive.is(Plugin::proxy) || directive.is(Plugin::forward)) all.push_back(directive);
  }
  const std::string why_not = obstacle(all, context.release);
  for (const Directive directive : all) {
    if (directive.is(Plugin::proxy)) report_one(directive, why_not, context, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::proxy}, .severity = Severity::error, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::proxy_removed
