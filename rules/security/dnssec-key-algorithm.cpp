// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <corefile/rule.hpp>

namespace corefile::rules::dnssec_key_algorithm {
namespace {

constexpr unsigned ed25519 = 15;
constexpr Release signs_ed25519{1, 6, 5};  // plugin/dnssec/dnskey.go, plugin/sign/keys.go
// miekg/dns, dnssec_keyscan.go, ReadPrivateKey.
constexpr std::array<unsigned, 7> known{5, 7, 8, 10, 13, 14, ed25519};

/// The number in the name of a key file, `Kexample.org.+013+45330`; 0 of other names.
unsigned algorithm_in(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t plus = name.find(".+");
  unsigned number = 0;
  if (!name.starts_with('K') || plus == std::string_view::npos || plus + 6 > name.size() || name[plus + 5] != '+') return 0;
  const char* end = name.data() + plus + 5;
  return std::from_chars(name.data() + plus + 2, end, number).ptr == end ? number : 0;
}

std::string_view name_of(unsigned algorithm) {
  switch (algorithm) {
    case 3:
    case 6:
      return "DSA";
    case 12:
      return "ECC-GOST";
    case ed25519:
      return "ED25519";
    case 16:
      return "ED448";
    default:
      return {};
  }
}

void check(Directive signer, const Context& context, Report& report) {
  for (const Property line : signer.properties()) {
    if (line.name() != "key" || line.arguments().size() < 2 || line.arguments().front().text != "file") continue;
    for (const Word& file : line.arguments().subspan(1)) {
      const unsigned algorithm = file.unknown ? 0 : algorithm_in(file.text);
      const bool signs = std::find(known.begin(), known.end(), algorithm) != known.end();
      const std::string_view name = name_of(algorithm);
      if (name.empty() || (signs && (algorithm != ed25519 || context.release >= signs_ed25519))) continue;
      Diagnostic& found =
          report.at(file, fmt::format("this is a key for {}, which CoreDNS {} does not sign with", name, to_string(context.release)));
      found.label = fmt::format("algorithm {}", algorithm);
      found.notes.push_back("it refuses the file once the key is there");
      found.help = "make another: `dnssec-keygen -a ECDSAP256SHA256 -f KSK ZONE`";
      if (algorithm == ed25519) found.help += "; CoreDNS 1.6.5 and newer take this one";
      return;
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::dnssec, Plugin::sign}, .lines = {"key"}};

}  // namespace corefile::rules::dnssec_key_algorithm
