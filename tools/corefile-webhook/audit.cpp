// SPDX-License-Identifier: Apache-2.0
#include "audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <corefile/render.hpp>

#include "disk.hpp"
#include "folder.hpp"
#include "judge.hpp"
#include "wording.hpp"

namespace corefile::webhook {
namespace {

// What these two are to one another in the pods.
void mount(const std::string& folder, std::string_view name_space, Settings& settings) {
  settings.main_corefile.reset();
  for (Text& text : read_folder_if_there(folder + "/coredns")) {
    if (text.key == "Corefile") settings.main_corefile = std::move(text.text);
  }
  settings.custom_texts = read_folder_if_there(folder + '/' + std::string(custom_name));
  settings.main_namespace = name_space;
}

}  // namespace

app::Outcome audit(const std::string& folder, Settings settings) {
  app::Outcome outcome;
  outcome.out = "# HELP corefile_live_errors Errors in the Corefiles that a ConfigMap holds.\n# TYPE corefile_live_errors gauge\n";
  for (const std::string& name_space : folders_in(folder)) {
    const std::string all = fmt::format("{}/{}", folder, name_space);
    mount(all, name_space, settings);
    for (const std::string& name : folders_in(all)) {
      ConfigMap map{name, name_space, {}, {}, {}, {}, {}};
      for (Text& text : read_folder_if_there(fmt::format("{}/{}", all, name)))
        map.data.emplace_back(std::move(text.key), std::move(text.text));
      if (map.data.empty()) continue;
      const Policy policy = settings.policy(name_space, name);
      std::vector<Finding> findings = judge(map, settings, policy);
      // Those of the main Corefile are told there.
      std::erase_if(findings, [](const Finding& finding) { return finding.elsewhere; });
      const auto errors = std::count_if(findings.begin(), findings.end(), [](const Finding& f) { return f.severity == Severity::error; });
      const std::string object = visible(fmt::format("{}/{}", name_space, name));
      for (const std::string& line : warnings(findings)) outcome.err += fmt::format("{}: {}\n", object, line);
      outcome.out +=
          fmt::format("corefile_live_errors{{namespace=\"{}\",configmap=\"{}\"}} {}\n", visible(name_space), visible(name), errors);
      if (errors > 0) outcome.exit = app::findings;
    }
  }
  return outcome;
}

}  // namespace corefile::webhook
