// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::etcd_path_elsewhere {
namespace {

constexpr std::string_view usual = "skydns";

/// Without the slashes around it.
std::string_view bare(std::string_view path) {
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  return path;
}

/// The word behind `path`; none where the line is not there or is not known.
const Word* path_of(Directive etcd) {
  const auto line = etcd.properties().find("path");
  return line && !line->arguments().empty() ? &line->arguments().front() : nullptr;
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  if (manifest.bundle.external_dns.size() != 1) return;
  const ExternalDns& writer = manifest.bundle.external_dns.front();
  const std::string_view written = writer.prefix ? bare(writer.prefix->text) : usual;
  for (const Read& read : read_corefiles(manifest, [](const Embedded&) { return true; })) {
    for (const Directive directive : read.config.directives()) {
      if (!directive.is(Plugin::etcd)) continue;
      const Word* path = path_of(directive);
      const std::string_view looked = path == nullptr ? usual : bare(path->text);
      if ((path != nullptr && path->unknown != 0) || looked == written) continue;
      Diagnostic& found = report.at(read.outer(path == nullptr ? directive.name_word() : *path),
                                    fmt::format("`etcd` looks below `/{}`, and external-dns writes below `/{}`", looked, written));
      found.labels.push_back({{0, (writer.prefix ? *writer.prefix : writer.provider).span},
                              writer.prefix ? "the prefix" : "without `--coredns-prefix` it is `/skydns/`"});
      found.notes.push_back("none of its records is found: every name is NXDOMAIN");
      found.help = fmt::format("write `path /{}` here, or `--coredns-prefix=/{}/` there", written, looked);
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::etcd_path_elsewhere
