// SPDX-License-Identifier: Apache-2.0
#include <corefile/render.hpp>

#include "render/findings.hpp"
#include "render/text.hpp"

namespace corefile {
namespace {

using namespace render;

// actions/toolkit, packages/core/src/command.ts: `%` first.
std::string escape_data(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '%') {
      out += "%25";
    } else if (c == '\r') {
      out += "%0D";
    } else if (c == '\n') {
      out += "%0A";
    } else {
      out += c;
    }
  }
  return without_commands(std::move(out));
}

std::string escape_property(std::string_view text) {
  std::string out;
  for (const char c : escape_data(text)) {
    if (c == ':') {
      out += "%3A";
    } else if (c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

std::string shown_lines(std::string_view text) {
  std::string out;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    out += shown(text.substr(0, end)) + '\n';
    text.remove_prefix(end + 1);
  }
  return out + shown(text);
}

std::string command(const Found& found, const RenderOptions& options) {
  const Diagnostic& finding = found.finding;
  const Position begin = found.positions.begin(finding.place);
  const Position end = found.positions.end(finding.place);
  std::string out = finding.severity == Severity::error ? "::error" : finding.severity == Severity::warning ? "::warning" : "::notice";
  out += " file=" + escape_property(visible(path_of(found.analysis, finding.place, options)));
  out += ",line=" + std::to_string(begin.line);
  // The runner drops columns of what ends on another line.
  if (end.line == begin.line) {
    out += ",col=" + std::to_string(begin.column) + ",endLine=" + std::to_string(end.line) + ",endColumn=" + std::to_string(end.column);
  } else {
    out += ",endLine=" + std::to_string(end.line);
  }
  return out + ",title=" + escape_property(std::string("corefile-lint ") + visible(finding.rule)) +
         "::" + escape_data(shown_lines(story(finding))) + '\n';
}

}  // namespace

std::string render_github(const std::vector<Analysis>& analyses, const RenderOptions& options) {
  std::string out;
  for (const Unread& input : options.unread) {
    out += "::error file=" + escape_property(visible(path_of(input.path, options))) +
           ",title=corefile-lint::" + escape_data(shown(input.path + ": " + input.message)) + '\n';
  }
  // The runner shows ten of a kind.
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    for_each_finding(analyses, [&](const Found& found) {
      if (found.finding.severity == severity) out += command(found, options);
    });
  }
  return out;
}

}  // namespace corefile
