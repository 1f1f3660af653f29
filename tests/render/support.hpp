// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/render.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace render_test {

/// An Analysis of one text, built finding by finding.
struct Made {
  corefile::Analysis analysis;

  explicit Made(std::string text, std::string name = "Corefile") {
    analysis.sources.emplace_back(std::move(name), std::move(text));
    analysis.corefiles = 1;
  }

  /// The nth occurrence of `part`.
  corefile::Place place(std::string_view part, int nth = 1, std::uint32_t document = 0) const {
    const std::string_view text = analysis.sources[document].text();
    std::size_t at = text.find(part);
    for (; nth > 1; --nth) at = text.find(part, at + 1);
    const auto begin = static_cast<std::uint32_t>(at);
    return {document, {begin, begin + static_cast<std::uint32_t>(part.size())}};
  }

  corefile::Diagnostic& add(corefile::Place place, std::string message, std::string label = {}) {
    corefile::Diagnostic& found = analysis.diagnostics.emplace_back();
    found.rule = "some-rule";
    found.severity = corefile::Severity::error;
    found.place = place;
    found.message = std::move(message);
    found.label = std::move(label);
    return found;
  }

  std::string full(std::uint32_t width = 160) const {
    corefile::RenderOptions options;
    options.width = width;
    return '\n' + corefile::render_full({analysis}, options);
  }
};

}  // namespace render_test
