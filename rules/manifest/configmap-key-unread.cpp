// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>
#include <string>
#include <vector>

#include "base/ascii.hpp"
#include "lint/join.hpp"
#include "manifest/manifest.hpp"
#include "resolve/import.hpp"

namespace corefile::rules::configmap_key_unread {
namespace {

using resolve_detail::Match;

/// The last part of what an `import` names, and whether it is looked for in the folder of `coredns-custom`.
struct Pattern {
  std::string name;
  bool custom;
  bool unknown;
};

std::vector<Pattern> patterns_of(const Embedded& base) {
  std::vector<Pattern> out;
  const Document document = parse(base.source);
  bool import = false;
  for (std::uint32_t i = 0; i < document.token_count(); ++i) {
    if (document.kind(i) != TokenKind::word && document.kind(i) != TokenKind::quoted) continue;
    const std::string_view text = document.text(i);
    if (import) {
      const std::size_t slash = text.rfind('/');
      const std::string_view folder = text.substr(0, slash == std::string_view::npos ? 0 : slash);
      out.push_back({std::string(text.substr(slash == std::string_view::npos ? 0 : slash + 1)),
                     folder.find("custom") != std::string_view::npos, text.find('$') != std::string_view::npos});
    }
    import = text == "import";
  }
  return out;
}

bool read_by(const std::vector<Pattern>& patterns, const Embedded& text, bool custom) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const Pattern& pattern) {
    return pattern.unknown || (pattern.custom == custom && resolve_detail::match(pattern.name, text.key) == Match::yes);
  });
}

/// Another text names it: a zone file, a hosts file, a part that is imported.
bool named(const Manifest& manifest, const Embedded& text) {
  const auto names = [&](const Embedded& other) { return &other != &text && other.source.text().find(text.key) != std::string_view::npos; };
  return std::any_of(manifest.corefiles.begin(), manifest.corefiles.end(), names) ||
         std::any_of(manifest.texts.begin(), manifest.texts.end(), names);
}

/// The key was to be one that is imported, or the text to be read by CoreDNS.
bool meant_for_import(const Embedded& text) {
  const std::string_view body = text.source.text();
  return ascii::contains_letters(text.key, "server") || ascii::contains_letters(text.key, "override") ||
         body.find(" {\n") != std::string_view::npos;
}

const Embedded* base_of(const Manifest& manifest, const Embedded& text) {
  for (const Embedded& base : manifest.corefiles) {
    const bool beside = base.object == text.object && base.document == text.document;
    const bool near = beside || (is_custom(text) && same_space(base.name_space, text.name_space));
    if (is_base(base) && &base != &text && near) return &base;
  }
  return nullptr;
}

void report_custom(const Embedded& text, bool part, bool known_base, ManifestReport& report) {
  Diagnostic& found = report.at(Place{0, text.key_span}, "no `import` reads the key `" + text.key + "`");
  found.label = "never read";
  if (part) {
    found.notes.push_back("the Corefile beside it imports other names than this, and CoreDNS reads no file by itself");
    found.help = text.key.ends_with(".override") ? "add `import custom/*.override` to the Corefile's server block"
                                                 : "add `import custom/*.server` to the Corefile, outside of its server blocks";
    return;
  }
  found.notes.push_back(known_base ? "the Corefile imports other names; capital letters matter"
                                   : "clusters import `custom/*.server` and `custom/*.override`; capital letters matter");
  found.help = "end the key in `.server` for server blocks, in `.override` for lines inside `.:53`";
}

void report_platform(const Embedded& text, const Platform& platform, ManifestReport& report) {
  Diagnostic& found = report.at(Place{0, text.key_span}, "no `import` reads the key `" + text.key + "`");
  found.label = "never read";
  found.notes.push_back("the Corefile of " + std::string(platform.doc) + " imports nothing");
  found.help = "write it into the Corefile itself, or add `import`s to that and mount this ConfigMap beside it";
}

void check(const Manifest& manifest, const Context& context, ManifestReport& report) {
  const auto missing = [&](const Embedded& text) {
    return std::any_of(manifest.faults.begin(), manifest.faults.end(), [&](const ManifestFault& fault) {
      return fault.kind == ManifestFault::Kind::corefile_missing && fault.span == text.key_span;
    });
  };
  const auto look = [&](const Embedded& text) {
    const bool part = text.role == Role::custom_server || text.role == Role::custom_override;
    if (text.key == "Corefile" || text.rendered || text.templated || missing(text)) return;
    const Embedded* base = base_of(manifest, text);
    const bool custom = is_custom(text);
    const bool unread = context.platform != nullptr && context.platform->custom == Platform::Custom::no;
    if (custom && base == nullptr && unread) return report_platform(text, *context.platform, report);
    if ((base == nullptr && (part || !custom)) || (!part && !custom)) return;
    if (base != nullptr && read_by(patterns_of(*base), text, custom)) return;
    if (!part && (named(manifest, text) || !meant_for_import(text))) return;
    report_custom(text, part, base != nullptr, report);
  };
  for (const Embedded& text : manifest.corefiles) look(text);
  for (const Embedded& text : manifest.texts) look(text);
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::warning};

}  // namespace corefile::rules::configmap_key_unread
