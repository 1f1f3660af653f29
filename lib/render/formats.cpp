// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <corefile/render.hpp>

namespace corefile {
namespace {

using Reader = ReportFormat::Reader;

constexpr std::array<ReportFormat, 12> formats{{
    {"full", render_full, Reader::person},
    {"concise", render_concise, Reader::person},
    {"grouped", render_grouped, Reader::person},
    {"json", render_json, Reader::json},
    {"jsonl", render_jsonl, Reader::json},
    {"sarif", render_sarif, Reader::json},
    {"github", render_github, Reader::runner},
    {"gitlab", render_gitlab, Reader::json},
    {"junit", render_junit, Reader::file},
    {"checkstyle", render_checkstyle, Reader::file},
    {"rdjson", render_rdjson, Reader::json},
    {"markdown", render_markdown, Reader::file},
}};

}  // namespace

std::span<const ReportFormat> report_formats() noexcept { return formats; }

const ReportFormat* find_report_format(std::string_view name) noexcept {
  const auto found = std::find_if(formats.begin(), formats.end(), [name](const ReportFormat& format) { return format.name == name; });
  return found == formats.end() ? nullptr : &*found;
}

std::string_view version() noexcept { return COREFILE_VERSION; }

}  // namespace corefile
