// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/corefile.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "../read_file.hpp"

namespace fs = std::filesystem;
using namespace corefile;

namespace {

std::multiset<std::string> comments(std::string_view text) {
  std::multiset<std::string> out;
  const Document document = parse(Source("Corefile", std::string(text)));
  for (std::uint32_t i = 0; i < document.token_count(); ++i) {
    if (document.kind(i) != TokenKind::comment) continue;
    std::string_view comment = document.text(i);
    comment.remove_prefix(std::min(comment.find_first_not_of("# \t"), comment.size()));
    while (!comment.empty() && (comment.back() == ' ' || comment.back() == '\t' || comment.back() == '\r')) comment.remove_suffix(1);
    out.emplace(comment);
  }
  return out;
}

std::size_t errors(const Analysis& analysis) {
  return static_cast<std::size_t>(std::count_if(analysis.diagnostics.begin(), analysis.diagnostics.end(),
                                                [](const Diagnostic& found) { return found.severity == Severity::error; }));
}

bool loads(std::string_view text) { return load(resolve(parse(Source("Corefile", std::string(text)))), newest_release()).loads(); }

std::size_t bare_line_ends(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) count += text[i] == '\n' && (i == 0 || text[i - 1] != '\r') ? 1 : 0;
  return count;
}

std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' && !out.ends_with('\r')) out += '\r';
    out += c;
  }
  return out;
}

struct Totals {
  std::size_t texts = 0, changed = 0, wrong = 0;
};

/// What is wrong with the way a text is fixed; empty: nothing.
std::string wrong(const Source& source, Safety at_least, bool is_manifest, bool& changed) {
  Options options;
  options.kind = is_manifest ? InputKind::manifest : InputKind::corefile;
  const Analysis before = check(source, options);
  const Fixed fixed = fix(source, options, at_least);
  if (fixed.files.empty()) return {};
  changed = true;
  const FixedFile& file = fixed.files.front();
  if (fixed.files.size() > 1 || file.before != source.text() || file.applied == 0) return "the input alone may change";
  if (!fix(Source(source.name(), file.after), options, at_least).files.empty()) return "not done after all rounds";
  if (errors(fixed.analysis) > errors(before)) return "more errors than before";
  if (fixed.analysis.corefiles != before.corefiles) return "another number of Corefiles";
  if (bare_line_ends(file.before) == 0 && bare_line_ends(file.after) != 0) return "line ends are mixed";
  if (is_manifest) return {};
  const auto had = comments(file.before);
  const auto has = comments(file.after);
  if (!std::includes(has.begin(), has.end(), had.begin(), had.end())) return "a comment is lost";
  if (loads(file.before) && !loads(file.after)) return "it loaded before";
  return {};
}

void try_text(const std::string& name, const std::string& text, bool is_manifest, Totals& totals) {
  ++totals.texts;
  bool changed = false;
  for (const bool crlf : {false, true}) {
    const Source source(name, crlf ? with_crlf(text) : text);
    for (const Safety at_least : {Safety::safe, Safety::unsafe}) {
      const std::string fault = wrong(source, at_least, is_manifest, changed);
      if (fault.empty()) continue;
      ++totals.wrong;
      const Fixed fixed = fix(source, {}, at_least);
      fmt::print("{} ({}{}): {}\n{}\n---\n{}\n", name, to_string(at_least), crlf ? ", CRLF" : "", fault, visible(source.text()),
                 fixed.files.empty() ? "" : visible(fixed.files.front().after));
    }
  }
  if (changed) ++totals.changed;
}

void try_recorded(const fs::path& path, std::size_t every, Totals& totals) {
  std::ifstream in(path);
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    if (number++ % every != 0) continue;
    const nlohmann::json recorded = nlohmann::json::parse(line);
    try_text(recorded.at("id"), recorded.at("corefile"), false, totals);
  }
}

}  // namespace

/// fix_test [--every N] PATH…: what every fixed text must be, for files, folders of them, and every Nth text of recordings.
int main(int argc, char** argv) {
  Totals totals;
  std::size_t every = 1;
  for (int i = 1; i < argc; ++i) {
    const fs::path path = argv[i];
    if (path == "--every" && i + 1 < argc) {
      every = std::max<std::size_t>(std::strtoul(argv[++i], nullptr, 10), 1);
    } else if (path.extension() == ".jsonl") {
      try_recorded(path, every, totals);
    } else if (fs::is_directory(path)) {
      for (const auto& entry : fs::recursive_directory_iterator(path)) {
        if (!entry.is_regular_file() || entry.path().extension() == ".verdicts") continue;
        const std::string text = read_file(entry.path());
        try_text(entry.path().string(), text, looks_like_manifest(entry.path().string(), text), totals);
      }
    } else {
      fmt::print("{} is not here: left out\n", path.string());
    }
  }
  fmt::print("fixes: {} texts, {} changed, {} wrong\n", totals.texts, totals.changed, totals.wrong);
  return totals.texts > 0 && totals.wrong == 0 ? 0 : 1;
}
