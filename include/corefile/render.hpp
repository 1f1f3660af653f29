// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <corefile/visible.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace corefile {

/// Something that could not be looked at, and why.
struct Unread {
  std::string path;
  std::string message;
};

struct RenderOptions {
  bool colour = false;
  /// Columns; longer source lines are cut around the caret. 0: no limit.
  std::uint32_t width = 160;
  /// Printed with JSON.
  Release release = newest_release();
  /// Told in every format.
  std::vector<Unread> unread{};
  /// Formats for programs show paths below this folder without it; empty: as they are.
  std::string base{};
  /// What they put before relative paths: the folder that these start in, as seen from the base, with a `/` behind it.
  std::string prefix{};
  /// Absolute paths may begin with a drive, as on Windows: `C:/work/Corefile`.
  bool drives = false;
  /// The rules that could have spoken.
  const Catalogue* catalogue = nullptr;  ///< none: the builtin one
};

// Each of them takes O(findings * log findings + the lines that they show), and gives valid UTF-8 of whatever bytes.

/// For people: message, place, source lines with carets, notes, help, fixes. What is found in the same words in several files is shown
/// once, with the other places. No byte of an input reaches the output raw if it is a control character, an escape or a bidirectional
/// override.
std::string render_full(const std::vector<Analysis>& analyses, const RenderOptions& options = {});
/// `FILE:LINE:COLUMN: SEVERITY[RULE] MESSAGE`, one a line.
std::string render_concise(const std::vector<Analysis>& analyses, const RenderOptions& options = {});
/// A heading for each file, one line for each finding.
std::string render_grouped(const std::vector<Analysis>& analyses, const RenderOptions& options = {});
/// One object, `version` 1; lines and columns from 1, columns in code points, with byte offsets.
/// docs/report.schema.json.
std::string render_json(const std::vector<Analysis>& analyses, const RenderOptions& options = {});
/// The same findings, an object a line.
std::string render_jsonl(const std::vector<Analysis>& analyses, const RenderOptions& options = {});
/// SARIF 2.1.0.
std::string render_sarif(const std::vector<Analysis>& analyses, const RenderOptions& options = {});
/// Workflow commands of GitHub Actions, errors first.
std::string render_github(const std::vector<Analysis>& analyses, const RenderOptions& options = {});
/// GitLab's report of code quality.
std::string render_gitlab(const std::vector<Analysis>& analyses, const RenderOptions& options = {});
/// JUnit's XML: a suite for each file.
std::string render_junit(const std::vector<Analysis>& analyses, const RenderOptions& options = {});
/// Checkstyle's XML.
std::string render_checkstyle(const std::vector<Analysis>& analyses, const RenderOptions& options = {});
/// reviewdog's JSON, with suggestions.
std::string render_rdjson(const std::vector<Analysis>& analyses, const RenderOptions& options = {});
/// A table, for a job's summary or a comment.
std::string render_markdown(const std::vector<Analysis>& analyses, const RenderOptions& options = {});

struct ReportFormat {
  std::string_view name;
  std::string (*render)(const std::vector<Analysis>&, const RenderOptions&);
  enum class Reader : std::uint8_t { person, runner, json, file } reader;  ///< runner: of a CI job, which obeys commands in its log
};
/// All of the above, by name.
std::span<const ReportFormat> report_formats() noexcept;
/// None: there is no such format.
const ReportFormat* find_report_format(std::string_view name) noexcept;

/// Of this library and its tools.
std::string_view version() noexcept;

}  // namespace corefile
