// SPDX-License-Identifier: Apache-2.0
#include "report.hpp"

#include <algorithm>
#include <cerrno>
#include <corefile/render.hpp>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "disk.hpp"
#include "log.hpp"
#include "statistics.hpp"
#include "summary.hpp"
#include "system.hpp"

namespace corefile::app {
namespace {

using Reader = ReportFormat::Reader;

// What a runner calls the top of the work tree: places in reports are relative to it.
std::string top_folder(const Invocation& invocation) {
  for (const char* name : {"GITHUB_WORKSPACE", "CI_PROJECT_DIR"}) {
    if (const std::string_view value = variable(invocation, name); disk_path(value).is_absolute()) return typed_path(std::string(value));
  }
  std::error_code error;
  return path_name(std::filesystem::current_path(error));
}

RenderOptions render_options(const Output& output, const Settings& settings, const Invocation& invocation, const Outcome& outcome) {
  RenderOptions options;
  options.release = settings.options.release;
  options.catalogue = &catalogue_of(invocation);
  options.base = top_folder(invocation);
  options.drives = paths_have_drives;
  std::error_code error;
  const std::filesystem::path below = std::filesystem::current_path(error).lexically_relative(disk_path(options.base));
  if (!below.empty() && *below.begin() != "." && *below.begin() != "..") options.prefix = path_name(below) + '/';
  const bool shown = output.file.empty();
  if (shown) options.colour = settings.colour;
  if (shown && invocation.columns >= 40) options.width = std::min(options.width, invocation.columns - 10);
  // At a terminal, a person sees standard error as well.
  if (!shown || !invocation.terminal || output.format->reader != Reader::person) options.unread = outcome.unread;
  return options;
}

}  // namespace

std::string report(const Results& results, const Settings& settings, const Invocation& invocation, const Outcome& outcome,
                   const ReportOptions& how) {
  std::string shown;
  for (const Output& output : settings.outputs) {
    const bool text = output.format->reader == Reader::person;
    std::string out;
    if (text && how.statistics) {
      out = statistics(results.analyses);
    } else {
      out = output.format->render(results.analyses, render_options(output, settings, invocation, outcome));
      const bool concludes = output.format->render == render_full || output.format->render == render_grouped;
      if (concludes && !how.quiet) {
        const bool links = output.file.empty() && invocation.terminal && settings.colour;
        out += summary(results, settings.options, outcome.unread.size(), links ? invocation.rule_pages : std::string(),
                       catalogue_of(invocation));
      }
    }
    if (output.format->reader == Reader::json) out = tame_json(std::move(out));
    if (!output.file.empty()) {
      write_report(output.file, out);
    } else {
      shown += text && variable(invocation, "GITHUB_ACTIONS") == "true" ? tame_log(out) : out;
    }
  }
  return shown;
}

NameOf names_beside(const std::string& file) {
  if (file.empty()) return {};
  return [folder = absolute_path(file).parent_path()](const std::string& name) {
    const std::filesystem::path below = absolute_path(name).lexically_relative(folder);
    return name == unnamed_input || below.empty() ? name : path_name(below);
  };
}

void write_report(const std::string& path, std::string_view text) {
  std::error_code error;
  if (std::filesystem::is_regular_file(disk_path(path), error)) return write_file(path, read_file(path), text);
  errno = 0;
  std::ofstream file(disk_path(path), std::ios::binary);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!file) throw Trouble(path + ": " + (errno != 0 ? std::strerror(errno) : "cannot be written"));
}

}  // namespace corefile::app
