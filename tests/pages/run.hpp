// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/corefile.hpp>
#include <string>

#include "page.hpp"

/// Runs a page's examples as a user's files would be.
namespace pages {

/// The files of an example: beside a Corefile all that exist, beside a manifest perhaps some.
class ExampleFiles : public corefile::Files {
 public:
  ExampleFiles(const std::map<std::string, std::string>& files, bool complete) : files_(files), complete_(complete) {}
  Content read(const std::string& path) const override;
  std::vector<std::string> list(const std::string& folder) const override;
  bool authoritative(const std::string& path) const override { return complete_ && !path.starts_with('/'); }

 private:
  const std::map<std::string, std::string>& files_;
  bool complete_;
};

corefile::Analysis run(const Example& example, const std::string& text,
                       const corefile::Catalogue& catalogue = corefile::Catalogue::builtin());
/// How many refusals CoreDNS's parser has for all Corefiles in the text.
std::size_t refusals(const Example& example, const std::string& text);

struct Fixed {
  std::string text;
  bool converged = false;
};
/// Every first fix of `rule`, or of all rules, that is safe or unsafe, again and again until nothing changes.
Fixed fix(const Example& example, std::string_view rule = {});
/// What the rule says, or what all the others say.
corefile::Analysis only(corefile::Analysis found, std::string_view rule);
corefile::Analysis without(corefile::Analysis found, std::string_view rule);

bool fixable(const corefile::Diagnostic& diagnostic);
/// Something of `rule` in the example is fixed without a person's judgement.
bool fixes(const Example& example, const corefile::Analysis& found, std::string_view rule);

}  // namespace pages
