// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/corefile.hpp>
#include <deque>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <vector>

#include "../pages/asks.hpp"
#include "../pages/run.hpp"
#include "../read_file.hpp"

namespace {

using corefile::Analysis;
using corefile::Diagnostic;
using corefile::Embedded;
using corefile::Fix;
using corefile::LoadVerdict;
using corefile::Release;
using corefile::Role;
using corefile::Source;
using nlohmann::json;

constexpr std::array<Release, 3> asked{Release{1, 15, 0}, Release{1, 11, 3}, Release{1, 8, 6}};

/// A text that CoreDNS gets to see: of an example, or of what a remedy makes of it.
struct Text {
  const pages::Example* example;
  std::string place;  ///< `RULE:LINE what`
  std::string text;
  std::string instead_of{};  ///< a remedy: what stood there before
  Release release{};         ///< a remedy: for which it was made
  bool all = false;          ///< a remedy of all that the example is refused for
  bool remedy() const { return !instead_of.empty(); }
};

/// FNV-1a, 64 bits: a text, its files and its environment.
std::string hash(const Text& text) {
  std::uint64_t sum = 0xcbf29ce484222325U;
  const auto add = [&sum](const std::string& bytes) {
    for (const char c : bytes + '\0') sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  };
  add(text.text);
  for (const auto& [name, content] : text.example->files) add(name), add(content);
  for (const auto& [name, value] : text.example->options.environment.values) add(name), add(value);
  add(text.example->options.resolv_conf.value_or(""));
  return fmt::format("{:016x}", sum);
}

/// The Corefiles in an example's text that are whole ones, by key.
std::map<std::string, std::string> corefiles(const pages::Example& example, const std::string& text) {
  const auto whole = [](Role role) { return role != Role::custom_override && role != Role::custom_server; };
  std::map<std::string, std::string> out;
  if (!example.manifest) {
    if (whole(example.options.role.value_or(Role::standalone))) out.emplace("", text);
    return out;
  }
  for (const Embedded& embedded : corefile::read_corefiles(Source("coredns.yaml", text))) {
    if (whole(example.options.role.value_or(embedded.role)) && !embedded.templated && !embedded.rendered)
      out.emplace(embedded.object + ' ' + embedded.key, std::string(embedded.source.text()));
  }
  return out;
}

bool has_errors(const Analysis& found) {
  return std::any_of(found.diagnostics.begin(), found.diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == corefile::Severity::error; });
}

class Texts {
 public:
  void add_page(const std::string& rule, const pages::Examples& page) {
    for (const pages::Example& example : page.examples) {
      const std::string at = fmt::format("{}:{}", rule, example.fence->line);
      add({&example, at + (example.bad ? " bad" : " good"), example.fence->text}, {});
      if (!example.bad) continue;
      for (const Release release : asked) add_remedies(example, release, rule, at);
      const Release own = example.options.release;
      if (std::find(asked.begin(), asked.end(), own) == asked.end()) add_remedies(example, own, rule, at);
    }
  }
  const std::vector<Text>& all() const { return texts_; }

 private:
  /// Each Corefile of the whole text; of a remedy, those that it changes.
  void add(const Text& whole, const std::string& before) {
    const auto was = corefiles(*whole.example, before);
    for (const auto& [key, inner] : corefiles(*whole.example, whole.text)) {
      const auto old = was.find(key);
      if (!before.empty() && (old == was.end() || old->second == inner)) continue;
      texts_.push_back({whole.example, whole.place, inner, before.empty() ? "" : old->second, whole.release, whole.all});
    }
  }

  /// What `--fix --unsafe-fixes` leaves behind for a release, and each fix that it does not apply by itself.
  void add_remedies(const pages::Example& example, Release release, const std::string& rule, const std::string& at) {
    pages::Example& there = examples_.emplace_back(example);
    there.options.release = release;
    const std::string& text = example.fence->text;
    const auto remedy = [&](const std::string& title, const std::string& after) {
      if (after == text) return;
      const bool all = !has_errors(pages::run(there, after));
      add({&there, fmt::format("{} {} for {}", at, title, corefile::to_string(release)), after, {}, release, all}, text);
    };
    remedy("fixed", pages::fix(there, rule).text);
    for (const Diagnostic& diagnostic : pages::only(pages::run(there, text), rule).diagnostics) {
      for (std::size_t i = pages::fixable(diagnostic) ? 1 : 0; i < diagnostic.fixes.size(); ++i) {
        Diagnostic alone = diagnostic;
        alone.fixes = {diagnostic.fixes[i]};
        remedy('`' + diagnostic.fixes[i].title + '`', corefile::apply(text, {alone}, corefile::Safety::shown));
      }
    }
  }

  std::deque<pages::Example> examples_;  // as for another release
  std::vector<Text> texts_;
};

/// Verdicts by hash and release: lines of `HASH RELEASE…: VERDICT`.
using Recorded = std::map<std::string, std::map<Release, std::string>>;

Recorded read_recorded(const std::string& path) {
  Recorded recorded;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("==") || colon == std::string::npos) continue;
    std::istringstream words(line.substr(0, colon));
    std::string sum;
    words >> sum;
    for (std::string word; words >> word;) {
      if (const auto release = corefile::parse_release(word)) recorded[sum][*release] = line.substr(colon + 2);
    }
  }
  return recorded;
}

LoadVerdict judge(const Text& text, const std::string& corefile, Release release) {
  std::map<std::string, std::string> there = text.example->files;
  there["/etc/resolv.conf"] = text.example->options.resolv_conf.value_or("nameserver 192.0.2.53\n");
  const pages::ExampleFiles files(there, true);
  corefile::ResolveOptions options;
  options.files = &files;
  options.environment = text.example->options.environment;
  options.environment.complete = true;
  options.limits = text.example->options.limits;
  return corefile::load(corefile::resolve(corefile::parse(Source("Corefile", corefile)), options), release, {}, &files);
}

struct Tally {
  std::size_t texts = 0, recorded = 0, remedies = 0, faults = 0;
  void fault(const Text& text, Release release, const std::string& what) {
    ++faults;
    fmt::print("{}: CoreDNS {}: {}\n{}\n", text.place, corefile::to_string(release), what, text.text);
  }
};

void check(const Text& text, const Recorded& recorded, Tally& tally) {
  ++tally.texts;
  tally.remedies += text.remedy() ? 1 : 0;
  const auto said = recorded.find(hash(text));
  if (said == recorded.end()) return;
  ++tally.recorded;
  for (const auto& [release, verdict] : said->second) {
    if (verdict.starts_with("outside")) continue;
    const bool loads = verdict == "loads";
    const LoadVerdict ours = judge(text, text.text, release);
    // The judges are built with a newer Go than the releases were.
    const bool newer_go = !ours.loads() && ours.problems.front().message.ends_with("that only a newer Go reads");
    if (loads != ours.loads() && !newer_go && !ours.depends)
      tally.fault(text, release, fmt::format("{}; we say: {}", verdict, loads ? ours.problems.front().message : "loads"));
    if (!text.remedy() || release != text.release || loads) continue;
    if (text.all) tally.fault(text, release, "the remedy is refused: " + verdict);
    if (judge(text, text.instead_of, release).loads()) tally.fault(text, release, "it loaded before the remedy: " + verdict);
  }
}

json question(const Text& text) {
  const corefile::Options& options = text.example->options;
  json out{{"id", hash(text)},
           {"rule", text.place.substr(0, text.place.find(':'))},
           {"corefile", text.text},
           {"files", text.example->files},
           {"env", options.environment.values}};
  if (options.resolv_conf) out["resolv"] = *options.resolv_conf;
  if (!options.release_assumed) out["release"] = corefile::to_string(options.release);
  return out;
}

void print_questions(const std::string& rule, const pages::Examples& page, const std::string& path) {
  Texts texts;
  texts.add_page(rule, page);
  for (const Text& text : texts.all()) fmt::print("{}\n", question(text).dump());
  for (const pages::Example& example : page.examples) {
    if (example.asks == nullptr) continue;
    json queries = json::array();
    for (const pages::Ask& ask : pages::read_asks(*example.asks)) queries.push_back(ask.query);
    for (const auto& [form, text] : pages::forms(example)) {
      json out = question({&example, rule + ":", text});
      out.update({{"page", path}, {"line", example.asks->line}, {"form", form}, {"queries", queries}});
      fmt::print("{}\n", out.dump());
    }
  }
}

}  // namespace

/// remedies_test FOLDER [--questions]: whether what CoreDNS said (pages.txt) of the pages' examples, and of what their remedies make of
/// them, is what the library says, and whether what was remedied loads. With --questions: what is to be asked, for ./record-pages.
int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: {} FOLDER [--questions]\n", argv[0]);
    return 2;
  }
  const std::string folder = argv[1];
  const bool asking = argc > 2;
  const Recorded recorded = read_recorded(folder + "/tests/oracle/pages.txt");
  Tally tally;
  for (const corefile::Catalogue::Entry& entry : corefile::Catalogue::builtin().entries()) {
    const std::string path = fmt::format("rules/{}/{}.md", entry.group, entry.name);
    const std::string page = read_file(folder + '/' + path);
    const pages::Markdown markdown = pages::read_markdown(page);
    const pages::Examples examples = pages::read_examples(markdown);
    if (asking) {
      print_questions(std::string(entry.name), examples, path);
      continue;
    }
    Texts texts;
    texts.add_page(std::string(entry.name), examples);
    for (const Text& text : texts.all()) check(text, recorded, tally);
  }
  if (asking) return 0;
  fmt::print("remedies: {} texts, {} of them remedies, {} recorded, {} faults\n", tally.texts, tally.remedies, tally.recorded,
             tally.faults);
  return tally.recorded > 0 && tally.faults == 0 ? 0 : 1;
}
