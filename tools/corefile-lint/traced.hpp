// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/flow_diff.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "corefiles.hpp"

/// What the commands that follow queries share.
namespace corefile::app {

/// The files beside the Corefile, and the resolv.conf that was given.
class AskedFiles final : public Files {
 public:
  AskedFiles(const Files* beside, const std::string& resolv_conf);
  Content read(const std::string& path) const override;
  std::vector<std::string> list(const std::string& folder) const override;
  bool authoritative(const std::string& path) const override;

 private:
  const Files* beside_;
  std::optional<std::string> resolv_conf_;
};

/// What the release refuses has no ways: throws Trouble.
void insist(const Opened& opened, const Corefile& corefile, Release release, const ExternalPlugins& plugins, const Files& files);
/// `--cluster`; nothing for an empty path. Throws Trouble.
std::optional<Cluster> cluster_in(const std::string& path);
/// The Corefile that serves, of the first that is not a `*.override`. Throws Trouble where there is none.
const Corefile& served(const Opened& opened);

/// `  (Corefile:3)`: where the last plugin stands that did more than pass on; nothing where there is none.
std::string deciding_line(const Opened& opened, const Corefile& corefile, const Trace& trace);
std::string difference_text(const Difference& difference, const Opened& before, const Corefile& corefile_before, const Opened& after,
                            const Corefile& corefile_after);
nlohmann::ordered_json difference_json(const Difference& difference);

}  // namespace corefile::app
